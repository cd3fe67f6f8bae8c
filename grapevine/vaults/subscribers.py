"""Whoever leaves the organisation loses every seat."""

from grapevine.kernel import clock
from grapevine.kernel.facts import hears
from grapevine.people.facts import PersonLeft
from grapevine.vaults.models import Seat


@hears(PersonLeft)
def end_seats(fact: PersonLeft) -> None:
    """All seats of the person end now."""
    Seat.objects.filter(person=fact.person, until_at__isnull=True).update(until_at=clock.now())
