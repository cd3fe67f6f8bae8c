"""Somebody goes, out of the circle or out of the organisation: nothing of theirs is left lying about."""

import pytest
from django.core.exceptions import PermissionDenied

from grapevine.challenges.models import Challenge
from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import after, agreeing, ending
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Brought, Call
from grapevine.circles.queries import alumni
from grapevine.circles.queries import circle as queries
from grapevine.circles.tests.circling import (
    FIVE_AT_HOME,
    SIX,
    again,
    applied,
    bringer,
    circle,
    fresh,
    hold,
    join,
    meeting,
    minutes_before,
)
from grapevine.circles.tests.test_agreement import sign_all
from grapevine.circles.tests.test_alumni import CALL
from grapevine.circles.tests.test_meetings import LINES
from grapevine.kernel.policy import visible
from grapevine.people import actions as people
from grapevine.people.models import Person
from grapevine.rooms.calls import call_for
from grapevine.rooms.models import Session
from grapevine.rooms.queries import state_of
from grapevine.vaults.models import Vault
from grapevine.vaults.queries import words_in

pytestmark = pytest.mark.django_db


def leave(world, run_jobs, person):
    """They leave the organisation, and everybody has heard it."""
    people.leave(by=world.eva, person=Person.objects.get(pk=person.pk))
    run_jobs()


def test_what_was_written_for_a_meeting_goes_with_who_leaves_the_organisation(world, run_jobs):
    of = circle(world)
    assert bringer(of, 2) == world.olav
    challenge = meetings.bring(by=world.olav, meeting=meeting(of, 2), **LINES)
    assert visible(world.tomasz, Challenge).exists()
    leave(world, run_jobs, world.olav)
    assert not visible(world.tomasz, Challenge).exists()
    assert (Brought.objects.count(), Vault.objects.get(pk=challenge.vault_id).wrapped_key) == (0, None)


def words_of(of):
    """Everything the vault of the circle itself holds, as a member may read it."""
    return sorted(words_in(fresh(of).seats.filter(left_at=None).last().person, fresh(of).vault).values())


def test_the_two_lines_of_who_steps_out_are_gone(world):
    of = circle(world)
    sign_all(world, of)
    theirs = [words for words in words_of(of) if "Tomasz" in words]
    assert len(theirs) == 2
    left = [words for words in words_of(of) if words not in theirs]
    ending.step_out(by=world.tomasz, circle=fresh(of))
    assert words_of(of) == left


def test_who_joins_has_no_key_to_what_was_agreed_before(world):
    of = circle(world, *FIVE_AT_HOME)
    for seen, words in enumerate(("We come in time.", "We come in time, and stay.")):
        agreeing.agree(by=world.mira, circle=fresh(of), seen=seen, words=words)
    join(of, applied(of.cohort, world.tomasz))
    assert [words for words in words_of(of) if words.startswith("We")] == ["We come in time, and stay."]
    agreeing.agree(by=world.tomasz, circle=fresh(of), seen=2, words="We come in time.")
    assert queries.page(world.mira, fresh(of)).agreed.version == 3


# --- the room they were in ------------------------------------------------------------------------------


def begun_room(world, of):
    """Everybody came to the first meeting, and it has begun: the room."""
    return hold(of, 1, *(getattr(world, name) for name in SIX), closes=False)


def main_of(visitor, room):
    """What the page of a room shows, without the frame."""
    return page(visitor.get(room.get_absolute_url())).split("<main")[1].split("</main")[0]


def test_who_steps_out_is_out_of_the_room_at_once(world, door):
    of = circle(world)
    room, mira = begun_room(world, of), door(world.mira)
    shown = main_of(mira, room)
    assert ("the six of you" in shown, "Tomasz" in shown) == (True, True)
    ending.step_out(by=world.tomasz, circle=fresh(of))
    shown = main_of(mira, room)
    assert ("the five of you" in shown, "Tomasz" in shown) == (True, False)
    place = room.participants.get(person=world.tomasz).pk
    state = state_of(again(room))
    assert (place in state.present, place in state.open_turns, place == state.turn) == (False, False, False)
    called = call_for(again(room), room.participants.get(person=world.mira))
    assert "tomasz" not in {one.person.number for one in called["people"]}


def test_a_room_that_waits_counts_those_who_sit_there(world, door, run_jobs):
    of = circle(world)
    minutes_before(meeting(of, 1))
    run_jobs()
    room, mira = meeting(of, 1).session, door(world.mira)
    seen = mira.get(f"{room.get_absolute_url()}stage/").text
    ending.step_out(by=world.tomasz, circle=fresh(of))
    shown = main_of(mira, room)
    assert ("the five of you" in shown, "Tomasz" in shown) == (True, False)
    assert mira.get(f"{room.get_absolute_url()}stage/").text != seen


# --- those who sat there, and their calls -------------------------------------------------------------


@pytest.fixture
def ended(world):
    of = circle(world)
    ending.end(circle=fresh(of))
    return of


def called(world, of, *names):
    """Aiko calls, and these have an hour."""
    call = after.call_alumni(by=world.aiko, circle=fresh(of), words=CALL)
    for name in names:
        after.have_an_hour(by=getattr(world, name), call=again(call))
    return again(call)


def in_both_vaults(room):
    """Who has a seat in the room of a call, and who in what is brought there."""
    vaults = (room.vault, room.stories.get().challenge.vault)
    return [sorted(vault.seats.filter(until_at=None).values_list("person__number", flat=True)) for vault in vaults]


def test_who_had_an_hour_and_stepped_out_is_not_in_the_room(world, ended):
    call = called(world, ended, "mira", "tomasz", "kari")
    ending.step_out(by=world.tomasz, circle=fresh(ended))
    room = after.gather(by=world.aiko, call=again(call))
    assert in_both_vaults(room) == [["aiko", "kari", "mira"]] * 2


def test_who_had_an_hour_and_left_the_organisation_does_not_count(world, ended, run_jobs):
    call = called(world, ended, "mira", "tomasz")
    assert alumni.page(world.aiko, fresh(ended)).calls[0].may_gather
    people.leave(by=world.eva, person=Person.objects.get(pk=world.mira.pk))
    for _ in ("before it is heard", "after it"):
        shown = alumni.page(world.aiko, fresh(ended)).calls[0]
        assert (shown.coming, shown.may_gather) == ([world.tomasz], False)
        with pytest.raises(PermissionDenied):
            after.gather(by=world.aiko, call=again(call))
        run_jobs()


def test_who_left_the_organisation_is_called_no_more(world, ended, run_jobs):
    leave(world, run_jobs, world.olav)
    call = called(world, ended)
    assert "olav" not in call.vault.seats.values_list("person__number", flat=True)
    assert world.olav in alumni.page(world.aiko, fresh(ended)).people


def test_the_call_of_who_steps_out_is_gone(world, ended):
    called(world, ended, "mira")
    ending.step_out(by=world.aiko, circle=fresh(ended))
    assert (alumni.page(world.mira, fresh(ended)).calls, Call.objects.count()) == ([], 0)


def test_so_is_the_call_of_who_leaves_the_organisation(world, ended, run_jobs):
    after.call_alumni(by=world.olav, circle=fresh(ended), words=CALL)
    leave(world, run_jobs, world.olav)
    assert (alumni.page(world.mira, fresh(ended)).calls, Call.objects.count()) == ([], 0)


def test_of_two_windows_one_opens_the_room(world, ended):
    one = called(world, ended, "mira", "tomasz")
    other = again(one)
    after.gather(by=world.aiko, call=one)
    with pytest.raises(PermissionDenied):
        after.gather(by=world.aiko, call=other)
    assert Session.objects.count() == 1
