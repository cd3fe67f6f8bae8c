"""A season promises wall times; daylight saving moves no promise, and tells those for whom it moves the hour."""

from datetime import UTC, date, datetime, time

import pytest

from grapevine.circles.season import Kind, Rule, moved_hours, needed, season, starts_at
from tests.bench import schedules

BERLIN, NEW_YORK, KOLKATA = "Europe/Berlin", "America/New_York", "Asia/Kolkata"
TUESDAYS = Rule(starts_on=date(2026, 2, 2), weekday=1, hour=time(15), zone=BERLIN)


def utc(month, day, hour, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def shape(rule):
    return [(each.week, each.kind) for each in season(rule)]


def test_thirteen_weeks_every_second_one():
    story = [(each.number, each.kind, each.on, each.at) for each in season(TUESDAYS)]
    assert story == [
        (1, Kind.KICKOFF, date(2026, 2, 3), utc(2, 3, 14)),
        (2, Kind.CHALLENGE, date(2026, 2, 10), utc(2, 10, 14)),
        (3, Kind.CHALLENGE, date(2026, 2, 24), utc(2, 24, 14)),
        (4, Kind.CHALLENGE, date(2026, 3, 10), utc(3, 10, 14)),
        (5, Kind.CHALLENGE, date(2026, 3, 24), utc(3, 24, 14)),
        (6, Kind.CHALLENGE, date(2026, 4, 7), utc(4, 7, 13)),  # daylight saving: the wall still shows 15:00
        (7, Kind.CHALLENGE, date(2026, 4, 21), utc(4, 21, 13)),
        (8, Kind.CLOSING, date(2026, 4, 28), utc(4, 28, 13)),
    ]


@pytest.mark.parametrize(
    ("weeks", "every", "challenges"),
    [
        (13, 1, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        (13, 2, [2, 4, 6, 8, 10, 12]),
        (13, 3, [2, 5, 8, 11]),
        (13, 4, [2, 6, 10]),
        (8, 2, [2, 4, 6]),
        (3, 2, [2]),
    ],
)
def test_other_rhythms(weeks, every, challenges):
    rule = Rule(date(2026, 2, 2), 1, time(15), BERLIN, weeks, every)
    assert shape(rule) == [(1, "kickoff"), *((week, "challenge") for week in challenges), (weeks, "closing")]


@pytest.mark.parametrize("wrong", [{"weekday": 7}, {"weekday": -1}, {"weeks": 2}, {"every": 0}])
def test_a_rule_without_a_season_is_refused(wrong):
    with pytest.raises(ValueError, match=r"0 \(Monday\) to 6|at least 3 weeks"):
        Rule(**{"starts_on": date(2026, 2, 2), "weekday": 1, "hour": time(15), "zone": BERLIN} | wrong)


def test_it_starts_on_the_day_itself_or_the_next_right_one():
    days = [Rule(date(2026, 2, day), 1, time(15), BERLIN).first_on for day in (2, 3, 4)]
    assert days == [date(2026, 2, 3), date(2026, 2, 3), date(2026, 2, 10)]


def test_everybody_brings_once():
    assert [needed(members) for members in (4, 6, 8)] == [4, 6, 8]
    assert [needed(members, 2) for members in (4, 5, 8)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("on", "hour", "zone", "at"),
    [
        (date(2026, 3, 29), time(2, 30), BERLIN, utc(3, 29, 1)),  # left out: 03:00 is the next minute there is
        (date(2026, 3, 29), time(2), BERLIN, utc(3, 29, 1)),
        (date(2026, 3, 29), time(1, 59), BERLIN, utc(3, 29, 0, 59)),
        (date(2026, 10, 25), time(2, 30), BERLIN, utc(10, 25, 0, 30)),  # comes twice: the first
        (date(2026, 3, 8), time(2, 45), NEW_YORK, utc(3, 8, 7)),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", utc(10, 3, 15, 30)),  # half an hour is left out
        (date(2018, 11, 4), time(0), "America/Sao_Paulo", utc(11, 4, 3, year=2018)),  # a day without midnight
        (date(2011, 12, 30), time(9), "Pacific/Apia", utc(12, 30, 10, year=2011)),  # a day that never was
    ],
)
def test_hours_that_do_not_exist_or_come_twice(on, hour, zone, at):
    assert starts_at(on, hour, zone) == at


def moves(rule, zone):
    return [f"{wall:%a %-d %b %H:%M}" for wall in moved_hours([each.at for each in season(rule)], zone)]


def test_it_is_said_when_the_hour_moves_for_somebody():
    weekly = Rule(date(2026, 2, 2), 1, time(15), BERLIN, every=1)
    assert moves(weekly, BERLIN) == []
    assert moves(weekly, NEW_YORK) == ["Tue 10 Mar 10:00", "Tue 31 Mar 09:00"]  # away for three weeks, and back
    assert moves(weekly, KOLKATA) == ["Tue 31 Mar 18:30"]
    assert moves(weekly, "Australia/Sydney") == ["Wed 1 Apr 00:00", "Tue 7 Apr 23:00"]  # and to another day


def test_ten_thousand_meetings_agree_with_the_c_library(capsys):
    assert schedules.measure(meetings=10_000, years=1, seed=7) == 0
    assert "wrong: 0" in capsys.readouterr().out
