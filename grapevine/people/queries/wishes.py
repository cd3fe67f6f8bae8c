"""What people asked for: to rest, not to hear from somebody, to be found or not."""

from collections.abc import Iterable

from django.db.models import Q

from grapevine.kernel import clock
from grapevine.people.models import Block, Consent, Person, Rest


def rest_now(person: Person) -> Rest | None:
    """How the person rests now, or None."""
    return rests_now([person]).get(person.pk)


def rests_now(people: Iterable[Person]) -> dict[int, Rest]:
    """How each one rests who rests now, by person's id. One query.

    `kind` is `short` (only quick things) or `resting` (nothing); `until_on` the first day on which they are back, in
    their own zone, or None while it is open.
    """
    known = {person.pk: person for person in people}
    rests = list(Rest.objects.filter(person__in=known, ended_at__isnull=True))
    for row in rests:
        row.person = known[row.person_id]
    return {r.person_id: r for r in rests if r.until_on is None or clock.today(r.person.timezone) < r.until_on}


def blocked_pairs(person: Person) -> set[int]:
    """The ids of everybody with whom contact is off, whoever of the two wished it. One query."""
    pairs = Block.objects.filter(Q(person=person) | Q(blocked=person)).values_list("person_id", "blocked_id")
    return {one for pair in pairs for one in pair} - {person.pk}


def blocks_of(person: Person) -> list[Block]:
    """Whom the person would rather not hear from. Nobody else ever sees this."""
    return list(Block.objects.filter(person=person).select_related("blocked__unit").order_by("blocked__name"))


def consents_of(person: Person) -> dict[str, Consent]:
    """What the person agrees to now, by what it is about."""
    return {row.about: row for row in Consent.objects.filter(person=person, withdrawn_at__isnull=True)}


def has_consented(person: Person, about: str) -> bool:
    """Whether the person agrees to this now."""
    return about in consents_of(person)
