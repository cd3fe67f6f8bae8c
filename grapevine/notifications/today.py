"""Today: a short letter to one person."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from grapevine.challenges.models import Example
from grapevine.challenges.queries import worth_reading
from grapevine.kernel import clock
from grapevine.notifications import actions, lines, queries
from grapevine.notifications.lines import Line
from grapevine.notifications.models import Notice
from grapevine.people.models import Person

MOST = queries.MOST
EARLIER_SHOWN = 8
MORNING, NOON, EVENING = 4, 12, 18


@dataclass(frozen=True)
class Today:
    """The letter and what stands beside and below it."""

    greeting: str
    lead: str
    lines: list[Line]
    there_is_more: bool
    reading: Example | None
    helped: dict[str, Any] | None
    earlier: list[Notice]


def today_for(person: Person) -> Today:
    """At most five lines, one of them a nudge; the rest waits for its day."""
    waiting, earlier = queries.what_waits(person), queries.earlier_this_week(person)
    found = [line for build in lines.BUILDERS for line in build(waiting)] + list(lines.from_notices(earlier))
    shown = found[:MOST] + list(islice(_nudge(waiting), max(MOST - len(found), 0)))
    return Today(
        greeting=greeting(person),
        lead=_lead(person, len(shown)),
        lines=shown,
        there_is_more=len(found) > MOST,
        reading=worth_reading(person) if waiting.is_light else None,
        helped=lines.you_helped(waiting),
        earlier=lines.unsaid(earlier, shown)[:EARLIER_SHOWN],
    )


def greeting(person: Person) -> str:
    """By the hour on the reader's own wall."""
    name, hour = {"name": person.short_name}, _hour(person)
    if MORNING <= hour < NOON:
        return _("Good morning, %(name)s.") % name
    return _("Good afternoon, %(name)s.") % name if NOON <= hour < EVENING else _("Good evening, %(name)s.") % name


def _nudge(waiting: queries.Waiting) -> "list[Line]":
    """The one gentle question of the day, if its time has come."""
    talks = {("playback", str(talk.pk)): talk for talk in waiting.rows["talks"]}
    nudge = actions.nudge(person=waiting.person, candidates=talks) if talks else None
    talk = nudge and talks.get((nudge.kind, nudge.key))
    return [Line("nudge", nudge, {"title": waiting.words(talk.title_id)})] if talk else []


def _lead(person: Person, count: int) -> str:
    ends = _("the evening") if not MORNING <= _hour(person) < EVENING else _("the day")
    if not count:
        return _("Nothing waits; %(day)s is yours.") % {"day": ends}
    how_many = (_("One thing"), _("Two things"), _("Three things"), _("Four things"), _("Five things"))[count - 1]
    return _("%(how_many)s, then %(day)s is yours.") % {"how_many": how_many, "day": ends}


def _hour(person: Person) -> int:
    return clock.local(clock.now(), person.timezone).hour
