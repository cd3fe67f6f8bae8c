"""When a circle may meet so that it suits somebody all season long, also after the clocks have changed.

The week has 168 slots, weekday * 24 + hour on the wall of the cohort's zone (slot 0 is Monday, 00:00). A set of slots is a
bit mask: bit n stands for slot n. Nothing here knows the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache, reduce
from operator import or_
from zoneinfo import ZoneInfo

from grapevine.circles.season import Rule, season

HOURS, SLOTS = 24, 168
DAY, WEEK = 24 * 60, 7 * 24 * 60  # minutes
MINUTE = timedelta(minutes=1)
WHOLE_WEEK = (1 << WEEK) - 1

Span = tuple[
    int, time, time
]  # weekday (Monday is 0), from, until; until midnight or into the next day where it is not later


@dataclass(frozen=True)
class Week:
    """Somebody's week on the wall of their `zone`: when they work, and times that never work."""

    zone: str
    hours: tuple[Span, ...]
    never: tuple[Span, ...] = ()

    @property
    def free(self) -> int:
        """The minutes of the week (Monday 00:00 is bit 0) that are in their hours and not among the never times."""
        return _minutes(self.hours) & ~_minutes(self.never)


@lru_cache(maxsize=1024)
def _minutes(spans: tuple[Span, ...]) -> int:
    return reduce(or_, (_span(*span) for span in spans), 0)


def _span(weekday: int, starts: time, ends: time) -> int:
    first, last = (hour.hour * 60 + hour.minute for hour in (starts, ends))
    return _block(weekday * DAY + first, last - first if last > first else last - first + DAY)


def _block(first: int, length: int) -> int:
    """`length` minutes of the week from minute `first` on; Sunday night goes on into Monday."""
    run = ((1 << length) - 1) << (first % WEEK)
    return (run & WHOLE_WEEK) | (run >> WEEK)


@dataclass(frozen=True)
class Grid:
    """All meetings a cohort could have: for each slot every date of its season, `minutes` long.

    The season is the one of season.py: the first such weekday on or after `starts_on`, `weeks` weeks, a challenge
    `every` so many. A grid remembers what it worked out for a zone: use one for all who applied.
    """

    zone: str
    starts_on: date
    minutes: int = 90
    weeks: int = 13
    every: int = 2

    def common_hours(self, week: Week) -> int:
        """The slots in which, on every date of the season, the whole meeting is in somebody's hours: a bit mask."""
        busy = ~week.free
        return sum(1 << slot for slot, needs in enumerate(self.walls(week.zone)) if not needs & busy)

    def walls(self, zone: str) -> tuple[int, ...]:
        """For each slot the minutes of the week in `zone` that its meetings take over the whole season."""
        if zone not in self._known:
            wall = ZoneInfo(zone)
            self._known[zone] = tuple(
                reduce(or_, {self._taken(at.astimezone(wall), at, wall) for at in meetings})
                for meetings in self.instants
            )
        return self._known[zone]

    def _taken(self, starts: datetime, at: datetime, wall: ZoneInfo) -> int:
        ends = (at + self.minutes * MINUTE).astimezone(wall)
        if starts.utcoffset() == ends.utcoffset():
            return _block(_minute(starts), self.minutes)
        # the clocks change during the meeting: minute by minute
        return reduce(or_, (1 << _minute((at + n * MINUTE).astimezone(wall)) for n in range(self.minutes)))

    @cached_property
    def _known(self) -> dict[str, tuple[int, ...]]:
        return {}

    @cached_property
    def instants(self) -> tuple[tuple[datetime, ...], ...]:
        """For each slot when its meetings would start (UTC)."""
        return tuple(self._season(*divmod(slot, HOURS)) for slot in range(SLOTS))

    def _season(self, weekday: int, hour: int) -> tuple[datetime, ...]:
        rule = Rule(self.starts_on, weekday, time(hour), self.zone, self.weeks, self.every)
        return tuple(meeting.at for meeting in season(rule))


def _minute(wall: datetime) -> int:
    return wall.weekday() * DAY + wall.hour * 60 + wall.minute


def slots(mask: int) -> frozenset[tuple[int, int]]:
    """A mask as (weekday, hour) on the wall of the cohort's zone."""
    return frozenset(divmod(slot, HOURS) for slot in range(SLOTS) if mask >> slot & 1)


def mask(chosen: Iterable[tuple[int, int]]) -> int:
    """(weekday, hour) on the wall of the cohort's zone as a mask."""
    return reduce(or_, (1 << weekday * HOURS + hour for weekday, hour in chosen), 0)
