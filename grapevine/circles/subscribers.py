"""What circles hear: a room of theirs closed; somebody does not belong here any more."""

from grapevine.circles.actions.ending import forget_calls, let_go
from grapevine.circles.actions.session import ORIGIN, note_held
from grapevine.circles.models import CircleSeat, Meeting
from grapevine.kernel.facts import hears
from grapevine.people.facts import PersonLeft
from grapevine.rooms.facts import SessionClosed


@hears(SessionClosed)
def hold_meeting(fact: SessionClosed) -> None:
    """The meeting was held."""
    if fact.origin_kind != ORIGIN:
        return
    meeting = (
        Meeting.objects.filter(session=fact.session, held_at__isnull=True).select_related("circle__cohort").first()
    )
    if meeting:
        note_held(meeting=meeting, people=fact.people)


@hears(PersonLeft)
def leave_circles(fact: PersonLeft) -> None:
    """Their seats end, and the others go on. Of a season that is over their name stays, and no call."""
    seats = CircleSeat.objects.filter(person=fact.person, left_at__isnull=True)
    for seat in seats.select_related("circle__cohort", "person"):
        leave = forget_calls if seat.circle.ended_at else let_go
        leave(person=seat.person, circle=seat.circle)
