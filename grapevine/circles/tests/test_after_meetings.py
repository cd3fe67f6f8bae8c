"""What stays of a meeting: three taps of nobody, a line for oneself, a brief to take along, promises for the next time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from grapevine.challenges import actions as challenges
from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import after, ending, session
from grapevine.circles.models import MeetingPulse
from grapevine.circles.queries import meeting as queries
from grapevine.circles.queries.held import sessions_held
from grapevine.circles.queries.presence import members
from grapevine.circles.tests.circling import FIVE_AT_HOME, again, circle, hold, meeting, minutes_before
from grapevine.circles.tests.test_ending import brought
from grapevine.kernel import clock
from grapevine.rooms import actions as rooms

pytestmark = pytest.mark.django_db
GOOD = {"worth": "yes", "heard": "yes", "safe": "yes"}


def give(of, *people, **said):
    for person in people:
        after.give_pulse(by=person, meeting=meeting(of, 1), **(GOOD | said))


def test_a_pulse_is_shown_from_four_answers_when_no_more_can_come(world, run_jobs):
    of = circle(world, *FIVE_AT_HOME)
    five = [getattr(world, name) for name in FIVE_AT_HOME]
    hold(of, 1, *five)
    run_jobs()
    give(of, *five[:3])
    assert queries.pulse(meeting(of, 1)) == []
    give(of, five[3], heard="no")
    assert queries.pulse(meeting(of, 1)) == []  # a fifth answer would show by the difference
    clock.set_offset(timedelta(days=3))
    assert queries.pulse(meeting(of, 1)) == [("worth", "all"), ("heard", "most"), ("safe", "all")]
    with pytest.raises(PermissionDenied):
        give(of, five[4])
    assert {field.name for field in MeetingPulse._meta.get_fields()} == {"id", "meeting", "worth", "heard", "safe"}


def test_nor_does_the_place_in_the_table_tell_whose_answer_it_is(world, run_jobs):
    """Rows lie in a database as they came: so with each answer all of them are laid anew, in an order of chance."""
    of = circle(world, *FIVE_AT_HOME)
    five = [getattr(world, name) for name in FIVE_AT_HOME]
    hold(of, 1, *five)
    run_jobs()
    before = set()
    for person, heard in zip(five, ("yes", "so-so", "no"), strict=False):
        give(of, person, heard=heard)
        rows = set(MeetingPulse.objects.values_list("pk", flat=True))
        assert rows.isdisjoint(before)
        before = rows
    assert sorted(MeetingPulse.objects.values_list("heard", flat=True)) == ["no", "so-so", "yes"]


def test_only_who_was_there_says_how_it_was(world, run_jobs):
    of = circle(world)
    hold(of, 1, world.mira, world.sanne)
    run_jobs()
    with pytest.raises(PermissionDenied):
        give(of, world.aiko)
    give(of, world.mira)
    with pytest.raises(PermissionDenied):
        give(of, world.mira)


def test_a_tally_is_its_writers_alone(world, run_jobs, door):
    of = circle(world)
    hold(of, 1, world.mira, world.sanne)
    run_jobs()
    visitor, first = door(world.mira), meeting(of, 1)
    visitor.post(f"/circles/meetings/{first.pk}/tally/", {"practised": ["listening", "leading"], "words": "Waited."})
    visitor.post(f"/circles/meetings/{first.pk}/tally/", {"practised": ["listening"], "words": "Waited twice."})
    assert queries.tally(world.mira, first) == (["listening"], "Waited twice.")
    assert queries.season_tally(world.mira, again(of)) == [("listening", 1)]
    assert queries.tally(world.sanne, first) is None
    assert "Waited twice." in page(visitor.get(first.get_absolute_url()))


def test_a_brief_begins_with_what_helped_and_is_ones_own(world, door):
    of = circle(world)
    who, challenge = brought(of, 2, next(p for p in (world.mira, world.sanne) if p.pk != of.pk))
    visitor, address = door(who), f"/circles/briefs/{challenge.brought.pk}/"
    words = page(visitor.get(address))
    assert "- Ask him." in words
    assert "When he asks, I will ask back" in words
    assert "Leave it." not in words
    visitor.post(address, {"words": "Dear boss, three customer voices first."})
    assert "Dear boss" in page(visitor.get(address))
    assert door(world.mira).get(address).status_code == 403


def test_the_next_room_shows_promises_and_takes_what_happened(world, door, run_jobs):
    of = circle(world)
    helper = world.mira
    who, challenge = brought(of, 2, helper)
    hold(of, 2, helper, who)
    run_jobs()
    minutes_before(meeting(of, 3))
    room = session.open_room(by=helper, meeting=meeting(of, 3))
    lobby = page(door(who).get(room.get_absolute_url()))
    assert "When he asks, I will ask back" in lobby
    assert "Yours: what came of it?" in lobby
    assert "Between companies we never talk about prices" in lobby
    commitment = again(challenge).playback.commitment
    answer = door(who).post(f"/circles/promises/{commitment.pk}/happened/", {"kind": "changed", "words": "He laughed."})
    assert answer.url == room.get_absolute_url()
    assert "He laughed." in page(door(helper).get(room.get_absolute_url()))


def test_where_a_room_ends_it_says_what_stays(world, door):
    of = circle(world)
    helper = world.mira
    who, challenge = brought(of, 2, helper)
    room = hold(of, 2, helper, who)
    words = page(door(helper).get(room.get_absolute_url()))
    assert "0 of 6 want to keep them." in words
    assert "Was it worth the hour?" in words
    challenges.keep_together(by=helper, challenge=again(challenge))
    assert "1 of 6 want to keep them." in page(door(who).get(room.get_absolute_url()))
    assert "My brief, to take along" in page(door(who).get(room.get_absolute_url()))


def test_who_left_cannot_say_that_ideas_may_stay(world, door):
    """One of them has stepped out and had not agreed: nobody is asked for what can no longer happen."""
    of = circle(world)
    who, challenge = brought(of, 2, world.mira)
    room = hold(of, 2, world.mira, who)
    left = next(person for person in members(of) if person not in (world.mira, who))
    ending.step_out(by=left, circle=of)
    in_the_room = page(door(world.mira).get(room.get_absolute_url()))
    at_home = page(door(who).get(again(challenge).get_absolute_url()))
    asked = ["Keep them all" in in_the_room, "want to keep them" in in_the_room, "Keep all ideas" in at_home]
    assert asked == [False] * 3
    assert "not all who offered some are here to say that they may stay" in in_the_room


def test_in_the_first_meeting_the_agreement_is_on_the_table(world, door):
    of = circle(world)
    minutes_before(meeting(of, 1))
    room = session.open_room(by=world.mira, meeting=meeting(of, 1))
    place = rooms.enter(by=rooms.sit_down(by=world.mira, session=room))
    rooms.open_session(by=place)
    for step in range(3):
        rooms.advance(by=place, step=step)
    visitor = door(world.mira)
    assert "Nobody records, screenshots" in page(visitor.get(room.get_absolute_url()))
    answer = visitor.post(f"/circles/{of.pk}/agreement/sign/", {"seen": 0, "next": "room"})
    assert answer.url == room.get_absolute_url()
    assert "You are in." in page(visitor.get(room.get_absolute_url()))


def test_who_runs_the_place_learns_how_many_were_held_and_nothing_else(world, door, run_jobs):
    of = circle(world, *FIVE_AT_HOME)
    five = [getattr(world, name) for name in FIVE_AT_HOME]
    hold(of, 1, *five[:4])
    run_jobs()
    assert sessions_held(world.halden) is None
    hold(of, 2, *five[3:])
    run_jobs()
    assert "2 sessions held." in page(door(world.eva).get("/organisation/"))
    assert (sessions_held(world.halden), sessions_held(world.brigid)) == (2, None)


def test_a_challenge_of_a_circle_says_who_reads_it_and_leads_back(world, door):
    """Six read it: nothing on its page speaks of two, proposes anybody to others or leads to pages one may not see."""
    of = circle(world)
    bringer, challenge = brought(of, 2, world.aiko)
    others = [person for person in members(of) if person != bringer]
    for person in (bringer, others[0]):
        told = page(door(person).get(challenge.get_absolute_url()))
        assert "Sealed: everybody in this conversation." in told
        assert f'href="{of.get_absolute_url()}"' in told
        far = [one for one in members(of) if one.organisation_id != person.organisation_id]
        assert [one.name for one in far if f'href="{one.get_absolute_url()}"' in told] == []
        for words in ("two of you", "if both agree", "Let others find", "will hear it first"):
            assert words not in told
    ending.shred(circle=of)
    assert "Sealed: you alone." in page(door(bringer).get(challenge.get_absolute_url()))
