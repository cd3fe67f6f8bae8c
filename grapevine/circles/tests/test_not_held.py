"""What nobody held: it is said so, and the last meeting may find another day."""

from datetime import date, timedelta

import pytest

from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Meeting
from grapevine.circles.tests.circling import bringer, circle, fresh, hold, meeting
from grapevine.circles.tests.test_circle_page import main_of
from grapevine.kernel import clock
from grapevine.rooms.models import Session
from grapevine.vaults.models import Vault

pytestmark = pytest.mark.django_db
LAST = 8


@pytest.fixture
def over(world, run_jobs):
    """The day of the last meeting, and two more: its room stood ready, and nobody came."""
    of = circle(world)
    clock.freeze(meeting(of, LAST).at - timedelta(minutes=10))
    run_jobs()
    assert Session.objects.count() == 1
    clock.freeze(meeting(of, LAST).at + timedelta(days=2))
    run_jobs()
    return of


def test_tomasz_finds_another_day_for_the_last_meeting(world, over, door, run_jobs):
    visitor, last = door(world.tomasz), meeting(over, LAST)
    address = f"/circles/meetings/{last.pk}/move/"
    words = main_of(page(visitor.get(over.get_absolute_url())))
    assert "The last meeting was not held." in words
    assert "16 June</time>" in words  # when the season ends without it
    assert f'href="{address}"' in words
    assert visitor.get(address).status_code == 200
    assert visitor.post(address, {"on": date(2026, 6, 15), "hour": "10:00"}).status_code == 302
    assert "Monday 15 June 2026, 09:00" in page(visitor.get(over.get_absolute_url()))
    clock.freeze(meeting(over, LAST).at + timedelta(days=6))
    run_jobs()
    assert fresh(over).ended_at is None
    clock.freeze(meeting(over, LAST).at + timedelta(days=8))
    run_jobs()
    assert fresh(over).ended_at == clock.now()
    assert visitor.get(address).status_code == 403
    assert "Find another day" not in page(visitor.get(over.get_absolute_url()))


def test_in_its_new_room_they_meet(world, over, run_jobs):
    assert (Session.objects.count(), Vault.objects.filter(kind="meeting", shredded_at=None).count()) == (0, 0)
    meetings.move(by=world.aiko, meeting=meeting(over, LAST), on=date(2026, 6, 15), hour=meeting(over, LAST).hour)
    hold(over, LAST, world.mira, world.aiko)
    run_jobs()
    assert (meeting(over, LAST).held_at, fresh(over).ended_at) == (clock.now(), clock.now())


def test_not_held_is_not_called_off(world, door, run_jobs):
    of = circle(world)
    meetings.call_off(by=bringer(of, 3), meeting=meeting(of, 3))
    clock.freeze(meeting(of, 2).at + timedelta(days=10))
    run_jobs()
    assert Meeting.objects.filter(circle=of, called_off_at__isnull=False).count() == 3
    words = main_of(page(door(world.mira).get(of.get_absolute_url())))
    assert (words.count("called off"), words.count("not held")) == (1, 2)  # the first meeting, and this one
    assert "not held" in page(door(world.mira).get(meeting(of, 2).get_absolute_url()))
    assert "called off" in page(door(world.mira).get(meeting(of, 3).get_absolute_url()))


def test_a_meeting_nobody_began_is_not_the_next_one_the_day_after(world, door, run_jobs):
    of, visitor = circle(world), door(world.tomasz)
    first = meeting(of, 1)
    address, move = of.get_absolute_url(), f"/circles/meetings/{first.pk}/move/"
    told = []
    for minutes in (-1, 1, 91):
        clock.freeze(first.at + timedelta(minutes=minutes))
        words = main_of(page(visitor.get(address)))
        told.append(
            [said for said in ("Next meeting", ">Now<", "Still open", "nobody has begun it", move) if said in words]
        )
    assert told == [["Next meeting"], [">Now<"], ["Still open", "nobody has begun it", move]]
    assert "until <time" in words
    assert "Come in" in words
    assert "nobody has begun it" in page(visitor.get(first.get_absolute_url()))
    assert "open since <time" in page(visitor.get("/circles/"))


def test_a_room_that_stands_ready_is_not_begun_and_one_nobody_closed_is(world, door, run_jobs):
    of = circle(world)
    first = meeting(of, 1)
    clock.freeze(first.at - timedelta(minutes=10))
    run_jobs()
    clock.freeze(first.at + timedelta(hours=3))
    assert "nobody has begun it" in page(door(world.mira).get(of.get_absolute_url()))
    hold(of, 1, world.mira, world.sanne, closes=False)
    clock.freeze(first.at + timedelta(hours=3))
    assert "The room of this meeting is still open." in page(door(world.mira).get(of.get_absolute_url()))
