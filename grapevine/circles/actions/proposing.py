"""From applications to circles: form, arrange, show, ask to be moved. `settling` goes on from there."""

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from grapevine.circles import facts
from grapevine.circles.actions.holding import held_cohort, held_proposal
from grapevine.circles.forming import Proposal as Formed
from grapevine.circles.forming import Rules, Waiting, form_circles
from grapevine.circles.models import (
    Application,
    Cohort,
    Move,
    Proposal,
    ProposedCircle,
    ProposedSeat,
    Unplaced,
)
from grapevine.circles.queries.candidates import Candidates, candidates
from grapevine.circles.queries.mixing import scatterings, staying
from grapevine.circles.queries.places import best_place, breaks, kept_reach, suits
from grapevine.circles.queries.proposal import people_of, rules_told
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.people.models import Person
from grapevine.people.queries import add_working_hours

VETO_HOURS = 48
STURDY = 6
BY_HAND = "by_hand"


@transaction.atomic
def ask_for_proposal(*, by: Person, cohort: Cohort) -> Proposal:
    """Let the engine seat everybody: the first time, or again, all but the locked circles. From now on nobody can apply.

    While it still works, nothing begins anew.
    """
    cohort = held_cohort(cohort.pk, by=by)
    check(by, "form", cohort)
    latest = cohort.proposals.first()
    if latest and latest.formed_at is None:
        return latest
    kept = latest.circles.filter(is_locked=True) if latest else ()
    return begin_proposal(cohort=cohort, keeping=kept)


@transaction.atomic
def begin_proposal(*, cohort: Cohort, keeping: Iterable[ProposedCircle] = (), is_to_show: bool = False) -> Proposal:
    """An empty table with the circles that stay as they are. A job seats the others; whoever calls this asked the policy."""
    latest = cohort.proposals.first()
    seed = latest.seed + 1 if latest else 1
    proposal = Proposal.objects.create(cohort=cohort, seed=seed, at=clock.now(), is_to_show=is_to_show)
    everybody = candidates(cohort)
    for circle in keeping:
        if not breaks(everybody, people := people_of(circle)):
            _put(everybody, proposal, people, is_locked=True)
    _form_soon(proposal)
    return proposal


def form(*, proposal: Proposal) -> None:
    """Seat everybody who applied. Long work, outside of any transaction; done once, however often it is asked for."""
    everybody = candidates(proposal.cohort)
    others = everybody.without(_locked(everybody, proposal))
    made = _scattered(others, proposal.seed)
    circles, unreached = kept_reach(others, cast("tuple[tuple[int, ...], ...]", made.circles))
    _keep(proposal, everybody, circles, (*made.waiting, *unreached))


def _locked(everybody: Candidates, proposal: Proposal) -> set[int]:
    """Who sits in a circle that stays; one that somebody has left in the meantime may have become none."""
    people = {circle: people_of(circle) for circle in proposal.circles.all()}
    for circle in [each for each, members in people.items() if breaks(everybody, members)]:
        del people[circle]
        circle.delete()
    return {person for members in people.values() for person in members}


def _scattered(everybody: Candidates, seed: int) -> Formed:
    """After a list was shown its people part, as far as that costs nobody a seat."""
    ways: list[Formed] = []
    for rules in scatterings(everybody):
        ways.append(_sturdy(everybody, rules, seed))
        if not ways[-1].waiting:
            break
    return min(ways, key=lambda made: len(made.waiting))


def _sturdy(everybody: Candidates, rules: Rules, seed: int) -> Formed:
    """Circles of six and more where as many people find a seat: one or two leave every circle before its end."""

    def seated(rules: Rules) -> Formed:
        return form_circles(everybody.people, rules, seed=seed, seconds=seconds_for(len(everybody.people)))

    sturdy = seated(replace(rules, smallest=STURDY))
    if not sturdy.waiting:
        return sturdy
    plain = seated(rules)
    return sturdy if len(sturdy.waiting) <= len(plain.waiting) else plain


def seconds_for(people: int) -> float:
    """How long the engine may think."""
    return min(120.0, 2 + people / 50)


@transaction.atomic
def _keep(
    proposal: Proposal, everybody: Candidates, circles: Iterable[tuple[int, ...]], waiting: Iterable[Waiting]
) -> None:
    waits = Proposal.objects.filter(pk=proposal.pk, formed_at__isnull=True, cohort__called_off_at__isnull=True)
    if not waits.update(formed_at=clock.now()):
        return
    for circle in circles:
        _put(everybody, proposal, circle)
    Unplaced.objects.bulk_create(
        Unplaced(
            proposal=proposal,
            application=everybody.applications[cast("int", each.id)],
            reason=each.kind,
            facts=dict(each.facts),
        )
        for each in waiting
    )
    proposal.refresh_from_db()
    was_shown = proposal.cohort.proposals.filter(shown_at__isnull=False).exists()
    if was_shown or (proposal.is_to_show and proposal.circles.exists()):
        _show(proposal)  # nobody has to press for it once more
    else:
        emit(facts.ProposalFormed(proposal=proposal.pk, by=proposal.cohort.by_id))
    live.changed("proposal", proposal.pk)


@transaction.atomic
def move(
    *, by: Person, proposal: Proposal, application: Application, to: ProposedCircle | None, opens: bool = False
) -> None:
    """Seat somebody in another circle, in a new one of their own (`opens`), or let them wait."""
    proposal = held_proposal(proposal, by=by)
    check(by, "arrange", proposal)
    to = to and get_object_or_404(proposal.circles, pk=to.pk)
    everybody = candidates(proposal.cohort)
    left = ProposedCircle.objects.filter(seats__application=application, proposal=proposal).first()
    proposal.seats.filter(application=application).delete()
    proposal.unplaced.filter(application=application).delete()
    if opens:
        _put(everybody, proposal, (application.person_id,))
    elif to:
        ProposedSeat.objects.create(proposal=proposal, circle=to, application=application)
    else:
        Unplaced.objects.create(proposal=proposal, application=application, reason=BY_HAND)
    for circle in filter(None, {left, to}):
        place_anew(everybody, circle)
    live.changed("proposal", proposal.pk)


@transaction.atomic
def lock(*, by: Person, circle: ProposedCircle) -> None:
    """It stays as it is when the rest is formed again; once more, and it does not.

    Raises ValidationError, with the rules, where it breaks one: nothing could keep it then.
    """
    proposal = held_proposal(circle.proposal, by=by)
    check(by, "arrange", proposal)
    circle = get_object_or_404(proposal.circles, pk=circle.pk)
    if not circle.is_locked and (broken := breaks(candidates(proposal.cohort), people_of(circle))):
        not_yet = _("Circle %(number)s can be kept once it breaks no rule.") % {"number": circle.number}
        raise ValidationError([not_yet, *rules_told(broken)])
    circle.is_locked = not circle.is_locked
    circle.save(update_fields=["is_locked"])
    live.changed("proposal", proposal.pk)


@transaction.atomic
def show(*, by: Person, proposal: Proposal) -> Proposal:
    """Everybody who applied sees with whom they would sit. Raises ValidationError where a rule is broken.

    Where people do not go together, which no card tells, some circles are formed anew first: that proposal is shown.
    """
    proposal = held_proposal(proposal, by=by)
    check(by, "show", proposal)
    cohort, everybody, circles = proposal.cohort, candidates(proposal.cohort), list(proposal.circles.all())
    if not circles or any(breaks(everybody, people_of(circle)) for circle in circles):
        raise ValidationError(_("Not yet: a circle still breaks a rule. Nothing was shown to anybody."))
    restless = [circle for circle in circles if not suits(everybody, people_of(circle))]
    if restless:
        return begin_proposal(cohort=cohort, keeping=staying(cohort, circles, restless), is_to_show=True)
    return _show(proposal)


def _show(proposal: Proposal) -> Proposal:
    proposal.shown_at = clock.now()
    proposal.veto_until = add_working_hours(proposal.cohort.by, proposal.shown_at, VETO_HOURS)
    proposal.save(update_fields=["shown_at", "veto_until"])
    emit(facts.ProposalShown(proposal=proposal.pk, people=_told(proposal.cohort)))
    return proposal


@transaction.atomic
def ask_to_be_moved(*, by: Person, application: Application) -> None:
    """ "Please move me." Nobody is told; it counts at the end of the veto time. Once in a cohort."""
    held_cohort(application.cohort_id, by=by)
    check(by, "be_moved", application)
    Move.objects.create(proposal=application.cohort.proposals.all()[0], person=by, at=clock.now())


@transaction.atomic
def stay_after_all(*, by: Person, application: Application) -> None:
    """Take the wish to be moved back, while nothing has come of it."""
    held_cohort(application.cohort_id, by=by)
    check(by, "stay", application)
    Move.objects.filter(proposal=application.cohort.proposals.all()[0], person=by).delete()


def _put(everybody: Candidates, proposal: Proposal, people: Iterable[int], *, is_locked: bool = False) -> None:
    """One circle more on the table."""
    people = list(people)
    slot, language = best_place(everybody, people)
    last = proposal.circles.order_by("-number").values_list("number", flat=True).first() or 0
    circle = ProposedCircle.objects.create(
        proposal=proposal, number=last + 1, slot=slot, language=language, is_locked=is_locked
    )
    applications = (everybody.applications[person] for person in people)
    ProposedSeat.objects.bulk_create(
        ProposedSeat(proposal=proposal, circle=circle, application=each) for each in applications
    )


def place_anew(everybody: Candidates, circle: ProposedCircle) -> None:
    """Other people, another time and language; a circle without people is none."""
    people = people_of(circle)
    if not people:
        circle.delete()
        return
    circle.slot, circle.language = best_place(everybody, people)
    circle.save(update_fields=["slot", "language"])


def _told(cohort: Cohort) -> tuple[int, ...]:
    rows = cohort.applications.filter(withdrawn_at__isnull=True, person__left_on__isnull=True)
    return tuple(rows.values_list("person", flat=True))


def _form_soon(proposal: Proposal) -> None:
    from grapevine.circles.tasks.cohort import form_proposal  # noqa: PLC0415 - jobs import actions

    form_proposal.enqueue(proposal.pk)
