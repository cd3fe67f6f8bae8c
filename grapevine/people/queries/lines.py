"""Who leads whom."""

from grapevine.people.models import Person


def lead_of(person: Person) -> Person | None:
    """The person's own lead."""
    return Person.objects.filter(reports__person=person, left_on__isnull=True).first()
