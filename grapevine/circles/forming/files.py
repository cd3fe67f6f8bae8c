"""Cohorts and proposals as JSON, for the command line, for tests and for comparing with others.

    cohort    {"applicants": [{"id", "slots": [n, ..], "languages": [..], "department", "level", "topics": [..], "manager"}],
               "met": [[a, b]], "apart": [[a, b]], "together": [[a, b]], "locked": [[id, ..]]}
    proposal  {"circles": [[id, ..]], "waiting": [{"id", "reason", "facts"}], "score", "parted": [[a, b]], "was_hurried"}

A slot is the number of a time at which a meeting may begin. Everything but `applicants`, `id`, `slots` and `languages`
may be left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from grapevine.circles.forming.cohort import Applicant, Id, Pair, Proposal, Rules


def read_cohort(cohort: Mapping[str, Any]) -> tuple[list[Applicant], Rules]:
    """Applicants and rules of a cohort. Raises KeyError for what is missing, TypeError or ValueError for what is no cohort."""
    managers = {one["id"]: one.get("manager") for one in cohort["applicants"]}
    rules = Rules(
        apart=_pairs(cohort, "apart"),
        together=_pairs(cohort, "together"),
        met=_pairs(cohort, "met"),
        locked=tuple(tuple(circle) for circle in cohort.get("locked", ())),
    )
    return [_applicant(one, managers) for one in cohort["applicants"]], rules


def write_proposal(proposal: Proposal) -> dict[str, Any]:
    """What JSON can hold."""
    waiting = [{"id": one.id, "reason": one.kind, "facts": dict(one.facts)} for one in proposal.waiting]
    return {
        "circles": [list(circle) for circle in proposal.circles],
        "waiting": waiting,
        "score": round(proposal.score, 4),
        "parted": [list(pair) for pair in proposal.parted],
        "was_hurried": proposal.was_hurried,
    }


def _applicant(one: Mapping[str, Any], managers: Mapping[Id, Id | None]) -> Applicant:
    return Applicant(
        id=one["id"],
        slots=sum(1 << slot for slot in set(one["slots"])),
        languages=frozenset(one["languages"]),
        department=one.get("department", ""),
        level=one.get("level", 0),
        topics=frozenset(one.get("topics", ())),
        leads=tuple(_line(one["id"], managers)),
        zone=one.get("zone", ""),
    )


def _pairs(cohort: Mapping[str, Any], name: str) -> tuple[Pair, ...]:
    return tuple((a, b) for a, b in cohort.get(name, ()))


def _line(one: Id, managers: Mapping[Id, Id | None]) -> Iterator[Id]:
    """Everybody above, nearest first; a line that bites its tail ends there."""
    seen, lead = {one}, managers.get(one)
    while lead is not None and lead not in seen:
        yield lead
        seen.add(lead)
        lead = managers.get(lead)
