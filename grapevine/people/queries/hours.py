"""When people work.

Usual hours stand on the wall of the person's own zone; who said nothing works Monday to Friday from 8 to 17. In a week
(Monday to Sunday) for which shifts are known, the shifts alone count. Rest does not change hours: whoever rests is
not asked, and a request that waits for somebody who went to rest should move on, not wait along.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from grapevine.kernel import clock
from grapevine.people.models import Person, Shift, WorkingHours

Interval = tuple[datetime, datetime]
Usual = Mapping[int, tuple[tuple[time, time], ...]]

DAY = timedelta(days=1)
WEEKDAYS = range(5)
USUAL_HOURS: Usual = {weekday: ((time(8), time(17)),) for weekday in WEEKDAYS}
# a shift may have begun this long before the moment that is asked about, and its week before that
SHIFTS_LOOKED_BACK = timedelta(days=9)


@dataclass(frozen=True)
class Hours:
    """One person's hours, loaded once, asked often. Times in and out are instants."""

    zone: str
    usual: Usual
    shifts: tuple[Interval, ...] = ()

    def intervals(self, from_at: datetime, until_at: datetime) -> list[Interval]:
        """The working time between two instants, in order, cut at both."""
        cut = ((max(starts, from_at), min(ends, until_at)) for starts, ends in self._around(from_at, until_at))
        return _joined(sorted((starts, ends) for starts, ends in cut if starts < ends))

    def is_working(self, at: datetime) -> bool:
        """Whether this instant is working time."""
        return any(starts <= at < ends for starts, ends in self._around(at, at))

    def next_moment(self, at: datetime) -> datetime:
        """`at` itself in working time, otherwise when work next begins."""
        if self.is_working(at):
            return at
        today = self._day(at)
        begins = (starts for n in count() for starts, _ in sorted(self._on(today + n * DAY)) if starts > at)
        return next(begins)

    def works_on(self, day: date) -> bool:
        """Whether any working time touches this day of their calendar."""
        begins, ends = (clock.instant(d, time(), self.zone) for d in (day, day + DAY))
        return bool(self.intervals(begins, ends))

    def add(self, from_at: datetime, hours: float) -> datetime:
        """The instant at which so many working hours have passed since `from_at`.

        A working hour is an hour of the clock, day or night, on a day on which the person works: 48 of them are two
        working days, whatever the hours of the job. So an ask of Friday 15:00 has had its 48 hours on Tuesday 15:00.
        """
        wall = clock.local(from_at, self.zone).replace(tzinfo=None)
        left = timedelta(hours=hours)
        while left > (rest_of_day := self._rest_of_day(wall)):
            left -= rest_of_day
            wall = datetime.combine(wall.date() + DAY, time())
        while not self.works_on(wall.date()):
            wall = datetime.combine(wall.date() + DAY, time())
        return clock.instant((wall + left).date(), (wall + left).time(), self.zone)

    def _rest_of_day(self, wall: datetime) -> timedelta:
        midnight = datetime.combine(wall.date() + DAY, time())
        return midnight - wall if self.works_on(wall.date()) else timedelta(0)

    def _around(self, from_at: datetime, until_at: datetime) -> Iterator[Interval]:
        """Whatever begins on the days of the span or on the day before: nights are worked, too."""
        day = self._day(from_at) - DAY
        while day <= self._day(until_at):
            yield from self._on(day)
            day += DAY

    def _on(self, day: date) -> list[Interval]:
        """What begins on this day."""
        if monday_of(day) in {monday_of(self._day(starts)) for starts, _ in self.shifts}:
            return [shift for shift in self.shifts if self._day(shift[0]) == day]
        wall = self.usual.get(day.weekday(), ())
        return [(clock.instant(day, starts, self.zone), clock.instant(day, ends, self.zone)) for starts, ends in wall]

    def _day(self, at: datetime) -> date:
        return clock.local(at, self.zone).date()


def hours_of(people: Iterable[Person], since: datetime | None = None) -> dict[int, Hours]:
    """The hours of many people by person's id, good for any instant from `since` (now) on. Two queries."""
    people = list(people)
    usual, shifts = _usual_of(people), _shifts_of(people, since or clock.now())
    return {p.pk: Hours(p.timezone, usual.get(p.pk, USUAL_HOURS), tuple(shifts.get(p.pk, ()))) for p in people}


def next_working_moment(person: Person, at: datetime) -> datetime:
    """`at` itself while the person works, otherwise when they next begin."""
    return _hours_of(person, at).next_moment(at)


def add_working_hours(person: Person, from_at: datetime, hours: float) -> datetime:
    """When so many working hours have passed since `from_at`; see `Hours.add` for what a working hour is."""
    return _hours_of(person, from_at).add(from_at, hours)


def shifts_to_come(person: Person) -> list[Shift]:
    """The person's own shifts that are not over, in order."""
    return list(Shift.objects.filter(person=person, ends_at__gt=clock.now()))


def _hours_of(person: Person, since: datetime) -> Hours:
    return hours_of([person], since)[person.pk]


def _usual_of(people: list[Person]) -> dict[int, Usual]:
    found: defaultdict[int, defaultdict[int, tuple[tuple[time, time], ...]]] = defaultdict(lambda: defaultdict(tuple))
    for row in WorkingHours.objects.filter(person__in=people):
        found[row.person_id][row.weekday] += ((row.starts, row.ends),)
    return {person: dict(week) for person, week in found.items()}


def _shifts_of(people: list[Person], since: datetime) -> dict[int, list[Interval]]:
    found: defaultdict[int, list[Interval]] = defaultdict(list)
    for row in Shift.objects.filter(person__in=people, ends_at__gt=since - SHIFTS_LOOKED_BACK):
        found[row.person_id].append((row.starts_at, row.ends_at))
    return found


def _joined(spans: list[Interval]) -> list[Interval]:
    """Spans that touch or overlap become one."""
    joined: list[Interval] = []
    for starts, ends in spans:
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((starts, ends))
    return joined


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())
