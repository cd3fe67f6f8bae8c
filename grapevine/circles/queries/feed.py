"""Somebody's own calendar of meetings, at an address that only its key opens."""

from email.utils import parseaddr

from django.conf import settings
from django.core.signing import BadSignature, Signer

from grapevine.circles import calendars
from grapevine.circles.models import CalendarFeed
from grapevine.circles.queries.calendar import seasons_of
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
    """The seasons of my circles. Times and addresses, nothing else."""
    organiser = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return calendars.feed(seasons_of(person), organiser=organiser, language=person.language)
