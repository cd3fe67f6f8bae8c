"""Coming and going. Whole lists of people come in through `importing`, by the same rules."""

from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction

from grapevine.kernel import clock
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.kernel.text import clean
from grapevine.people.actions.sessions import end_sessions
from grapevine.people.facts import PersonLeft
from grapevine.people.models import (
    Account,
    Administrator,
    Consent,
    Language,
    NewAddress,
    Organisation,
    Person,
    ReportingLine,
    Unit,
)


@transaction.atomic
def join(  # noqa: PLR0913 - a person has this many sides, each with its own word
    *,
    organisation: Organisation,
    number: str,
    name: str,
    email: str,
    unit: Unit | None = None,
    lead: Person | None = None,
    title: str = "",
    location: str = "",
    timezone: str = "",
    language: str = "",
    languages: Iterable[str] = (),
    joined_on: date | None = None,
) -> Person:
    """Somebody belongs here from now on and can sign in with their mail address.

    Raises IntegrityError when the number or the address belongs to somebody else. Nothing is agreed to in their name.
    """
    person = Person.objects.create(
        organisation=organisation,
        account=open_account(email),
        number=number,
        name=clean(name),
        email=email.lower(),
        unit=unit,
        title=clean(title),
        location=clean(location),
        timezone=timezone or organisation.timezone,
        language=language or organisation.language,
        joined_on=joined_on,
    )
    Language.objects.bulk_create(Language(person=person, code=code) for code in dict.fromkeys(languages))
    if lead is not None:
        ReportingLine.objects.create(person=person, lead=lead)
    return person


def open_account(email: str) -> Account:
    """A key to the door: the address is known to be theirs, for the organisation said so."""
    account = Account(email=email.lower())
    account.set_unusable_password()
    account.save()
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


@transaction.atomic
def leave(*, by: Person, person: Person) -> None:
    """The person does not belong here any more: no page, no mail, no session, no office, nobody to lead.

    The account goes for good. Who comes back by the organisation's list gets a new one; a stranger who is given the
    old mail address gets nothing of what was theirs. `by` is the person or somebody who runs the place.
    """
    if by != person:
        check(by, "see_off", person)
    account = person.account
    if account is not None:
        end_sessions(account=account)
        account.delete()
    Administrator.objects.filter(person=person).delete()
    NewAddress.objects.filter(person=person).delete()
    ReportingLine.objects.filter(person=person).delete()
    ReportingLine.objects.filter(lead=person).delete()
    Consent.objects.filter(person=person, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    person.account, person.left_on = None, clock.today(person.timezone)
    person.save(update_fields=["account", "left_on"])
    emit(PersonLeft(person=person.pk))


def move_account(*, person: Person, email: str) -> None:
    """From now on the person signs in with another address. Every session ends; the old address is told."""
    from grapevine.people.tasks import tell_old_address  # noqa: PLC0415 - tasks reads actions

    account, old = person.account, person.email
    person.email = email.lower()
    person.save(update_fields=["email"])
    NewAddress.objects.filter(person=person).delete()
    if account is None:
        person.account = open_account(email)
        person.save(update_fields=["account"])
        return
    account.email = email.lower()
    account.save(update_fields=["email"])
    EmailAddress.objects.filter(user=account).delete()
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    end_sessions(account=account)
    tell_old_address.enqueue(person.pk, old)
