"""What a rota is made of, and what it must keep: who has which role in which challenge meeting, and whose turn is next.

Members are any values that can be told apart. Meetings are counted from 0; the kickoff before them is no turn of anybody.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

Member = int | str
KICKOFF = -1


class Role(StrEnum):
    """What somebody does in a meeting for the others."""

    BRINGER = "bringer"
    HOST = "host"
    TIMEKEEPER = "timekeeper"
    NOTE_TAKER = "note_taker"


class Breach(StrEnum):
    """How a rota can go against the practice; the last two may be bent when there is no other way."""

    REPEATS = "repeats"  # has the role again before all had a turn
    HOST_BRINGS = "host_brings"
    NEVER_SAT_IN = "never_sat_in"  # hosts without having been in a meeting before
    TWO_TASKS = "two_tasks"
    CHAIN = "chain"  # the timekeeper did not become the next host


@dataclass(frozen=True)
class Turns:
    """One challenge meeting. Without a bringer it is free: a spare one."""

    bringers: tuple[Member, ...]
    host: Member
    timekeeper: Member
    note_taker: Member

    def holders(self, role: Role) -> tuple[Member, ...]:
        """Who has `role` in it."""
        return self.bringers if role is Role.BRINGER else (getattr(self, role),)

    @property
    def tasks(self) -> tuple[Member, ...]:
        """Everybody with a role, as often as they have one."""
        return (self.host, self.timekeeper, self.note_taker, *self.bringers)


@dataclass(frozen=True)
class Rota:
    """The turns of a season, meeting by meeting, for those who are members now.

    `joined` says for who came later in which meeting they were for the first time; all others were there at the kickoff.
    """

    members: tuple[Member, ...]
    meetings: tuple[Turns, ...]
    per_session: int = 1
    joined: Mapping[Member, int] = field(default_factory=dict)

    @property
    def waiting(self) -> tuple[Member, ...]:
        """Members whose challenge has no meeting yet."""
        brought = {who for turns in self.meetings for who in turns.bringers}
        return tuple(who for who in self.members if who not in brought)

    @property
    def spare(self) -> tuple[int, ...]:
        """Meetings that are free."""
        return tuple(n for n, turns in enumerate(self.meetings) if not turns.bringers)

    def joined_in(self, who: Member) -> int:
        """The first meeting somebody was in; -1 is the kickoff."""
        return self.joined.get(who, KICKOFF)


class Turn(NamedTuple):
    """One role of one person in one meeting."""

    meeting: int
    role: Role
    who: Member


class Broken(NamedTuple):
    """One thing in a rota that goes against the practice."""

    breach: Breach
    meeting: int
    who: Member


class History:
    """Who has had one role in which meetings."""

    def __init__(self, rota: Rota, role: Role, meetings: Iterable[Turns] = ()) -> None:
        self.rota = rota
        self._taken: dict[Member, list[int]] = defaultdict(list)
        for meeting, turns in enumerate(meetings):
            for who in turns.holders(role):
                self.take(who, meeting)

    def take(self, who: Member, meeting: int) -> None:
        """One more turn; meetings come in order."""
        self._taken[who].append(meeting)

    def last(self, who: Member) -> int:
        """The meeting of somebody's latest turn; -1 when there was none."""
        return self._taken[who][-1] if self._taken[who] else -1

    def turn_of(self, who: Member) -> bool:
        """Whether it may be theirs next: since two are both here, nobody gets more than one turn ahead of the other.

        Whoever waits longest may always.
        """
        if not self._taken[who]:
            return True
        return all(self._since_both(who, other) <= self._since_both(other, who) for other in self.rota.members)

    def _since_both(self, who: Member, other: Member) -> int:
        start = max(self.rota.joined_in(who), self.rota.joined_in(other))
        return len(taken := self._taken[who]) - bisect_left(taken, start)


def broken(rota: Rota) -> tuple[Broken, ...]:
    """Everything in `rota` that goes against the practice, about those who are members now."""
    found = (*_repeated(rota), *_wrong_hosts(rota), *_two_tasks(rota), *_chain(rota))
    return tuple(each for each in found if each.who in rota.members)


def _repeated(rota: Rota) -> Iterator[Broken]:
    for role in Role:
        history = History(rota, role)
        for meeting, turns in enumerate(rota.meetings):
            for who in turns.holders(role):
                if not history.turn_of(who):
                    yield Broken(Breach.REPEATS, meeting, who)
                history.take(who, meeting)


def _wrong_hosts(rota: Rota) -> Iterator[Broken]:
    for meeting, turns in enumerate(rota.meetings):
        if turns.host in turns.bringers:
            yield Broken(Breach.HOST_BRINGS, meeting, turns.host)
        if rota.joined_in(turns.host) >= meeting:
            yield Broken(Breach.NEVER_SAT_IN, meeting, turns.host)


def _two_tasks(rota: Rota) -> Iterator[Broken]:
    for meeting, turns in enumerate(rota.meetings):
        yield from (Broken(Breach.TWO_TASKS, meeting, who) for who in _doubled(turns.tasks))


def _doubled(tasks: Collection[Member]) -> list[Member]:
    return [who for who in dict.fromkeys(tasks) if list(tasks).count(who) > 1]


def _chain(rota: Rota) -> Iterator[Broken]:
    for meeting, turns in enumerate(rota.meetings[1:], start=1):
        if (next_host := rota.meetings[meeting - 1].timekeeper) != turns.host:
            yield Broken(Breach.CHAIN, meeting, next_host)
