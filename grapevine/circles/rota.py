"""Who brings, hosts, keeps time and takes notes: a plan for the season, and what becomes of it when people come and go.

Always kept: nobody repeats a role before all had a turn in it, the host is never the bringer, who hosts for the first time
has sat in once (the kickoff counts), nobody brings twice. Kept wherever it can be: everybody brings once, the timekeeper
becomes the next host, nobody has two tasks in one meeting, and what is planned stays as it is.

What has been held is never touched, and the same question always gets the same answer. Nothing here knows the database.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from grapevine.circles.planning import planned
from grapevine.circles.season import needed
from grapevine.circles.turns import Breach, Broken, Member, Role, Rota, Turn, Turns, broken


class SwapRefusedError(ValueError):
    """Two turns that cannot be exchanged; `reason` is a Breach, or `held`, `other_role`, `not_theirs`, `same_meeting`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def rota(members: Sequence[Member], meetings: int, per_session: int = 1, first_hosts: Sequence[Member] = ()) -> Rota:
    """The plan of a season with so many challenge meetings; `first_hosts` host first, in this order.

    Meetings left over stay free at the end. Too few meetings for everybody's challenge, or fewer than two members: ValueError.
    """
    order = tuple(dict.fromkeys([*first_hosts, *members]))
    sessions = needed(len(order), per_session)
    if len(order) < 2 or sessions > meetings:  # noqa: PLR2004 - a host and a bringer
        raise ValueError(f"{len(order)} members do not fit into {meetings} meetings of {per_session}")
    wish = Rota(order, tuple(_wheel(order, n, per_session) for n in range(meetings)), per_session)
    tight = planned(wish, 0, sessions)
    return planned(wish, 0, meetings) if tight.waiting else tight


def _wheel(order: Sequence[Member], meeting: int, per_session: int) -> Turns:
    """Everybody moves on by one: notes, bringing, time, hosting."""
    size = len(order)
    host, timekeeper, note_taker = (order[(meeting + place) % size] for place in (0, 1, 3))
    first = meeting * per_session
    bringers = [order[(2 + seat) % size] for seat in range(first, min(first + per_session, size))]
    return Turns(tuple(bringers), host, timekeeper, note_taker)


def replan(old: Rota, *, done: int) -> Rota:
    """The same rota with everything that is broken in it mended, from meeting `done` on."""
    return planned(old, done, len(old.meetings))


def after_leaving(old: Rota, who: Member, *, done: int) -> Rota:
    """The rota without somebody who has left, when `done` meetings were held: their open turns go to others.

    A meeting in which they wanted to bring becomes free.
    """
    return replan(replace(old, members=tuple(member for member in old.members if member != who)), done=done)


def after_joining(old: Rota, who: Member, *, done: int) -> Rota:
    """The rota with somebody new, for whom meeting `done` is the first: they bring in a spare meeting.

    Without a free place they are among `waiting`. They host once they have sat in. Somebody who is a member: ValueError.
    """
    if who in old.members:
        raise ValueError("Already a member")
    return replan(replace(old, members=(*old.members, who), joined={**old.joined, who: done}), done=done)


def swap(old: Rota, a: Turn, b: Turn, *, done: int = 0) -> Rota:
    """The rota in which two have exchanged their turns; hosts take the timekeeping before with them where it is still open.

    Raises SwapRefusedError when it cannot be, or would break what the practice asks for.
    """
    _check_turns(old, a, b, done)
    new = _exchanged(old, a, b)
    if a.role is Role.HOST:
        new = _with_timekeeping(old, new, a, b, done)
    if worse := [each for each in broken(new) if _is_new(each, old)]:
        raise SwapRefusedError(worse[0].breach)
    return new


def _check_turns(old: Rota, a: Turn, b: Turn, done: int) -> None:
    reasons = {
        "held": min(a.meeting, b.meeting) < done,
        "other_role": a.role != b.role,
        "same_meeting": a.meeting == b.meeting or a.who == b.who,
        "not_theirs": any(each.who not in _holders(old, each) for each in (a, b)),
    }
    for reason, holds in reasons.items():
        if holds:
            raise SwapRefusedError(reason)


def _holders(old: Rota, turn: Turn) -> tuple[Member, ...]:
    return old.meetings[turn.meeting].holders(turn.role) if 0 <= turn.meeting < len(old.meetings) else ()


def _exchanged(old: Rota, a: Turn, b: Turn) -> Rota:
    meetings = list(old.meetings)
    for turn, other in ((a, b.who), (b, a.who)):
        meetings[turn.meeting] = _given(meetings[turn.meeting], turn, other)
    return replace(old, meetings=tuple(meetings))


def _given(turns: Turns, turn: Turn, to: Member) -> Turns:
    if turn.role is Role.BRINGER:
        return replace(turns, bringers=tuple(to if who == turn.who else who for who in turns.bringers))
    chair: dict[str, Any] = {turn.role.value: to}
    return replace(turns, **chair)


def _with_timekeeping(old: Rota, new: Rota, a: Turn, b: Turn, done: int) -> Rota:
    meetings = list(new.meetings)
    for turn, other in ((a, b.who), (b, a.who)):
        before = turn.meeting - 1
        if before >= done and old.meetings[before].timekeeper == turn.who:
            meetings[before] = replace(meetings[before], timekeeper=other)
    return replace(new, meetings=tuple(meetings))


def _is_new(each: Broken, old: Rota) -> bool:
    return each.breach is not Breach.CHAIN and each not in broken(old)
