"""Wall times become instants; daylight saving moves no promise."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from grapevine.kernel import clock as the_clock

OSLO, NEW_YORK = "Europe/Oslo", "America/New_York"


@pytest.mark.parametrize(
    ("day", "hour", "zone", "expected"),
    [
        (date(2026, 3, 16), time(8, 30), OSLO, datetime(2026, 3, 16, 7, 30, tzinfo=UTC)),
        (date(2026, 3, 30), time(8, 30), OSLO, datetime(2026, 3, 30, 6, 30, tzinfo=UTC)),  # after the change
        (date(2026, 3, 16), time(8, 30), NEW_YORK, datetime(2026, 3, 16, 12, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 30), OSLO, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # does not exist: 03:30
        (date(2026, 10, 25), time(2, 30), OSLO, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # comes twice: the first
    ],
)
def test_a_wall_time_is_an_instant(day, hour, zone, expected):
    assert the_clock.instant(day, hour, zone) == expected


@pytest.mark.parametrize(("after", "monday"), [(8, 9), (9, 16), (10, 16), (15, 16)])
def test_the_next_monday_is_never_today(after, monday):
    assert the_clock.next_weekday(0, date(2026, 3, after)) == date(2026, 3, monday)


def test_a_frozen_clock_stands_and_an_offset_moves_it(clock):
    at = datetime(2026, 3, 10, 8, 15, tzinfo=UTC)
    clock.freeze(at)
    clock.set_offset(timedelta(days=1))
    assert clock.now() == at + timedelta(days=1)
    assert clock.today(NEW_YORK) == date(2026, 3, 11)


def test_another_process_moves_it_by_a_file(clock, settings, tmp_path):
    settings.GRAPEVINE_CLOCK_FILE = str(tmp_path / "clock")
    before = clock.now()
    (tmp_path / "clock").write_text("3600")
    assert timedelta(hours=1) <= clock.now() - before < timedelta(hours=1, minutes=1)
