"""The one clock of Grapevine. Everything asks here, so that a test can move time.

Times are aware and in UTC inside; a wall time belongs to a zone and is turned into an instant here,
so that daylight saving never moves a promise.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

_offset = timedelta(0)
_frozen: datetime | None = None


def now() -> datetime:
    """This moment, aware, in UTC."""
    if _frozen is not None:
        return _frozen + _offset
    return datetime.now(UTC) + _offset + _offset_in_file()


def today(zone: str) -> date:
    """The calendar day in `zone` (an IANA name)."""
    return local(now(), zone).date()


def local(at: datetime, zone: str) -> datetime:
    """The instant `at` as it reads on a wall in `zone`."""
    return at.astimezone(ZoneInfo(zone))


def instant(day: date, hour: time, zone: str) -> datetime:
    """The UTC instant at which a wall in `zone` shows `day` and `hour`.

    An hour that daylight saving leaves out moves to the next hour that exists; an hour that comes
    twice means its first coming.
    """
    wall = datetime.combine(day, hour, ZoneInfo(zone))
    there_and_back = wall.astimezone(UTC).astimezone(ZoneInfo(zone))
    return there_and_back.astimezone(UTC)


def next_weekday(weekday: int, after: date) -> date:
    """The first `weekday` (Monday is 0) strictly after the day `after`."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def freeze(at: datetime) -> None:
    """Stop the clock at `at` (tests only)."""
    global _frozen, _offset
    _frozen, _offset = at.astimezone(UTC), timedelta(0)


def set_offset(by: timedelta) -> None:
    """Let the clock run `by` ahead of (or behind) where it would be (tests only)."""
    global _offset  # noqa: PLW0603
    _offset = by


def release() -> None:
    """Give the clock back to the machine."""
    global _frozen, _offset
    _frozen, _offset = None, timedelta(0)


def _offset_in_file() -> timedelta:
    """Browser tests move the clock of another process through a file that holds seconds."""
    name = getattr(settings, "GRAPEVINE_CLOCK_FILE", "")
    if not name:
        return timedelta(0)
    path = Path(name)
    return timedelta(seconds=float(path.read_text() or 0)) if path.exists() else timedelta(0)
