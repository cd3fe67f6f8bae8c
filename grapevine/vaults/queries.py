"""The one gate for reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from grapevine.people.models import Person
from grapevine.vaults import keys, marks
from grapevine.vaults.models import SealedText, Seat, Vault

pair_mark, meant = marks.pair_mark, marks.meant  # the door of other slices to marks


def read(person: Person, text: SealedText | None) -> str:
    """The words, or an empty string where the person has no seat or the words are gone."""
    return read_all(person, [text] if text else []).get(text.pk, "") if text else ""


def read_all(person: Person, texts: Iterable[SealedText]) -> dict[object, str]:
    """The words by the text's id, of those texts whose vault the person has a seat in. Two queries at most."""
    texts = list(texts)
    opened = _opened(person, {t.vault_id for t in texts})
    return {t.pk: keys.unseal(opened[t.vault_id], t.nonce, t.blob, t.bound_to) for t in texts if t.vault_id in opened}


def words_in(person: Person, vault: Vault) -> dict[object, str]:
    """All words of a vault by the text's id; none without a seat. Asked once for this `vault` in hand."""
    known = vault.__dict__.setdefault("known_words", {})
    if person.pk not in known:
        known[person.pk] = read_all(person, SealedText.objects.filter(vault=vault).order_by())
    return known[person.pk]  # type: ignore[no-any-return]


def _opened(person: Person, vaults: set[UUID]) -> dict[object, bytes]:
    """The keys of those vaults in which the person has a seat.

    While one page is made for them (`PersonMiddleware` says when) a vault is opened once, not for each part of it.
    """
    known = {} if person.opened_vaults is None else person.opened_vaults
    if vaults - known.keys():
        known.update({vault.pk: key_of(vault) for vault in open_vaults(person).filter(pk__in=vaults - known.keys())})
    return known


def seated(person: Person) -> "QuerySet[Seat, Any]":
    """For `vault__in=`: the vaults in which the person has a seat now and that still have a key."""
    return Seat.objects.filter(person=person.pk, until_at__isnull=True, vault__shredded_at__isnull=True).values("vault")


def open_vaults(person: Person) -> "QuerySet[Vault]":
    """The same vaults themselves."""
    return Vault.objects.filter(pk__in=seated(person))


def has_seat(person: Person, vault: Vault) -> bool:
    """Whether the person may read and write here now."""
    return open_vaults(person).filter(pk=vault.pk).exists()


def key_of(vault: Vault) -> bytes:
    """The open key of a vault; for this slice alone."""
    return keys.unwrap(bytes(vault.wrapped_key or b""), vault.key_name)


def key_for(person: Person, vault: Vault, purpose: str) -> bytes:
    """32 bytes that those with a seat share for one purpose, and from which nothing of the vault's key can be told.

    Raises PermissionDenied without a seat.
    """
    opened = _opened(person, {vault.pk})
    if vault.pk not in opened:
        raise PermissionDenied
    info = f"{vault.pk}|{vault.epoch}|{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(opened[vault.pk])


@dataclass(frozen=True)
class Voice:
    """How somebody with a seat appears to the others: under their name, or under an alias and without a face."""

    name: str
    person: Person | None
    role: str
    is_here: bool = True


def voices(person: Person, vault: Vault) -> dict[int, Voice]:
    """Everybody who has or had a seat, by person id, as `person` may know them. One query at most.

    Who left under an alias stays under it.
    """
    seated_now = [seat for seat in seats_of(vault) if seat.until_at is None]
    if person.opened_vaults is not None and vault.wrapped_key and any(s.person_id == person.pk for s in seated_now):
        person.opened_vaults[vault.pk] = key_of(vault)  # the seat has just been seen
    return {seat.person_id: _voice(seat, person) for seat in seats_of(vault)}


def seats_of(vault: Vault) -> list[Seat]:
    """Everybody who has or had a seat. Asked once for this `vault` in hand."""
    known = vault.__dict__.get("known_seats")
    if known is None:
        known = vault.__dict__["known_seats"] = list(vault.seats.select_related("person__unit").order_by("pk"))
    return known


def is_masked(person: Person, vault: Vault) -> bool:
    """Whether this person sits here under an alias still."""
    return Seat.objects.filter(vault=vault, person=person, until_at__isnull=True).exclude(alias="").exists()


def _voice(seat: Seat, reader: Person) -> Voice:
    if seat.alias and seat.person_id != reader.pk:
        return Voice(seat.alias, None, seat.role, seat.until_at is None)
    return Voice(seat.person.name, seat.person, seat.role, seat.until_at is None)
