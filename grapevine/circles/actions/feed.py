"""An address for one's own calendar: made, made anew, withdrawn."""

from secrets import token_hex

from django.db import transaction

from grapevine.circles.models import CalendarFeed
from grapevine.kernel import clock
from grapevine.people.models import Person


@transaction.atomic
def make_feed(*, by: Person) -> CalendarFeed:
    """A new address; the one before opens nothing any more."""
    made = {"nonce": token_hex(16), "at": clock.now()}
    return CalendarFeed.objects.update_or_create(person=by, defaults=made)[0]


@transaction.atomic
def withdraw_feed(*, by: Person) -> None:
    """No address any more."""
    CalendarFeed.objects.filter(person=by).delete()
