"""A colleague's page: who they are, when one reaches them, what they offer. Never whether they are there just now."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Exists, OuterRef, QuerySet

from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.people.models import Block, Person, Rest, WorkingHours
from grapevine.people.queries import rest_now
from grapevine.people.queries.hours import USUAL_HOURS
from grapevine.skills.models import Interest, Offer
from grapevine.skills.queries.oneself import interests_of, offers_of


@dataclass(frozen=True)
class Portrait:
    """What a colleague's page shows. `days` are weekdays (Monday is 0), `starts` and `ends` hours on the wall there."""

    local_at: datetime
    is_same_time: bool
    days: tuple[int, ...]
    starts: time
    ends: time
    languages: list[str]
    rest: Rest | None
    offers: list[Offer]
    interests: list[Interest]


def portrayed(asker: Person) -> "QuerySet[Person]":
    """Colleagues with their unit, and `.is_blocked` for those whom `asker` would rather not hear from."""
    blocked = Block.objects.filter(person=asker, blocked=OuterRef("pk"))
    return visible(asker, Person).select_related("unit").annotate(is_blocked=Exists(blocked))


def portrait(asker: Person, person: Person) -> Portrait:
    """What `asker` may know of `person`. Five queries."""
    now, today = clock.now(), clock.today(asker.timezone)
    here, there = clock.local(now, asker.timezone), clock.local(now, person.timezone)
    days, starts, ends = _roughly(person)
    return Portrait(
        local_at=there.replace(tzinfo=None),
        is_same_time=here.utcoffset() == there.utcoffset(),
        days=days,
        starts=starts,
        ends=ends,
        languages=[row.code for row in person.languages.all()],
        rest=rest_now(person),
        offers=[offer for offer in offers_of(asker, person) if offer.expires_on >= today],
        interests=interests_of(asker, person),
    )


def _roughly(person: Person) -> tuple[tuple[int, ...], time, time]:
    """The days, the earliest beginning and the latest end of the usual week: no rota, no shift, no lunch break."""
    said = [(row.weekday, row.starts, row.ends) for row in WorkingHours.objects.filter(person=person)]
    assumed = [(weekday, *span) for weekday, spans in USUAL_HOURS.items() for span in spans]
    weekdays, starts, ends = zip(*(said or assumed), strict=True)
    return tuple(sorted(set(weekdays))), min(starts), max(ends)
