"""Clocks that change on another day: the page says from when on the hour is another one."""

import re

import pytest

from grapevine.challenges.tests.talking import page
from grapevine.circles.tests.circling import circle

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", ["From 7 April on it is 09:00 for you: clocks change."]),
        ("Asia/Kolkata", ["From 7 April on it is 18:30 for you: clocks change."]),
        ("Europe/Oslo", []),
    ],
)
def test_who_lives_where_clocks_change_on_another_day_reads_from_when_on_it_is_later(world, door, zone, said):
    """15:00 in Berlin, from 17 March on; Berlin turns its clocks on 29 March."""
    world.sanne.timezone = zone
    world.sanne.save()
    told = page(door(world.sanne).get(circle(world).get_absolute_url()))
    assert re.findall(r"From [^<]+ clocks change\.", told) == said
