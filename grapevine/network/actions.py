"""Ties grow, people agree to show them, and keep their own notes. The only place that writes."""

import json
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from grapevine.kernel import clock
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.network import facts
from grapevine.network.models import Help, Tie, TieConsent, Visit
from grapevine.network.queries import tie_between
from grapevine.people.models import Block, Person
from grapevine.recognition.models import Thanks
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Vault
from grapevine.vaults.queries import open_vaults

THANKS = "thanks"
PRIVATE = "private"


@transaction.atomic
def strengthen_tie(*, helper: Person, helped: Person, kind: str, on: date) -> Tie:
    """One more help, as the helped person acknowledged it."""
    start = {"since_on": on, "last_on": on, "thanked_at": lambda: _thanked_before(helper, helped)}
    tie, _ = Tie.objects.get_or_create(helper=helper, helped=helped, defaults=start)
    Help.objects.create(tie=tie, kind=kind, on=on)
    tie.since_on, tie.last_on = min(tie.since_on, on), max(tie.last_on, on)
    tie.save(update_fields=["since_on", "last_on"])
    if kind == THANKS:
        note_thanks(helper=helper, helped=helped, at=clock.now())
    return tie


def note_thanks(*, helper: Person, helped: Person, at: datetime) -> None:
    """The helped person said thanks. Without a tie there is nothing to note: it comes with the fact HelpGiven."""
    Tie.objects.filter(helper=helper, helped=helped).update(thanked_at=at)


@transaction.atomic
def agree_tie(*, by: Person, other: Person) -> TieConsent:
    """Say that what is between the two may be on both maps. It is when the other agrees as well."""
    check(by, "agree", tie_between(by, other))
    has_asked = TieConsent.objects.filter(person=by, other=other).exclude(withdrawn_at=F("at")).exists()
    consent, is_new = TieConsent.objects.get_or_create(
        person=by, other=other, withdrawn_at=None, defaults={"at": clock.now()}
    )
    if is_new:
        _tell(by, other, has_asked=has_asked)
    return consent


@transaction.atomic
def withdraw_tie(*, by: Person, other: Person) -> None:
    """Off both maps, or never on them. The other is not told, and the question rests until `by` takes it up."""
    check(by, "withdraw", tie_between(by, other))
    now = clock.now()
    if not TieConsent.objects.filter(person=by, other=other, withdrawn_at=None).update(withdrawn_at=now):
        TieConsent.objects.create(person=by, other=other, at=now, withdrawn_at=now)


@transaction.atomic
def log_visit(*, by: Person, to: Person | None, words: str, on: date, name: str = "") -> Visit:
    """Note in five seconds: I went to `to` (or to somebody called `name`) about `words`. For `by` alone."""
    text = vaults.write(by=by, vault=_own_vault(by), kind="visit", words=_note(to, name, words))
    return Visit.objects.create(person=by, words=text, on=on, at=clock.now())


@transaction.atomic
def correct_visit(*, by: Person, visit: Visit, to: Person | None, words: str, on: date, name: str = "") -> Visit:
    """It was somebody else, another day, or about something else."""
    check(by, "correct", visit)
    vaults.rewrite(by=by, text=visit.words, words=_note(to, name, words))
    visit.on = on
    visit.save(update_fields=["on"])
    return visit


@transaction.atomic
def delete_visit(*, by: Person, visit: Visit) -> None:
    """Gone, the words as well."""
    check(by, "delete", visit)
    vaults.erase(texts=[visit.words])


@transaction.atomic
def forget_consents(*, person: Person) -> None:
    """Whoever left is on nobody's map."""
    given = TieConsent.objects.filter(person=person) | TieConsent.objects.filter(other=person)
    given.filter(withdrawn_at=None).update(withdrawn_at=clock.now())


def _thanked_before(helper: Person, helped: Person) -> datetime | None:
    # thanks said under an alias come before the tie, which waits for the names
    return Thanks.objects.filter(by=helped, person=helper).order_by("-at").values_list("at", flat=True).first()


def _tell(by: Person, other: Person, *, has_asked: bool) -> None:
    if TieConsent.objects.filter(person=other, other=by, withdrawn_at=None).exists():
        emit(facts.TieAgreed(one=min(by.pk, other.pk), other=max(by.pk, other.pk)))
    elif not has_asked and not _wants_no_question(other, by):
        emit(facts.TieProposed(by=by.pk, asked=other.pk))


def _wants_no_question(person: Person, about: Person) -> bool:
    # a no given before, or a block: the one who asks is not told of either
    said_no = TieConsent.objects.filter(person=person, other=about, withdrawn_at__isnull=False)
    return said_no.exists() or Block.objects.filter(person=person, blocked=about).exists()


def _own_vault(person: Person) -> Vault:
    found = open_vaults(person).filter(kind=PRIVATE).order_by("opened_at").first()
    return found or vaults.open_vault(kind=PRIVATE, seats=[(person, "owner")])


def _note(to: Person | None, name: str, words: str) -> str:
    return json.dumps({"to": to.pk if to else None, "name": to.name if to else name, "about": words})
