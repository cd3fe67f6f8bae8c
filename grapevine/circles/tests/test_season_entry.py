"""A season is one entry in a calendar: every client works out the same instants as we do, also when clocks change."""

from dataclasses import replace
from datetime import date, time, timedelta

import icalendar
import pytest

from grapevine.circles.calendars import Meeting, Season, change, omission, season_invitation
from grapevine.circles.season import Rule, season
from grapevine.circles.tests.calendaring import instants

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca")
TO = {"attendee": "aiko@north.example", "organiser": "circles@grapevine.example", "language": "en"}


def entry(rule):
    dates = season(rule)
    first = Meeting("u@h", 0, dates[0].at, 90, rule.zone, "https://grapevine.example/circles/1/", dates[0].at)
    return dates, Season(first, tuple(each.week - 1 for each in dates))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("every", [1, 2, 3])
def test_a_season_has_the_same_instants_in_a_calendar(zone, every):
    dates, whole = entry(Rule(date(2026, 2, 16), 3, time(17), zone, 13, every))
    (event,) = icalendar.Calendar.from_ical(season_invitation(whole, **TO)).events
    assert instants(event) == [each.at for each in dates]


def test_a_meeting_that_moved_takes_the_place_of_the_one_of_the_rule():
    dates, whole = entry(Rule(date(2026, 2, 16), 3, time(17), "Europe/Berlin"))
    friday = replace(whole.first, at=dates[2].at + timedelta(days=1), sequence=1)
    asked = icalendar.Calendar.from_ical(change(dates[2].at, friday, **TO))
    (event,) = asked.events
    assert (asked["METHOD"], event["UID"], event["SEQUENCE"]) == ("REQUEST", "u@h", 1)
    assert event["RECURRENCE-ID"].dt == dates[2].at
    assert event.start == dates[2].at + timedelta(days=1)
    late = replace(whole, moved={dates[2].at: friday})
    rule, moved = icalendar.Calendar.from_ical(season_invitation(late, **TO)).events
    assert (rule["UID"], moved["RECURRENCE-ID"].dt, moved.start) == ("u@h", dates[2].at, friday.at)


def test_a_meeting_that_is_called_off_is_taken_out_alone():
    dates, whole = entry(Rule(date(2026, 2, 16), 3, time(17), "Europe/Berlin"))
    off = icalendar.Calendar.from_ical(omission({dates[1].at: replace(whole.first, sequence=1)}, **TO))
    (event,) = off.events
    assert (off["METHOD"], event["STATUS"], event["RECURRENCE-ID"].dt) == ("CANCEL", "CANCELLED", dates[1].at)


def test_the_entry_names_nobody_else():
    _, whole = entry(Rule(date(2026, 2, 16), 3, time(17), "Europe/Berlin"))
    message = season_invitation(whole, **TO)
    (event,) = icalendar.Calendar.from_ical(message).events
    assert (event["SUMMARY"], event["ATTENDEE"], event["ORGANIZER"]) == (
        "A Grapevine circle",
        "mailto:aiko@north.example",
        "mailto:circles@grapevine.example",
    )
    assert message.count(b"mailto:") == 2
