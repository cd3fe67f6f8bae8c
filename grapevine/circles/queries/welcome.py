"""Who still waits after circles were founded, and where a chair is free: names and hours, no words."""

from dataclasses import dataclass

from django.db.models import Count, Q

from grapevine.circles.models import Application, Circle, CircleSeat, Cohort
from grapevine.rooms.queries import circle_defaults

LARGEST = circle_defaults("en")["members"]["max"]


@dataclass(frozen=True)
class Room:
    """A circle of the cohort with a free chair."""

    circle: Circle
    members: int


def waiting(cohort: Cohort) -> list[Application]:
    """Applied, did not take it back, sit in no circle of this cohort and sat in none."""
    seated = CircleSeat.objects.filter(circle__cohort=cohort).values("person")
    rows = cohort.applications.filter(withdrawn_at__isnull=True, person__left_on__isnull=True)
    return list(rows.exclude(person__in=seated).select_related("person"))


def rooms_free(cohort: Cohort) -> list[Room]:
    """Its running circles with fewer than eight members."""
    sitting = Count("seats", filter=Q(seats__left_at__isnull=True))
    rows = cohort.circles.filter(ended_at__isnull=True).annotate(sitting=sitting).filter(sitting__lt=LARGEST)
    return [Room(circle, circle.sitting) for circle in rows.order_by("number")]
