"""Stepping out, and the end: what vanishes, and what stays with whom."""

from datetime import timedelta

import pytest

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge
from grapevine.challenges.tests.talking import facts, story
from grapevine.circles.actions import ending
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Brought, Circle, Duty
from grapevine.circles.queries import circle as queries
from grapevine.circles.queries.held import sessions_held
from grapevine.circles.tests.circling import FIVE_AT_HOME, again, bringer, circle, fresh, hold, meeting
from grapevine.circles.tests.test_agreement import sign_all
from grapevine.circles.tests.test_meetings import LINES
from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.people import actions as people
from grapevine.people.models import Person
from grapevine.rooms.models import Session
from grapevine.vaults.models import Vault

pytestmark = pytest.mark.django_db


def brought(of, number, helper):
    """Whoever's turn it is tells it, keeps one idea, lets one go, and promises something."""
    who = bringer(of, number)
    challenge = meetings.bring(by=who, meeting=meeting(of, number), **LINES)
    kept = challenges.offer_idea(by=helper, challenge=again(challenge), words="Ask him.")
    challenges.offer_idea(by=helper, challenge=again(challenge), words="Leave it.")
    challenges.play_back(by=who, challenge=again(challenge), keeping=[kept], when="he asks", will="ask back")
    return who, again(challenge)


def test_who_steps_out_reads_nothing_and_takes_their_promise_home(world, run_jobs):
    of = circle(world)
    sign_all(world, of)
    who = bringer(of, 2)
    helper = world.mira if who != world.mira else world.kari
    who, challenge = brought(of, 2, helper)
    room = hold(of, 1, who, helper)
    run_jobs()
    ending.step_out(by=who, circle=fresh(of))
    assert not visible(who, Circle).exists()
    assert not visible(who, Session).filter(pk=room.pk).exists()
    told = story(who, challenge)
    assert (told.line.when, told.ideas) == ("he asks", [])
    assert not visible(helper, Challenge).filter(pk=challenge.pk).exists()
    shown = queries.page(helper, fresh(of))
    assert (len(shown.members), len(shown.agreed.waiting)) == (5, 5)
    assert not Duty.objects.filter(meeting__circle=of, meeting__held_at=None, person=who).exists()
    assert [t["person"] for t in facts("circles.SteppedOut")] == [who.pk]


def test_who_leaves_the_organisation_has_no_seat_in_a_circle(world, run_jobs):
    of = circle(world)
    people.leave(by=world.eva, person=Person.objects.get(pk=world.kari.pk))
    run_jobs()
    assert len(queries.page(world.mira, fresh(of)).members) == 5


def test_one_alone_is_no_circle(world):
    of = circle(world, "mira", "sanne")
    ending.step_out(by=world.sanne, circle=fresh(of))
    assert fresh(of).ended_at == clock.now()


def test_thirty_days_after_the_end_the_words_are_gone(world, run_jobs):
    of = circle(world, *FIVE_AT_HOME)
    sign_all(world, of, *FIVE_AT_HOME)
    who = bringer(of, 2)
    helper = next(person for person in (world.mira, world.sanne) if person != who)
    who, challenge = brought(of, 2, helper)
    hold(of, 2, who, helper)
    challenges.report(by=who, commitment=again(challenge).playback.commitment, kind="used", words="He laughed.")
    hold(of, 8, who, helper)
    run_jobs()
    ended = fresh(of)
    assert ended.ended_at == clock.now()
    assert [t["on"] for t in facts("circles.CircleEnded")] == [(clock.now() + timedelta(days=30)).date().isoformat()]
    clock.freeze(ended.ended_at + timedelta(days=30, minutes=1))
    run_jobs()
    assert fresh(of).shredded_at == clock.now()
    left = set(Vault.objects.filter(shredded_at=None).exclude(kind="application").values_list("kind", flat=True))
    assert left == {"home"}
    told = story(who, challenge)
    assert (told.line.will, told.what_happened, told.ideas, told.others) == ("ask back", "He laughed.", [], [])
    assert [row.challenge_id for row in Brought.objects.all()] == [challenge.pk]


def test_a_season_whose_last_meeting_nobody_held_ends_by_itself(world, run_jobs):
    of = circle(world)
    clock.freeze(meeting(of, 8).at + timedelta(days=6))
    run_jobs()
    assert fresh(of).ended_at is None
    clock.freeze(meeting(of, 8).at + timedelta(days=7, minutes=1))
    run_jobs()
    assert fresh(of).ended_at == clock.now()


def test_who_has_told_their_lines_and_steps_out_leaves_a_free_meeting(world, run_jobs):
    of = circle(world)
    who = bringer(of, 2)
    meetings.bring(by=who, meeting=meeting(of, 2), **LINES)
    ending.step_out(by=who, circle=fresh(of))
    clock.freeze(meeting(of, 2).at)
    run_jobs()
    room = meeting(of, 2).session
    assert (room.stories.count(), room.vault.seats.count()) == (0, 5)


def test_of_who_did_what_in_a_room_only_the_day_stays(world, run_jobs):
    of = circle(world, *FIVE_AT_HOME)
    people = [getattr(world, name) for name in reversed(FIVE_AT_HOME)]
    room = hold(of, 2, *people)
    hold(of, 8, *people[:2])
    run_jobs()
    clock.freeze(clock.now() + timedelta(days=30))
    run_jobs()
    place = dict(room.participants.values_list("person", "pk"))
    came = sorted(place[person.pk] for person in people)
    day = meeting(of, 2).at.replace(hour=0, minute=0)
    assert list(room.events.values_list("kind", "by", "at", "body")) == [("came", one, day, {}) for one in came]
    assert (room.contributions.count(), room.participants.filter(seen_at=None).count()) == (0, 5)
    assert sessions_held(world.halden) == 2
