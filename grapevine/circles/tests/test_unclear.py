"""What is not clear, or refused at the last moment, is asked again: with the reason, and with what was typed."""

from datetime import timedelta

import pytest

from grapevine.challenges.models import Outcome
from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import applying, ending
from grapevine.circles.actions import cohort as cohorts
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.forms import circle as forms
from grapevine.circles.models import Chair, Duty, InTouch, PulseGiven, Rsvp, Swap, Tally
from grapevine.circles.tests.applying import THEME, apply, propose
from grapevine.circles.tests.circling import (
    FIVE_AT_HOME,
    again,
    applied,
    circle,
    fresh,
    hold,
    meeting,
)
from grapevine.circles.tests.test_ending import brought
from grapevine.circles.views import meeting as meeting_views
from grapevine.circles.views import welcome as welcome_views
from grapevine.kernel import clock

pytestmark = pytest.mark.django_db
NEITHER = "Tap one of the two answers. Nothing has changed."


def overtaken(monkeypatch, module, name, meanwhile):
    """Somebody else is done right after `name` was looked at."""
    really = getattr(module, name)

    def looked(*args, **named):
        answer = really(*args, **named)
        monkeypatch.setattr(module, name, really)
        meanwhile()
        return answer

    monkeypatch.setattr(module, name, looked)


# --- refused at the last moment -------------------------------------------------------------------------


def test_a_meeting_cannot_be_moved_past_the_next_one_that_moved_meanwhile(world, door, monkeypatch):
    of = circle(world)
    second, third = meeting(of, 2), meeting(of, 3)
    overtaken(
        monkeypatch,
        forms,
        "why_not_at",
        lambda: meetings.move(by=world.tomasz, meeting=third, on=third.on - timedelta(days=4), hour=third.hour),
    )
    to = {"on": f"{third.on - timedelta(days=2)}", "hour": "10:00"}
    told = page(door(world.mira).post(f"/circles/meetings/{second.pk}/move/", to), 422)
    assert "There is a meeting after this one that is earlier than that. Move the other one first." in told
    assert [f'value="{typed}"' in told for typed in to.values()] == [True, True]
    assert meeting(of, 2).on == second.on


def test_a_way_that_suits_no_more_is_not_chosen(world, door, monkeypatch):
    of = circle(world, "mira", "sanne", "kari")
    second = meeting(of, 2)
    overtaken(monkeypatch, meeting_views, "ways_for", lambda: ending.step_out(by=world.kari, circle=fresh(of)))
    told = page(door(world.mira).post(f"/circles/meetings/{second.pk}/way/", {"way": "trio"}), 422)
    assert "This way does not suit this meeting any more. Choose another one." in told
    assert meeting(of, 2).format == second.format


def test_terms_stay_when_somebody_applies_meanwhile(world, door, monkeypatch):
    of = propose(world.aiko)
    overtaken(monkeypatch, cohorts, "held_cohort", lambda: apply(world.mira, of))
    said = {"theme": "Another theme", "words": "For all.", "is_across": "across", "starts_on": "2026-04-14"}
    said |= {"apply_until": "2026-03-20", "weeks": "13", "every": "2", "minutes": "90"}
    told = page(door(world.aiko).post(f"/circles/cohorts/{of.pk}/change/", said), 422)
    assert "People have applied: who may apply, the dates and the rule stay. Nothing was changed." in told
    assert ("Another theme" in told, again(of).theme) == (True, THEME)


def test_nobody_is_asked_who_takes_their_application_back_meanwhile(world, door, monkeypatch):
    of = circle(world, *FIVE_AT_HOME)
    late = applied(of.cohort, world.tomasz)
    overtaken(
        monkeypatch,
        welcome_views,
        "free_chairs",
        lambda: applying.withdraw_application(by=world.tomasz, application=late),
    )
    address = f"/circles/cohorts/{of.cohort.pk}/welcome/"
    told = page(door(world.mira).post(address, {"chair": f"{late.pk}-{of.pk}"}), 422)
    assert "This chair is not free for them. Nobody was asked." in told
    assert Chair.objects.count() == 0


# --- neither yes nor no ---------------------------------------------------------------------------------


def test_neither_yes_nor_no_changes_nothing(world, door):
    of = circle(world)
    mine, theirs = (Duty.objects.get(meeting__circle=of, meeting__number=n, role="bringer") for n in (2, 5))
    swap = meetings.ask_to_swap(by=mine.person, mine=mine, theirs=theirs)
    visitor = door(theirs.person)
    for address in (f"/circles/meetings/{meeting(of, 1).pk}/come/", f"/circles/swaps/{swap.pk}/answer/"):
        assert NEITHER in page(visitor.post(address, {"comes": "perhaps"}, follow=True))
    assert (Rsvp.objects.count(), Swap.objects.get().answered_at) == (0, None)


def test_a_chair_waits_for_a_clear_answer(world, door):
    of = circle(world, *FIVE_AT_HOME)
    late = applied(of.cohort, world.tomasz)
    page(door(world.mira).post(f"/circles/cohorts/{of.cohort.pk}/welcome/", {"chair": f"{late.pk}-{of.pk}"}), 302)
    chair = Chair.objects.get()
    assert NEITHER in page(door(world.tomasz).post(f"/circles/chairs/{chair.pk}/", {}, follow=True))
    assert (again(chair).left_free_at, again(of).seats.count()) == (None, 5)


def test_alumni_are_asked_again_whether_they_are_in_touch(world, door):
    of = circle(world)
    ending.end(circle=fresh(of))
    clock.set_offset(timedelta(days=200))
    told = page(door(world.aiko).post(f"/circles/{of.pk}/in-touch/", {"is_in_touch": "perhaps"}, follow=True))
    assert (NEITHER in told, InTouch.objects.count()) == (True, 0)


# --- what was typed stays -------------------------------------------------------------------------------


@pytest.fixture
def held(world, run_jobs):
    """The first meeting, and Mira was there."""
    of = circle(world)
    hold(of, 1, world.mira, world.sanne)
    run_jobs()
    return meeting(of, 1)


def test_taps_of_the_pulse_stay(world, door, held):
    told = page(door(world.mira).post(f"/circles/meetings/{held.pk}/pulse/", {"worth": "so-so", "heard": "yes"}), 422)
    assert "Tap one answer in each of the three lines." in told
    taps = [f'name="{name}" value="{tap}"' for name, tap in (("worth", "so-so"), ("heard", "yes"))]
    assert [" checked" in told.split(tap)[1].split(">")[0] for tap in taps] == [True, True]
    assert PulseGiven.objects.count() == 0


def test_a_line_for_oneself_that_is_too_long_stays(world, door, held):
    line = "I waited. " * 40
    told = page(door(world.mira).post(f"/circles/meetings/{held.pk}/tally/", {"words": line}), 422)
    assert (line.strip() in told, "at most 300 characters" in told, Tally.objects.count()) == (True, True, 0)


def test_words_of_what_came_of_it_stay(world, door, run_jobs):
    of = circle(world)
    who, challenge = brought(of, 2, world.mira)
    hold(of, 2, world.mira, who)
    run_jobs()
    promise = again(challenge).playback.commitment
    address = f"/circles/promises/{promise.pk}/happened/"
    told = page(door(who).post(address, {"words": "He laughed & asked back."}), 422)
    assert ("He laughed & asked back." in told, f'action="{address}"' in told) == (True, True)
    assert f'href="{of.get_absolute_url()}">Not yet' in told
    assert Outcome.objects.count() == 0
