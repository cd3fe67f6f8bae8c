"""Somebody's own calendar of meetings, at an address that only its key opens."""

from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.signing import BadSignature, Signer

from grapevine.circles import calendars
from grapevine.circles.models import CalendarFeed, Meeting
from grapevine.kernel.policy import visible
from grapevine.people.models import Person

SEALED_WITH = "grapevine.circles.feed"


def token_of(feed: CalendarFeed) -> str:
    """What stands in the address. Made with the key of the server, so that the database alone does not tell it."""
    return Signer(salt=SEALED_WITH).sign(feed.nonce)


def feed_behind(token: str) -> CalendarFeed | None:
    """The feed that has this address now; None for a forged or a withdrawn one."""
    try:
        nonce = Signer(salt=SEALED_WITH).unsign(token)
    except BadSignature:
        return None
    here = CalendarFeed.objects.filter(person__left_on__isnull=True).select_related("person")
    return here.filter(nonce=nonce).first()


def my_meetings(person: Person) -> bytes:
    """Every meeting of my circles that was not called off. Times and addresses, nothing else."""
    rows = visible(person, Meeting).filter(called_off_at__isnull=True).select_related("circle")
    organiser = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    shown = [_entry(meeting) for meeting in rows.order_by("at")]
    return calendars.feed(shown, organiser=organiser, language=person.language)


def _entry(meeting: Meeting) -> calendars.Meeting:
    base = settings.GRAPEVINE_BASE_URL.rstrip("/")
    url = base + meeting.get_absolute_url()
    return calendars.Meeting(
        uid=calendars.uid_of(uuid5(NAMESPACE_URL, url), urlsplit(base).hostname or "localhost"),
        sequence=meeting.sequence,
        at=meeting.at,
        minutes=meeting.circle.minutes,
        zone=meeting.circle.zone,
        url=url,
        written_at=meeting.circle.formed_at,
    )
