"""Protecting helpers: who rests, who is full, and when they are free again. In words, never in numbers to others."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Case, DateTimeField, F, Q, When
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grapevine.asks.models import HelperLimits, Request
from grapevine.kernel import clock
from grapevine.people.models import Person, Rest
from grapevine.people.queries import rests_now

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class State:
    """Whether somebody may be asked now, and what to say about it."""

    is_free: bool
    words: str = ""
    load: int = 0


def states(people: Iterable[Person]) -> dict[int, State]:
    """The state of each person. Three queries, however many people."""
    people = list(people)
    rests, loads = rests_now(people), _loads([p.pk for p in people])
    limits = dict(HelperLimits.objects.filter(person__in=people).values_list("person", "per_week"))
    return {p.pk: _state(p, rests.get(p.pk), loads[p.pk], limits.get(p.pk, HelperLimits.PER_WEEK)) for p in people}


@dataclass
class _Load:
    """Asks of the last seven days and asks that wait, each with the moment from which it weighs nothing any more."""

    this_week: list[datetime] = field(default_factory=list)
    open: list[datetime] = field(default_factory=list)


def _loads(people: list[int]) -> defaultdict[int, _Load]:
    now = clock.now()
    week = Q(sent_at__gt=now - WEEK)
    # a no takes as long as a silence, so that being free again tells nothing
    waiting = Q(challenge__isnull=True, went_on_at__isnull=True, answer_by__gt=now)
    rows = Request.objects.filter(week | waiting, to__in=people, taken_back_at__isnull=True)
    waits = Case(When(waiting, then=F("answer_by")), output_field=DateTimeField())
    loads: defaultdict[int, _Load] = defaultdict(_Load)
    for to, sent_at, answer_by in rows.order_by().values_list("to", "sent_at", waits):
        if sent_at > now - WEEK:
            loads[to].this_week.append(sent_at + WEEK)
        if answer_by:
            loads[to].open.append(answer_by)
    return loads


def _state(person: Person, rest: Rest | None, load: _Load, per_week: int) -> State:
    count = len(load.this_week)
    if rest and rest.kind == Rest.Kind.RESTING:
        until = _("resting until %(day)s") % {"day": _day(rest.until_on, person)} if rest.until_on else _("resting")
        return State(is_free=False, words=until, load=count)
    if count >= per_week or len(load.open) >= HelperLimits.OPEN_AT_ONCE:
        return State(is_free=False, words=_full(person, load, per_week), load=count)
    if rest:
        return State(is_free=True, words=_("this week only short"), load=count)
    return State(is_free=True, load=count)


def _full(person: Person, load: _Load, per_week: int) -> str:
    if per_week == 0:
        return _("has no room for asks at the moment")  # and no day on which that changes by itself
    free_at = max(_below(per_week, load.this_week) + _below(HelperLimits.OPEN_AT_ONCE, load.open))
    return _("carries many asks just now, free again from %(day)s") % {
        "day": _day(clock.local(free_at, person.timezone).date(), person)
    }


def _below(limit: int, ends: list[datetime]) -> list[datetime]:
    """The moment from which fewer than `limit` are left; none where that is so already."""
    return sorted(ends)[-limit:][:1] if len(ends) >= limit else []


def _day(day: date, person: Person) -> str:
    is_near = day - clock.today(person.timezone) < WEEK
    return formats.date_format(day, "l" if is_near else pgettext("date format", "j F"))
