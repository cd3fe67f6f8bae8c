"""The directory: people by true filters, never all of them at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Q, QuerySet

from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.kernel.search import matching
from grapevine.people.models import Person, Rest
from grapevine.people.queries import rests_now
from grapevine.skills.models import Evidence, Interest, Offer, Skill
from grapevine.skills.policies import wants_to_be_found
from grapevine.skills.queries.frameworks import skills_named
from grapevine.skills.queries.oneself import offers_by

PAGE = 20
PAGES_MOST = 10
FOUND_MOST = PAGE * PAGES_MOST
NAMES_SHOWN = 8
LINES_MOST = 5_000
LETTERS = 2
DAY_STARTS, DAY_ENDS = 8, 17
# first the few different ones, then whether a colleague has it: three times faster than joining everybody
ZONES_AND_LANGUAGES = """
    WITH zones AS (SELECT DISTINCT timezone FROM people_person), codes AS (SELECT DISTINCT code FROM people_language)
    SELECT 'zone', timezone FROM zones WHERE EXISTS (
        SELECT 1 FROM people_person AS person
        WHERE person.timezone = zones.timezone AND person.organisation_id = %s AND person.left_on IS NULL)
    UNION ALL SELECT 'language', code FROM codes WHERE EXISTS (
        SELECT 1 FROM people_language AS spoken JOIN people_person AS person ON person.id = spoken.person_id
        WHERE spoken.code = codes.code AND person.organisation_id = %s AND person.left_on IS NULL)
"""


@dataclass(frozen=True)
class Filters:
    """What one looks for. Nothing at all means one's own unit.

    `units` are ids with their parts, `zones` are names; None looks at neither, an empty list finds nobody.
    """

    q: str = ""
    units: Collection[int] | None = None
    skill: str = ""
    interest: str = ""
    language: str = ""
    zones: Collection[str] | None = None

    @property
    def are_empty(self) -> bool:
        """Whether nothing is looked for."""
        return all(value in ("", None) for value in vars(self).values())

    @property
    def has_more(self) -> bool:
        """Whether one looks for more than a skill and a name."""
        return bool(self.interest or self.language) or self.units is not None or self.zones is not None


@dataclass(frozen=True)
class Found:
    """One row of the directory."""

    person: Person
    offers: list[Offer] = field(default_factory=list)
    rest: Rest | None = None


def directory(asker: Person, filters: Filters, number: int | str = 1) -> Page[Found]:
    """One page of colleagues, by name. `page.paginator.has_more` tells that there are more than are ever shown."""
    rows = _filtered(asker, filters)
    pks = list(rows.values_list("pk", flat=True)[: FOUND_MOST + 1])
    pages = Paginator(pks[:FOUND_MOST], PAGE)
    pages.has_more = len(pks) > FOUND_MOST  # type: ignore[attr-defined]
    page: Page[Any] = pages.get_page(number)
    page.object_list = _rows(asker, list(page.object_list))
    return page


def names_like(asker: Person, words: str) -> list[Person]:
    """At most eight colleagues one of whose names begins like this; two letters at least."""
    return list(_named(visible(asker, Person), words).select_related("unit")[:NAMES_SHOWN])


def zones_and_languages(asker: Person) -> tuple[list[str], list[str]]:
    """The time zones colleagues are in and the languages they speak. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ZONES_AND_LANGUAGES, [asker.organisation_id, asker.organisation_id])
        found = sorted(cursor.fetchall())
    return [value for kind, value in found if kind == "zone"], [value for kind, value in found if kind == "language"]


def working_together(zone: str, zones: Iterable[str], hours: int) -> list[str]:
    """Those zones in which a usual day from 8 to 17 has at least so many hours in common with one in `zone`."""
    today = clock.today(zone)
    mine = _usual_day(zone, today)
    # around the world the day that shares hours with mine may have another date
    near = [today + timedelta(days=days) for days in (-1, 0, 1)]
    shared = {other: max(_shared(mine, _usual_day(other, day)) for day in near) for other in zones}
    return [other for other, most in shared.items() if most >= timedelta(hours=hours)]


# --- filters --------------------------------------------------------------------------------------


def _filtered(asker: Person, filters: Filters) -> "QuerySet[Person]":
    rows = visible(asker, Person)
    if filters.are_empty:
        return rows.filter(unit=asker.unit_id) if asker.unit_id else rows.none()
    if filters.q:
        rows = _named(rows, filters.q)
    if filters.units is not None:
        rows = rows.filter(unit__in=filters.units)
    if filters.language:
        rows = rows.filter(languages__code=filters.language)
    if filters.zones is not None:
        rows = rows.filter(timezone__in=filters.zones)
    return _by_topics(rows, asker, filters) if filters.skill or filters.interest else rows


def _named(rows: "QuerySet[Person]", words: str) -> "QuerySet[Person]":
    """Every word begins one of the names."""
    parts = words.split()
    if sum(map(len, parts)) < LETTERS:
        return rows.none()
    for part in parts:
        rows = rows.filter(Q(name__istartswith=part) | Q(name__icontains=f" {part}") | Q(name__icontains=f"-{part}"))
    return rows


def _by_topics(rows: "QuerySet[Person]", asker: Person, filters: Filters) -> "QuerySet[Person]":
    """By what they can help with and by what they would like to learn. The two are never mixed."""
    named = skills_named(asker, filters.skill, filters.interest)
    if filters.skill:
        rows = rows.filter(pk__in=_able(asker, filters.skill, named[filters.skill]))
    if filters.interest:
        rows = rows.filter(pk__in=_interested(asker, filters.interest, named[filters.interest]))
    return rows.filter(wants_to_be_found("pk"))


def _able(asker: Person, words: str, skills: list[Skill]) -> Any:
    """Who offers this skill or is known for it; when no skill has this name, who is known by all these words."""
    today = clock.today(asker.timezone)
    told = Evidence.objects.filter(organisation=asker.organisation_id, agreed_at__isnull=False, hidden_at__isnull=True)
    told = told.filter(Q(until_on__isnull=True) | Q(until_on__gte=today))
    return told.filter(skill__in=skills).values("person") if skills else _people_of(matching(told, words, every=True))


def _interested(asker: Person, words: str, skills: list[Skill]) -> Any:
    seeking = Interest.objects.filter(person__organisation=asker.organisation_id, withdrawn_at__isnull=True)
    named = seeking.filter(Q(skill__in=skills) | Q(words__iexact=words.strip()))
    return named.values("person") if skills else _people_of(matching(seeking, words, every=True))


def _people_of(rows: "QuerySet[Evidence] | QuerySet[Interest]") -> set[int]:
    return set(rows.order_by().values_list("person_id", flat=True)[:LINES_MOST])


# --- rows -----------------------------------------------------------------------------------------


def _rows(asker: Person, pks: list[int]) -> list[Found]:
    known = Person.objects.select_related("unit").order_by().in_bulk(pks)
    people = [known[pk] for pk in pks]
    offers, rests = offers_by(asker, people), rests_now(people)
    return [Found(person, offers[person.pk], rests.get(person.pk)) for person in people]


def _usual_day(zone: str, day: date) -> tuple[datetime, datetime]:
    return clock.instant(day, time(DAY_STARTS), zone), clock.instant(day, time(DAY_ENDS), zone)


def _shared(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> timedelta:
    return min(one[1], other[1]) - max(one[0], other[0])
