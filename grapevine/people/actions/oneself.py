"""What a person says about themselves."""

from collections.abc import Iterable
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.kernel import clock
from grapevine.kernel.text import clean
from grapevine.people.actions.joining import move_account
from grapevine.people.models import Account, Language, NewAddress, Person, Shift, WorkingHours


@transaction.atomic
def introduce_oneself(
    *, by: Person, title: str, location: str, timezone: str, languages: Iterable[str], language: str = ""
) -> Person:
    """What colleagues may know: what I do, where, at what time, in which languages. `language` is Grapevine's own."""
    by.title, by.location, by.timezone = clean(title), clean(location), timezone
    by.language = language or by.language
    by.save(update_fields=["title", "location", "timezone", "language"])
    by.languages.all().delete()
    Language.objects.bulk_create(Language(person=by, code=code) for code in dict.fromkeys(languages))
    return by


def choose_look(*, by: Person, scheme: str, language: str) -> Person:
    """Light, dark, more contrast or as the machine has it; and the language Grapevine speaks."""
    by.scheme, by.language = scheme, language
    by.save(update_fields=["scheme", "language"])
    return by


@transaction.atomic
def set_hours(*, by: Person, hours: Iterable[tuple[int, time, time]]) -> None:
    """The usual week: (weekday, starts, ends), Monday is 0. Without any, Monday to Friday 8 to 17 is assumed again."""
    by.working_hours.all().delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(person=by, weekday=weekday, starts=starts, ends=ends) for weekday, starts, ends in hours
    )


@transaction.atomic
def set_shifts(*, by: Person, shifts: Iterable[tuple[datetime, datetime]]) -> None:
    """All shifts from now on, instead of those known so far; shifts that are over stay as they were."""
    by.shifts.filter(ends_at__gt=clock.now()).delete()
    Shift.objects.bulk_create(
        Shift(person=by, starts_at=starts, ends_at=ends) for starts, ends in dict.fromkeys(shifts)
    )


@transaction.atomic
def take_new_address(*, by: Person) -> None:
    """Sign in with the address the organisation's list names from now on. Raises ValidationError when it is taken."""
    address = NewAddress.objects.filter(person=by).first()
    if address is None:
        return
    if Account.objects.filter(email=address.email).exists():
        raise ValidationError(_("This address is in use by somebody else."))
    move_account(person=by, email=address.email)


def keep_address(*, by: Person) -> None:
    """Stay with the address one has."""
    NewAddress.objects.filter(person=by).delete()
