"""Days counted back from now, so that the demo's stories hold whenever it is loaded."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from grapevine.kernel import clock

DAY = timedelta(days=1)
BEGIN, END = 6, 15  # hours in UTC at which people in the three organisations are at work all year round
SATURDAY = 5
NUDGE_AT = time(8, 30)
JUST_NOW = timedelta(minutes=4)


@dataclass(frozen=True)
class Days:
    """A calendar that ends now."""

    now: datetime

    def ago(self, days: int, at: str, zone: str) -> datetime:
        """So many working days ago, at this hour on a wall in `zone`; never later than a moment ago."""
        day = clock.local(self.now, zone).date()
        for _ in range(days):
            day = _workday_before(day)
        return min(clock.instant(day, time.fromisoformat(at), zone), self.now - JUST_NOW)

    def due(self, zone: str) -> date:
        """The latest day whose nudge has come in `zone`: today, and yesterday before half past eight."""
        here = clock.local(self.now, zone)
        return here.date() if here.time() >= NUDGE_AT else here.date() - DAY

    def after(self, rng: Random, at: datetime, low: float, high: float) -> datetime:
        """Between `low` and `high` hours later, moved into somebody's working day."""
        return workish(rng, at + timedelta(hours=rng.uniform(low, high)))

    def has_come(self, at: datetime | None) -> bool:
        """Whether it is past."""
        return at is not None and at <= self.now


def workish(rng: Random, at: datetime) -> datetime:
    """The same moment, or one in the next hours of work."""
    if at.hour >= END or at.hour < BEGIN:
        at = (at + DAY if at.hour >= END else at).replace(hour=rng.randint(BEGIN, BEGIN + 3), minute=rng.randrange(60))
    while at.weekday() >= SATURDAY:
        at += DAY
    return at.replace(second=rng.randrange(60), microsecond=0)


def workday_after(day: date) -> date:
    """The next day on which people are at work."""
    day += DAY
    while day.weekday() >= SATURDAY:
        day += DAY
    return day


def minutes(count: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)


def _workday_before(day: date) -> date:
    day -= DAY
    while day.weekday() >= SATURDAY:
        day -= DAY
    return day
