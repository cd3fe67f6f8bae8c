"""Cohorts, applications and proposals."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from grapevine.circles.models import Application, CircleSeat, Cohort, Move, Proposal
from grapevine.kernel import clock
from grapevine.kernel.policy import policy_for
from grapevine.people.models import Person

TASTE_LASTS = timedelta(hours=3)  # one hour, and somebody may come late


@policy_for(Cohort)
class CohortPolicy:
    """Whoever may apply: the organisation, or everybody here."""

    related = ("by", "organisation", "preview__vault")

    def visible_to(self, person: Person) -> Q:
        """Cohorts of the person's organisation, those across organisations, and those they applied to."""
        mine = Application.objects.filter(person=person.pk).values("cohort")
        return Q(organisation=person.organisation_id) | Q(is_across=True) | Q(pk__in=mine)

    def may_see(self, person: Person, cohort: Cohort) -> bool:  # noqa: ARG002 - whoever sees it may
        """Whoever it is open to."""
        return True

    def may_apply(self, person: Person, cohort: Cohort) -> bool:
        """Until the last day of applying, once, as long as nothing is formed."""
        return _takes_applications(cohort) and not _applied(person, cohort)

    def may_come_to_taste(self, person: Person, cohort: Cohort) -> bool:  # noqa: ARG002 - whoever sees it may
        """Everybody it is open to, until that hour is over."""
        preview = cohort.preview
        is_ahead = preview and not preview.closed_at and clock.now() < preview.planned_at + TASTE_LASTS
        return bool(is_ahead and cohort.called_off_at is None)

    def may_change(self, person: Person, cohort: Cohort) -> bool:
        """Whoever proposed it, while nothing is formed."""
        return cohort.by_id == person.pk and cohort.called_off_at is None and not _is_formed(cohort)

    def may_call_off(self, person: Person, cohort: Cohort) -> bool:
        """Whoever proposed it, until circles are founded."""
        return cohort.by_id == person.pk and cohort.called_off_at is None and not _is_settled(cohort)

    def may_welcome(self, person: Person, cohort: Cohort) -> bool:
        """Whoever proposed it gives a free seat to somebody who waits."""
        return cohort.by_id == person.pk and cohort.called_off_at is None

    def may_form(self, person: Person, cohort: Cohort) -> bool:
        """Whoever proposed it, as long as nobody was shown anything, or will be in a moment."""
        shown = cohort.proposals.filter(Q(shown_at__isnull=False) | Q(is_to_show=True, formed_at__isnull=True))
        return cohort.by_id == person.pk and cohort.called_off_at is None and not shown.exists()


@policy_for(Application)
class ApplicationPolicy:
    """The applicant alone; the proposer sees a name on a card, never the words."""

    related = ("cohort__by", "vault", "bring", "gift", "help")

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(person=person.pk)

    def may_change(self, person: Person, application: Application) -> bool:  # noqa: ARG002 - only one's own is seen
        """Until circles are formed."""
        cohort = application.cohort
        return _is_open(application) and cohort.called_off_at is None and not _is_formed(cohort)

    def may_withdraw(self, person: Person, application: Application) -> bool:  # noqa: ARG002 - the same
        """Always, also while waiting after circles were founded; who has a seat steps out of the circle."""
        sits = CircleSeat.objects.filter(circle__cohort=application.cohort_id, person=application.person_id)
        return _is_open(application) and not sits.exists()

    def may_be_moved(self, person: Person, application: Application) -> bool:
        """Whoever sits in a circle that is shown, until the veto time ends, once in a cohort."""
        asked = Move.objects.filter(proposal__cohort=application.cohort_id, person=person.pk).exists()
        return not asked and _is_open(application) and _sits_in_shown(application)

    def may_stay(self, person: Person, application: Application) -> bool:
        """Whoever asked to be moved, while nothing has come of it."""
        shown = _shown(application)
        return shown is not None and shown.moves.filter(person=person.pk).exists()


@policy_for(Proposal)
class ProposalPolicy:
    """Who proposed the cohort sees the cards. Applicants see their own part of it with their application."""

    related = ("cohort__by",)

    def visible_to(self, person: Person) -> Q:
        """Of one's own cohorts. A list that was shown is gone once it moved: side by side they would tell who moved."""
        later = Proposal.objects.filter(cohort=OuterRef("cohort"), pk__gt=OuterRef("pk"))
        return Q(cohort__by=person.pk) & (Q(shown_at__isnull=True) | ~Q(Exists(later)))

    def may_arrange(self, person: Person, proposal: Proposal) -> bool:  # noqa: ARG002 - only the proposer sees it
        """Move, lock, form again: once it is formed, until it is shown, and only the latest."""
        is_open = proposal.formed_at is not None and proposal.shown_at is None
        return is_open and proposal.cohort.called_off_at is None and _is_latest(proposal)

    may_show = may_arrange


@policy_for(Move)
class MovePolicy:
    """Whoever said so."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(person=person.pk)


def _takes_applications(cohort: Cohort) -> bool:
    in_time = clock.today(cohort.zone) <= cohort.apply_until
    return in_time and cohort.called_off_at is None and not _is_formed(cohort)


def _is_formed(cohort: Cohort) -> bool:
    return cohort.proposals.exists()


def _is_settled(cohort: Cohort) -> bool:
    return cohort.proposals.filter(settled_at__isnull=False).exists()


def _applied(person: Person, cohort: Cohort) -> bool:
    return cohort.applications.filter(person=person.pk, withdrawn_at__isnull=True).exists()


def _is_open(application: Application) -> bool:
    return application.withdrawn_at is None


def _shown(application: Application) -> Proposal | None:
    """The latest proposal of the cohort, while its veto time runs."""
    latest = application.cohort.proposals.filter(cohort__called_off_at__isnull=True).first()
    runs = latest and latest.veto_until and clock.now() < latest.veto_until
    return latest if runs else None


def _sits_in_shown(application: Application) -> bool:
    shown = _shown(application)
    return shown is not None and shown.seats.filter(application=application).exists()


def _is_latest(proposal: Proposal) -> bool:
    return not Proposal.objects.filter(cohort=proposal.cohort_id, pk__gt=proposal.pk).exists()
