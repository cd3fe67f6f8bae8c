"""What is forgotten of a session once its words are destroyed: who did what in it, and when."""

from django.db import transaction
from django.db.models import Min, QuerySet

from grapevine.rooms.models import Contribution, Event, Participant, Session

CAME = "came"
MIDNIGHT = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}


@transaction.atomic
def forget_steps(*, sessions: "QuerySet[Session]", days_stay: bool) -> None:
    """What happened in them is gone, event by event. Where `days_stay` it is known still who came on which day."""
    days = [day for session in sessions for day in _days(session)] if days_stay else []
    Event.objects.filter(session__in=sessions).delete()
    Contribution.objects.filter(session__in=sessions).delete()
    Participant.objects.filter(session__in=sessions).update(seen_at=None)
    Event.objects.bulk_create(days)


def _days(session: Session) -> list[Event]:
    """One a person, in an order that tells nothing."""
    came = session.events.filter(kind=CAME).order_by("by_id").values_list("by_id").annotate(Min("at"))
    return [
        Event(session=session, seq=number, kind=CAME, by_id=by, at=at.replace(**MIDNIGHT))
        for number, (by, at) in enumerate(came, start=1)
    ]
