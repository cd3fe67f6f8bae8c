"""Everybody who applied, as forming wants to know them. For the engine alone: nothing of this is shown to anybody."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import combinations

from grapevine.circles.forming import Applicant, Rules
from grapevine.circles.hours import Grid, Week
from grapevine.circles.models import Application, CircleSeat, Cohort, Move, PairMark, ProposedSeat
from grapevine.kernel import clock
from grapevine.kernel.text import clean
from grapevine.people.models import Block, Person, ReportingLine
from grapevine.people.queries import Hours, hours_of
from grapevine.skills.models import Interest, Offer
from grapevine.vaults.queries import meant

IdPair = tuple[int, int]
ANYWHERE = 0  # in the place of an organisation: a circle across them


@dataclass(frozen=True)
class Candidates:
    """Who may be seated, by person: their applications, and the same as the engine counts them, under the cohort's rules."""

    cohort: Cohort
    applications: Mapping[int, Application]
    people: tuple[Applicant, ...]
    rules: Rules
    grid: Grid

    def without(self, seated: Collection[int]) -> "Candidates":
        """Only those who do not sit anywhere yet."""
        left = {who: each for who, each in self.applications.items() if who not in seated}
        return replace(self, applications=left, people=tuple(one for one in self.people if one.id in left))


def candidates(cohort: Cohort) -> Candidates:
    """Everybody whose application stands. A dozen queries, however many applied."""
    open_ones = cohort.applications.filter(withdrawn_at__isnull=True, person__left_on__isnull=True)
    found = list(open_ones.select_related("cohort", "person").order_by("at", "pk"))
    grid = _grid(cohort)
    lines, topics, free = _leads(found), _topics(each.person_id for each in found), _free_slots(grid, found)
    people = tuple(
        Applicant(
            id=each.person_id,
            slots=free[each.pk],
            languages=_tongues(each),
            department=_department(each.person),
            topics=frozenset(topics[each.person_id]),
            leads=tuple(_chain(lines, each.person_id)),
            zone=each.person.timezone,
        )
        for each in found
    )
    return Candidates(cohort, {each.person_id: each for each in found}, people, _rules(cohort, found), grid)


def first_day(cohort: Cohort) -> date:
    """From which on a circle that is founded now would meet: the first week, or from tomorrow where that has begun."""
    return max(cohort.starts_on, clock.today(cohort.zone) + timedelta(days=1))


def free_hours(cohort: Cohort, applications: Iterable[Application]) -> dict[int, int]:
    """By application: in which slots of the week (on the wall of the cohort) all season long is free. A bit mask each."""
    return _free_slots(_grid(cohort), applications)


def _grid(cohort: Cohort) -> Grid:
    return _known_grid(cohort.zone, first_day(cohort), cohort.minutes, cohort.weeks, cohort.every)


# a grid remembers what it worked out for each zone
_known_grid = lru_cache(maxsize=32)(Grid)


def _free_slots(grid: Grid, applications: Iterable[Application]) -> dict[int, int]:
    applications = list(applications)
    known = hours_of(each.person for each in applications)
    return {each.pk: grid.common_hours(_week(known[each.person_id], each)) for each in applications}


def _week(hours: Hours, application: Application) -> Week:
    usual = tuple((weekday, *span) for weekday, spans in sorted(hours.usual.items()) for span in spans)
    never = tuple((day, time.fromisoformat(start), time.fromisoformat(end)) for day, start, end in application.never)
    return Week(hours.zone, usual, never)


def _tongues(application: Application) -> frozenset[tuple[str, int]]:
    """Languages, each for a circle inside the organisation or for one across: to share one is to want the same kind."""
    inside, either = application.person.organisation_id, Application.Reach.EITHER
    wanted = {Application.Reach.INSIDE: (inside,), Application.Reach.ACROSS: (ANYWHERE,), either: (inside, ANYWHERE)}
    places = wanted[Application.Reach(application.reach)] if application.cohort.is_across else (inside,)
    return frozenset((code, place) for code in application.languages for place in places)


def _department(person: Person) -> str:
    return f"{person.organisation_id}/{person.unit_id or ''}"


def _rules(cohort: Cohort, found: list[Application]) -> Rules:
    people = {each.person_id for each in found}
    apart, together = _wishes(cohort, found, people)
    return Rules(
        whole_chain=cohort.is_whole_chain,
        apart=tuple(sorted(apart | _blocked(people))),
        together=tuple(sorted(together - apart)),
        met=tuple(sorted(_met(found, people))),
        moved=_moved(cohort, people),
    )


def _wishes(cohort: Cohort, found: list[Application], people: set[int]) -> tuple[set[IdPair], set[IdPair]]:
    """(apart, together): one wish is enough to keep apart, to sit together both have to say so."""
    wishes: dict[str, set[IdPair]] = {"apart": set(), "together": set()}
    person_of = {each.pk: each.person_id for each in found}
    for (application, kind), marks in _marks(person_of).items():
        by, purpose = person_of[application], purpose_of_marks(cohort, kind)
        wishes[kind] |= {(by, other) for other in meant(marks, by=by, among=people, purpose=purpose)}
    mutual = {(one, other) for one, other in wishes["together"] if (other, one) in wishes["together"]}
    return _pairs(wishes["apart"]), _pairs(mutual)


def purpose_of_marks(cohort: Cohort, kind: str) -> str:
    """What the marks of this kind in this cohort are for."""
    return f"{kind} in cohort {cohort.pk}"


def _marks(applications: Iterable[int]) -> dict[tuple[int, str], set[str]]:
    marks: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    rows = PairMark.objects.filter(application__in=list(applications))
    for application, kind, mark in rows.values_list("application", "kind", "mark"):
        marks[application, kind].add(mark)
    return marks


def _blocked(people: set[int]) -> set[IdPair]:
    rows = Block.objects.filter(person__in=people, blocked__in=people)
    return _pairs(rows.values_list("person", "blocked"))


def _met(found: list[Application], people: set[int]) -> set[IdPair]:
    """Who sits in the same unit, or sat in a circle together."""
    groups: defaultdict[object, set[int]] = defaultdict(set)
    for each in found:
        if each.person.unit_id:
            groups["unit", each.person.unit_id].add(each.person_id)
    for circle, person in CircleSeat.objects.filter(person__in=people).values_list("circle", "person"):
        groups["circle", circle].add(person)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def _moved(cohort: Cohort, people: set[int]) -> tuple[tuple[int, frozenset[int]], ...]:
    """Who asked to be moved, and everybody else of the circle they were shown.

    Not while that list still stands: until then nothing at all has changed, and no card may look as if it had.
    """
    latest = cohort.proposals.values_list("pk", flat=True).first()
    found = []
    for move in Move.objects.filter(proposal__cohort=cohort, person__in=people).exclude(proposal=latest).order_by("pk"):
        shown = ProposedSeat.objects.filter(proposal=move.proposal_id)
        circle = shown.filter(application__person=move.person_id).values("circle")
        others = shown.filter(circle__in=circle).values_list("application__person", flat=True)
        found.append((move.person_id, frozenset(others) - {move.person_id}))
    return tuple(found)


def _pairs(found: Iterable[IdPair]) -> set[IdPair]:
    return {(min(pair), max(pair)) for pair in found}


def _topics(people: Iterable[int]) -> dict[int, set[str]]:
    """What they would like to learn and what one may ask them about: their own open lines."""
    people = list(people)
    topics: defaultdict[int, set[str]] = defaultdict(set)
    learning = Interest.objects.filter(person__in=people, withdrawn_at__isnull=True)
    offering = Offer.objects.filter(person__in=people, withdrawn_at__isnull=True, expires_on__gte=clock.today("UTC"))
    for rows in (learning, offering):
        for person, skill, words in rows.values_list("person", "skill", "words"):
            topics[person].add(topic(skill, words))
    return topics


def topic(skill: int | None, words: str) -> str:
    """The same for two lines about the same skill, or in the same words."""
    return f"skill {skill}" if skill else " ".join(clean(words).casefold().split())


def _leads(found: list[Application]) -> dict[int, int]:
    """Who leads whom in the organisations of those who applied."""
    here = {each.person.organisation_id for each in found}
    return dict(ReportingLine.objects.filter(person__organisation__in=here).values_list("person", "lead"))


def _chain(lines: Mapping[int, int], person: int) -> Iterator[int]:
    """Everybody above, nearest first; a list of people that runs in a ring ends."""
    seen = {person}
    while (person := lines.get(person, 0)) and person not in seen:
        seen.add(person)
        yield person
