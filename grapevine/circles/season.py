"""The dates of a season: a wall time, a zone and a rule; each meeting is an instant only at the end.

A season of 13 weeks, every second one: the kickoff in week 1, challenges in weeks 2, 4, 6, 8, 10 and 12, the closing in
week 13. Nothing here knows the database.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from grapevine.kernel import clock

WEEK, MINUTE = timedelta(weeks=1), timedelta(minutes=1)
CAUGHT_UP_WITHIN = timedelta(hours=24)
FEWEST_WEEKS = 3  # a kickoff, a challenge, a closing


class Kind(StrEnum):
    """What a meeting of the season is for."""

    KICKOFF = "kickoff"
    CHALLENGE = "challenge"
    CLOSING = "closing"


@dataclass(frozen=True)
class Rule:
    """When a circle meets: on `weekday` (Monday is 0) at `hour` on the wall of `zone`, from `starts_on` on.

    `weeks` is the length of the season; between kickoff and closing a challenge every `every` weeks, the first in week 2.
    A rule that gives no season raises ValueError.
    """

    starts_on: date
    weekday: int
    hour: time
    zone: str
    weeks: int = 13
    every: int = 2

    def __post_init__(self) -> None:
        if not 0 <= self.weekday < 7:  # noqa: PLR2004 - the days of a week
            raise ValueError("A weekday is 0 (Monday) to 6")
        if self.weeks < FEWEST_WEEKS or self.every < 1:
            raise ValueError(f"A season has at least {FEWEST_WEEKS} weeks and meets at least every week")

    @property
    def first_on(self) -> date:
        """The day of the kickoff: `starts_on` itself or the first right weekday after it."""
        return clock.next_weekday(self.weekday, self.starts_on - timedelta(days=1))

    @property
    def challenge_weeks(self) -> range:
        """The weeks (the kickoff is in week 1) in which somebody brings a challenge."""
        return range(2, self.weeks, self.every)


@dataclass(frozen=True)
class Occurrence:
    """One meeting of a season: the `number`-th from 1, in week `week`, planned for the day `on`, starting `at` (UTC)."""

    number: int
    week: int
    kind: Kind
    on: date
    at: datetime


def season(rule: Rule) -> tuple[Occurrence, ...]:
    """All meetings of a season in order."""
    kinds = dict.fromkeys(rule.challenge_weeks, Kind.CHALLENGE)
    kinds = {1: Kind.KICKOFF, **kinds, rule.weeks: Kind.CLOSING}
    return tuple(_occurrence(rule, number, week, kind) for number, (week, kind) in enumerate(kinds.items(), start=1))


def _occurrence(rule: Rule, number: int, week: int, kind: Kind) -> Occurrence:
    on = rule.first_on + (week - 1) * WEEK
    return Occurrence(number, week, kind, on, starts_at(on, rule.hour, rule.zone))


def starts_at(on: date, hour: time, zone: str) -> datetime:
    """The instant (UTC) at which a meeting planned for `on` at `hour` in `zone` starts.

    A minute that daylight saving leaves out means the next minute that exists (02:30 becomes 03:00); one that comes twice
    means its first coming.
    """
    at, wall = clock.instant(on, hour, zone), datetime.combine(on, hour)
    return at if _wall(at, zone) == wall else _end_of_gap(wall, at, zone)


def _end_of_gap(wall: datetime, after: datetime, zone: str) -> datetime:
    """The first minute that shows more than `wall`, which no minute shows; `after` is some minute behind the gap."""
    size = _wall(after, zone) - wall
    before = (after - size).replace(second=0, microsecond=0)
    minutes = range(size // MINUTE + 1)
    return before + bisect_left(minutes, wall, key=lambda n: _wall(before + n * MINUTE, zone)) * MINUTE


def _wall(at: datetime, zone: str) -> datetime:
    return clock.local(at, zone).replace(tzinfo=None)


def needed(members: int, per_session: int = 1) -> int:
    """Challenge meetings in which everybody brings once."""
    return -(-members // per_session)


def moved_hours(meetings: Iterable[datetime], zone: str) -> tuple[datetime, ...]:
    """The meetings from which on the hour (or the weekday) is another one for a member in `zone`, on their wall.

    "From 31 March on it is at 16:00 for you": clocks that change apart move it away and, some weeks later, back.
    """
    walls = [clock.local(at, zone) for at in sorted(meetings)]
    return tuple(after for before, after in pairwise(walls) if _hour_of_week(before) != _hour_of_week(after))


def _hour_of_week(wall: datetime) -> tuple[int, time]:
    return wall.weekday(), wall.time()
