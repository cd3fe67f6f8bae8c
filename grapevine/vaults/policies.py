"""A seat is the only key, also for administrators."""

from django.db.models import Q

from grapevine.kernel.policy import policy_for
from grapevine.people.models import Person
from grapevine.vaults.models import SealedText, Seat, Vault


@policy_for(Vault)
class VaultPolicy:
    """Whoever has a seat now."""

    def visible_to(self, person: Person) -> Q:
        """Vaults with an open seat of the person, unless shredded."""
        seats = Seat.objects.filter(person=person, until_at__isnull=True)
        return Q(pk__in=seats.values("vault"), shredded_at__isnull=True)


@policy_for(SealedText)
class SealedTextPolicy:
    """As the vault it lies in."""

    def visible_to(self, person: Person) -> Q:
        """Texts of vaults in which the person has a seat."""
        seats = Seat.objects.filter(person=person, until_at__isnull=True)
        return Q(vault__in=seats.values("vault"), vault__shredded_at__isnull=True)
