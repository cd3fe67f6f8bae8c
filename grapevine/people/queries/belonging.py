"""Who belongs here, and who runs the place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from grapevine.kernel.policy import visible
from grapevine.people.models import Account, Administrator, Organisation, Person, Unit


@dataclass(frozen=True)
class HeadCount:
    """How many are here. Numbers of a whole organisation, never of one person."""

    people: int
    units: int
    signed_in: int


def person_of(account: int) -> Person | None:
    """The person behind an account, with organisation, unit and office, in one query. None for who has left."""
    joined = Person.objects.select_related("organisation", "unit", "administrator")
    return joined.filter(account=account, account__is_active=True, left_on__isnull=True).first()


def people_behind(accounts: Iterable[int | None]) -> dict[int, int]:
    """The person's id of each of these accounts, in one query. Nobody for those who have left."""
    found = Person.objects.filter(account__in=set(accounts) - {None}, account__is_active=True, left_on__isnull=True)
    return dict(found.order_by().values_list("account", "pk"))


def person_behind(account: Account) -> Person | None:
    """The person of an account that has been found already. None for who has left."""
    person: Person | None = getattr(account, "person", None)
    return person if person and account.is_active and person.left_on is None else None


def person_at(address: str) -> Person | None:
    """The person who signs in with this mail address, or None when nobody does (any more)."""
    known = Person.objects.select_related("account", "organisation")
    return known.filter(account__email=address.lower(), account__is_active=True, left_on__isnull=True).first()


def language_at(address: str) -> str:
    """The language of whoever signs in with this address; empty when nobody does. Costs the same for both."""
    known = Person.objects.filter(account__email=address.lower(), account__is_active=True, left_on__isnull=True)
    return known.order_by().values_list("language", flat=True).first() or ""


def look_for_nobody() -> None:
    """The look-up that a known account costs, for a stranger: how long an answer takes tells nothing."""
    Account.objects.filter(pk=0).first()


def colleagues(person: Person) -> "QuerySet[Person]":
    """Everybody of the same organisation but oneself."""
    return visible(person, Person).exclude(pk=person.pk)


def colleague_named(person: Person, words: str) -> list[Person]:
    """Colleagues whose full name or mail address is exactly `words`; no more than two are looked for."""
    words = " ".join(words.split())
    return list(colleagues(person).filter(Q(name__iexact=words) | Q(email__iexact=words))[:2])


def colleague_meant(person: Person, words: str) -> Person | None:
    """The one colleague whose full name was typed, None when nothing was. Raises ValidationError for anybody else."""
    if not words.strip():
        return None
    found = colleague_named(person, words)
    if len(found) != 1:
        raise ValidationError(
            _(
                "We know nobody, or more than one, by the name of %(name)s here. "
                "Write the full name, or leave it empty."
            ),
            params={"name": words.strip()},
        )
    return found[0]


def administrators_of(organisation: Organisation) -> list[Administrator]:
    """Those who run the place, longest first."""
    here = Administrator.objects.filter(person__organisation=organisation, person__left_on__isnull=True)
    return list(here.select_related("person__unit", "by").order_by("since_at", "pk"))


def head_count(organisation: Organisation) -> HeadCount:
    """People, units, and how many have been here at least once."""
    people = Person.objects.filter(organisation=organisation, left_on__isnull=True)
    return HeadCount(
        people=people.count(),
        units=Unit.objects.filter(organisation=organisation).count(),
        signed_in=people.filter(account__last_login__isnull=False).count(),
    )
