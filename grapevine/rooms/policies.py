"""Who comes into a room and reads what was entered: a seat in its vault, or an invitation where it is open."""

from django.db.models import Q

from grapevine.kernel.policy import policy_for
from grapevine.people.models import Person
from grapevine.rooms.models import Contribution, FormatCopy, Note, Participant, Session
from grapevine.vaults.queries import seated


@policy_for(Session)
class SessionPolicy:
    """Sealed: a seat in the vault, for nobody else. Open: whoever was let in."""

    related = ("vault",)

    def visible_to(self, person: Person) -> Q:
        """Sessions of vaults with a seat; open sessions in which the person takes part."""
        let_in = Participant.objects.filter(person=person.pk).values("session")
        return Q(vault__in=seated(person)) | Q(vault__isnull=True, pk__in=let_in)

    def may_enter(self, person: Person, session: Session) -> bool:  # noqa: ARG002 - every seat may
        """Everybody who sees it, until it is over."""
        return session.closed_at is None


@policy_for(Contribution)
class ContributionPolicy:
    """As the session."""

    def visible_to(self, person: Person) -> Q:
        """Of sessions the person sees."""
        let_in = Participant.objects.filter(person=person.pk).values("session")
        return Q(session__vault__in=seated(person)) | Q(session__vault__isnull=True, session__in=let_in)


@policy_for(Note)
class NotePolicy:
    """Its writer alone."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(vault__in=seated(person))


@policy_for(FormatCopy)
class FormatCopyPolicy:
    """The group it belongs to."""

    def visible_to(self, person: Person) -> Q:
        """Copies of groups in whose vault the person has a seat."""
        return Q(vault__in=seated(person))

    def may_change(self, person: Person, way: FormatCopy) -> bool:  # noqa: ARG002 - every seat may
        """Whoever sees it."""
        return True
