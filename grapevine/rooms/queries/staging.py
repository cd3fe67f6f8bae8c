"""Putting a session on the stage for one reader: what lies there for all, opened with the reader's own keys."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from grapevine.challenges.models import ClarifyingQuestion, Idea
from grapevine.kernel import clock
from grapevine.rooms.engine import State
from grapevine.rooms.models import Contribution, Participant, Session, Story
from grapevine.rooms.queries.board import OF_THE_STORY, Board, board_of
from grapevine.rooms.queries.faces import Face, faces
from grapevine.rooms.queries.scene import Said, Scene, Told
from grapevine.rooms.queries.standing import format_of, places_in, seated_among, seen_among
from grapevine.vaults.queries import read_all

PICKED_FROM = ("line", "idea", "sentence")


def scene(session: Session, me: Participant) -> Scene:
    """The stage as `me` sees it. As many queries for a hundred words as for one."""
    places = places_in(session)
    board, seen = board_of(session, places), seen_among(places)
    seated = seated_among(board.people)
    # the same steps, in the reader's language; whoever lends a part to the stage asks how the session stands, too
    state = session.__dict__["known_state"] = replace(board.state, format=format_of(session))
    shown = faces(board.people, state, me.pk, seen)
    reading = _Reading(board, state, me, {face.pk: face for face in shown}, _opened(board, me))
    return Scene(
        session=session,
        state=state,
        me=me,
        now=clock.now(),
        faces=[face for face in shown if face.pk in seated],
        everybody=shown,
        seen=seen,
        said=reading.by_kind(),
        told=reading.told(),
        untold=_untold(state, me, board.stories),
        my_stories=tuple(one for one in board.stories.values() if one.challenge.brought_by_id == me.person_id),
        told_by=tuple(face.name for face in shown if face.participant.person_id in _tellers(board.stories)),
    )


def _opened(board: Board, me: Participant) -> dict[object, str]:
    """All sealed words of the stage that the reader has a key for, by their ids."""
    if me.person is None:
        return {}
    sealed = [*board.texts, *(entry.words for entry in board.entries if entry.words)]
    return read_all(me.person, sealed) if sealed else {}


@dataclass
class _Reading:
    """What was entered, in the words that are open to the reader."""

    board: Board
    state: State
    me: Participant
    faces: dict[int, Face]
    words: dict[object, str]

    def by_kind(self) -> dict[str, list[Said]]:
        """What belongs to the step, and what may be picked."""
        words = {e.pk: self._words_of(e) for e in self.board.entries}
        answers = {e.to_id: words[e.pk] for e in self.board.entries if e.kind == "answer"}
        found: dict[str, list[Said]] = defaultdict(list)
        for entry in self.board.entries:
            row = self._row(entry)
            said = Said(
                entry=entry,
                face=self.faces[entry.by_id],
                words=self.words.get(row.words_id, "") if row else words[entry.pk],
                answer=self._answer(row) if row else answers.get(entry.pk, ""),
                is_answered=entry.pk in self.state.answered,
                idea=row if isinstance(row, Idea) else None,
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
        story = self.board.story
        if story is None:
            return None
        challenge = story.challenge
        promise = challenge.playback.commitment if hasattr(challenge, "playback") else None
        of_both = (challenge.title_id, challenge.words_id, *((promise.when_id, promise.will_id) if promise else ()))
        return Told(story, *(self.words.get(pk, "") for pk in of_both))

    def _words_of(self, entry: Contribution) -> str:
        return self.words.get(entry.words_id, "") if entry.words_id else entry.open_words

    def _row(self, entry: Contribution) -> ClarifyingQuestion | Idea | None:
        """Where it is in the story's challenge, for those who have a seat there."""
        row = self.board.inside.get(entry.kind, {}).get(self.board.elsewhere.get(entry.pk, 0))
        return row if row and row.words_id in self.words else None

    def _answer(self, row: ClarifyingQuestion | Idea | None) -> str:
        return self.words.get(row.answer_id, "") if isinstance(row, ClarifyingQuestion) else ""

    def _has_my_vote(self, entry: Contribution) -> bool:
        return self.state.lap is not None and self.state.lap.votes.get(self.me.pk) == str(entry.pk)

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


def _tellers(stories: Mapping[str, Story]) -> set[int | None]:
    return {story.challenge.brought_by_id for story in stories.values()}


def _untold(state: State, me: Participant, stories: Mapping[str, Story]) -> tuple[str, ...]:
    if me.person_id is None:
        return ()
    bringing = dict.fromkeys(step.bringer for step in state.format.steps if step.bringer)
    return tuple(role for role in bringing if state.roles.get(role) == me.pk and role not in stories)
