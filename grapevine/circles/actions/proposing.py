"""From applications to circles: form, arrange, show, move on, settle.

Who asked to be moved stays unknown as far as that can be. Nothing happens at the press. At the end of the veto time the
circles somebody asked to leave are mixed with others nobody asked to leave, formed anew by the engine, and everybody whose
list changed sees the same sentence. Somebody who withdrew in that time looks the same from outside. With one circle or two
there is too little to mix: the others stay together, somebody is missing, and only no list says why.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from itertools import combinations
from random import Random
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.circles import facts
from grapevine.circles.actions.applying import bring_along, destroy_answers
from grapevine.circles.actions.founding import found as found_circle
from grapevine.circles.forming import Proposal as Formed
from grapevine.circles.forming import Rules, Waiting, form_circles
from grapevine.circles.models import (
    Application,
    Cohort,
    Move,
    PairMark,
    Proposal,
    ProposedCircle,
    ProposedSeat,
    Unplaced,
)
from grapevine.circles.queries.candidates import Candidates, candidates
from grapevine.circles.queries.places import best_place, breaks, common_slots, kept_reach
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.people.models import Person
from grapevine.people.queries import add_working_hours

VETO_HOURS = 48
STURDY = 6
BY_HAND = "by_hand"
A_DAY = 24


@transaction.atomic
def ask_for_proposal(*, by: Person, cohort: Cohort) -> Proposal:
    """Let the engine seat everybody: the first time, or again, all but the locked circles. From now on nobody can apply."""
    check(by, "form", cohort)
    latest = cohort.proposals.first()
    kept = latest.circles.filter(is_locked=True) if latest else ()
    return begin_proposal(cohort=cohort, keeping=kept)


@transaction.atomic
def begin_proposal(*, cohort: Cohort, keeping: Iterable[ProposedCircle] = ()) -> Proposal:
    """An empty table with the circles that stay as they are. A job seats the others; whoever calls this asked the policy."""
    latest = cohort.proposals.first()
    proposal = Proposal.objects.create(cohort=cohort, seed=latest.seed + 1 if latest else 1, at=clock.now())
    everybody = candidates(cohort)
    for circle in keeping:
        if not breaks(everybody, people := _people(circle)):
            _put(everybody, proposal, people, is_locked=True)
    _form_soon(proposal)
    return proposal


def form(*, proposal: Proposal) -> None:
    """Seat everybody who applied. Long work, outside of any transaction; done once, however often it is asked for."""
    everybody = candidates(proposal.cohort)
    locked = _locked(everybody, proposal)
    rules = everybody.with_locked(locked, shown=_shown_together(proposal.cohort))
    made = _sturdy(everybody, rules, proposal.seed)
    circles, unreached = kept_reach(everybody, cast("tuple[tuple[int, ...], ...]", made.circles))
    new = [circle for circle in circles if set(circle) not in map(set, locked)]
    _keep(proposal, everybody, new, (*made.waiting, *unreached))


def _locked(everybody: Candidates, proposal: Proposal) -> list[tuple[int, ...]]:
    """The circles that stay; one that somebody has left in the meantime may have become none."""
    people = {circle: _people(circle) for circle in proposal.circles.all()}
    for circle in [each for each, members in people.items() if breaks(everybody, members)]:
        del people[circle]
        circle.delete()
    return list(people.values())


def _shown_together(cohort: Cohort) -> set[tuple[int, int]]:
    """Pairs that were on one list before: formed anew they scatter, so that it is not only one who is missing."""
    circles = ProposedCircle.objects.filter(proposal__cohort=cohort, proposal__shown_at__isnull=False)
    return {pair for circle in circles for pair in combinations(sorted(_people(circle)), 2)}


def _sturdy(everybody: Candidates, rules: Rules, seed: int) -> Formed:
    """Circles of six and more where as many people find a seat: one or two leave every circle before its end."""

    def seated(rules: Rules) -> Formed:
        return form_circles(everybody.people, rules, seed=seed, seconds=seconds_for(len(everybody.people)))

    if any(len(circle) < STURDY for circle in rules.locked):
        return seated(rules)
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
    if proposal.cohort.proposals.filter(shown_at__isnull=False).exists():
        _show(proposal)  # the list moved once more: nobody has to press for it
    else:
        emit(facts.ProposalFormed(proposal=proposal.pk, by=proposal.cohort.by_id))
    live.changed("proposal", proposal.pk)


@transaction.atomic
def move(
    *, by: Person, proposal: Proposal, application: Application, to: ProposedCircle | None, opens: bool = False
) -> None:
    """Seat somebody in another circle, in a new one of their own (`opens`), or let them wait."""
    check(by, "arrange", proposal)
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
        _place_anew(everybody, circle)
    live.changed("proposal", proposal.pk)


def lock(*, by: Person, circle: ProposedCircle) -> None:
    """It stays as it is when the rest is formed again; once more, and it does not."""
    check(by, "arrange", circle.proposal)
    circle.is_locked = not circle.is_locked
    circle.save(update_fields=["is_locked"])


@transaction.atomic
def show(*, by: Person, proposal: Proposal) -> Proposal:
    """Everybody who applied sees with whom they would sit. Raises ValidationError where a rule is broken."""
    check(by, "show", proposal)
    everybody = candidates(proposal.cohort)
    circles = [_people(circle) for circle in proposal.circles.all()]
    if not circles or any(breaks(everybody, circle) for circle in circles):
        raise ValidationError(_("Not yet: a circle still breaks a rule. Nothing was shown to anybody."))
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
    check(by, "be_moved", application)
    Move.objects.create(proposal=application.cohort.proposals.all()[0], person=by, at=clock.now())


@transaction.atomic
def stay_after_all(*, by: Person, application: Application) -> None:
    """Take the wish to be moved back, while nothing has come of it."""
    check(by, "stay", application)
    Move.objects.filter(proposal=application.cohort.proposals.all()[0], person=by).delete()


@transaction.atomic
def end_veto_time(*, proposal: Proposal) -> None:
    """Found the circles, or mix those that do not suit with others and form them anew."""
    everybody = candidates(proposal.cohort)
    circles = list(proposal.circles.all())
    asked = set(proposal.moves.values_list("person", flat=True))
    restless = [c for c in circles if asked & set(_people(c)) or breaks(everybody, _people(c))]
    if not restless:
        _settle(proposal, circles)
        return
    begin_proposal(cohort=proposal.cohort, keeping=_quiet(circles, restless, proposal.seed))


def _quiet(circles: list[ProposedCircle], restless: list[ProposedCircle], seed: int) -> list[ProposedCircle]:
    """Circles that stay. For each restless one another is mixed in, and one more, so that no list tells whose wish it was."""
    others = [circle for circle in circles if circle not in restless]
    Random(seed).shuffle(others)  # noqa: S311 - no secret: it has to be the same again
    return others[len(restless) + 1 :]


def _settle(proposal: Proposal, circles: list[ProposedCircle]) -> None:
    cohort, everybody = proposal.cohort, candidates(proposal.cohort)
    for circle in circles:
        if circle.slot not in common_slots(everybody, _people(circle)):  # somebody's hours have changed since
            _place_anew(everybody, circle)
        applications = _applications(circle)
        weekday, hour = divmod(circle.slot or 0, A_DAY)
        founded = found_circle(
            cohort=cohort,
            number=circle.number,
            applications=applications,
            weekday=weekday,
            hour=time(hour),
            language=circle.language,
        )
        bring_along(circle=founded, applications=applications)
        for application in applications:
            destroy_answers(application=application)
    PairMark.objects.filter(application__cohort=cohort).delete()
    Proposal.objects.filter(pk=proposal.pk).update(settled_at=clock.now())


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


def _place_anew(everybody: Candidates, circle: ProposedCircle) -> None:
    """Other people, another time and language; a circle without people is none."""
    people = _people(circle)
    if not people:
        circle.delete()
        return
    circle.slot, circle.language = best_place(everybody, people)
    circle.save(update_fields=["slot", "language"])


def _applications(circle: ProposedCircle) -> list[Application]:
    """Those who sit there and have not withdrawn."""
    seats = circle.seats.filter(application__withdrawn_at__isnull=True, application__person__left_on__isnull=True)
    return [seat.application for seat in seats.select_related("application__person", "application__vault")]


def _people(circle: ProposedCircle) -> tuple[int, ...]:
    return tuple(each.person_id for each in _applications(circle))


def _told(cohort: Cohort) -> tuple[int, ...]:
    rows = cohort.applications.filter(withdrawn_at__isnull=True, person__left_on__isnull=True)
    return tuple(rows.values_list("person", flat=True))


def _form_soon(proposal: Proposal) -> None:
    from grapevine.circles.tasks.cohort import form_proposal  # noqa: PLC0415 - jobs import actions

    form_proposal.enqueue(proposal.pk)
