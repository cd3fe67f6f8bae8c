"""What changes between making a room and its first step reaches that room; what changes later does not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grapevine.circles.actions import ending, session
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Brought, Duty
from grapevine.circles.tests.circling import again, applied, bringer, circle, fresh, join, meeting, minutes_before
from grapevine.circles.tests.test_meetings import LINES
from grapevine.kernel import clock
from grapevine.rooms import actions as rooms
from grapevine.rooms.queries import state_of
from grapevine.vaults.queries import has_seat

pytestmark = pytest.mark.django_db
FIVE = ("mira", "sanne", "kari", "olav", "tomasz")


def room_of(of, number):
    """Its room, ten minutes before it begins."""
    minutes_before(meeting(of, number))
    by = of.seats.filter(left_at=None).select_related("person").first().person
    return session.open_room(by=by, meeting=meeting(of, number))


def roles(room):
    """Who has which role in the room, by number."""
    names = dict(room.participants.values_list("pk", "person__number"))
    return {role: names[place] for role, place in state_of(again(room)).roles.items()}


def duties(of, number):
    """Who has which turn in the circle, by number; notes are nothing the room knows of."""
    rows = Duty.objects.filter(meeting__circle=of, meeting__number=number).exclude(role="note_taker")
    return dict(rows.values_list("role", "person__number"))


def begin(room, *people):
    """They come in, and somebody opens it."""
    places = [rooms.enter(by=rooms.sit_down(by=person, session=room)) for person in people]
    rooms.take_chair(by=places[0])
    rooms.open_session(by=places[0])


def host(of, number):
    return Duty.objects.get(meeting__circle=of, meeting__number=number, role="host").person


@pytest.mark.parametrize("number", [1, 2, 8])
def test_the_host_steps_out_and_the_room_knows_the_next_one(world, number):
    of = circle(world)
    room, gone = room_of(of, number), host(of, number)
    assert roles(room) == duties(of, number)
    brings = duties(of, number).get("bringer")
    ending.step_out(by=gone, circle=fresh(of))
    assert (roles(room), duties(of, number).get("bringer")) == (duties(of, number), brings)
    assert gone.number not in roles(room).values()


def test_a_swap_that_was_agreed_late_brings_the_other_one_and_their_words(world):
    of = circle(world)
    mine, theirs = (Duty.objects.get(meeting__circle=of, meeting__number=n, role="bringer") for n in (2, 5))
    asked, was, comes = meetings.ask_to_swap(by=mine.person, mine=mine, theirs=theirs), mine.person, theirs.person
    room = room_of(of, 2)
    assert roles(room)["bringer"] == was.number
    meetings.answer_swap(by=comes, swap=again(asked), is_agreed=True)
    assert (roles(room)["bringer"], bringer(of, 2)) == (comes.number, comes)
    challenge = meetings.bring(by=comes, meeting=meeting(of, 2), **LINES)
    assert [(story.role, story.challenge_id) for story in room.stories.all()] == [("bringer", challenge.pk)]


def test_who_joins_while_the_room_waits_has_a_place_in_it(world):
    of = circle(world, *FIVE)
    room, late = room_of(of, 2), applied(of.cohort, world.aiko)
    challenge = meetings.bring(by=bringer(of, 2), meeting=meeting(of, 2), **LINES)
    join(of, late)
    assert [has_seat(world.aiko, vault) for vault in (room.vault, challenge.vault)] == [True, True]
    assert (roles(room), bringer(of, 2)) == (duties(of, 2), challenge.brought_by)


def test_what_has_begun_is_left_alone(world):
    of = circle(world)
    room = room_of(of, 2)
    before, gone = duties(of, 2), host(of, 2)
    sitting = [seat.person for seat in of.seats.select_related("person") if seat.person != gone]
    begin(room, *sitting[:3])
    held = roles(room)
    ending.step_out(by=gone, circle=fresh(of))
    assert (roles(room), duties(of, 2)) == (held, before)


# --- what was written goes with its bringer ---------------------------------------------------------


def write(of, number):
    """Whoever's turn it is writes the three lines."""
    return meetings.bring(by=bringer(of, number), meeting=meeting(of, number), **LINES)


def lies_in(challenge):
    """The number of the meeting it was written for."""
    return Brought.objects.get(challenge=challenge).meeting.number


def test_a_swap_takes_the_words_of_both_along(world):
    of = circle(world)
    mine, theirs = (Duty.objects.get(meeting__circle=of, meeting__number=n, role="bringer") for n in (2, 5))
    early, late = write(of, 2), write(of, 5)
    asked = meetings.ask_to_swap(by=mine.person, mine=mine, theirs=theirs)
    room = room_of(of, 2)
    assert room.stories.get().challenge == early
    meetings.answer_swap(by=theirs.person, swap=again(asked), is_agreed=True)
    assert (lies_in(early), lies_in(late), room.stories.get().challenge) == (5, 2, late)


def test_words_for_a_meeting_that_is_called_off_go_to_the_next_turn(world):
    of = circle(world, *FIVE)
    who, challenge = bringer(of, 3), write(of, 3)
    meetings.call_off(by=world.mira, meeting=meeting(of, 3))
    number = lies_in(challenge)
    assert (number != 3, bringer(of, number)) == (True, who)
    assert room_of(of, number).stories.get().challenge == challenge


def test_words_for_a_meeting_that_nobody_held_do_too(world, run_jobs):
    of = circle(world, *FIVE)
    who, challenge = bringer(of, 2), write(of, 2)
    missed = room_of(of, 2)
    clock.freeze(meeting(of, 2).at + timedelta(hours=25))
    run_jobs()
    number = lies_in(challenge)
    assert (number > 2, bringer(of, number), missed.stories.count()) == (True, who, 0)


def test_what_somebody_took_a_free_meeting_for_stays_there(world):
    of = circle(world, *FIVE)
    extra = meetings.bring(by=world.mira, meeting=meeting(of, 7), **LINES)
    ending.step_out(by=world.sanne, circle=fresh(of))
    assert lies_in(extra) == 7


def test_where_they_meet_by_now_is_where_the_room_is(world, door):
    """The room was made a quarter of an hour before; then Mira pastes a link, and takes it out again."""
    of = circle(world)
    minutes_before(meeting(of, 1))
    room = session.open_room(by=world.mira, meeting=meeting(of, 1))
    place = reverse("circle-place", args=[of.pk])
    refused = door(world.mira).post(place, {"where": "link", "link": "http://meet.example/us"})
    assert (refused.status_code, "begin with https://" in refused.text) == (422, True)
    for typed, link in (
        ({"where": "link", "link": "meet.example/us"}, "https://meet.example/us"),
        ({"where": "call"}, ""),
    ):
        assert door(world.mira).post(place, typed).status_code == 302
        room.refresh_from_db()
        assert (room.link, room.is_one_room, room.is_relay_only) == (link, False, True)
