"""What rooms hear: somebody does not belong here any more."""

from grapevine.kernel.facts import hears
from grapevine.people.facts import PersonLeft
from grapevine.people.models import Person
from grapevine.rooms.actions.coming import see_off
from grapevine.rooms.models import Session


@hears(PersonLeft)
def leave_open_rooms(fact: PersonLeft) -> None:
    """The word and the chair go on in open rooms that they had come to; who had a seat in a sealed one is seen off with it."""
    person = Person.objects.get(pk=fact.person)
    for session in Session.objects.filter(vault__isnull=True, closed_at__isnull=True, participants__person=person):
        see_off(person=person, session=session)
