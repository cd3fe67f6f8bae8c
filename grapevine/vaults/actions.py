"""Opening, writing, letting in and out, shredding. The only writers of vaults."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from grapevine.kernel import clock
from grapevine.kernel.text import clean
from grapevine.people.models import Person
from grapevine.vaults import keys
from grapevine.vaults.models import SealedText, Seat, Vault
from grapevine.vaults.queries import has_seat, key_of


@transaction.atomic
def open_vault(*, kind: str, seats: Iterable[tuple[Person, str]]) -> Vault:
    """A new vault with a fresh key; `seats` are (person, role)."""
    wrapped, name = keys.new_vault_key()
    now = clock.now()
    vault = Vault.objects.create(kind=kind, wrapped_key=wrapped, key_name=name, opened_at=now)
    Seat.objects.bulk_create(Seat(vault=vault, person=p, role=role, from_at=now) for p, role in seats)
    return vault


def write(*, by: Person, vault: Vault, kind: str, words: str) -> SealedText:
    """Seal words. Raises PermissionDenied without a seat."""
    if not has_seat(by, vault):
        raise PermissionDenied
    text = SealedText(vault=vault, epoch=vault.epoch, kind=kind, author=by, at=clock.now())
    text.nonce, text.blob = keys.seal(key_of(vault), clean(words), text.bound_to)
    text.save(force_insert=True)
    return text


def rewrite(*, by: Person, text: SealedText, words: str) -> SealedText:
    """Other words in the same place, by their author alone."""
    if text.author_id != by.pk or not has_seat(by, text.vault):
        raise PermissionDenied
    text.epoch = text.vault.epoch
    text.nonce, text.blob = keys.seal(key_of(text.vault), clean(words), text.bound_to)
    text.save(update_fields=["epoch", "nonce", "blob"])
    return text


def admit(*, vault: Vault, person: Person, role: str, alias: str = "") -> Seat:
    """A seat for somebody. Whoever calls this has asked the policy of the thing the vault belongs to."""
    return Seat.objects.create(vault=vault, person=person, role=role, alias=alias, from_at=clock.now())


def leave(*, vault: Vault, person: Person) -> None:
    """The seat ends now; from here on nothing can be read."""
    Seat.objects.filter(vault=vault, person=person, until_at__isnull=True).update(until_at=clock.now())


def erase(*, texts: Iterable[SealedText]) -> None:
    """Remove single texts."""
    SealedText.objects.filter(pk__in=[t.pk for t in texts]).delete()


def shred(*, vault: Vault) -> None:
    """Destroy the key and the texts. Nobody reads them again."""
    vault.texts.all().delete()
    Vault.objects.filter(pk=vault.pk).update(wrapped_key=None, shredded_at=clock.now())
