"""What a room holds for everybody in it: read once for all who look after the same event, sealed as it lies there.

A hint brings everybody at once. The rows they look at are the same; whether somebody reads them, and with which key, is
asked for each of them (`staging`). So rows are kept for a moment. No opened word and no key is ever kept here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from django.db import connection

from grapevine.challenges.models import ClarifyingQuestion, Idea
from grapevine.rooms import engine
from grapevine.rooms.engine import State
from grapevine.rooms.models import Contribution, Participant, Session, Story
from grapevine.rooms.queries.standing import events_of, format_of, is_seated, last_of
from grapevine.vaults.models import SealedText

OF_THE_STORY = ("question", "idea", "sentence")  # they stay in sight while the steps are about the same story
KEPT_FOR = 5  # seconds: all who were hinted have looked by then


@dataclass(frozen=True)
class Board:
    """Rows to look at, not to change: many look at the same. `texts` and what may be `inside` are of the step's story."""

    state: State
    entries: Sequence[Contribution]
    stories: Mapping[str, Story]
    story: Story | None
    texts: Sequence[SealedText]
    inside: Mapping[str, Mapping[int, ClarifyingQuestion | Idea]]
    elsewhere: Mapping[int, int]  # which entry is which row of the challenge
    people: Sequence[Participant]  # with what `seated_among` asks

    def fits(self, people: Iterable[Participant]) -> bool:
        """Whether nothing has happened since and nobody has come in, as those rows say that were read just now."""
        people = list(people)
        return self.state.seq == last_of(people) and {one.pk for one in self.people} == {one.pk for one in people}


Key = tuple[int, bytes]
_kept: dict[Key, tuple[float, Board]] = {}


def board_of(session: Session, people: Iterable[Participant]) -> Board:
    """The board of a room in which those `people` are, no older than they are. None, or seven queries.

    Inside a transaction it is neither kept nor taken: what may yet be undone is nobody else's.
    """
    if connection.in_atomic_block:
        return _read(session)
    key = (session.pk, bytes(session.call_secret))
    at, board = _kept.get(key, (0.0, None))
    if board is None or monotonic() - at > KEPT_FOR or not board.fits(people):
        board = _read(session)  # who comes while somebody reads reads, too: nobody waits here
        _keep(key, board)
    return board


def _keep(key: Key, board: Board) -> None:
    now = monotonic()
    for old in [other for other, (at, _) in list(_kept.items()) if now - at > KEPT_FOR]:
        _kept.pop(old, None)
    _kept[key] = (now, board)


def _read(session: Session) -> Board:
    """Events first: everything else is then as new as they are, or newer."""
    events = list(events_of(session))
    state = engine.state_of(format_of(session), events, seed=session.pk)
    found = session.stories.select_related("challenge__playback__commitment")
    stories = {story.role: story for story in found}
    story = stories.get(state.current.bringer or "") if state.current else None
    return Board(
        state=state,
        entries=_entries(session, state),
        stories=stories,
        story=story,
        texts=list(SealedText.objects.filter(vault=story.challenge.vault_id).order_by()) if story else (),
        inside=_inside(story) if story else {},
        elsewhere={e.body["id"]: e.body["of"] for e in events if e.kind == "contributed" and "of" in e.body},
        people=list(session.participants.select_related("person__unit").annotate(is_seated=is_seated(session))),
    )


def _entries(session: Session, state: State) -> list[Contribution]:
    """What the step shows, and what is said of it; everything where it may be picked."""
    entries = session.contributions.select_related("words")
    if state.closed_at:
        return list(entries.filter(kind="text"))
    if state.mode != "pick":
        entries = entries.filter(step__in=_steps_in_sight(state))
    return list(entries)


def _steps_in_sight(state: State) -> list[int]:
    bringer = state.current.bringer if state.current else None
    same = [number for number, step in enumerate(state.format.steps) if bringer and step.bringer == bringer]
    return [*same, state.step]


def _inside(story: Story) -> dict[str, dict[int, ClarifyingQuestion | Idea]]:
    return {
        "question": {row.pk: row for row in ClarifyingQuestion.objects.filter(challenge=story.challenge_id).order_by()},
        "idea": {row.pk: row for row in Idea.objects.filter(challenge=story.challenge_id).order_by()},
    }
