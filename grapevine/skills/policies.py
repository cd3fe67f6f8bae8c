"""Who sees what of skills. What somebody offers is open to colleagues as long as they want to be found."""

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast

from grapevine.kernel import clock
from grapevine.kernel.policy import policy_for
from grapevine.people.models import Consent, Person
from grapevine.skills.models import Evidence, Framework, Interest, Level, Offer, ProfileView, Skill


def wants_to_be_found(person: str = "person") -> Exists:
    """Whether the person of a row (under this name) agreed to be found."""
    open_ones = Consent.objects.filter(about=Consent.About.FOUND, withdrawn_at__isnull=True)
    return Exists(open_ones.filter(person=OuterRef(person)))


@policy_for(Framework)
class FrameworkPolicy:
    """Those for everybody, and those of one's own organisation."""

    def visible_to(self, person: Person) -> Q:
        """For everybody or for mine."""
        return Q(organisation__isnull=True) | Q(organisation=person.organisation_id)


@policy_for(Skill)
class SkillPolicy:
    """As its framework."""

    def visible_to(self, person: Person) -> Q:
        """For everybody or for mine."""
        return Q(framework__organisation__isnull=True) | Q(framework__organisation=person.organisation_id)


@policy_for(Level)
class LevelPolicy:
    """As its skill's framework."""

    def visible_to(self, person: Person) -> Q:
        """For everybody or for mine."""
        return Q(skill__framework__organisation__isnull=True) | Q(skill__framework__organisation=person.organisation_id)


@policy_for(Offer)
class OfferPolicy:
    """One's own, and those of colleagues that stand and are not hidden."""

    def visible_to(self, person: Person) -> Q:
        """Mine, or a colleague's while it stands."""
        today = clock.today(person.timezone)
        return Q(person=person.pk) | (_of_a_colleague(person) & Q(expires_on__gte=today) & Q(~_is_hidden()))

    def may_renew(self, person: Person, offer: Offer) -> bool:
        """One's own, also when it has run out."""
        return offer.person_id == person.pk and offer.withdrawn_at is None

    may_withdraw = may_renew


@policy_for(Interest)
class InterestPolicy:
    """One's own, and those of colleagues."""

    def visible_to(self, person: Person) -> Q:
        """Mine, or a colleague's until it is withdrawn."""
        return Q(person=person.pk) | _of_a_colleague(person)

    def may_withdraw(self, person: Person, interest: Interest) -> bool:
        """One's own."""
        return interest.person_id == person.pk and interest.withdrawn_at is None


@policy_for(Evidence)
class EvidencePolicy:
    """The list is its owner's alone. Others are given single lines, as reasons, through `queries.evidence_matching`."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(person=person.pk)

    def may_agree(self, person: Person, evidence: Evidence) -> bool:  # noqa: ARG002 - the list is its owner's
        """While it waits for its owner."""
        return evidence.agreed_at is None

    def may_reword(self, person: Person, evidence: Evidence) -> bool:  # noqa: ARG002 - the same
        """What its owner said they learned: nobody else's words."""
        return evidence.kind == Evidence.Kind.LEARNED

    def may_hide(self, person: Person, evidence: Evidence) -> bool:  # noqa: ARG002 - the same
        """What would be told otherwise."""
        return evidence.hidden_at is None

    def may_show(self, person: Person, evidence: Evidence) -> bool:  # noqa: ARG002 - the same
        """What is hidden."""
        return evidence.hidden_at is not None

    def may_delete(self, person: Person, evidence: Evidence) -> bool:  # noqa: ARG002 - the same
        """Any line about oneself."""
        return True


@policy_for(ProfileView)
class ProfileViewPolicy:
    """Nobody: it is there to be counted, not to be read."""

    def visible_to(self, person: Person) -> Q:  # noqa: ARG002 - whoever asks
        """None."""
        return Q(pk__in=[])


def _of_a_colleague(person: Person) -> Q:
    here = Q(person__organisation=person.organisation_id, person__left_on__isnull=True, withdrawn_at__isnull=True)
    return here & Q(wants_to_be_found())


def _is_hidden() -> Exists:
    """The owner hid the line of evidence that says the same."""
    lines = Evidence.objects.filter(
        person=OuterRef("person"),
        kind=Evidence.Kind.OFFERED,
        origin_kind="offer",
        origin_key=Cast(OuterRef("pk"), CharField()),
        hidden_at__isnull=False,
    )
    return Exists(lines)
