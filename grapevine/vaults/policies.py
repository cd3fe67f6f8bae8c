"""A seat is the only key, also for administrators."""

from django.db.models import Q

from grapevine.kernel.policy import policy_for
from grapevine.people.models import Person
from grapevine.vaults.models import SealedText, Vault
from grapevine.vaults.queries import seated


@policy_for(Vault)
class VaultPolicy:
    """Whoever has a seat now."""

    def visible_to(self, person: Person) -> Q:
        """Vaults with an open seat of the person, unless shredded."""
        return Q(pk__in=seated(person))


@policy_for(SealedText)
class SealedTextPolicy:
    """As the vault it lies in."""

    def visible_to(self, person: Person) -> Q:
        """Texts of vaults in which the person has a seat."""
        return Q(vault__in=seated(person))
