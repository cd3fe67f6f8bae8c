"""Before, in and after a meeting."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from grapevine.challenges import actions as challenges
from grapevine.challenges.tests.talking import facts
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Duty
from grapevine.circles.tests.circling import again, bringer, circle, hold, meeting, minutes_before
from grapevine.kernel import clock

pytestmark = pytest.mark.django_db

LINES = {
    "situation": "My boss wants a campaign nobody believes in. It starts in May.",
    "why_now": "The first draft is due on Friday.",
    "would_help": "How you would say no.",
    "help_kind": "Kind of help: ideas",
}


def test_three_lines_become_a_challenge_on_the_table(world, run_jobs):
    of = circle(world)
    who = bringer(of, 2)
    challenge = meetings.bring(by=who, meeting=meeting(of, 2), **LINES)
    assert challenge.vault.seats.count() == 6
    minutes_before(meeting(of, 2))
    run_jobs()
    room = meeting(of, 2).session
    assert (room.origin_kind, room.origin_key, room.is_relay_only) == ("circle", str(meeting(of, 2).pk), True)
    assert [(s.role, s.challenge_id) for s in room.stories.all()] == [("bringer", challenge.pk)]
    assert room.vault_id not in {of.vault_id, challenge.vault_id}
    assert sorted(room.vault.seats.values_list("person__number", flat=True)) == sorted(
        of.seats.values_list("person__number", flat=True)
    )


def test_a_meeting_is_held_when_its_room_closes(world, run_jobs):
    of = circle(world)
    hold(of, 1, world.mira, world.sanne, world.kari)
    run_jobs()
    row = meeting(of, 1)
    assert row.held_at == clock.now()
    there = tuple(sorted(person.pk for person in (world.mira, world.sanne, world.kari)))
    assert [tuple(sorted(told["people"])) for told in facts("circles.MeetingHeld")] == [there]


def test_it_is_moved_and_everybody_says_anew(world):
    of = circle(world)
    second = meeting(of, 2)
    meetings.say_whether_i_come(by=world.mira, meeting=second, comes=True)
    meetings.move(by=world.tomasz, meeting=second, on=date(2026, 3, 26), hour=time(9))
    now = meeting(of, 2)
    assert (now.sequence, now.at.isoformat(), now.rsvps.count()) == (1, "2026-03-26T08:00:00+00:00", 0)
    moved = facts("circles.MeetingMoved")
    assert [(told["kind"], told["sequence"], len(told["people"])) for told in moved] == [("moved", 1, 6)]
    with pytest.raises(ValidationError, match="after this one"):
        meetings.move(by=world.mira, meeting=meeting(of, 2), on=date(2026, 5, 26), hour=time(9))
    with pytest.raises(ValidationError, match="over already"):
        meetings.move(by=world.mira, meeting=meeting(of, 2), on=date(2026, 3, 1), hour=time(9))


def test_called_off_its_bringer_finds_another_day(world):
    five = circle(world, "mira", "sanne", "kari", "olav", "lene")
    meetings.call_off(by=world.mira, meeting=meeting(five, 3))
    brings = Duty.objects.filter(meeting__circle=five, role="bringer", meeting__called_off_at=None)
    assert sorted(duty.person.number for duty in brings) == ["kari", "lene", "mira", "olav", "sanne"]
    with pytest.raises(PermissionDenied):
        meetings.call_off(by=world.mira, meeting=meeting(five, 1))


def test_too_few_can_come_and_all_are_told_once(world, run_jobs):
    of = circle(world)
    first = meeting(of, 1)
    for name in ("mira", "sanne", "kari"):
        meetings.say_whether_i_come(by=getattr(world, name), meeting=first, comes=False)
    clock.freeze(first.at - timedelta(hours=20))
    run_jobs()
    run_jobs()
    assert [len(told["people"]) for told in facts("circles.QuorumMissed")] == [6]


def test_turns_are_changed_with_a_yes(world):
    of = circle(world)
    mine, theirs = (Duty.objects.get(meeting__circle=of, meeting__number=n, role="bringer") for n in (2, 5))
    asked = meetings.ask_to_swap(by=mine.person, mine=mine, theirs=theirs)
    with pytest.raises(Http404):
        meetings.answer_swap(by=bringer(of, 4), swap=again(asked), is_agreed=True)
    before = (bringer(of, 2), bringer(of, 5))
    meetings.answer_swap(by=theirs.person, swap=again(asked), is_agreed=True)
    assert (bringer(of, 5), bringer(of, 2)) == before
    told = facts("circles.SwapAnswered")
    assert told == [{"swap": asked.pk, "by": before[1].pk, "to": before[0].pk, "is_agreed": True}]


def test_two_misses_in_a_row_are_told_to_them_alone(world, run_jobs):
    of = circle(world)
    there = [world.mira, world.sanne, world.kari, world.olav]
    hold(of, 1, *there)
    run_jobs()
    assert facts("circles.MissedTwice") == []
    meetings.say_whether_i_come(by=world.aiko, meeting=meeting(of, 2), comes=False)
    hold(of, 2, *there)
    run_jobs()
    assert [told["person"] for told in facts("circles.MissedTwice")] == [world.tomasz.pk]


def test_what_was_played_back_closes_with_the_next_meeting(world, run_jobs):
    of = circle(world)
    who = bringer(of, 2)
    challenge = meetings.bring(by=who, meeting=meeting(of, 2), **LINES)
    hold(of, 2, world.mira, world.sanne)
    kept = challenges.offer_idea(
        by=next(p for p in (world.mira, world.sanne) if p != who), challenge=again(challenge), words="Ask him."
    )
    challenges.play_back(by=who, challenge=again(challenge), keeping=[kept], when="he asks", will="ask back")
    run_jobs()
    assert not hasattr(again(challenge), "closing")
    hold(of, 3, world.mira, world.sanne)
    run_jobs()
    assert hasattr(again(challenge), "closing")


def test_what_nobody_held_is_over_a_day_later_and_its_bringer_finds_another(world, run_jobs):
    five = circle(world, "mira", "sanne", "kari", "olav", "lene")
    second = meeting(five, 2)
    clock.freeze(second.at + timedelta(hours=23))
    run_jobs()
    assert meeting(five, 2).called_off_at is None
    clock.freeze(second.at + timedelta(hours=25))
    run_jobs()
    assert meeting(five, 2).called_off_at == clock.now()
    brings = Duty.objects.filter(meeting__circle=five, role="bringer", meeting__called_off_at=None)
    assert sorted(duty.person.number for duty in brings) == ["kari", "lene", "mira", "olav", "sanne"]


@pytest.mark.parametrize("number", [1, 2])
def test_a_room_that_nobody_closed_was_held_a_day_later_by_those_who_came(world, run_jobs, number):
    of = circle(world)
    hold(of, number, world.mira, world.sanne, closes=False)
    clock.freeze(meeting(of, number).at + timedelta(hours=25))
    run_jobs()
    row = meeting(of, number)
    assert (row.held_at, row.session.closed_at, row.called_off_at) == (clock.now(), clock.now(), None)
    there = sorted([world.mira.pk, world.sanne.pk])
    assert [sorted(told["people"]) for told in facts("circles.MeetingHeld")] == [there]


def test_the_last_meeting_that_nobody_came_to_may_still_be_moved(world, run_jobs):
    of = circle(world)
    last = of.meetings.order_by("-number").first()
    clock.freeze(last.at + timedelta(hours=25))
    run_jobs()
    assert meeting(of, last.number).called_off_at is None
