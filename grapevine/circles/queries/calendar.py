"""What a calendar gets of circles, by mail or at an address of one's own. Times and an address behind the door, nothing else."""

from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import F

from grapevine.circles import calendars
from grapevine.circles.models import Circle, CircleSeat, Meeting
from grapevine.circles.queries.ways import minutes_for
from grapevine.circles.season import Rule, season
from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.people.models import Person


def calendar_part(person: Person, kind: str, about: int) -> tuple[str, bytes] | None:
    """(method, message) for one reader: `season`, `out` and `over` are about a circle, `moved` and `off` about a meeting.

    None when there is nothing left to tell this reader.
    """
    to = {"attendee": person.email, "organiser": parseaddr(settings.DEFAULT_FROM_EMAIL)[1], "language": person.language}
    if kind == "season":
        dates = next(iter(seasons_of(person, about)), None)
        return ("REQUEST", calendars.season_invitation(dates, **to)) if dates else None
    if kind == "out":
        left = CircleSeat.objects.filter(circle=about, person=person, left_at__isnull=False).first()
        return ("CANCEL", calendars.cancellation(_whole(left), **to)) if left else None
    if kind == "over":
        ahead = _called_off_at_the_end(person, about)
        return ("CANCEL", calendars.omission(ahead, **to)) if ahead else None
    meeting = visible(person, Meeting).select_related("circle__cohort").filter(pk=about).first()
    if meeting is None:
        return None
    was_at, entry = planned(meeting.circle)[meeting.number], _entry(meeting)
    if kind == "off":
        return "CANCEL", calendars.omission({was_at: entry}, **to)
    return "REQUEST", calendars.change(was_at, entry, **to)


def seasons_of(person: Person, *circles: int) -> list[calendars.Season]:
    """Their seasons as entries of a calendar: of all their circles, or of these."""
    seats = CircleSeat.objects.filter(person=person, circle__in=visible(person, Circle)).order_by("pk")
    mine = (seats.filter(circle__in=circles) if circles else seats).select_related("circle__cohort")
    return [found for seat in mine.prefetch_related("circle__meetings") if (found := _season(seat))]


def planned(circle: Circle) -> dict[int, datetime]:
    """When each meeting is by the rule of the season, by its number."""
    return {each.number: each.at for each in season(rule_of(circle))}


def rule_of(circle: Circle) -> Rule:
    """When it meets: as its cohort says, from its own first day on."""
    cohort = circle.cohort
    return Rule(circle.starts_on, circle.weekday, circle.hour, circle.zone, cohort.weeks, cohort.every)


def _season(seat: CircleSeat) -> calendars.Season | None:
    """What came after they sat down: for who joins late it begins with their first meeting."""
    circle = seat.circle
    by_rule = {each.number: each for each in season(rule_of(circle))}
    mine = [m for m in circle.meetings.all() if m.called_off_at is None and m.at > seat.since_at]
    if not mine:
        return None
    rules = sorted((by_rule[meeting.number] for meeting in mine), key=lambda each: each.week)
    first = _entry_of(circle, rules[0].at, 0, circle.get_absolute_url())
    entries = {by_rule[m.number].at: _entry(m) for m in mine}
    other = {at: entry for at, entry in entries.items() if (entry.at, entry.minutes) != (at, first.minutes)}
    return calendars.Season(first, tuple(each.week - rules[0].week for each in rules), other)


def _called_off_at_the_end(person: Person, circle: int) -> dict[datetime, calendars.Meeting]:
    """What was ahead when the season ended early, by the moment the rule says."""
    off = visible(person, Meeting).filter(circle=circle, called_off_at__gte=F("circle__ended_at"))
    rows = off.select_related("circle__cohort")
    return {planned(meeting.circle)[meeting.number]: _entry(meeting) for meeting in rows}


def _whole(left: CircleSeat) -> calendars.Meeting:
    """The entry as a whole, to be taken out."""
    return _entry_of(left.circle, min(planned(left.circle).values()), 1, "/circles/")


def _entry(meeting: Meeting) -> calendars.Meeting:
    entry = _entry_of(meeting.circle, meeting.at, meeting.sequence, meeting.get_absolute_url())
    return replace(entry, minutes=minutes_for(meeting))


def _entry_of(circle: Circle, at: datetime, sequence: int, page: str) -> calendars.Meeting:
    base = settings.GRAPEVINE_BASE_URL.rstrip("/")
    return calendars.Meeting(
        uid=calendars.uid_of(
            uuid5(NAMESPACE_URL, f"{base}/circles/{circle.pk}/"), urlsplit(base).hostname or "localhost"
        ),
        sequence=sequence,
        at=at,
        minutes=circle.minutes,
        zone=circle.zone,
        url=base + page,
        written_at=clock.now(),
    )
