"""Somebody who waited is asked for a free chair: only where they suit, and with their own yes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grapevine.challenges.models import Challenge
from grapevine.challenges.tests.talking import facts, page
from grapevine.circles.actions import applying, proposing, welcoming
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import (
    Application,
    Chair,
    Circle,
    CircleSeat,
    Move,
    PairMark,
    Proposal,
    ProposedCircle,
    ProposedSeat,
)
from grapevine.circles.queries import circle as queries
from grapevine.circles.queries.welcome import free_chairs
from grapevine.circles.tests.applying import again, apply, propose
from grapevine.circles.tests.circling import FIVE_AT_HOME, applied, bringer, circle, fresh, hold, join, meeting
from grapevine.circles.tests.test_agreement import sign_all
from grapevine.circles.tests.test_meetings import LINES
from grapevine.kernel.policy import visible
from grapevine.people.actions import block
from grapevine.people.models import ReportingLine
from grapevine.rooms.models import Session
from grapevine.vaults.queries import has_seat, read

pytestmark = pytest.mark.django_db


def waits(of, person, **said):
    """They applied as well, and found no circle."""
    application = applied(of.cohort, person)
    Application.objects.filter(pk=application.pk).update(**said)
    return again(application)


def free(of):
    """Who may be asked."""
    return [chair.application.person for chair in free_chairs(of.cohort)]


# --- a yes -----------------------------------------------------------------------------------------------


def test_somebody_who_waited_takes_a_free_seat_and_reads_nothing_of_before(world, run_jobs):
    of = circle(world)
    sign_all(world, of)
    meetings.bring(by=bringer(of, 2), meeting=meeting(of, 2), **LINES)
    held = [hold(of, number, world.mira, world.sanne, world.kari) for number in (1, 2)]
    run_jobs()
    with pytest.raises(PermissionDenied):
        welcoming.offer_chair(by=world.jonas, circle=fresh(of), application=applied(of.cohort, world.lene))
    seat = join(of, waits(of, world.ravi))
    assert read(world.sanne, seat.bring) == "My team does not talk to each other. Ravi Berg"
    assert Application.objects.get(person=world.ravi).vault.wrapped_key is None
    assert not visible(world.ravi, Session).filter(pk__in=[room.pk for room in held]).exists()
    assert not visible(world.ravi, Challenge).exists()
    shown = queries.page(world.ravi, fresh(of))
    assert (shown.next.meeting.number, len(shown.members), len(shown.agreed.waiting)) == (3, 7, 7)
    assert [told["person"] for told in facts("circles.Welcomed")] == [world.ravi.pk]


def test_a_chair_is_offered_on_the_pages_and_taken_with_a_yes(world, door, run_jobs):
    of = circle(world, *FIVE_AT_HOME)
    application = applied(of.cohort, world.tomasz)
    Proposal.objects.create(cohort=of.cohort, seed=1, at=of.formed_at, formed_at=of.formed_at, settled_at=of.formed_at)
    mira, tomasz, address = door(world.mira), door(world.tomasz), f"/circles/cohorts/{of.cohort_id}/welcome/"
    assert "Tomasz Wilk: circle 1, Tuesday at 15:00" in page(mira.get(address))
    assert mira.post(address, {"chair": f"{application.pk}-{of.pk}"}).status_code == 302
    assert has_seat(world.tomasz, of.vault) is False
    assert "Nobody waits" in page(mira.get(address))
    run_jobs()
    assert "A chair is free in a circle" in page(tomasz.get("/inbox/"))
    asked = page(tomasz.get(f"/circles/applications/{application.pk}/"))
    words = ("A chair is free in a circle", "Sanne Vik", "Olav Haug", "17 March", "English", "I come", "Not this one")
    assert [each for each in words if each not in asked] == []
    answer = tomasz.post(f"/circles/chairs/{Chair.objects.get().pk}/", {"comes": "yes"})
    assert answer.headers["Location"] == of.get_absolute_url()
    assert page(tomasz.get(of.get_absolute_url()))
    assert (has_seat(world.tomasz, of.vault), fresh(of).is_across) == (True, True)
    run_jobs()
    assert "You have a seat in a circle" in page(tomasz.get("/inbox/"))
    assert door(world.sanne).get(address).status_code == 403


def test_a_no_is_told_nobody(world, door, run_jobs):
    of = circle(world, *FIVE_AT_HOME)
    application = applied(of.cohort, world.tomasz)
    chair = welcoming.offer_chair(by=world.mira, circle=of, application=application)
    run_jobs()
    mira = door(world.mira)
    assert "Nobody waits" in page(mira.get(f"/circles/cohorts/{of.cohort_id}/welcome/"))
    tomasz, heard = door(world.tomasz), page(mira.get("/inbox/")).count("<li")
    told = page(tomasz.post(f"/circles/chairs/{chair.pk}/", {"comes": "no"}, follow=True))
    assert ("You stay on the waiting list." in told, "A chair is free" in told) == (True, False)
    run_jobs()
    assert (page(mira.get("/inbox/")).count("<li"), has_seat(world.tomasz, of.vault)) == (heard, False)
    assert "Nobody waits" in page(mira.get(f"/circles/cohorts/{of.cohort_id}/welcome/"))
    assert tomasz.post(f"/circles/chairs/{chair.pk}/", {"comes": "yes"}).status_code == 403
    assert door(world.kari).post(f"/circles/chairs/{chair.pk}/", {"comes": "yes"}).status_code == 404


def test_a_chair_that_was_taken_meanwhile_is_not_there(world, door):
    of = circle(world, *FIVE_AT_HOME, "aiko", "dev")
    chairs = [
        welcoming.offer_chair(by=world.mira, circle=of, application=applied(of.cohort, who))
        for who in (world.tomasz, world.joanna)
    ]
    welcoming.take_chair(by=world.joanna, chair=chairs[1])
    told = page(door(world.tomasz).post(f"/circles/chairs/{chairs[0].pk}/", {"comes": "yes"}, follow=True))
    assert ("Meanwhile this chair is taken." in told, "A chair is free" in told) == (True, False)
    assert CircleSeat.objects.filter(person=world.tomasz).exists() is False


# --- the rules -------------------------------------------------------------------------------------------


def test_a_chair_beside_somebody_who_was_blocked_is_not_offered(world):
    of = circle(world, *FIVE_AT_HOME)
    application = waits(of, world.tomasz)
    assert free(of) == [world.tomasz]
    block(by=world.tomasz, person=world.mira)
    assert free(of) == []
    with pytest.raises(ValidationError):
        welcoming.offer_chair(by=world.mira, circle=of, application=application)


def test_nor_one_that_breaks_reach_hours_language_or_a_line(world):
    of = circle(world, *FIVE_AT_HOME)
    tuesdays = [[1, "08:00", "18:00"]]
    wishes = {"tomasz": {"reach": "inside"}, "aiko": {"never": tuesdays}, "joanna": {"languages": ["pl"]}}
    for name, said in wishes.items():
        waits(of, getattr(world, name), **said)
    waits(of, world.jonas)  # who leads Mira
    waits(of, world.dev)
    assert free(of) == [world.dev]


def test_nor_under_anybody_above_where_that_is_the_rule(world):
    ReportingLine.objects.create(person=world.jonas, lead=world.eva)
    chain, plain = (circle(world, *FIVE_AT_HOME, is_whole_chain=rule) for rule in (True, False))
    for of in (chain, plain):
        waits(of, world.eva)
    assert (free(chain), free(plain)) == ([], [world.eva])


def test_nor_in_the_circle_somebody_asked_to_leave(world, clock):
    of = circle(world, *FIVE_AT_HOME)
    application = waits(of, world.dev)
    first, _settled = (
        Proposal.objects.create(
            cohort=of.cohort, seed=seed, at=clock.now(), formed_at=clock.now(), shown_at=clock.now()
        )
        for seed in (1, 2)
    )
    table = ProposedCircle.objects.create(proposal=first, number=1)
    for each in (application, Application.objects.get(person=world.olav)):
        ProposedSeat.objects.create(proposal=first, circle=table, application=each)
    assert free(of) == [world.dev]
    Move.objects.create(proposal=first, person=world.dev, at=clock.now())
    assert free(of) == []


def test_whom_somebody_would_rather_not_meet_is_kept_for_those_who_wait_and_then_forgotten(world, clock, run_jobs):
    """Olav waits; Sanne, who has a seat, would rather not sit with him, nor he with Kari."""
    of = propose(world.aiko)
    wishes = {"sanne": {"apart": (world.olav, world.jonas)}, "olav": {"apart": (world.kari,)}}
    for name in ("mira", "sanne", "kari", "dev", "tomasz", "aiko", "olav"):
        apply(getattr(world, name), of, **wishes.get(name, {}))
    proposing.ask_for_proposal(by=world.aiko, cohort=of)
    run_jobs()
    shown = proposing.show(by=world.aiko, proposal=of.proposals.get())
    assert shown.unplaced.get().application.person == world.olav
    clock.freeze(shown.veto_until)
    run_jobs()
    assert {mark.application.person for mark in PairMark.objects.all()} == {world.sanne, world.olav}
    assert (PairMark.objects.count(), free_chairs(of)) == (2, [])
    clock.freeze(clock.now() + timedelta(days=91))
    run_jobs()
    assert (PairMark.objects.count(), Circle.objects.count(), free_chairs(of)) == (0, 1, [])


def test_who_takes_it_back_is_not_asked(world):
    of = circle(world, *FIVE_AT_HOME)
    chair = welcoming.offer_chair(by=world.mira, circle=of, application=waits(of, world.dev))
    applying.withdraw_application(by=world.dev, application=Application.objects.get(person=world.dev))
    assert (free(of), visible(world.dev, Chair).filter(pk=chair.pk).exists()) == ([], False)
