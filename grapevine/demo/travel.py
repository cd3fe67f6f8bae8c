"""The demo's time machine: a file with the seconds by which its clock is ahead. Every process reads the same file."""

import os
from datetime import datetime, time, timedelta
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


def move(by: timedelta) -> None:
    """So much further."""
    _write((ahead() + by).total_seconds())


def back() -> None:
    """As late as it really is."""
    _write(0)


def next_morning(zone: str) -> timedelta:
    """How long it is until the next working day begins in `zone`."""
    day = clock.today(zone) + DAY
    while day.weekday() >= SATURDAY:
        day += DAY
    return clock.instant(day, MORNING, zone) - clock.now()


def next_monday(zone: str) -> timedelta:
    """How long it is until Monday morning."""
    monday = clock.next_weekday(MONDAY, clock.today(zone))
    return clock.instant(monday, MORNING, zone) - clock.now()


def ten_days(zone: str) -> timedelta:
    """Until it is time to tell what happened."""
    later = clock.today(zone) + 10 * DAY
    return clock.instant(later, MORNING, zone) - clock.now()


def arrives_at(journey: timedelta) -> datetime:
    """When one would be."""
    return clock.now() + journey


def _file() -> Path:
    return Path(settings.GRAPEVINE_CLOCK_FILE)


def _write(seconds: float) -> None:
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    draft.write_text(str(seconds))
    os.replace(draft, file)  # noqa: PTH105 - the one call that never shows half a number
