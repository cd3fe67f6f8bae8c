"""When people work: on the wall of their own zone, by the week or by shifts."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.people import actions, queries
from grapevine.people.queries.hours import USUAL_HOURS, Hours
from tests.personas import OSLO, TUESDAY

HOUR = timedelta(hours=1)
BERLIN = Hours("Europe/Berlin", USUAL_HOURS)


def utc(day, hour, minute=0, month=3):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def hours(person, since):
    return queries.hours_of([person], since)[person.pk]


def intervals(person, from_at, until_at):
    return hours(person, from_at).intervals(from_at, until_at)


def is_working(person, at):
    return hours(person, at).is_working(at)


# 10 March 2026 is a Tuesday; Oslo is one hour ahead of UTC until the 29th, then two


def test_who_said_nothing_works_monday_to_friday_from_8_to_17(world):
    saturday, wednesday = utc(14, 0), utc(11, 23)
    assert intervals(world.mira, utc(10, 12), saturday) == [
        (utc(10, 12), utc(10, 16)),
        (utc(11, 7), utc(11, 16)),
        (utc(12, 7), utc(12, 16)),
        (utc(13, 7), utc(13, 16)),
    ]
    assert [is_working(world.mira, at) for at in (utc(10, 6, 59), utc(10, 7), utc(10, 15, 59), utc(10, 16))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert queries.next_working_moment(world.mira, utc(10, 9)) == utc(10, 9)
    assert queries.next_working_moment(world.mira, wednesday) == utc(12, 7)
    assert queries.next_working_moment(world.mira, saturday) == utc(16, 7)


def test_own_hours(world):
    actions.set_hours(by=world.mira, hours=[(0, time(9), time(12)), (0, time(13), time(15)), (3, time(14), time(20))])
    assert intervals(world.mira, utc(9, 0), utc(16, 0)) == [
        (utc(9, 8), utc(9, 11)),
        (utc(9, 12), utc(9, 14)),
        (utc(12, 13), utc(12, 19)),
    ]
    actions.set_hours(by=world.mira, hours=[])
    assert is_working(world.mira, TUESDAY)


def test_in_a_week_with_shifts_the_shifts_alone_count(world):
    night = (utc(10, 21), utc(11, 5))
    late = (utc(13, 13), utc(13, 21))
    actions.set_shifts(by=world.mira, shifts=[night, late, late])
    assert intervals(world.mira, utc(9, 0), utc(17, 0)) == [night, late, (utc(16, 7), utc(16, 16))]
    assert is_working(world.mira, utc(11, 4))
    assert queries.next_working_moment(world.mira, utc(11, 5)) == late[0]
    assert intervals(world.mira, utc(10, 23), utc(11, 2)) == [(utc(10, 23), utc(11, 2))]


def test_new_shifts_replace_those_to_come_and_leave_those_that_are_over(world, clock):
    over, now = (utc(9, 6), utc(9, 14)), (utc(10, 6), utc(10, 14))
    actions.set_shifts(by=world.mira, shifts=[over, now])
    clock.freeze(utc(10, 15))
    actions.set_shifts(by=world.mira, shifts=[(utc(12, 6), utc(12, 14))])
    assert [row.starts_at for row in world.mira.shifts.all()] == [over[0], now[0], utc(12, 6)]


def test_clock_changes_do_not_move_hours():
    assert BERLIN.next_moment(utc(28, 12)) == utc(30, 6)  # 8 o'clock before the change was 7 UTC
    night = Hours("Europe/Berlin", {6: ((time(1), time(4)),)})
    assert night.intervals(utc(29, 0), utc(30, 0)) == [(utc(29, 0), utc(29, 2))]  # 2 to 3 was left out
    assert night.intervals(utc(24, 20, month=10), utc(26, 0, month=10)) == [
        (utc(24, 23, month=10), utc(25, 3, month=10))
    ]  # 2 to 3 came twice


@pytest.mark.parametrize(
    ("asked", "hours", "passed"),
    [
        (utc(10, 8, 15), 48, utc(12, 8, 15)),  # Tuesday: Thursday, the same time
        (utc(13, 14), 48, utc(17, 14)),  # Friday 15:00: Tuesday 15:00
        (utc(13, 14), 9, utc(13, 23)),  # as far as midnight
        (utc(13, 14), 10, utc(16, 0)),  # and one hour into Monday
        (utc(14, 10), 48, utc(17, 23)),  # Saturday: Monday and Tuesday
        (utc(14, 10), 0, utc(15, 23)),  # nothing to wait for but Monday
        (utc(27, 14), 48, utc(31, 13)),  # over the change of clocks, by the wall
    ],
)
def test_48_working_hours_are_two_working_days(asked, hours, passed):
    assert Hours(OSLO, USUAL_HOURS).add(asked, hours) == passed


def test_working_days_follow_the_rota(world):
    weekend = [(utc(14, 6), utc(14, 14)), (utc(15, 6), utc(15, 14))]
    actions.set_shifts(by=world.mira, shifts=[*weekend, (utc(10, 6), utc(10, 14))])
    assert queries.add_working_hours(world.mira, TUESDAY, 48) == utc(15, 8, 15)


def test_a_night_counts_for_both_its_days(world):
    actions.set_shifts(by=world.mira, shifts=[(utc(10, 21), utc(11, 5))])
    assert queries.add_working_hours(world.mira, TUESDAY, 24) == utc(11, 8, 15)


@pytest.mark.parametrize("count", [1, 3])
def test_hours_of_many_take_two_queries(world, django_assert_num_queries, count):
    people = [world.mira, world.sanne, world.olav][:count]
    for person in people:
        actions.set_hours(by=person, hours=[(1, time(6), time(10))])
        actions.set_shifts(by=person, shifts=[(utc(18, 6), utc(18, 14))])
    with django_assert_num_queries(2):
        hours = queries.hours_of(people)
    assert [hours[p.pk].intervals(utc(10, 0), utc(11, 0)) for p in people] == [[(utc(10, 5), utc(10, 9))]] * count


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]
)
weeks = st.dictionaries(
    st.integers(0, 6),
    st.tuples(st.integers(0, 11), st.integers(12, 23)).map(lambda h: ((time(h[0]), time(h[1])),)),
    min_size=1,
)


@given(moments, zones, weeks, st.lists(st.tuples(moments, st.integers(1, 14)), max_size=4))
def test_the_next_moment_is_the_first_one(at, zone, week, begun):
    hours = Hours(zone, week, tuple((starts, starts + n * HOUR) for starts, n in begun))
    found = hours.next_moment(at)
    assert found >= at
    assert hours.is_working(found)
    assert hours.intervals(at, found) == []


@given(moments, zones, weeks, st.integers(0, 200), st.integers(0, 200))
def test_working_hours_add_up(at, zone, week, first, then):
    hours = Hours(zone, week)
    both = hours.add(at, first + then)
    assert at <= hours.add(at, first) <= both
    assert both - at >= timedelta(hours=first + then) - 2 * HOUR  # two changes of clocks at most
