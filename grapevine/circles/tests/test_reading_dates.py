"""Days on the pages of a circle: a weekday is ahead, never behind."""

from datetime import timedelta

import pytest

from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import ending
from grapevine.circles.tests.circling import circle, fresh, meeting
from grapevine.circles.tests.test_circle_page import main_of
from grapevine.kernel import clock

pytestmark = pytest.mark.django_db


def test_days_after_the_last_meeting_kari_reads_dates(world, door):
    of = circle(world)
    clock.freeze(meeting(of, 8).at + timedelta(days=5))  # Sunday 14 June; it was on Tuesday 9 June
    words = page(door(world.kari).get(of.get_absolute_url()))
    assert "2026-06-09T15:00+02:00" in words
    assert ">9 June</time>" in words
    assert ">Tuesday</time>" not in words


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (28, "The words of this circle vanish on <time"),
        (30, "The words of this circle vanish now."),
        (33, "The words of this circle vanish now."),
    ],
)
def test_words_vanish_on_a_date(world, door, days, said):
    of = circle(world)
    ending.end(circle=fresh(of))
    clock.freeze(fresh(of).ended_at + timedelta(days=days))
    words = main_of(page(door(world.aiko).get(of.get_absolute_url())))
    assert said in words
    assert "vanish on today" not in words
