"""People of the demo world, brought in all at once, as `join`, `consent`, `set_hours` and `set_shifts` would leave them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from allauth.account.models import EmailAddress

from grapevine.people.models import (
    Account,
    Administrator,
    Block,
    Consent,
    Language,
    Organisation,
    Person,
    ReportingLine,
    Rest,
    Shift,
    Unit,
    WorkingHours,
)


@dataclass(frozen=True)
class Newcomer:
    """Somebody as an organisation's list knows them, and what they said about themselves."""

    number: str
    name: str
    email: str
    unit: str
    title: str
    location: str
    timezone: str
    language: str
    languages: tuple[str, ...]
    joined_on: date
    lead: str = ""
    is_administrator: bool = False
    consents: tuple[str, ...] = (Consent.About.FOUND,)
    hours: tuple[tuple[int, time, time], ...] = ()
    shifts: tuple[tuple[datetime, datetime], ...] = ()


def found(*, name: str, timezone: str, language: str) -> Organisation:
    """An organisation."""
    return Organisation.objects.create(name=name, timezone=timezone, language=language)


def divide(organisation: Organisation, units: Iterable[tuple[str, str]]) -> dict[str, Unit]:
    """Units by name; each is (name, name of the unit it is a part of). Parents come first."""
    made: dict[str, Unit] = {}
    for name, parent in units:
        made[name] = Unit.objects.create(organisation=organisation, name=name, parent=made.get(parent))
    return made


def enrol(
    organisation: Organisation, units: dict[str, Unit], newcomers: Sequence[Newcomer], at: datetime
) -> dict[str, Person]:
    """Everybody with an account, by number."""
    accounts = Account.objects.bulk_create(_account(n) for n in newcomers)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=account, email=account.email, verified=True, primary=True) for account in accounts
    )
    people = Person.objects.bulk_create(
        Person(
            organisation=organisation,
            account=account,
            number=n.number,
            name=n.name,
            email=n.email,
            unit=units[n.unit],
            title=n.title,
            location=n.location,
            timezone=n.timezone,
            language=n.language,
            joined_on=n.joined_on,
        )
        for n, account in zip(newcomers, accounts, strict=True)
    )
    known = {person.number: person for person in people}
    _say(known, newcomers, at)
    return known


def rest(person: Person, *, kind: str, since_at: datetime, until_on: date | None) -> Rest:
    """Somebody rests."""
    return Rest.objects.create(person=person, kind=kind, since_at=since_at, until_on=until_on)


def block(person: Person, blocked: Person, at: datetime) -> Block:
    """Somebody would rather not hear from somebody."""
    return Block.objects.create(person=person, blocked=blocked, at=at)


def _account(newcomer: Newcomer) -> Account:
    account = Account(email=newcomer.email)
    account.set_unusable_password()
    return account


def _say(known: dict[str, Person], newcomers: Sequence[Newcomer], at: datetime) -> None:
    """What belongs to a person, each in one go."""
    each = [(known[n.number], n) for n in newcomers]
    Language.objects.bulk_create(Language(person=p, code=code) for p, n in each for code in n.languages)
    ReportingLine.objects.bulk_create(ReportingLine(person=p, lead=known[n.lead]) for p, n in each if n.lead)
    Administrator.objects.bulk_create(Administrator(person=p, since_at=at) for p, n in each if n.is_administrator)
    Consent.objects.bulk_create(Consent(person=p, about=about, given_at=at) for p, n in each for about in n.consents)
    WorkingHours.objects.bulk_create(
        WorkingHours(person=p, weekday=day, starts=starts, ends=ends) for p, n in each for day, starts, ends in n.hours
    )
    Shift.objects.bulk_create(
        Shift(person=p, starts_at=starts, ends_at=ends) for p, n in each for starts, ends in n.shifts
    )
