"""The demo's time machine: a file with the seconds by which its clock is ahead. Every process reads the same file."""

import os
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path

from django.conf import settings

from grapevine.kernel import clock

MORNING = time(8, 45)  # a quarter of an hour after the day has been remembered
MONDAY, SATURDAY = 0, 5
DAY = timedelta(days=1)


def ahead() -> timedelta:
    """How far the demo is ahead of the machine."""
    file = _file()
    return timedelta(seconds=float(file.read_text() or 0)) if file.exists() else timedelta(0)


def move(to: datetime) -> None:
    """It is `to` now."""
    _write((ahead() + (to - clock.now())).total_seconds())


def back() -> None:
    """As late as it really is."""
    _write(0)


def next_morning(zone: str) -> datetime:
    """When the next working day begins in `zone`; before that hour it is today's."""
    return next(at for at in _mornings(zone) if clock.local(at, zone).weekday() < SATURDAY)


def next_monday(zone: str) -> datetime:
    """When Monday begins in `zone`; in the small hours of a Monday it is the one at hand."""
    return next(at for at in _mornings(zone) if clock.local(at, zone).weekday() == MONDAY)


def ten_days(zone: str) -> datetime:
    """When it is time to tell what happened, on the morning of a working day."""
    days = (clock.today(zone) + n * DAY for n in count(10))
    return clock.instant(next(day for day in days if day.weekday() < SATURDAY), MORNING, zone)


def _mornings(zone: str) -> Iterator[datetime]:
    """Every morning in `zone` that is still to come."""
    now, today = clock.now(), clock.today(zone)
    mornings = (clock.instant(today + n * DAY, MORNING, zone) for n in count())
    return (at for at in mornings if at > now)


def _file() -> Path:
    return Path(settings.GRAPEVINE_CLOCK_FILE)


def _write(seconds: float) -> None:
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    draft.write_text(str(seconds))
    os.replace(draft, file)  # noqa: PTH105 - the one call that never shows half a number
