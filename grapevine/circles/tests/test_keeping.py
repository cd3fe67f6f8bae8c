"""What a proposer does on the cards: keeps circles, moves people, and is told what comes of it."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import applying, proposing
from grapevine.circles.models import Application, Proposal
from grapevine.circles.queries.proposal import table
from grapevine.circles.tests.applying import again, answers, apply, crowd, propose
from grapevine.circles.tests.test_proposing import at, formed, seated, waits
from tests.moments import PATIENCE, at_the_same_moment, in_the_middle

FIVE = ("mira", "sanne", "kari", "dev", "tomasz")
SIZE = "A circle has five to eight people."
NOT_KEPT = "Circle 1 can be kept once it breaks no rule."
ALONE = {"HX-Request": "true"}  # the cards without the page


@pytest.fixture
def five(world, run_jobs):
    """Five of three houses, one circle, not shown yet."""
    return formed(world, run_jobs, FIVE)


def of(person):
    return Application.objects.get(person=person)


def said(told):
    """What the cards say to ears, or why they refuse."""
    found = re.search(r'id="cards-said">(.*?)<div class="circle-flow', told, re.DOTALL)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_what_was_said_of_a_press_stays_when_the_cards_are_asked_for_again(five, world, door):
    """The hint of one's own press brings them once more, without a word."""
    aiko, kept = door(world.aiko), 'id="cards-said" hx-morph-skip-children'
    moved = aiko.post(at("proposal-move", five), {"who": of(world.kari).pk, "to": "wait"}, headers=ALONE).text
    asked_again = aiko.get(at("proposal-cards", five)).text
    assert [(kept in told, "waits now" in told) for told in (moved, asked_again)] == [(False, True), (True, False)]


def test_a_circle_that_breaks_a_rule_is_not_kept_and_it_is_said_which(five, world, door):
    proposing.move(by=world.aiko, proposal=five, application=of(world.kari), to=None)
    aiko, address = door(world.aiko), at("proposal-lock", five)
    assert said(page(aiko.post(address, {"circle": "1"}), 422)) == f"{NOT_KEPT} {SIZE}"
    part = page(aiko.post(address, {"circle": "1"}, headers=ALONE), 422)
    assert (said(part), "<html" in part, five.circles.get().is_locked) == (f"{NOT_KEPT} {SIZE}", False, False)


def test_a_kept_circle_is_named_and_pressed(five, world, door):
    aiko = door(world.aiko)
    for label, is_kept in (("Kept as it is", "true"), ("Keep it", "false")):
        part = page(aiko.post(at("proposal-lock", five), {"circle": "1"}, headers=ALONE))
        button = re.search(r'<button[^>]*name="circle"[^>]*aria-pressed="(\w+)">.*?</svg>(.*?)</button>', part)
        assert button.groups() == (is_kept, f'{label}<span class="visually-hidden"> Circle 1</span>')


def test_what_a_move_leads_to_is_said(five, world, door):
    aiko, address, kari = door(world.aiko), at("proposal-move", five), of(world.kari).pk
    alone = page(aiko.post(address, {"who": kari, "to": "wait"}, headers=ALONE))
    assert said(alone) == f"Kari waits now. Circle 1: {SIZE}"
    back = page(aiko.post(address, {"who": kari, "to": "1"}, headers=ALONE))
    assert said(back) == "Kari sits in circle 1 now. No rule is broken."
    without_scripts = page(aiko.post(address, {"who": kari, "to": "new"}, follow=True))
    assert f"<p>Kari sits in circle 2 now. Circle 1: {SIZE} Circle 2: {SIZE}</p>" in without_scripts


def test_a_kept_circle_that_somebody_left_goes_and_it_is_said_why(world, run_jobs, door):
    aiko, cohort = door(world.aiko), propose(world.aiko)
    for person in crowd(world.halden, 13):
        apply(person, cohort)
    proposing.ask_for_proposal(by=world.aiko, cohort=cohort)
    run_jobs()
    first = cohort.proposals.get()
    kept, other = first.circles.all()
    for circle in (kept, other):
        proposing.lock(by=world.aiko, circle=circle)
    for seat in list(kept.seats.all())[4:]:
        applying.withdraw_application(by=seat.application.person, application=seat.application)
    told = page(aiko.post(at("cohort-form", cohort), follow=True))
    assert f"<p>Circle 1 could not stay as it was: {SIZE}</p>" in told
    assert "Circle 2 could not stay" not in told
    run_jobs()
    second = cohort.proposals.first()
    assert ([len(names) for names in seated(second)], len(table(second).waiting)) == ([other.seats.count()], 4)


def test_two_presses_form_once(world):
    cohort = propose(world.aiko)
    for name in FIVE:
        apply(getattr(world, name), cohort)
    made = [proposing.ask_for_proposal(by=world.aiko, cohort=cohort) for _window in range(2)]
    assert (made[0], Proposal.objects.get()) == (made[1], made[0])


def test_what_was_shown_is_not_arranged_on_an_old_page(five, world):
    old, circle = Proposal.objects.select_related("cohort__by").get(), five.circles.get()
    proposing.show(by=world.aiko, proposal=five)
    presses = (
        lambda: proposing.move(by=world.aiko, proposal=old, application=of(world.kari), to=None),
        lambda: proposing.lock(by=world.aiko, circle=circle),
        lambda: proposing.show(by=world.aiko, proposal=old),
    )
    for press in presses:
        with pytest.raises(PermissionDenied):
            press()
    assert (len(seated(five)[0]), waits(five), five.circles.get().is_locked) == (5, {}, False)


def test_the_old_list_leads_to_the_newest(world, run_jobs, clock, door):
    first = formed(world, run_jobs, (*FIVE, "aiko"))
    shown = proposing.show(by=world.aiko, proposal=first)
    proposing.ask_to_be_moved(by=world.mira, application=of(world.mira))
    clock.freeze(shown.veto_until)
    run_jobs()
    second = first.cohort.proposals.first()
    answer = door(world.aiko).get(at("proposal", first))
    assert (answer.status_code, answer.headers["Location"]) == (302, at("proposal", second))
    assert [door(other).get(at("proposal", first)).status_code for other in (world.mira, world.eva)] == [404, 404]


class TestInOneMoment:
    """What one does begins while the other is in the middle of it."""

    pytestmark = at_the_same_moment

    def test_nobody_is_moved_while_the_list_is_shown(self, world, monkeypatch):
        proposal = self.formed(world)
        late = in_the_middle(
            monkeypatch,
            proposing,
            "candidates",
            lambda: proposing.move(by=world.aiko, proposal=again(proposal), application=of(world.kari), to=None),
        )
        proposing.show(by=world.aiko, proposal=again(proposal))
        with pytest.raises(PermissionDenied):
            late.result(PATIENCE)
        assert (len(seated(proposal)[0]), waits(proposal)) == (5, {})

    def test_two_windows_form_once(self, world, monkeypatch):
        cohort = self.applied_for(world)
        late = in_the_middle(
            monkeypatch,
            proposing,
            "candidates",
            lambda: proposing.ask_for_proposal(by=world.aiko, cohort=again(cohort)),
        )
        made = proposing.ask_for_proposal(by=world.aiko, cohort=again(cohort))
        assert (late.result(PATIENCE), Proposal.objects.get()) == (made, made)

    def test_what_is_taken_back_is_not_written_again(self, world, monkeypatch):
        self.applied_for(world)
        late = in_the_middle(
            monkeypatch,
            applying,
            "_apart_from",
            lambda: applying.change_application(by=world.mira, application=of(world.mira), answers=answers()),
        )
        applying.withdraw_application(by=world.mira, application=of(world.mira))
        with pytest.raises(PermissionDenied):
            late.result(PATIENCE)
        assert of(world.mira).vault.wrapped_key is None

    def applied_for(self, world):
        cohort = propose(world.aiko)
        for name in FIVE:
            apply(getattr(world, name), cohort)
        return cohort

    def formed(self, world):
        proposal = proposing.ask_for_proposal(by=world.aiko, cohort=self.applied_for(world))
        proposing.form(proposal=proposal)
        return again(proposal)
