"""The part of a calendar message that explains a time zone to a program that does not know it (VTIMEZONE, RFC 5545).

The icalendar library can make one, but it lets daylight saving begin an hour late: the start of a part has to be told on the
wall as it was before the change. So the changes are looked up here, to the minute.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from grapevine.kernel import clock

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MINUTES_OF_A_DAY = 24 * 60
YEARS_THAT_MAKE_A_RULE = 4
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Part = TimezoneStandard | TimezoneDaylight


class Change(NamedTuple):
    """The clocks of a zone change: the instant (UTC), and how far they were and are ahead of UTC."""

    at: datetime
    before: timedelta
    after: timedelta


def explained(zone: str, first: date, last: date) -> Timezone:
    """What the clocks in `zone` (an IANA name) do from some day before `first` until after `last`."""
    return _explained(zone, first.year, last.year)


@lru_cache(maxsize=256)
def _explained(zone: str, first: int, last: int) -> Timezone:
    told = Timezone()
    told.add("TZID", zone)
    starts, ends = _new_year(first - 1), _new_year(max(last, first + YEARS_THAT_MAKE_A_RULE) + 1)
    found = list(changes(zone, starts, ends))
    for part in _by_rule(zone, found, ends.year - starts.year) or _one_by_one(zone, starts, found):
        told.add_component(part)
    return told


def _by_rule(zone: str, found: list[Change], years: int) -> list[Part]:
    """Two parts with a rule, which every calendar understands, where the clocks have changed by one all these years."""
    summer, winter = found[::2], found[1::2]
    rules = [rule for rule in map(_rule, (summer, winter)) if rule]
    if len(rules) < 2 or len(found) != 2 * years:  # noqa: PLR2004 - there and back
        return []
    parts = [_part(zone, change) for change in found[:2]]
    for part, rule in zip(parts, rules, strict=True):
        part.add("RRULE", {"FREQ": "YEARLY", **rule})
    return parts


def _rule(yearly: list[Change]) -> dict[str, int | str] | None:
    """The month and the weekday (the n-th or the last) that all these changes have in common."""
    walls = [change.at + change.before for change in yearly]
    if len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) != 1 or len({c[1:] for c in yearly}) != 1:
        return None
    nth = {(wall.day + 6) // 7 for wall in walls}
    place = -1 if all((wall + 7 * DAY).month != wall.month for wall in walls) else nth.pop() if len(nth) == 1 else 0
    return {"BYMONTH": walls[0].month, "BYDAY": f"{place}{WEEKDAYS[walls[0].weekday()]}"} if place else None


def _one_by_one(zone: str, starts: datetime, found: list[Change]) -> list[Part]:
    before = _offset(starts, zone)
    return [_part(zone, change) for change in (Change(starts, before, before), *found)]


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC) - DAY


def changes(zone: str, first: datetime, last: datetime) -> Iterator[Change]:
    """Every change of the clocks in `zone` from `first` until `last`, in order."""
    day = first
    while day < last:
        before, after = _offset(day, zone), _offset(day + DAY, zone)
        if before != after:
            yield Change(_moment(day, before, zone), before, after)
        day += DAY


def _moment(day: datetime, before: timedelta, zone: str) -> datetime:
    """The first minute of the day after `day` in which the wall is not `before` ahead any more."""
    return day + MINUTE * bisect_left(
        range(MINUTES_OF_A_DAY), x=True, key=lambda n: _offset(day + n * MINUTE, zone) != before
    )


def _part(zone: str, change: Change) -> Part:
    part: Part = TimezoneDaylight() if _is_summer(zone, change) else TimezoneStandard()
    part.add("DTSTART", (change.at + change.before).replace(tzinfo=None))
    part.add("TZOFFSETFROM", change.before)
    part.add("TZOFFSETTO", change.after)
    part.add("TZNAME", change.at.astimezone(ZoneInfo(zone)).tzname())
    return part


def _is_summer(zone: str, change: Change) -> bool:
    """Ahead of the smallest offset of the year: some zones call their winter the exception."""
    year = [datetime(change.at.year, month, 15, tzinfo=UTC) for month in range(1, 13)]
    return change.after > min(_offset(at, zone) for at in year)


def _offset(at: datetime, zone: str) -> timedelta:
    return clock.local(at, zone).utcoffset() or timedelta(0)
