"""Somebody's own calendar: an address that holds times, and opens nothing once it is taken back."""

import icalendar
import pytest

from grapevine.circles.actions import ending, feed
from grapevine.circles.models import CalendarFeed
from grapevine.circles.queries.feed import token_of
from grapevine.circles.tests.circling import circle, fresh

pytestmark = pytest.mark.django_db


def address(person):
    return f"/circles/calendar/{token_of(feed.make_feed(by=person))}.ics"


def test_it_holds_times_and_nothing_else(world, client):
    circle(world)
    answer = client.get(address(world.aiko))
    assert answer["Content-Type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert len(events) == 8
    assert {str(event["SUMMARY"]) for event in events} == {"A Grapevine circle"}
    for hidden in (b"Leading", b"Mira", b"Sanne", b"Halden", b"@city"):
        assert hidden not in answer.content


def test_a_new_address_closes_the_old_one_and_the_database_does_not_know_it(world, client, door):
    circle(world)
    old = address(world.mira)
    new = address(world.mira)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    assert CalendarFeed.objects.get().nonce not in (old, new)
    door(world.mira).post("/circles/calendar/", {"do": "withdraw"})
    assert client.get(new).status_code == 404


def test_who_steps_out_has_no_meetings_of_it_any_more(world, client):
    of, mine = circle(world), address(world.aiko)
    ending.step_out(by=world.aiko, circle=fresh(of))
    assert icalendar.Calendar.from_ical(client.get(mine).content).walk("VEVENT") == []
