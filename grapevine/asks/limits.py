"""Protecting helpers: who rests, who is full, and when they are free again. In words, never in numbers to others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q
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
    return {
        p.pk: _state(p, rests.get(p.pk), loads.get(p.pk, _NONE), limits.get(p.pk, HelperLimits.PER_WEEK))
        for p in people
    }


@dataclass(frozen=True)
class _Load:
    open: int = 0
    this_week: int = 0
    first_at: datetime | None = None


_NONE = _Load()


def _loads(people: list[int]) -> dict[int, _Load]:
    now = clock.now()
    week = Q(sent_at__gt=now - WEEK)
    # a no takes as long as a silence, so that being free again tells nothing
    waiting = Q(challenge__isnull=True, went_on_at__isnull=True, answer_by__gt=now)
    rows = (
        Request.objects.filter(to__in=people, taken_back_at__isnull=True)
        .filter(week | waiting)
        .values("to")
        .annotate(
            open=Count("pk", filter=waiting), this_week=Count("pk", filter=week), first_at=Min("sent_at", filter=week)
        )
    )
    return {row["to"]: _Load(row["open"], row["this_week"], row["first_at"]) for row in rows}


def _state(person: Person, rest: Rest | None, load: _Load, per_week: int) -> State:
    if rest and rest.kind == Rest.Kind.RESTING:
        until = _("resting until %(day)s") % {"day": _day(rest.until_on, person)} if rest.until_on else _("resting")
        return State(is_free=False, words=until, load=load.this_week)
    if load.this_week >= per_week or load.open >= HelperLimits.OPEN_AT_ONCE:
        return State(is_free=False, words=_full(person, load), load=load.this_week)
    if rest:
        return State(is_free=True, words=_("this week only short"), load=load.this_week)
    return State(is_free=True, load=load.this_week)


def _full(person: Person, load: _Load) -> str:
    free_at = (load.first_at or clock.now()) + WEEK
    return _("carries many asks just now, free again from %(day)s") % {
        "day": _day(clock.local(free_at, person.timezone).date(), person)
    }


def _day(day: date, person: Person) -> str:
    is_near = day - clock.today(person.timezone) < WEEK
    return formats.date_format(day, "l" if is_near else pgettext("date format", "j F"))
