"""What a circle lends to its room: what the season knows stands there when it is talked about."""

import pytest

from grapevine.challenges import actions as challenges
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Duty
from grapevine.circles.tests.circling import SIX, again, bringer, circle, hold, meeting
from grapevine.circles.tests.test_ending import LINES
from grapevine.rooms import actions as rooms
from grapevine.rooms import queries
from grapevine.rooms.models import Session


@pytest.fixture
def of(world):
    return circle(world)


def test_in_the_last_step_the_season_says_who_brings_and_hosts_next_time(of, world, door):
    people = [getattr(world, name) for name in SIX]
    room = hold(of, 2, *people, closes=False)
    come_to(room, "plan")
    page = door(world.mira).get(room.get_absolute_url()).text
    coming = meeting(of, 3)
    host = Duty.objects.get(meeting=coming, role="host").person
    assert "What the season says" in page
    told = page[page.index("What the season says") :]
    for words in (
        coming.get_absolute_url(),
        f"<strong>{bringer(of, 3).short_name}</strong> brings",
        f"<strong>{host.short_name}</strong> hosts",
    ):
        assert words in told


@pytest.mark.parametrize("ideas", [[], ["Ask him."]])
def test_after_the_hour_all_are_asked_to_keep_ideas_where_there_are_some(of, world, door, ideas):
    who = bringer(of, 2)
    helper = world.mira if who != world.mira else world.kari
    challenge = meetings.bring(by=who, meeting=meeting(of, 2), **LINES)
    for words in ideas:
        challenges.offer_idea(by=helper, challenge=again(challenge), words=words)
    room = hold(of, 2, who, helper)
    page = door(helper).get(room.get_absolute_url()).text
    assert ("Keep them all" in page, "How was it?" in page) == (bool(ideas), True)


def test_what_one_says_afterwards_is_answered_kindly(of, world, door):
    hold(of, 1, world.mira, world.sanne)
    said = {
        "pulse": {"worth": "yes", "heard": "yes", "safe": "yes"},
        "tally": {"practised": ["listening"], "words": "Waited."},
    }
    mira, answered = door(world.mira), {}
    for what, typed in said.items():
        page = mira.post(f"{meeting(of, 1).get_absolute_url()}{what}/", typed, follow=True)
        answered[what] = [str(message) for message in page.context["messages"]]
    assert answered == {
        "pulse": ["Thank you. Your circle sees it once four have answered, and never whose it was."],
        "tally": ["Kept. Nobody but you reads it."],
    }


def come_to(room, mode):
    """On, by the chair, until a step of this mode."""
    while (state := queries.state_of(Session.objects.get(pk=room.pk))).mode != mode:
        rooms.advance(by=room.participants.select_related("person").get(pk=state.chair), step=state.step)
