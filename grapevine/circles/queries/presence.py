"""Who sits in a circle, and who was there."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from grapevine.challenges.models import HOME, Challenge
from grapevine.circles.models import Call, Circle, Meeting
from grapevine.people.models import Person
from grapevine.rooms.models import Event
from grapevine.vaults.models import Vault

CAME, OPENED = "came", "opened"


def members(circle: Circle) -> "QuerySet[Person]":
    """Those who sit there now, in the order in which they came; alumni when it is over."""
    seats = {"circle_seats__circle": circle, "circle_seats__left_at__isnull": True}
    return (
        Person.objects.filter(**seats, left_on__isnull=True).select_related("organisation").order_by("circle_seats__pk")
    )


def member_ids(circle: Circle) -> tuple[int, ...]:
    """The same as ids."""
    return tuple(
        circle.seats.filter(left_at__isnull=True, person__left_on__isnull=True).values_list("person", flat=True)
    )


def those_with_an_hour(call: Call) -> "QuerySet[Person]":
    """Those who said so and sit there still."""
    return members(call.circle).filter(pk__in=call.answers.values("person"))


def those_there(meeting: Meeting) -> set[int]:
    """Who came into its room, by person id; nobody where there was none."""
    came = Event.objects.filter(session=meeting.session_id, kind=CAME, by__person__isnull=False)
    return set(came.values_list("by__person", flat=True)) if meeting.session_id else set()


def was_there(person: Person, meeting: Meeting) -> bool:
    """Whether the person came into its room."""
    return person.pk in those_there(meeting)


def begun(meetings: Iterable[Meeting]) -> set[int]:
    """The rooms of these meetings in which the first step has begun."""
    rooms = [meeting.session_id for meeting in meetings if meeting.session_id]
    return set(Event.objects.filter(session__in=rooms, kind=OPENED).values_list("session", flat=True))


def vaults_of(circle: Circle) -> "QuerySet[Vault]":
    """Where its words lie: its own vault, one a meeting, one a challenge. Not what is somebody's own."""
    inside = Q(circle=circle) | Q(sessions__meeting__circle=circle) | Q(challenge__in=challenges_of(circle))
    return Vault.objects.filter(inside, shredded_at__isnull=True).exclude(kind=HOME).distinct()


def challenges_of(circle: Circle) -> "QuerySet[Challenge]":
    """What was brought to its meetings, before them or aloud in the room."""
    told = Q(brought__meeting__circle=circle) | Q(story__session__meeting__circle=circle)
    return Challenge.objects.filter(told).distinct()


def vaults_of_calls(calls: "QuerySet[Call]") -> "QuerySet[Vault]":
    """Where the words of these calls of alumni lie: each call, its room, what was brought there."""
    inside = Q(pk__in=calls.values("vault")) | Q(sessions__call__in=calls) | Q(challenge__in=challenges_of_calls(calls))
    return Vault.objects.filter(inside, shredded_at__isnull=True).exclude(kind=HOME).distinct()


def challenges_of_calls(calls: "QuerySet[Call]") -> "QuerySet[Challenge]":
    """What was brought to their rooms."""
    return Challenge.objects.filter(story__session__call__in=calls).distinct()
