"""Meetings for a calendar: invitation, change, cancellation, and a feed of one's own (iCalendar, RFC 5545 and 5546).

A calendar is read by a company's servers, by assistants and over shoulders. So a message holds a time, an address of a page
behind the door, and who reads it: no theme, no name, nobody else. Nothing here knows the database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress, vText

from grapevine.circles.timezones import explained
from grapevine.kernel import clock

PRODUCER = "-//Grapevine//Circles//EN"
MINUTE = timedelta(minutes=1)
ASK_AGAIN_AFTER = timedelta(hours=6)


@dataclass(frozen=True)
class Meeting:
    """One meeting as a calendar keeps it: `at` (aware) for `minutes` on the wall of `zone`, with the page at `url`.

    `uid` stays for ever (see `uid_of`); `sequence` grows by one with every change. `written_at` (aware) is when this state
    of it came about.
    """

    uid: str
    sequence: int
    at: datetime
    minutes: int
    zone: str
    url: str
    written_at: datetime


def uid_of(key: UUID, host: str) -> str:
    """The name by which every calendar knows a meeting, for ever."""
    return f"{key}@{host}"


def cancellation(meeting: Meeting, *, attendee: str, organiser: str, language: str) -> bytes:
    """A message that takes a meeting out of the calendar of one reader; its `sequence` has grown."""
    event = _event(meeting, organiser, language)
    event.add("STATUS", "CANCELLED")
    return _message("CANCEL", [_for(event, attendee)], [meeting])


@dataclass(frozen=True)
class Season:
    """A season as one repeating entry: it begins with `first`, and meets in `weeks` after that (0 is the first week).

    `moved` are meetings at another time, or of another length, than the rule says, by the moment (aware) the rule says.
    """

    first: Meeting
    weeks: tuple[int, ...]
    moved: Mapping[datetime, Meeting] = field(default_factory=dict)


def season_invitation(season: Season, *, attendee: str, organiser: str, language: str) -> bytes:
    """A message that puts a whole season into the calendar of one reader."""
    events = [_for(event, attendee) for event in _entry(season, organiser, language)]
    return _message("REQUEST", events, _shown(season))


def change(was_at: datetime, meeting: Meeting, *, attendee: str, organiser: str, language: str) -> bytes:
    """A message that moves the one meeting of a season that was `was_at` (aware) by the rule."""
    return _message("REQUEST", [_for(_instead(was_at, meeting, organiser, language), attendee)], [meeting])


def omission(off: Mapping[datetime, Meeting], *, attendee: str, organiser: str, language: str) -> bytes:
    """A message that takes out some meetings of a season, by the moment (aware) the rule says."""
    events = [_for(_instead(was_at, meeting, organiser, language), attendee) for was_at, meeting in off.items()]
    for event in events:
        event["STATUS"] = "CANCELLED"
    return _message("CANCEL", events, list(off.values()))


def feed(seasons: Iterable[Season], *, organiser: str, language: str) -> bytes:
    """One reader's own seasons, to subscribe to: the entries that came by mail, under the same names.

    Nobody attends in it, not even the reader: the standard asks for that.
    """
    mine = list(seasons)
    events = [event for season in mine for event in _entry(season, organiser, language)]
    return _message("PUBLISH", events, [meeting for season in mine for meeting in _shown(season)])


def _message(method: str, events: Iterable[Event], meetings: list[Meeting]) -> bytes:
    calendar = Calendar()
    for name, said in (("PRODID", PRODUCER), ("VERSION", "2.0"), ("CALSCALE", "GREGORIAN"), ("METHOD", method)):
        calendar.add(name, said)
    if method == "PUBLISH":
        calendar.add("X-WR-CALNAME", "Grapevine")
        calendar.add("REFRESH-INTERVAL", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    for zone in sorted({meeting.zone for meeting in meetings}):
        days = [clock.local(meeting.at, zone).date() for meeting in meetings if meeting.zone == zone]
        calendar.add_component(explained(zone, min(days), max(days)))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def _entry(season: Season, organiser: str, language: str) -> list[Event]:
    """Every week but those without a meeting, then each that is at another time or of another length."""
    event = _event(season.first, organiser, language)
    event.add("STATUS", "CONFIRMED")
    event.add("RRULE", {"FREQ": "WEEKLY", "COUNT": season.weeks[-1] + 1})
    for week in sorted(set(range(season.weeks[-1])) - set(season.weeks)):
        event.add("EXDATE", _in_week(season.first, week))
    return [event, *(_instead(was_at, meeting, organiser, language) for was_at, meeting in season.moved.items())]


def _shown(season: Season) -> list[Meeting]:
    """From the first to the last, and those that moved: the days for which a zone has to be explained."""
    last = replace(season.first, at=_in_week(season.first, season.weeks[-1]))
    return [season.first, last, *season.moved.values()]


def _event(meeting: Meeting, organiser: str, language: str) -> Event:
    event = Event()
    event.add("UID", meeting.uid)
    event.add("SEQUENCE", meeting.sequence)
    event.add("DTSTAMP", meeting.written_at)
    event.add("LAST-MODIFIED", meeting.written_at)
    event.add("DTSTART", _told(meeting.at, meeting.zone))
    event.add("DTEND", _told(meeting.at + meeting.minutes * MINUTE, meeting.zone))
    event.add("SUMMARY", _title(language))
    event.add("URL", meeting.url)
    event.add("LOCATION", meeting.url)  # most calendars show a place, few an address
    event.add("CLASS", "PRIVATE")
    event.add("ORGANIZER", _address(organiser, CN="Grapevine"))
    return event


def _instead(was_at: datetime, meeting: Meeting, organiser: str, language: str) -> Event:
    """One meeting of a season, in the place of the one that was `was_at` by the rule."""
    event = _event(meeting, organiser, language)
    event.add("STATUS", "CONFIRMED")
    event.add("RECURRENCE-ID", _told(was_at, meeting.zone))
    return event


def _in_week(first: Meeting, week: int) -> datetime:
    wall = clock.local(first.at, first.zone) + week * timedelta(weeks=1)  # the same hour on the wall, weeks later
    return clock.instant(wall.date(), wall.time(), first.zone).astimezone(wall.tzinfo)


def _told(at: datetime, zone: str) -> datetime:
    """The wall of `zone`; UTC where the wall has shown that minute before, as a calendar would take it for the first time."""
    wall = clock.local(at, zone)
    return at.astimezone(UTC) if wall.fold else wall


def _for(event: Event, attendee: str) -> Event:
    """No answer is asked for: whether somebody comes is said in the circle."""
    who = _address(attendee, ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="FALSE")
    event.add("ATTENDEE", who)
    return event


def _address(address: str, **about: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    for name, said in about.items():
        found.params[name] = vText(said)
    return found


def _title(language: str) -> str:
    with override(language):
        return _("A Grapevine circle")
