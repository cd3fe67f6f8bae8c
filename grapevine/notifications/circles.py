"""What circles tell whom. Nobody is named: who sits in a circle is nobody's business but theirs."""

from collections.abc import Iterable
from typing import Any

from grapevine.circles import facts
from grapevine.circles.models import Call, Proposal, Swap
from grapevine.kernel.facts import hears
from grapevine.notifications.actions import settle
from grapevine.notifications.telling import tell_about


@hears(facts.ProposalShown)
def a_seating_is_shown(fact: facts.ProposalShown) -> None:
    """Everybody who applied: with whom they might sit, or why there is no seat yet."""
    proposal = Proposal.objects.filter(pk=fact.proposal).first()
    if proposal is None:
        return
    unplaced = set(proposal.unplaced.values_list("application__person", flat=True))
    for person in fact.people:
        kind = "circle-unplaced" if person in unplaced else "circle-shown"
        tell_about(person, kind, proposal.cohort_id, "cohort", key=f"{proposal.cohort_id}:{proposal.pk}")


@hears(facts.ProposalFormed)
def the_cards_are_there(fact: facts.ProposalFormed) -> None:
    """Who proposed the cohort."""
    tell_about(fact.by, "circle-cards", fact.proposal, "proposal")


@hears(facts.CohortCalledOff)
def nothing_comes_of_it(fact: facts.CohortCalledOff) -> None:
    """Everybody who applied."""
    _all(fact.people, "circle-off", fact.cohort, page="cohort")


@hears(facts.CircleFormed)
def a_circle_is_there(fact: facts.CircleFormed) -> None:
    """Its members, with the dates of the season."""
    _all(fact.people, "circle-formed", fact.circle)


@hears(facts.ChairOffered)
def a_chair_is_free(fact: facts.ChairOffered) -> None:
    """Who waited: their page says with whom, and asks."""
    tell_about(fact.person, "circle-chair", fact.chair, "application", page_of=fact.application)


@hears(facts.Welcomed)
def somebody_joins(fact: facts.Welcomed) -> None:
    """Those who sit there; and the one who joins, with the dates to come."""
    _all(fact.people, "circle-welcome", fact.circle, key=f"{fact.circle}:{fact.person}")
    tell_about(fact.person, "circle-joined", fact.circle, "circle")


@hears(facts.AgreementChanged)
def an_agreement_changed(fact: facts.AgreementChanged) -> None:
    """Everybody but who changed it."""
    _all((person for person in fact.people if person != fact.by), "circle-agreement", fact.circle)


@hears(facts.MeetingMoved)
def a_meeting_moved(fact: facts.MeetingMoved) -> None:
    """Everybody who sits there. What was planned came with the season."""
    key = f"{fact.meeting}:{fact.sequence}"
    _all(fact.people, f"meeting-{fact.kind}", fact.meeting, page="meeting", key=key)


@hears(facts.QuorumMissed)
def too_few_come(fact: facts.QuorumMissed) -> None:
    """Everybody who sits there."""
    _all(fact.people, "meeting-few", fact.meeting, page="meeting")


@hears(facts.MissedTwice)
def somebody_was_missed(fact: facts.MissedTwice) -> None:
    """They alone."""
    tell_about(fact.person, "meeting-missed", fact.circle, "circle-missed", key=f"{fact.circle}:{fact.meeting}")


@hears(facts.SwapAsked)
def a_swap_is_asked(fact: facts.SwapAsked) -> None:
    """Whose turn it would be."""
    if meeting := _meeting_of(fact.swap):
        tell_about(fact.to, "swap-asked", fact.swap, "meeting", page_of=meeting)


@hears(facts.SwapAnswered)
def a_swap_is_answered(fact: facts.SwapAnswered) -> None:
    """Who asked."""
    settle(person=fact.by, kinds=["swap-asked"], about=fact.swap)
    if meeting := _meeting_of(fact.swap):
        tell_about(fact.to, "swap-answered", fact.swap, "meeting", page_of=meeting)


@hears(facts.SteppedOut)
def somebody_stepped_out(fact: facts.SteppedOut) -> None:
    """Those who stay; and who went, so that their calendar is free again."""
    _all(fact.people, "circle-stepped-out", fact.circle, key=f"{fact.circle}:{fact.person}")
    tell_about(fact.person, "circle-out", fact.circle, "circles")


@hears(facts.CircleEnded)
def a_season_is_over(fact: facts.CircleEnded) -> None:
    """Its members."""
    _all(fact.people, "circle-ended", fact.circle)


@hears(facts.TouchAsked)
def ninety_days_are_over(fact: facts.TouchAsked) -> None:
    """Its alumni, once."""
    _all(fact.people, "circle-touch", fact.circle)


@hears(facts.CalledAlumni)
def somebody_calls(fact: facts.CalledAlumni) -> None:
    """Those who sat with them."""
    _all(fact.people, "circle-call", fact.call, page_of=fact.circle)


@hears(facts.CallAnswered)
def somebody_has_an_hour(fact: facts.CallAnswered) -> None:
    """Who called; each yes is news of its own."""
    settle(person=fact.by, kinds=["circle-call"], about=fact.call)
    if Call.objects.filter(pk=fact.call).exists():
        tell_about(fact.to, "circle-called", fact.call, "circle", page_of=fact.circle, key=f"{fact.call}:{fact.by}")


def _all(people: Iterable[int], kind: str, about: int, *, page: str = "circle", **more: Any) -> None:
    for person in people:
        tell_about(person, kind, about, page, **more)


def _meeting_of(swap: int) -> int | None:
    return Swap.objects.filter(pk=swap).values_list("theirs__meeting", flat=True).first()
