"""Vaults for the demo world: made in memory with real keys, then written all at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from grapevine.people.models import Person
from grapevine.vaults import keys
from grapevine.vaults.models import SealedText, Seat, Vault

BATCH = 500
Seats = Iterable[tuple[Person, str]]


@dataclass
class Strongroom:
    """Vaults as `actions` would have left them, in memory until `store`."""

    vaults: list[Vault] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    texts: list[SealedText] = field(default_factory=list)
    _open: dict[object, bytes] = field(default_factory=dict)

    def open(self, kind: str, at: datetime, seats: Seats, alias: str = "") -> Vault:
        """A vault with a key of its own; `seats` are (person, role), and the asker's carries the alias."""
        wrapped, name = keys.new_vault_key()
        vault = self._add(Vault(kind=kind, wrapped_key=wrapped, key_name=name, opened_at=at), seats, alias)
        self._open[vault.pk] = keys.unwrap(wrapped, name)
        return vault

    def shredded(self, kind: str, at: datetime, seats: Seats, shredded_at: datetime, alias: str = "") -> Vault:
        """A vault that was: its key is destroyed and its texts are gone."""
        _, name = keys.new_vault_key()
        return self._add(Vault(kind=kind, key_name=name, opened_at=at, shredded_at=shredded_at), seats, alias)

    def seal(self, vault: Vault, kind: str, by: Person, words: str, at: datetime) -> SealedText:
        """Words under the vault's key."""
        text = SealedText(vault=vault, epoch=vault.epoch, kind=kind, author=by, at=at)
        text.nonce, text.blob = keys.seal(self._open[vault.pk], words, text.bound_to)
        self.texts.append(text)
        return text

    def store(self) -> None:
        """Everything into the database."""
        Vault.objects.bulk_create(self.vaults, batch_size=BATCH)
        Seat.objects.bulk_create(self.seats, batch_size=BATCH)
        SealedText.objects.bulk_create(self.texts, batch_size=BATCH)

    def _add(self, vault: Vault, seats: Seats, alias: str) -> Vault:
        self.vaults.append(vault)
        self.seats += [
            Seat(vault=vault, person=person, role=role, alias=alias if role == "asker" else "", from_at=vault.opened_at)
            for person, role in seats
        ]
        return vault
