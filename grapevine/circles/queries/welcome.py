"""Who still waits after circles were founded, and where a chair is free for them: names and hours, no words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from grapevine.circles.models import Application, Chair, Circle, CircleSeat, Cohort
from grapevine.circles.queries.candidates import Candidates, candidates
from grapevine.circles.queries.places import suits_there
from grapevine.circles.queries.presence import member_ids, members
from grapevine.circles.queries.proposal import language_in_words
from grapevine.kernel import clock
from grapevine.people.models import Person
from grapevine.rooms.queries import circle_defaults

LARGEST = circle_defaults("en")["members"]["max"]


@dataclass(frozen=True)
class Free:
    """A chair that suits somebody who waits, and for which they were not asked yet."""

    application: Application
    circle: Circle


@dataclass(frozen=True)
class Offered:
    """A free chair as the one who is asked sees it: with whom, when for the first time, in which language."""

    chair: Chair
    others: list[Person]
    at: datetime | None
    language: str


def free_chairs(cohort: Cohort) -> list[Free]:
    """For whoever proposed it. Where somebody does not suit a circle, the chair is simply not among them."""
    everybody, asked = candidates(cohort), set(_asked(cohort))
    rooms = _rooms(cohort)
    return [
        Free(each, circle)
        for each in waiting(cohort)
        for circle, sitting in rooms
        if (circle.pk, each.pk) not in asked and suits_there(everybody, circle, sitting, each.person_id)
    ]


def chairs_for(person: Person, application: Application) -> list[Offered]:
    """What the applicant was asked and has not answered, as far as it is still free."""
    asked = Chair.objects.filter(application=application, application__person=person, left_free_at__isnull=True)
    chairs = list(asked.select_related("circle__cohort"))
    everybody = candidates(application.cohort) if chairs else None
    return [_offered(person, chair) for chair in chairs if is_free_for(chair.circle, application, everybody)]


def is_free_for(circle: Circle, application: Application, everybody: Candidates | None = None) -> bool:
    """A chair is free, they wait, and they suit."""
    sitting = next((people for found, people in _rooms(circle.cohort) if found == circle), None)
    if sitting is None or application not in waiting(circle.cohort):
        return False
    return suits_there(everybody or candidates(circle.cohort), circle, sitting, application.person_id)


def _offered(person: Person, chair: Chair) -> Offered:
    circle = chair.circle
    ahead = circle.meetings.filter(at__gt=clock.now(), called_off_at__isnull=True, held_at__isnull=True).order_by("at")
    first = ahead.values_list("at", flat=True).first()
    others = [one for one in members(circle) if one.pk != person.pk]
    return Offered(chair, others, first, language_in_words(circle.language))


def waiting(cohort: Cohort) -> list[Application]:
    """Applied, did not take it back, sit in no circle of this cohort and sat in none; what they wrote is kept still."""
    seated = CircleSeat.objects.filter(circle__cohort=cohort).values("person")
    rows = cohort.applications.filter(withdrawn_at__isnull=True, person__left_on__isnull=True)
    return list(rows.filter(vault__shredded_at__isnull=True).exclude(person__in=seated).select_related("person"))


def _rooms(cohort: Cohort) -> list[tuple[Circle, tuple[int, ...]]]:
    """Its running circles with fewer than eight members, and who sits there."""
    sitting = Count("seats", filter=Q(seats__left_at__isnull=True))
    rows = cohort.circles.filter(ended_at__isnull=True).annotate(sitting=sitting).filter(sitting__lt=LARGEST)
    return [(circle, member_ids(circle)) for circle in rows.order_by("number")]


def _asked(cohort: Cohort) -> list[tuple[int, int]]:
    return list(Chair.objects.filter(circle__cohort=cohort).values_list("circle", "application"))
