"""Help was given, thanks were said, somebody left."""

from grapevine.kernel import clock
from grapevine.kernel.facts import hears
from grapevine.network import actions
from grapevine.people.facts import HelpGiven, PersonLeft
from grapevine.people.models import Person
from grapevine.recognition.facts import ThanksSaid


@hears(HelpGiven)
def grow(fact: HelpGiven) -> None:
    """A tie grows where two people helped each other."""
    people = Person.objects.in_bulk([fact.helper, fact.helped])
    if len(people) == len({fact.helper, fact.helped}) > 1:
        actions.strengthen_tie(helper=people[fact.helper], helped=people[fact.helped], kind=fact.kind, on=fact.on)


@hears(ThanksSaid)
def remember_thanks(fact: ThanksSaid) -> None:
    """Nobody is reminded of thanks that were said."""
    people = Person.objects.in_bulk([fact.person, fact.by])
    actions.note_thanks(helper=people[fact.person], helped=people[fact.by], at=clock.now())


@hears(PersonLeft)
def forget(fact: PersonLeft) -> None:
    """Who left is on nobody's map."""
    actions.forget_consents(person=Person.objects.get(pk=fact.person))
