"""What a circle lends to its room: what the season knows stands there when it is talked about."""

import pytest

from grapevine.circles.models import Duty
from grapevine.circles.tests.circling import SIX, bringer, circle, hold, meeting
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


def come_to(room, mode):
    """On, by the chair, until a step of this mode."""
    while (state := queries.state_of(Session.objects.get(pk=room.pk))).mode != mode:
        rooms.advance(by=room.participants.select_related("person").get(pk=state.chair), step=state.step)
