"""Vaults, the seats in them, and the sealed texts."""

import uuid

from django.db import models
from django.db.models import Q

from grapevine.people.models import Person


class Vault(models.Model):
    """One key for a few people. `kind` says what it is for, never what is in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    wrapped_key = models.BinaryField(null=True)
    key_name = models.CharField(max_length=16, help_text="which key file wraps it")
    epoch = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    shredded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(shredded_at__isnull=True, wrapped_key__isnull=False)
                | Q(shredded_at__isnull=False, wrapped_key__isnull=True),
                name="a_shredded_vault_has_no_key",
            ),
        )

    def __str__(self) -> str:
        return f"vault {self.id}"


class Seat(models.Model):
    """This person may read and write here, from `from_at` until `until_at`.

    `alias` is the name the others see while somebody asks under a pseudonym.
    """

    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=20)
    alias = models.CharField(max_length=60, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["vault", "person"], condition=Q(until_at__isnull=True), name="one_open_seat_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"seat {self.pk}"


class SealedText(models.Model):
    """Words nobody can read without the vault's key. The format stays when browsers hold the keys one day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="texts")
    alg = models.CharField(max_length=20, default="A256GCM")
    epoch = models.PositiveSmallIntegerField()
    nonce = models.BinaryField(max_length=12)
    blob = models.BinaryField()
    kind = models.CharField(max_length=20)
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"sealed text {self.id}"

    @property
    def bound_to(self) -> bytes:
        """What the sealing is bound to: a row moved or relabelled in the database does not open."""
        return "|".join(map(str, (self.vault_id, self.pk, self.kind, self.author_id, self.epoch))).encode()
