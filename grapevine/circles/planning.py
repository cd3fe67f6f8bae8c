"""How a rota is worked out: a few orders are tried, the present plan first, and the one that bends least is taken.

The rule of turns (nobody repeats before all had one) is built in: only those whose turn it may be are looked at. What can
come into each other's way is weighed: a challenge without a meeting, a second task, a timekeeper who does not host next.
"""

from collections.abc import Callable, Sequence
from random import Random

from grapevine.circles.turns import Breach, History, Member, Role, Rota, Turns, broken

TRIES = 24
UNHEARD, LOOSE_CHAIN, SECOND_TASK, HOST_HAS_TWO = 50, 4, 3, 3
KEEPS = 0.6  # how often a later try keeps what was planned


def planned(wish: Rota, done: int, seats_until: int) -> Rota:
    """`wish` with everything open (from meeting `done` on) made right; challenges are brought before meeting `seats_until`.

    Of equally good plans the one that changes least; of those the first.
    """
    best, least = wish, (UNHEARD * 1000, 0)
    for attempt in range(TRIES):
        plan = _Planning(wish, done, seats_until, attempt).plan()
        if (cost := (_bent(plan, done), _changes(wish, plan))) < least:
            best, least = plan, cost
        if not least[0]:
            break
    return best


def _bent(plan: Rota, done: int) -> int:
    """How far a plan is from what the practice asks for; 0 is all of it."""
    loose = sum(each.breach is Breach.CHAIN and each.meeting >= done for each in broken(plan))
    return UNHEARD * len(plan.waiting) + LOOSE_CHAIN * loose + sum(map(_doubled, plan.meetings[done:]))


def _doubled(turns: Turns) -> int:
    second = len(turns.tasks) - len(set(turns.tasks))
    return SECOND_TASK * second + HOST_HAS_TWO * (turns.tasks.count(turns.host) - 1)


def _changes(wish: Rota, plan: Rota) -> int:
    return sum(
        len(set(new.holders(role)) - set(old.holders(role)))
        for old, new in zip(wish.meetings, plan.meetings, strict=True)
        for role in Role
    )


class _Planning:
    """One try: chairs first, as each timekeeper is the next host; then challenges around the hosts; then notes."""

    def __init__(self, wish: Rota, done: int, seats_until: int, attempt: int) -> None:
        self.wish, self.done, self.seats_until = wish, done, seats_until
        self.chance = Random(attempt) if attempt else None  # noqa: S311 - the same every time is what is wanted
        order = list(wish.members)
        if self.chance:
            self.chance.shuffle(order)
        self.rank = {who: place for place, who in enumerate(order)}
        held = wish.meetings[:done]
        self.hosting, self.timing, self.noting = (
            History(wish, role, held) for role in (Role.HOST, Role.TIMEKEEPER, Role.NOTE_TAKER)
        )
        self.open = range(done, len(wish.meetings))

    def plan(self) -> Rota:
        """The whole rota, with what was held as it was."""
        chairs: dict[int, tuple[Member, Member]] = {}
        for meeting in self.open:
            chairs[meeting] = self._chair(meeting, chairs)
        seats = _Seats(self.wish, self.done, self.seats_until, chairs).filled(1 if self._keeps() else 2)
        noted = {meeting: self._note_taker(meeting, chairs[meeting], seats[meeting]) for meeting in self.open}
        turns = [Turns(tuple(seats[meeting]), *chairs[meeting], noted[meeting]) for meeting in self.open]
        return Rota(
            self.wish.members, (*self.wish.meetings[: self.done], *turns), self.wish.per_session, self.wish.joined
        )

    def _chair(self, meeting: int, chairs: dict[int, tuple[Member, Member]]) -> tuple[Member, Member]:
        host = self._host(meeting, chairs[meeting - 1][1] if meeting - 1 in chairs else self._kept_time(meeting - 1))
        self.hosting.take(host, meeting)
        timekeeper = self._timekeeper(meeting, host)
        self.timing.take(timekeeper, meeting)
        return host, timekeeper

    def _kept_time(self, meeting: int) -> Member | None:
        return self.wish.meetings[meeting].timekeeper if meeting >= 0 else None

    def _host(self, meeting: int, kept_time: Member | None) -> Member:
        able = [who for who in self.wish.members if self.wish.joined_in(who) < meeting and self.hosting.turn_of(who)]
        if kept_time in able:
            return kept_time
        return self._first(able, meeting, Role.HOST, self.hosting, lambda who: who in self._brings(meeting))

    def _timekeeper(self, meeting: int, host: Member) -> Member:
        able = [who for who in self.wish.members if self.timing.turn_of(who)]
        others = [who for who in able if who != host]
        next_hosts = [who for who in others if self.hosting.turn_of(who)]
        return self._first(
            next_hosts or others or able,
            meeting,
            Role.TIMEKEEPER,
            self.timing,
            lambda who: 2 * (who in self._brings(meeting + 1)) + (who in self._brings(meeting)),
        )

    def _note_taker(self, meeting: int, chair: tuple[Member, Member], bringers: Sequence[Member]) -> Member:
        able = [who for who in self.wish.members if self.noting.turn_of(who)]
        busy = (*bringers, *chair, chair[0])
        who = self._first(able, meeting, Role.NOTE_TAKER, self.noting, busy.count)
        self.noting.take(who, meeting)
        return who

    def _brings(self, meeting: int) -> tuple[Member, ...]:
        return self.wish.meetings[meeting].bringers if meeting < len(self.wish.meetings) else ()

    def _first(
        self, able: Sequence[Member], meeting: int, role: Role, history: History, clash: Callable[[Member], int]
    ) -> Member:
        """Who gets in nobody's way, had it planned, waits longest."""
        kept = self.wish.meetings[meeting].holders(role) if self._keeps() else ()
        return min(able, key=lambda who: (clash(who), who not in kept, self._waits(who, history), self.rank[who]))

    def _keeps(self) -> bool:
        return self.chance is None or self.chance.random() < KEEPS

    def _waits(self, who: Member, history: History) -> int:
        return history.last(who) if self.chance is None else 0


class _Seats:
    """Who brings where. Planned seats stay where they can; others take a free one, or somebody moves for them."""

    def __init__(self, wish: Rota, done: int, seats_until: int, chairs: dict[int, tuple[Member, Member]]) -> None:
        self.wish, self.chairs = wish, chairs
        self.offered = [meeting for meeting in chairs if meeting < seats_until]
        brought = {who for turns in wish.meetings[:done] for who in turns.bringers}
        self.waiting = [who for who in wish.members if who not in brought]
        self.taken: dict[int, list[Member]] = {meeting: [] for meeting in chairs}

    def filled(self, busy: int) -> dict[int, list[Member]]:
        """The bringers of each open meeting. Who hosts there (`busy` 2: or keeps time) does not keep a planned seat."""
        self._keep(busy)
        for others in (2, 1):  # first where they have no other task; then anywhere but where they host
            self.waiting = [who for who in self.waiting if not self._seat(who, others, set())]
        return self.taken

    def _keep(self, busy: int) -> None:
        for meeting in self.offered:
            for who in self.wish.meetings[meeting].bringers:
                if who in self.waiting and who not in self.chairs[meeting][:busy]:
                    self.taken[meeting].append(who)
                    self.waiting.remove(who)

    def _seat(self, who: Member, busy: int, asked: set[int]) -> bool:
        good = [meeting for meeting in self.offered if who not in self.chairs[meeting][:busy]]
        for meeting in good:
            if len(self.taken[meeting]) < self.wish.per_session:
                self.taken[meeting].append(who)
                return True
        return any(self._moves_for(who, meeting, busy, asked) for meeting in good if meeting not in asked)

    def _moves_for(self, who: Member, meeting: int, busy: int, asked: set[int]) -> bool:
        asked.add(meeting)
        for sitting in list(self.taken[meeting]):
            if self._seat(sitting, busy, asked):
                self.taken[meeting][self.taken[meeting].index(sitting)] = who
                return True
        return False
