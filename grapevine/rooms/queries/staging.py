"""Putting a session on the stage for one reader: its rows, opened with the reader's own keys."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from grapevine.challenges.models import ClarifyingQuestion, Idea
from grapevine.kernel import clock
from grapevine.people.models import Person
from grapevine.rooms import engine
from grapevine.rooms.engine import State
from grapevine.rooms.models import Contribution, Event, Note, Participant, Session, Story
from grapevine.rooms.queries.faces import Face, faces
from grapevine.rooms.queries.scene import Said, Scene, Told
from grapevine.rooms.queries.standing import format_of, names_in, seen_among
from grapevine.vaults.queries import read, read_all, words_in

OF_THE_STEP = ("line", "option", "text", "pick", "playback")
OF_THE_STORY = ("question", "idea", "sentence")  # they stay in sight while the steps are about the same story
Inside = dict[int, tuple[ClarifyingQuestion | Idea, str, str]]  # a row of the challenge, its words, its answer
PICKED_FROM = ("line", "idea", "sentence")


def scene(session: Session, me: Participant) -> Scene:
    """The stage as `me` sees it. As many queries for a hundred words as for one."""
    events = list(session.events.all())
    told = (engine.Event(e.seq, e.kind, e.by_id, e.at, e.body) for e in events)
    state = engine.state_of(format_of(session), told, seed=session.pk)
    people = names_in(session)
    seen = seen_among(people)
    stories = {story.role: story for story in _stories(session)}
    shown = faces(people, state, me.pk, seen)
    story = stories.get(state.current.bringer or "") if state.current else None
    reading = _Reading(
        session, me.pk, me.person, state, story, {face.pk: face for face in shown}, _kept_elsewhere(events)
    )
    return Scene(
        session=session,
        state=state,
        me=me,
        now=clock.now(),
        faces=shown,
        seen=seen,
        said=reading.by_kind(),
        told=reading.told(),
        untold=_untold(state, me, stories),
        my_stories=tuple(one for one in stories.values() if one.challenge.brought_by_id == me.person_id),
        note=note_of(me),
    )


def note_of(me: Participant) -> str:
    """What the reader wrote for themselves; guests write nothing."""
    if me.person is None:
        return ""
    note = Note.objects.filter(session=me.session_id, person=me.person).select_related("words").first()
    return read(me.person, note.words if note else None)


@dataclass
class _Reading:
    """What was entered, with the reader's keys. `elsewhere` says which entry is which row of the challenge."""

    session: Session
    me: int
    reader: Person | None
    state: State
    story: Story | None
    faces: dict[int, Face]
    elsewhere: dict[int, int]

    def by_kind(self) -> dict[str, list[Said]]:
        """What belongs to the step, and what may be picked."""
        entries = list(self.session.contributions.select_related("words"))
        words = self._words(entries)
        answers = {entry.to_id: words.get(entry.pk, "") for entry in entries if entry.kind == "answer"}
        asked, ideas = self._of_the_challenge()
        found: dict[str, list[Said]] = defaultdict(list)
        for entry in entries:
            row = self.elsewhere.get(entry.pk, 0)
            inside = {"question": asked, "idea": ideas}.get(entry.kind, {}).get(row)
            said = Said(
                entry=entry,
                face=self.faces[entry.by_id],
                words=inside[1] if inside else words.get(entry.pk, ""),
                answer=inside[2] if inside else answers.get(entry.pk, ""),
                is_answered=entry.pk in self.state.answered,
                idea=inside[0] if inside and isinstance(inside[0], Idea) else None,
                votes=self.state.tally.get(str(entry.pk), 0),
                is_mine=self._has_my_vote(entry),
                picked=words.get(entry.to_id or 0, ""),
            )
            if self._is_here(entry):
                found[entry.kind].append(said)
            if entry.kind in PICKED_FROM and said.words:
                found["earlier"].append(said)
        return dict(found)

    def told(self) -> Told | None:
        """The story, in words for those who have a seat in its vault."""
        if self.story is None:
            return None
        opened = self._opened()
        challenge = self.story.challenge
        return Told(self.story, opened.get(challenge.title_id, ""), opened.get(challenge.words_id, ""))

    def _words(self, entries: Iterable[Contribution]) -> dict[int, str]:
        sealed = [entry.words for entry in entries if entry.words]
        opened = read_all(self.reader, sealed) if self.reader and sealed else {}
        return {e.pk: opened.get(e.words_id, "") if e.words_id else e.open_words for e in entries}

    def _of_the_challenge(self) -> tuple[Inside, Inside]:
        if self.story is None or not self._opened():
            return {}, {}
        opened, challenge = self._opened(), self.story.challenge
        asked = ClarifyingQuestion.objects.filter(challenge=challenge).order_by()
        ideas = Idea.objects.filter(challenge=challenge).order_by()
        return (
            {q.pk: (q, opened.get(q.words_id, ""), opened.get(q.answer_id, "")) for q in asked},
            {i.pk: (i, opened.get(i.words_id, ""), "") for i in ideas},
        )

    def _opened(self) -> dict[object, str]:
        return words_in(self.reader, self.story.challenge.vault) if self.reader and self.story else {}

    def _has_my_vote(self, entry: Contribution) -> bool:
        return self.state.lap is not None and self.state.lap.votes.get(self.me) == str(entry.pk)

    def _is_here(self, entry: Contribution) -> bool:
        steps, now = self.state.format.steps, self.state.current
        if now is None or entry.step >= len(steps):
            return False
        if self.state.closed_at:
            return entry.kind == "text"
        if entry.kind in OF_THE_STORY:
            return steps[entry.step].bringer == now.bringer and (
                now.bringer is not None or entry.step == self.state.step
            )
        return entry.step == self.state.step


def _stories(session: Session) -> Iterable[Story]:
    return session.stories.select_related("challenge__vault", "challenge__playback", "challenge__closing")


def _kept_elsewhere(events: Iterable[Event]) -> dict[int, int]:
    return {e.body["id"]: e.body["of"] for e in events if e.kind == "contributed" and "of" in e.body}


def _untold(state: State, me: Participant, stories: dict[str, Story]) -> tuple[str, ...]:
    if me.person_id is None:
        return ()
    bringing = dict.fromkeys(step.bringer for step in state.format.steps if step.bringer)
    return tuple(role for role in bringing if state.roles.get(role) == me.pk and role not in stories)
