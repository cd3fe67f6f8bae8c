"""A tie is known to the two it ties. Everything else here is for one person alone, whoever else asks."""

from django.db.models import Q

from grapevine.kernel.policy import policy_for
from grapevine.network.models import Help, Tie, TieConsent, Visit
from grapevine.people.models import Person
from grapevine.vaults.queries import seated


@policy_for(Tie)
class TiePolicy:
    """The two of them; nobody's lead, no administrator."""

    def visible_to(self, person: Person) -> Q:
        """Ties in which the person helped or was helped."""
        return Q(helper=person) | Q(helped=person)

    def may_agree(self, person: Person, tie: Tie) -> bool:
        """Either, for their own part, while the other is still here."""
        other = tie.helped if tie.helper_id == person.pk else tie.helper
        return other.left_on is None

    def may_withdraw(self, person: Person, tie: Tie) -> bool:
        """Either, at any time, without a reason."""
        return person.pk in {tie.helper_id, tie.helped_id}


@policy_for(Help)
class HelpPolicy:
    """As its tie."""

    def visible_to(self, person: Person) -> Q:
        """Helps the person gave or received."""
        return Q(tie__helper=person) | Q(tie__helped=person)


@policy_for(TieConsent)
class TieConsentPolicy:
    """One's own. That the other agreed is seen in what is shown, never before one is asked."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(person=person)


@policy_for(Visit)
class VisitPolicy:
    """One's own, with the only key."""

    def visible_to(self, person: Person) -> Q:
        """One's own notes."""
        return Q(person=person, words__vault__in=seated(person))

    def may_correct(self, person: Person, visit: Visit) -> bool:
        """Its writer."""
        return visit.person_id == person.pk

    may_delete = may_correct
