"""The circles of the demo world: one meets in a few minutes, one can be formed, one is shown to its applicants, one was.

Told by the actions everybody uses, at the moments at which they would have happened.
"""

from collections.abc import Iterable
from datetime import datetime, time

from django.utils import translation

from grapevine.circles import demo as circles
from grapevine.circles.actions import after
from grapevine.circles.models import Circle
from grapevine.demo import across, cohorts
from grapevine.demo.applying import propose, texts
from grapevine.demo.days import DAY, SATURDAY, Days, minutes
from grapevine.demo.gathering import People, Told
from grapevine.demo.notes import NEW, WEEKS
from grapevine.demo.replay import Past
from grapevine.kernel import clock
from grapevine.notifications import demo as notifications
from grapevine.notifications.actions import settle
from grapevine.people.models import Person

TOUCH_ASKED = "circle-touch"
WAITING = {TOUCH_ASKED, "circle-shown", "circle-call"}
OSLO, THREE = "Europe/Oslo", time(15)
ENDED = 91 * DAY
A_SEASON, TOUCH = 84 * DAY, 90 * DAY  # from the first meeting to the last; after the end


def tell(everybody: Iterable[Person], days: Days) -> None:
    """All of it, up to now. What was told long ago is read, and its letters have left."""
    people = {person.number: person for person in everybody}
    past, last = Past(), notifications.last_line()
    with translation.override("en"):  # the language these circles speak
        _was(past, people, days)
        across.tell(past, people, days)
        cohorts.tell(past, people, days)
    past.leave_nothing_queued()
    notifications.let_be_past(last, new_since=days.now - NEW, kept_since=days.now - WEEKS, waiting=WAITING)


def _was(past: Past, people: People, days: Days) -> None:
    """A season that ended three months ago: names and dates, one question, and a call that one has answered."""
    told, over_at = texts()["over"], _weekday(days.now - ENDED)
    circle = _season(past, people, told, over_at)
    with past.at(over_at + TOUCH):
        circles.ask_in_touch()
    with past.at(over_at + TOUCH + minutes(40)):
        for who in told["in_touch"]:
            past.wait(35)
            after.say_in_touch(by=people[who], circle=circle, is_in_touch=True)
            settle(person=people[who].pk, kinds=[TOUCH_ASKED], about=circle.pk)
    with past.at(days.ago(1, "13:10", OSLO)):
        call = after.call_alumni(by=people[told["call"]["by"]], circle=circle, words=told["call"]["words"])
        past.wait(48)
        after.have_an_hour(by=people[told["call"]["answered"]], call=call)


def _season(past: Past, people: People, told: Told, over_at: datetime) -> Circle:
    """From the call to the circle whose last meeting ended at that moment."""
    last_on = clock.local(over_at, OSLO).date()
    first_on = last_on - A_SEASON
    with past.at(over_at - A_SEASON - 21 * DAY, is_forgotten=True):
        cohort = propose(people[told["by"]], told, starts_on=first_on, apply_until=first_on - 9 * DAY)
        sat = [people[who] for who in told["sat"]]
        return circles.was(cohort, sat, weekday=last_on.weekday(), hour=THREE, at=over_at)


def _weekday(at: datetime) -> datetime:
    """At four in the afternoon of that day in Oslo, or of the Friday before."""
    day = clock.local(at, OSLO).date()
    day -= max(day.weekday() - SATURDAY + 1, 0) * DAY
    return clock.instant(day, time(16), OSLO)
