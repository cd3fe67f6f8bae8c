"""Who changes a circle or a cohort holds it: of two in one moment one comes after the other, and looks again."""

from typing import TypeVar

from django.db.models import Model
from django.shortcuts import get_object_or_404

from grapevine.circles.models import Circle, Cohort, Proposal
from grapevine.kernel.policy import get_visible_or_404, policy_of
from grapevine.people.models import Person

M = TypeVar("M", bound=Model)


def held(row: M, *, circle: int) -> M:
    """A row of this circle as it is now; nobody else changes the circle until the transaction ends.

    Like all verbs it says 404 where the row is gone by now.
    """
    Circle.objects.select_for_update().get(pk=circle)
    related = getattr(policy_of(type(row)), "related", ())
    return get_object_or_404(type(row)._default_manager.select_related(*related), pk=row.pk)


def held_cohort(cohort: int, *, by: Person) -> Cohort:
    """A cohort as `by` sees it now, or 404; nobody applies, withdraws, changes terms or takes a chair until the end."""
    Cohort.objects.select_for_update().get(pk=cohort)
    return get_visible_or_404(by, Cohort, pk=cohort)


def held_proposal(proposal: Proposal, *, by: Person) -> Proposal:
    """The same of a proposal: nobody else arranges or shows it, nor forms its cohort again."""
    held_cohort(proposal.cohort_id, by=by)
    return get_visible_or_404(by, Proposal, pk=proposal.pk)
