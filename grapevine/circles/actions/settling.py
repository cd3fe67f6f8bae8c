"""The end of the veto time: circles are founded, or mixed and formed anew.

Who asked to be moved stays unknown as far as that can be. Nothing happens at the press. At the end of the veto time the
circles somebody asked to leave are mixed with others nobody asked to leave and formed anew by the engine, which parts
others from their list in the same way (`queries.mixing`); everybody whose list changed sees the same sentence. Somebody
who withdrew in that time looks the same from outside. SECURITY.md says what small cohorts cannot hide.
"""

from collections.abc import Collection, Iterable
from datetime import time

from django.db import transaction

from grapevine.circles.actions.applying import bring_along, destroy_answers
from grapevine.circles.actions.founding import found
from grapevine.circles.actions.proposing import begin_proposal, place_anew
from grapevine.circles.models import Circle, Cohort, Proposal, ProposedCircle
from grapevine.circles.queries.candidates import Candidates, candidates
from grapevine.circles.queries.mixing import staying
from grapevine.circles.queries.places import common_slots, suits
from grapevine.circles.queries.proposal import people_of, sitting_in
from grapevine.kernel import clock

A_DAY = 24


@transaction.atomic
def end_veto_time(*, proposal: Proposal) -> None:
    """Found the circles, or mix those that do not suit with others and form them anew. Twice does it once."""
    cohort = Cohort.objects.select_for_update().get(pk=proposal.cohort_id)
    latest = cohort.proposals.first()
    if latest != proposal or latest.settled_at or cohort.called_off_at:
        return
    everybody, circles = candidates(proposal.cohort), list(proposal.circles.all())
    asked = set(proposal.moves.values_list("person", flat=True))
    restless = [c for c in circles if asked & set(people_of(c)) or not suits(everybody, people_of(c))]
    if not restless:
        _settle(proposal, everybody, circles)
        return
    begin_proposal(cohort=proposal.cohort, keeping=staying(proposal.cohort, circles, restless))


def _settle(proposal: Proposal, everybody: Candidates, circles: Iterable[ProposedCircle]) -> None:
    waiting = set(everybody.applications) - {person for circle in circles for person in people_of(circle)}
    for circle in circles:
        if circle.slot not in common_slots(everybody, people_of(circle)):  # somebody's hours have changed since
            place_anew(everybody, circle)
        _found(circle, waiting)
    Proposal.objects.filter(pk=proposal.pk).update(settled_at=clock.now())


def _found(circle: ProposedCircle, waiting: Collection[int]) -> Circle:
    applications = sitting_in(circle)
    weekday, hour = divmod(circle.slot or 0, A_DAY)
    founded = found(
        cohort=circle.proposal.cohort,
        number=circle.number,
        applications=applications,
        weekday=weekday,
        hour=time(hour),
        language=circle.language,
    )
    bring_along(circle=founded, applications=applications)
    for application in applications:
        destroy_answers(application=application, waiting=waiting)
    return founded
