"""Somebody's own calendar: an address that holds times, and opens nothing once it is taken back."""

from datetime import timedelta

import icalendar
import pytest

from grapevine.circles.actions import ending, feed
from grapevine.circles.actions import meeting as moving
from grapevine.circles.models import CalendarFeed
from grapevine.circles.queries.calendar import calendar_part
from grapevine.circles.queries.feed import token_of
from grapevine.circles.tests.calendaring import Calendar
from grapevine.circles.tests.circling import FIVE_AT_HOME, applied, circle, fresh, join, meeting
from grapevine.kernel import clock

pytestmark = pytest.mark.django_db
QUERIES = 3


def address(person):
    return f"/circles/calendar/{token_of(feed.make_feed(by=person))}.ics"


def test_it_holds_times_and_nothing_else(world, client):
    circle(world)
    answer = client.get(address(world.aiko))
    assert answer["Content-Type"].startswith("text/calendar")
    (season,) = icalendar.Calendar.from_ical(answer.content).events
    assert (str(season["SUMMARY"]), len(Calendar(answer.content).occurrences)) == ("A Grapevine circle", 8)
    for hidden in (b"Leading", b"Mira", b"Sanne", b"Halden", b"@city"):
        assert hidden not in answer.content


def test_mails_and_the_address_tell_of_the_same_entries(world, client):
    """Who takes both has every meeting once: the same names, the same moments, whatever was moved or called off."""
    of, mine = circle(world), address(world.aiko)
    mails = Calendar(mailed(world.aiko, "season", of))
    assert Calendar(client.get(mine).content).occurrences == mails.occurrences
    second, third = meeting(of, 2), meeting(of, 3)
    moving.move(by=world.mira, meeting=second, on=second.on + timedelta(days=1), hour=second.hour)
    moving.call_off(by=world.mira, meeting=third)
    mails.take(mailed(world.aiko, "moved", second))
    mails.take(mailed(world.aiko, "off", third))
    fed = client.get(mine).content
    assert (Calendar(fed).occurrences, len(mails.occurrences)) == (mails.occurrences, 7)
    mails.take(fed)
    assert len(mails.occurrences) == 7


def test_a_season_that_ended_early_has_no_dates_ahead(world, client):
    of, mine = circle(world, "mira", "sanne", "kari"), address(world.mira)
    mails = Calendar(mailed(world.mira, "season", of))
    clock.freeze(meeting(of, 2).at)
    for person in (world.sanne, world.kari):
        ending.step_out(by=person, circle=fresh(of))
    mails.take(mailed(world.mira, "over", of))
    assert [at for _, at in Calendar(client.get(mine).content).occurrences] == [meeting(of, 1).at]
    assert mails.occurrences == Calendar(client.get(mine).content).occurrences


def test_for_who_joins_late_both_begin_with_their_first_meeting(world, client):
    of = circle(world, *FIVE_AT_HOME)
    late = applied(of.cohort, world.tomasz)
    clock.freeze(meeting(of, 2).at + timedelta(days=2))
    join(of, late)
    mails = Calendar(mailed(world.tomasz, "season", of))
    assert Calendar(client.get(address(world.tomasz)).content).occurrences == mails.occurrences
    assert [at for _, at in mails.occurrences] == [each.at for each in of.meetings.filter(number__gte=3)]


def test_a_meeting_that_takes_longer_is_as_long_in_the_calendar(world, client):
    """Sixty minutes each, but the first one seventy-five; and ninety where two bring something."""
    of = circle(world, *FIVE_AT_HOME)
    type(of).objects.filter(pk=of.pk).update(minutes=60)
    events = icalendar.Calendar.from_ical(client.get(address(world.mira)).content).events
    lengths = {
        event.start: (event.end - event.start) // timedelta(minutes=1) for event in events if "RRULE" not in event
    }
    (season,) = [event for event in events if "RRULE" in event]
    assert season.end - season.start == timedelta(minutes=60)
    longer = {"circle_kickoff": 75, "circle_two_challenges": 90}
    assert lengths == {each.at: longer[each.format] for each in of.meetings.all() if each.format in longer}
    assert lengths[meeting(of, 1).at] == 75


def test_more_circles_cost_no_query_more(world, client, django_assert_num_queries):
    mine = address(world.mira)
    for number in (1, 2):
        circle(world)
        with django_assert_num_queries(QUERIES):
            events = icalendar.Calendar.from_ical(client.get(mine).content).events
        assert len(events) == number


def mailed(person, kind, about):
    """The calendar part of a mail."""
    return calendar_part(person, kind, about.pk)[1]


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
    assert icalendar.Calendar.from_ical(client.get(mine).content).events == []
