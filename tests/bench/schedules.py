"""`python -m tests.bench.schedules`: 100,000 meetings of circles against the C library, minute by minute of the wall.

What season.py works out from a rule is held against a calculation that shares nothing with it: the C library reads the
zone's file by itself and says for every quarter of an hour of ten years what a wall shows; a meeting starts at the first
moment whose wall shows no less than was planned. The limit: none wrong.
"""

import os
import random
import sys
import tempfile
import time as machine
import zoneinfo
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from itertools import accumulate
from pathlib import Path

from grapevine.circles.season import Occurrence, Rule, season

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Asia/Kolkata",
    "America/Sao_Paulo",  # left out midnight until 2018
    "Africa/Casablanca",  # changes around Ramadan
)
FIRST, YEARS, MEETINGS = 2018, 10, 100_000  # behind us and before us: zones have changed their minds in between
QUARTER = 15 * 60
NIGHT, SUNDAY = 4, 6  # clocks change on Sundays at night: half of the rules go there


def measure(meetings: int = MEETINGS, years: int = YEARS, seed: int = 1) -> int:
    """Work out, compare, print; 1 when any is wrong."""
    began, chance = machine.perf_counter(), random.Random(seed)
    rows = [_zone(zone, -(-meetings // len(ZONES)), years, chance) for zone in ZONES]
    print(f"{'':22}{'meetings':>9}{'left out':>9}{'twice':>9}{'wrong':>9}")
    for zone, row in zip(ZONES, rows, strict=True):
        print(f"{zone:22}" + "".join(f"{figure:9,}" for figure in row))
    wrong = sum(row[-1] for row in rows)
    seconds = machine.perf_counter() - began
    print(
        f"{sum(row[0] for row in rows):,} meetings, {years} years, {seconds:.1f} s, wrong: {wrong}, limit 0{'  MISSED' * bool(wrong)}"
    )
    return int(wrong > 0)


def _zone(zone: str, meetings: int, years: int, chance: random.Random) -> tuple[int, int, int, int]:
    """Meetings, those whose hour was left out, those whose hour came twice, those that are wrong."""
    walls = Walls(zone, FIRST, FIRST + years + 1)
    planned = [meeting for meeting, _ in zip(_meetings(zone, years, chance), range(meetings), strict=False)]
    kinds = [walls.comes(_wall(meeting, hour)) for meeting, hour in planned]
    wrong = [meeting for meeting, hour in planned if meeting.at != walls.first(_wall(meeting, hour))]
    return len(planned), kinds.count(0), kinds.count(2), len(wrong)


def _meetings(zone: str, years: int, chance: random.Random) -> Iterator[tuple[Occurrence, time]]:
    """Meetings of seasons at random, for ever, with the hour of their rule."""
    while True:
        rule = _rule(zone, years, chance)
        for meeting in season(rule):
            yield meeting, rule.hour


def _rule(zone: str, years: int, chance: random.Random) -> Rule:
    trap = chance.random() < 0.5
    return Rule(
        starts_on=date(FIRST, 1, 2) + timedelta(days=chance.randrange(years * 365)),
        weekday=SUNDAY if trap else chance.randrange(7),
        hour=time(chance.randrange(NIGHT if trap else 24), chance.randrange(0, 60, 15)),
        zone=zone,
        weeks=chance.randrange(5, 27),
        every=chance.randrange(1, 5),
    )


def _wall(meeting: Occurrence, hour: time) -> int:
    """The planned wall time as a number: seconds as if the wall were UTC."""
    return int(datetime.combine(meeting.on, hour, UTC).timestamp())


class Walls:
    """What a wall in a zone shows at every quarter of an hour, by the C library."""

    def __init__(self, zone: str, first: int, last: int) -> None:
        self.begins = int(datetime(first, 1, 1, tzinfo=UTC).timestamp())
        ends = int(datetime(last, 1, 1, tzinfo=UTC).timestamp())
        with wall_clock(zone):
            self.shown = array("q", (_shown(at) for at in range(self.begins, ends, QUARTER)))
        self.reached = array("q", accumulate(self.shown, max))

    def first(self, wall: int) -> datetime:
        """The first moment that shows `wall` or, where nothing does, more."""
        return datetime.fromtimestamp(self.begins + bisect_left(self.reached, wall) * QUARTER, UTC)

    def comes(self, wall: int) -> int:
        """How often it is shown."""
        near = bisect_left(self.reached, wall)
        return self.shown[near : near + 12].count(wall)  # three hours: no zone goes back further


def _shown(at: int) -> int:
    wall = machine.localtime(at)
    return _days(wall[:3]) * 86_400 + wall.tm_hour * 3600 + wall.tm_min * 60 + wall.tm_sec


def _days(day: tuple[int, int, int], known: dict[tuple[int, int, int], int] = {}) -> int:  # noqa: B006 - a memory
    if day not in known:
        known[day] = date(*day).toordinal() - date(1970, 1, 1).toordinal()
    return known[day]


@contextmanager
def wall_clock(zone: str) -> Iterator[None]:
    """The C library's wall hangs in `zone`, by the very file that Python reads there."""
    before = os.environ.get("TZ")
    try:
        with _file(zone) as file:
            _hang(f":{file}")
            yield
    finally:
        _hang(before)


def _hang(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    machine.tzset()


@contextmanager
def _file(zone: str) -> Iterator[Path]:
    of_system = (Path(folder, zone) for folder in zoneinfo.TZPATH)
    if found := next((file for file in of_system if file.is_file()), None):
        yield found
        return
    of_package = resources.files("tzdata").joinpath("zoneinfo", *zone.split("/"))
    with tempfile.NamedTemporaryFile() as copy:
        copy.write(of_package.read_bytes())
        copy.flush()
        yield Path(copy.name)


if __name__ == "__main__":
    sys.exit(measure())
