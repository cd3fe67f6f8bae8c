"""To rest, not to hear from somebody, to agree or not."""

from datetime import date

from django.db import transaction

from grapevine.kernel import clock
from grapevine.people.models import Block, Consent, Person, Rest


@transaction.atomic
def rest(*, by: Person, kind: str, until_on: date | None = None) -> Rest:
    """Not to be asked (`resting`) or only for quick things (`short`), until the day on which one is back.

    `short` without a day lasts until next Monday; `resting` without a day lasts until it is ended.
    """
    if kind == Rest.Kind.SHORT and until_on is None:
        until_on = clock.next_weekday(0, after=clock.today(by.timezone))
    end_rest(by=by)
    return Rest.objects.create(person=by, kind=kind, since_at=clock.now(), until_on=until_on)


def end_rest(*, by: Person) -> None:
    """Back again."""
    Rest.objects.filter(person=by, ended_at__isnull=True).update(ended_at=clock.now())


def consent(*, by: Person, about: str) -> Consent:
    """Agree, from now until it is withdrawn."""
    now = clock.now()
    given, _ = Consent.objects.get_or_create(
        person=by, about=about, withdrawn_at__isnull=True, defaults={"given_at": now}
    )
    return given


def withdraw_consent(*, by: Person, about: str) -> None:
    """Agree no longer, from now on. That it was given once stays on record."""
    Consent.objects.filter(person=by, about=about, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())


def block(*, by: Person, person: Person) -> Block:
    """Hear nothing from this person any more. They are not told, and see no difference."""
    return Block.objects.get_or_create(person=by, blocked=person, defaults={"at": clock.now()})[0]


def unblock(*, by: Person, person: Person) -> None:
    """Hear from this person again."""
    Block.objects.filter(person=by, blocked=person).delete()
