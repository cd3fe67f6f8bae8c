"""A calendar gets a time and a way in, and nothing that was meant for the circle."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from uuid import UUID

import icalendar
import pytest
from dateutil.tz import tzical

from grapevine.circles.calendars import Meeting, Season, cancellation, feed, season_invitation, uid_of
from grapevine.circles.season import Rule, season

BERLIN = "Europe/Berlin"
ZONES = (BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "America/Santiago")
UID = uid_of(UUID(int=7), "grapevine.example")
READER, SYSTEM = "aiko@north.example", "circles@grapevine.example"
MINUTE = timedelta(minutes=1)
CANARIES = (b"heron", b"Amber", b"Mira", b"Aiko", b"mira@south.example", b"challenge", b"theme")
MEETING = Meeting(
    UID,
    0,
    datetime(2026, 3, 31, 13, tzinfo=UTC),
    90,
    BERLIN,
    "https://grapevine.example/circles/meetings/1b2f/",
    datetime(2026, 2, 1, 9, tzinfo=UTC),
)


def invited(meeting=MEETING, language="en"):
    return season_invitation(once(meeting), attendee=READER, organiser=SYSTEM, language=language)


def once(meeting):
    """A season of one meeting."""
    return Season(meeting, (0,))


def read(message):
    calendar = icalendar.Calendar.from_ical(message)
    return calendar, calendar.events


def said(event, *names):
    return tuple(str(event[name]) for name in names)


def test_an_invitation_says_when_and_where_and_who_reads_it():
    calendar, (event,) = read(invited())
    assert said(calendar, "METHOD", "VERSION", "PRODID") == ("REQUEST", "2.0", "-//Grapevine//Circles//EN")
    assert event.start == MEETING.at
    assert event.end - event.start == timedelta(minutes=90)
    assert event["DTSTART"].params["TZID"] == BERLIN
    assert said(event, "UID", "SEQUENCE", "STATUS", "CLASS") == (UID, "0", "CONFIRMED", "PRIVATE")
    assert said(event, "SUMMARY", "URL") == ("A Grapevine circle", MEETING.url)
    assert said(event, "ATTENDEE", "ORGANIZER") == (f"mailto:{READER}", f"mailto:{SYSTEM}")
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert set(event) == {
        *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "URL", "LOCATION", "CLASS"),
        *("ORGANIZER", "ATTENDEE", "STATUS", "RRULE"),
    }


def test_a_cancellation():
    message = cancellation(replace(MEETING, sequence=2), attendee=READER, organiser=SYSTEM, language="en")
    calendar, (event,) = read(message)
    assert said(calendar, "METHOD") == ("CANCEL",)
    assert said(event, "UID", "SEQUENCE", "STATUS", "ATTENDEE") == (UID, "2", "CANCELLED", f"mailto:{READER}")


def test_a_feed_of_ones_own():
    other = replace(MEETING, uid=uid_of(UUID(int=8), "grapevine.example"), zone="Asia/Kolkata", at=MEETING.written_at)
    calendar, events = read(feed([once(MEETING), once(other)], organiser=SYSTEM, language="en"))
    assert said(calendar, "METHOD", "X-WR-CALNAME") == ("PUBLISH", "Grapevine")
    assert [event.start for event in events] == [MEETING.at, other.at]
    assert [zone.tz_name for zone in calendar.timezones] == ["Asia/Kolkata", BERLIN]
    assert not any("ATTENDEE" in event for event in events)
    assert read(feed([], organiser=SYSTEM, language="en"))[1] == []


def test_in_the_language_of_the_reader():
    _, (event,) = read(invited(language="de"))
    assert str(event["SUMMARY"]) in {"Eine Grapevine-Runde", "A Grapevine circle"}


@pytest.mark.parametrize(
    "message",
    [
        invited(),
        cancellation(MEETING, attendee=READER, organiser=SYSTEM, language="en"),
        feed([once(MEETING)], organiser=SYSTEM, language="en"),
    ],
)
def test_lines_end_and_fold_as_the_standard_asks_and_hold_no_word_of_the_circle(message):
    assert message.count(b"\r\n") == message.count(b"\n") == message.count(b"\r")
    assert max(len(line) for line in message.split(b"\r\n")) <= 75
    unfolded = message.replace(b"\r\n ", b"")
    assert not [canary for canary in CANARIES if canary in unfolded]
    assert unfolded.count(b"@north.example") == unfolded.count(READER.encode())


@pytest.mark.parametrize("zone", ZONES)
def test_the_instants_of_a_season_survive_the_change_of_the_clocks(zone):
    """Read back twice: by the name of the zone, and by its explanation alone, with another reader."""
    for month in (2, 8):
        meetings = season(Rule(date(2026, month, 16), 6, time(2, 30), zone, every=1))
        message = feed([once(_kept(meeting, zone)) for meeting in meetings], organiser=SYSTEM, language="en")
        _, events = read(message)
        assert [event.start.astimezone(UTC) for event in events] == [meeting.at for meeting in meetings]
        assert [event.end.astimezone(UTC) - MEETING.minutes * MINUTE for event in events] == [m.at for m in meetings]
        explained = tzical(StringIO(message.decode().replace("\r\n ", ""))).get(zone)
        for event in events:
            assert _by(explained, event["DTSTART"].dt) == event.start.astimezone(UTC)
            assert _by(explained, event["DTEND"].dt) == event.end.astimezone(UTC)


def _kept(meeting, zone):
    return replace(MEETING, uid=f"{meeting.number}@grapevine.example", at=meeting.at, zone=zone)


def _by(zone, told):
    return (told if told.tzinfo is UTC else told.replace(tzinfo=zone)).astimezone(UTC)


def test_clocks_that_keep_a_rule_are_explained_by_it_and_others_one_by_one():
    """Some calendars only understand rules."""
    rules = {zone: invited(replace(MEETING, zone=zone)).count(b"RRULE:FREQ=YEARLY") for zone in ZONES}
    assert rules == dict(zip(ZONES, (2, 2, 2, 0, 0, 0), strict=True))
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in invited()


@pytest.mark.parametrize("zone", ZONES)
def test_every_hour_of_a_year_is_explained(zone):
    """The hours around a change too, where only the exact minute is good enough."""
    message = invited(replace(MEETING, zone=zone)).decode()
    explained = tzical(StringIO(message.replace("\r\n ", ""))).get(zone)
    hours = [datetime(2026, 1, 2, tzinfo=UTC) + timedelta(minutes=30 * n) for n in range(2 * 24 * 362)]
    known = icalendar.Calendar.from_ical(invited(replace(MEETING, zone=zone))).events[0]["DTSTART"].dt.tzinfo
    walls = [at.astimezone(known) for at in hours]
    assert [wall.astimezone(UTC) for wall in walls if not wall.fold] == [
        _by(explained, wall) for wall in walls if not wall.fold
    ]
