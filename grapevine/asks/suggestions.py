"""Gathering for `suggesting`: who could be asked, with what is known of them in the open."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Mod

from grapevine.asks import acquaintance, limits
from grapevine.asks.experience import lines_of_own_talks
from grapevine.asks.models import HelperLimits, Request
from grapevine.asks.reasons import found_by, reasons_for
from grapevine.asks.suggesting import FIVE, Candidate, Choice, Line, choose
from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.people.models import Language, Person
from grapevine.people.queries import blocked_pairs, lead_of
from grapevine.skills.models import Evidence
from grapevine.skills.policies import wants_to_be_found
from grapevine.skills.queries import evidence_matching

POOL = 40
NEAREST = 12


@dataclass(frozen=True)
class Suggestion:
    """A person to talk to: reasons in words for the asker's eyes, a state in words, and one way in."""

    person: Person
    place: str
    reasons: list[str]
    state: str
    is_free: bool
    introducer: Person | None = None
    page: Line | None = None
    colleagues: list[Person] = field(default_factory=list)
    found_by: str = ""  # the one reason that may be said to this person
    fits: bool = True  # some word of the asker was found with this person


def suggest_people(
    person: Person, words: str, *, with_lead: bool = False, besides: Iterable[int] = ()
) -> list[Suggestion]:
    """Five people `person` could talk to about `words`, at least one outside their unit where there is one.

    The own lead is among them only `with_lead`. Nobody who blocked the asker, or is blocked, or agreed to nothing.
    """
    left_out = {person.pk, *besides, *blocked_pairs(person)}
    lead = lead_of(person)
    if lead and not with_lead:
        left_out.add(lead.pk)
    lines = _lines(person, words, left_out)
    people = _people(person, lines, left_out)
    states = limits.states(people.values())
    known = _known(person)
    candidates = [_candidate(person, p, lines.get(p.pk, []), states[p.pk], known) for p in people.values()]
    choices = choose(candidates, unit=person.unit_id, today=clock.today(person.timezone))
    return _suggestions(person, choices, people, states, known, _findable(person, left_out))


def _lines(person: Person, words: str, left_out: set[int]) -> dict[int, list[Line]]:
    fitting = evidence_matching(person, words)
    best = max((_match(e) for e in fitting), default=1.0)  # engines weigh on scales of their own
    found: dict[int, list[Line]] = {}
    for e in fitting:
        if e.person_id not in left_out:
            found.setdefault(e.person_id, []).append(Line(e.kind, e.words, e.on, _match(e) / best, e.got, e.url))
    for helper, own in lines_of_own_talks(person, words).items():
        if helper not in left_out:
            found.setdefault(helper, []).extend(own)
    return found


def _match(line: Evidence) -> float:
    return float(getattr(line, "match", 0.0))  # the search adds it


def _people(person: Person, lines: dict[int, list[Line]], left_out: set[int]) -> dict[int, Person]:
    rows = _findable(person, left_out)
    found = {p.pk: p for p in rows.filter(pk__in=_foremost(lines))}
    if len(found) < POOL:
        found |= {p.pk: p for p in _nearby(person, rows)}
    spoken = _languages([person.pk, *found])
    mine = spoken.get(person.pk, set())
    return {pk: p for pk, p in found.items() if not mine or not spoken.get(pk) or mine & spoken[pk]}


def _findable(person: Person, left_out: set[int]) -> "QuerySet[Person]":
    """Who may be named to `person` at all, as somebody to ask, to introduce them, or to ask instead."""
    here = visible(person, Person).filter(wants_to_be_found("pk"))
    return here.exclude(pk__in=left_out).select_related("unit")


def _foremost(lines: dict[int, list[Line]]) -> list[int]:
    return sorted(lines, key=lambda pk: -sum(sorted((line.match for line in lines[pk]), reverse=True)[:5]))[: POOL * 2]


def _nearby(person: Person, rows: "QuerySet[Person]") -> list[Person]:
    """Colleagues without a fitting line: some of the unit, some from elsewhere, others each day."""
    turn = clock.today(person.timezone).toordinal() * 7919
    mixed = rows.annotate(turn=Mod(F("pk") * 7907 + turn, 104_729)).order_by("turn", "pk")
    return [*mixed.filter(unit=person.unit_id)[:NEAREST], *mixed.exclude(unit=person.unit_id)[:NEAREST]]


def _languages(people: list[int]) -> dict[int, set[str]]:
    spoken: dict[int, set[str]] = {}
    for pk, code in Language.objects.filter(person__in=people).values_list("person", "code"):
        spoken.setdefault(pk, set()).add(code)
    return spoken


def _known(person: Person) -> set[int]:
    """Whom the asker has talked with here, by their own requests and answers."""
    talks = Request.objects.filter(Q(ask__by=person) | Q(to=person), challenge__isnull=False)
    talks = talks.exclude(vault__seats__alias__gt="")  # who asks under a pseudonym is not known by it
    return {pk for pair in talks.values_list("ask__by", "to") for pk in pair} - {person.pk}


def _candidate(asker: Person, person: Person, lines: list[Line], state: limits.State, known: set[int]) -> Candidate:
    same_unit = person.unit_id is not None and person.unit_id == asker.unit_id
    return Candidate(
        person=person.pk,
        unit=person.unit_id,
        lines=lines,
        is_free=state.is_free,
        load=state.load,
        is_known=person.pk in known,
        is_close=person.pk in known or same_unit,
    )


def _suggestions(
    person: Person,
    choices: list[Choice],
    people: dict[int, Person],
    states: dict[int, limits.State],
    known: set[int],
    findable: "QuerySet[Person]",
) -> list[Suggestion]:
    new = [c.candidate.person for c in choices if c.place == "new"]
    introducers = _introducers(person, new, known, findable)
    pointers = _pointers([c.candidate.person for c in choices if not c.candidate.is_free], findable)
    about = {"today": clock.today(person.timezone), "unit": person.unit_id}
    return [_suggestion(c, people, states, introducers, pointers, about) for c in choices[:FIVE]]


def _suggestion(
    choice: Choice,
    people: dict[int, Person],
    states: dict[int, limits.State],
    introducers: dict[int, Person],
    pointers: dict[int, list[Person]],
    about: dict[str, Any],
) -> Suggestion:
    pk = choice.candidate.person
    introducer = introducers.get(pk)
    pages = [line for line in choice.candidate.lines if line.kind == Evidence.Kind.SHARED and line.url]
    return Suggestion(
        person=people[pk],
        place=choice.place,
        state=states[pk].words,
        is_free=choice.candidate.is_free,
        reasons=reasons_for(choice, introducer=introducer.short_name if introducer else "", **about),
        introducer=introducer,
        page=pages[0] if pages else None,
        colleagues=pointers.get(pk, []),
        found_by=found_by(choice, today=about["today"]),
        fits=bool(choice.candidate.lines),
    )


def _introducers(person: Person, new: list[int], known: set[int], findable: "QuerySet[Person]") -> dict[int, Person]:
    """For each new face a colleague close to the asker who is openly in touch with them and may be asked now."""
    touch = acquaintance.in_touch(person, new)
    everybody = set().union(*touch.values()) - {person.pk} if touch else set()
    close = Q(pk__in=known) | (Q(unit=person.unit_id) if person.unit_id else Q(pk__in=()))
    near = {p.pk: p for p in findable.filter(close, pk__in=everybody)}
    near = {pk: near[pk] for pk, state in limits.states(near.values()).items() if state.is_free}
    found = {pk: sorted(others & near.keys() - {pk}) for pk, others in touch.items()}
    return {pk: near[others[0]] for pk, others in found.items() if others}


def _pointers(full: list[int], findable: "QuerySet[Person]") -> dict[int, list[Person]]:
    """The two colleagues that somebody who is full named themselves."""
    rows = HelperLimits.objects.filter(person__in=full).prefetch_related(Prefetch("colleagues", queryset=findable))
    return {row.person_id: list(row.colleagues.all())[:2] for row in rows}
