"""The one figure about circles that leaves them."""

from grapevine.circles.models import Meeting
from grapevine.circles.queries.presence import CAME
from grapevine.people.models import Organisation
from grapevine.rooms.models import Event

FEWEST_PEOPLE = 5


def sessions_held(organisation: Organisation) -> int | None:
    """Meetings of circles in which somebody of this organisation was; None while fewer than five people were."""
    held = Meeting.objects.filter(held_at__isnull=False)
    came = Event.objects.filter(session__in=held.values("session"), kind=CAME, by__person__organisation=organisation)
    if came.values("by__person").distinct().count() < FEWEST_PEOPLE:
        return None
    return came.values("session").distinct().count()
