"""An hour suits somebody when it suits them on every date of the season."""

import time as machine
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from grapevine.circles.hours import SLOTS, Grid, Week, mask, slots
from grapevine.circles.season import Rule, season

BERLIN, NEW_YORK, KOLKATA, SYDNEY = "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney"
MONDAY = date(2026, 2, 2)
THROUGH_MARCH = Grid(BERLIN, MONDAY, weeks=13, every=1)
SUMMER = Grid(BERLIN, date(2026, 5, 4), weeks=13, every=1)
HOUR = timedelta(hours=1)


def office(starts=8, ends=17, days=range(5)):
    return tuple((day, time(starts), time(ends)) for day in days)


def on(grid, week, weekday=0):
    """The hours of one weekday."""
    return sorted(hour for day, hour in slots(grid.common_hours(week)) if day == weekday)


def test_at_home_the_whole_meeting_is_in_the_hours():
    assert on(THROUGH_MARCH, Week(BERLIN, office())) == [8, 9, 10, 11, 12, 13, 14, 15]  # 15:00 ends at 16:30
    assert on(Grid(BERLIN, MONDAY, minutes=60), Week(BERLIN, office()))[-1] == 16
    assert on(Grid(BERLIN, MONDAY, minutes=61), Week(BERLIN, office()))[-1] == 15
    assert on(THROUGH_MARCH, Week(BERLIN, office()), weekday=5) == []


def test_three_weeks_in_march_cost_an_hour():
    new_york = Week(NEW_YORK, office())
    assert on(SUMMER, new_york) == [14, 15, 16, 17, 18, 19, 20, 21]  # six hours apart
    assert on(THROUGH_MARCH, new_york) == [14, 15, 16, 17, 18, 19, 20]  # 21:00 would end at 17:30 in March


def test_clocks_that_stand_still_and_clocks_on_the_other_side():
    assert on(SUMMER, Week(KOLKATA, office(9, 18))) == [6, 7, 8, 9, 10, 11, 12, 13]  # half hours count: 5:00 is 8:30
    assert on(THROUGH_MARCH, Week(KOLKATA, office(9, 18))) == [6, 7, 8, 9, 10, 11, 12]
    # Sydney is ten hours ahead, then nine, then eight: Monday morning there is Sunday night in Berlin
    assert on(THROUGH_MARCH, Week(SYDNEY, office(8, 17, [0])), weekday=6) == []
    assert on(THROUGH_MARCH, Week(SYDNEY, office(0, 12, [0])), weekday=6) == [16, 17, 18, 19, 20, 21, 22, 23]


def test_only_the_dates_of_the_season_count():
    over_the_summer = Grid(BERLIN, date(2026, 3, 2), weeks=3, every=1)  # 2, 9 and 16 March
    assert on(over_the_summer, Week(NEW_YORK, office()), weekday=1) == [14, 15, 16, 17, 18, 19, 20]
    before = Grid(BERLIN, date(2026, 2, 9), weeks=3, every=1)
    assert on(before, Week(NEW_YORK, office()), weekday=1) == [14, 15, 16, 17, 18, 19, 20, 21]


def test_never_is_never():
    lunch = ((0, time(12), time(13)),)
    assert on(THROUGH_MARCH, Week(BERLIN, office(), lunch)) == [8, 9, 10, 13, 14, 15]
    assert THROUGH_MARCH.common_hours(Week(BERLIN, office(), tuple((d, time(0), time(0)) for d in range(7)))) == 0
    assert THROUGH_MARCH.common_hours(Week(BERLIN, ())) == 0


def test_a_night_that_never_works_goes_on_until_the_next_morning():
    whole_week = tuple((day, time(0), time(0)) for day in range(7))
    free = slots(SUMMER.common_hours(Week(BERLIN, whole_week, ((0, time(22), time(6)),))))
    # a meeting of 90 minutes that begins at 21:00 would go on into the night
    assert {(0, 20), (1, 6)} <= free
    assert free.isdisjoint({(0, 21), (0, 22), (0, 23), *((1, hour) for hour in range(6))})


def test_work_at_night_goes_on_into_the_next_day_and_the_next_week():
    nights = Week(BERLIN, ((6, time(22), time(6)),))
    assert slots(SUMMER.common_hours(nights)) == {(6, 22), (6, 23), *((0, hour) for hour in range(5))}


def test_a_meeting_during_which_the_clocks_change():
    """The kickoff on 29 March, 01:00 in Berlin, ends at 03:30 on the wall: who goes to bed at three cannot."""
    grid = Grid(BERLIN, date(2026, 3, 29), weeks=3, every=1)
    assert on(grid, Week(BERLIN, ((6, time(0), time(3)),)), weekday=6) == [0]
    assert on(grid, Week(BERLIN, ((6, time(0), time(3, 30)),)), weekday=6) == [0, 1]  # 2:00 is 3:00


def test_a_mask_is_its_slots():
    chosen = {(0, 0), (2, 14), (6, 23)}
    assert mask(chosen) == 1 | 1 << 62 | 1 << 167
    assert slots(mask(chosen)) == chosen


hour = st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0))
spans = st.lists(st.tuples(st.integers(0, 6), hour, hour).filter(lambda span: span[1] < span[2]), max_size=6).map(tuple)
ZONES = (BERLIN, NEW_YORK, KOLKATA, SYDNEY, "Africa/Casablanca", "Australia/Lord_Howe", "America/Sao_Paulo")
GRIDS = [Grid(zone, date(2026, month, 9), 45, every=3) for zone in ZONES for month in (2, 9)]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(GRIDS), st.sampled_from(ZONES), spans, spans, st.sets(st.integers(0, SLOTS - 1), min_size=8))
def test_it_is_what_a_patient_person_would_count(grid, zone, works, never, some):
    """Every quarter of an hour of every meeting, looked up on the wall."""
    found = grid.common_hours(Week(zone, works, never))
    assert {slot for slot in some if found >> slot & 1} == {s for s in some if _suits(grid, s, zone, works, never)}


def _suits(grid, slot, zone, works, never):
    rule = Rule(grid.starts_on, slot // 24, time(slot % 24), grid.zone, grid.weeks, grid.every)
    starts = [meeting.at for meeting in season(rule)]
    walls = [(at + n * HOUR / 4).astimezone(ZoneInfo(zone)) for at in starts for n in range(3)]
    return all(_within(wall, works) and not _within(wall, never) for wall in walls)


def _within(wall: datetime, spans):
    return any(day == wall.weekday() and starts <= wall.time() < ends for day, starts, ends in spans)


def test_a_thousand_people_take_less_than_two_seconds():
    grid, began = Grid(BERLIN, MONDAY), machine.perf_counter()
    people = [
        Week(ZONES[n % 7], office(6 + n % 4, 14 + n % 5), ((n % 5, time(n % 24), time(23, 59)),)) for n in range(1000)
    ]
    masks = [grid.common_hours(week) for week in people]
    assert machine.perf_counter() - began < 2
    assert any(masks)
