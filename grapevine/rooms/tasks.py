"""What comes due around rooms: one that everybody has left is over, though nobody said so."""

from datetime import timedelta

from django.db.models import Max, Q

from grapevine.kernel import clock
from grapevine.kernel.jobs import on_tick, one_by_one
from grapevine.rooms.actions.running import close_left
from grapevine.rooms.models import Session

LEFT = timedelta(days=8)  # some formats run for a week, in writing


@on_tick
def close_what_was_left() -> None:
    """Eight days after its time, and after anything happened in it: its code opens it to nobody any more."""
    since = clock.now() - LEFT
    waiting = Session.objects.filter(closed_at__isnull=True, planned_at__lte=since).annotate(last=Max("events__at"))
    one_by_one(waiting.filter(Q(last__isnull=True) | Q(last__lte=since)), lambda each: close_left(session=each))
