"""How a session stands: who is there, which step runs, how long it still may, who speaks. No rows, no clock of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from grapevine.rooms.formats import Format, Step

HOSTS = ("host", "host_from_another_team", "concierge", "coach", "listener")  # whoever has this role has the chair
SILENT = frozenset({"quiet", "story", "write", "pick", "pairs", "pause", "act", "note"})  # nobody gets the word here
MINUTE = timedelta(minutes=1)
NOTHING = timedelta()
ANOTHER_TIME = timedelta(hours=2)  # who begins so long after the plan is not late


@dataclass(frozen=True)
class Event:
    """One thing that happened: `by` is a participant's id, `at` an aware moment, `body` ids and numbers."""

    seq: int
    kind: str
    by: int | None
    at: datetime
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """Something entered in a step: what it is, its id, whose it is. The words are elsewhere."""

    kind: str
    id: int
    by: int


@dataclass(frozen=True)
class Lap:
    """A step that has begun: its clock, its turns, what was entered. It rests while stopped and while another step runs."""

    began_at: datetime
    may_take: timedelta
    early: int  # how many had come before it began
    rests_since: datetime | None = None
    turn: int | None = None
    had: tuple[int, ...] = ()
    entries: tuple[Entry, ...] = ()
    votes: Mapping[int, str] = field(default_factory=dict)

    def taken(self, now: datetime) -> timedelta:
        """How long it has run."""
        return (self.rests_since or now) - self.began_at

    def left(self, now: datetime) -> timedelta:
        """How long it may still run; negative when it is over its time."""
        return self.may_take - self.taken(now)

    def resting(self, since: datetime) -> "Lap":
        """The same with its clock standing."""
        return self if self.rests_since else replace(self, rests_since=since)

    def running(self, at: datetime) -> "Lap":
        """The same with its clock going on where it stood."""
        return replace(self, began_at=at - self.taken(at), rests_since=None)


@dataclass(frozen=True)
class State:
    """A session after some events. `step` is -1 before it is opened; `laps` are the steps that have begun, by number."""

    format: Format
    seed: int = 0
    seq: int = 0
    step: int = -1
    came: tuple[int, ...] = ()
    gone: frozenset[int] = frozenset()
    roles: Mapping[str, int] = field(default_factory=dict)
    hands: tuple[int, ...] = ()
    answered: frozenset[int] = frozenset()
    laps: Mapping[int, Lap] = field(default_factory=dict)
    planned_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None

    # --- the step and its clock

    @property
    def lap(self) -> Lap | None:
        """What runs now; None before the session is opened."""
        return self.laps.get(self.step)

    @property
    def current(self) -> Step | None:
        """The step of the format that runs now."""
        return self.format.steps[self.step] if self.step >= 0 else None

    @property
    def mode(self) -> str:
        """The mode of the step; empty before the session is opened."""
        return self.current.mode if self.current else ""

    @property
    def is_stopped(self) -> bool:
        """Whether the clock stands, because somebody stopped it or the session is over."""
        return self.lap is not None and self.lap.rests_since is not None

    def left(self, now: datetime) -> timedelta:
        """How long the step may still take; negative when it is late, nothing before the session is opened."""
        return self.lap.left(now) if self.lap else NOTHING

    def ends_at(self, now: datetime) -> datetime:
        """When the session ends if every step from here takes its minutes; when it ended, if it has."""
        ahead = sum(step.minutes for step in self.format.steps[self.step + 1 :])
        return self.closed_at or now + max(self.left(now), NOTHING) + ahead * MINUTE

    @property
    def began_late_by(self) -> int:
        """Whole minutes between the plan and the beginning; none when it began in time, another time, or has not begun."""
        late = self.opened_at - self.planned_at if self.opened_at and self.planned_at else NOTHING
        return late // MINUTE if NOTHING < late < ANOTHER_TIME else 0

    # --- the people and the word

    @property
    def chair(self) -> int | None:
        """Who has the chair, in the room or not."""
        return self.roles.get(self.chair_role)

    @property
    def chair_role(self) -> str:
        """The role that goes with the chair in this format."""
        return next((role for role in HOSTS if role in self.format.roles), HOSTS[0])

    @property
    def bringer(self) -> int | None:
        """Whose matter this step is about, if anybody has that role."""
        return self.roles.get(self.current.bringer) if self.current and self.current.bringer else None

    @property
    def present(self) -> tuple[int, ...]:
        """Who is in the room, in the order of their first coming."""
        return tuple(somebody for somebody in self.came if somebody not in self.gone)

    @property
    def turn(self) -> int | None:
        """Who speaks now; None when the floor is everybody's."""
        return self.lap.turn if self.lap else None

    @property
    def open_turns(self) -> tuple[int, ...]:
        """Who is in the room and has not had their turn in this step, in the order of speaking."""
        present, had = set(self.present), self.lap.had if self.lap else ()
        return tuple(somebody for somebody in self.order if somebody in present and somebody not in had)

    @property
    def order(self) -> tuple[int, ...]:
        """Who speaks in this step one after the other, in the room or not: by lot, late comers after, the chair last."""
        match self.mode:
            case "round":
                return self._by_lot()
            case "ideas":
                return tuple(somebody for somebody in self._by_lot() if somebody != self.bringer)
            case "host":
                return () if self.chair is None else (self.chair,)
            case "bringer" | "story" | "playback":
                return () if self.bringer is None else (self.bringer,)
        return ()

    def _by_lot(self) -> tuple[int, ...]:
        early = self.lap.early if self.lap else 0
        drawn = [*sorted(self.came[:early], key=self._lot), *self.came[early:]]
        return tuple(sorted(drawn, key=lambda somebody: somebody == self.chair))

    def _lot(self, somebody: int) -> bytes:
        """The same on every machine, and another one in each step of each session."""
        return sha256(f"{self.seed}:{self.step}:{somebody}".encode()).digest()

    # --- what was entered

    @property
    def unanswered(self) -> tuple[int, ...]:
        """Questions of this step without an answer, oldest first."""
        entries = self.lap.entries if self.lap else ()
        return tuple(one.id for one in entries if one.kind == "question" and one.id not in self.answered)

    @property
    def tally(self) -> dict[str, int]:
        """How many votes each option has in this step; one a person, the last one counts."""
        return dict(Counter(self.lap.votes.values())) if self.lap else {}

    # --- pairs

    def pairs(self, rounds: int | None = None) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Who of those in the room sits with whom in this step, round by round."""
        seated = sorted(self.present, key=self._lot)
        return pairs(seated, rounds or (self.current.rounds if self.current else 1))

    def round_of_pairs(self, now: datetime) -> int:
        """Which round of pairs runs, from 0: the step's time in equal parts, the last one for as long as it takes."""
        if self.lap is None or not (rounds := len(self.pairs())):
            return 0
        return min(rounds - 1, max(0, self.lap.taken(now) * rounds // self.lap.may_take))


def pairs(people: Sequence[int], rounds: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Rounds of groups of two by the circle method: nobody meets twice before all have met, and then it ends.

    Of an odd number another one rests in each round, as a group of one; if there is one round only, they make a three.
    """
    if len(people) < 2:  # noqa: PLR2004 - a pair is two
        return ()
    seats: list[int | None] = [*people, *([None] * (len(people) % 2))]
    turns = range(min(rounds, len(seats) - 1))
    found = tuple(_groups([*seats[:1], *seats[turn + 1 :], *seats[1 : turn + 1]]) for turn in turns)
    return (_joined(found[0]),) if len(found) == 1 else found


def _groups(row: Sequence[int | None]) -> tuple[tuple[int, ...], ...]:
    """The row folded in the middle."""
    opposite = zip(row[: len(row) // 2], reversed(row), strict=False)
    return tuple(tuple(somebody for somebody in two if somebody is not None) for two in opposite)


def _joined(groups: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Whoever would rest sits with the first two."""
    full = [group for group in groups if len(group) > 1]
    alone = [group for group in groups if len(group) == 1]
    return ((*full[0], *(somebody for group in alone for somebody in group)), *full[1:])
