"""The whole way from applicants to a proposal."""

from collections.abc import Sequence

import numpy as np

from grapevine.circles.forming.cohort import Applicant, Id, Proposal, Rules
from grapevine.circles.forming.deadline import Deadline
from grapevine.circles.forming.exact import best_circles
from grapevine.circles.forming.filling import settle
from grapevine.circles.forming.improving import improve
from grapevine.circles.forming.judging import broken_rules
from grapevine.circles.forming.numbered import Circle, Numbered, number
from grapevine.circles.forming.placing import place
from grapevine.circles.forming.reasons import explain, free_to_move
from grapevine.circles.forming.values import circle_worth

# shares of the time that is left: for all but explaining, for seating, for improving, for trying all ways
ALL_BUT_THE_END, SEATING, IMPROVING, TRYING = 0.95, 0.5, 0.9, 0.5
FEW, MANY = 2_000, 20_000  # circles there can be: the best of few are chosen within a second, of many with patience


class LockedError(ValueError):
    """A locked circle breaks a rule, or two of them hold the same person."""


def form_circles(applicants: Sequence[Applicant], rules: Rules, seed: int = 0, seconds: float = 10.0) -> Proposal:
    """Circles for as many as can be, then as good as can be; everybody else with a reason.

    `seconds` is a limit, not a wish: most cohorts need less. Raises LockedError when a locked circle cannot be, KeyError
    when somebody in it did not apply, ValueError when an id comes twice.
    """
    until = Deadline.after(seconds).share(ALL_BUT_THE_END)
    _insist_on_locked(applicants, rules)
    numbered = number(free_to_move(applicants, rules), rules)
    circles = sorted(_circles(numbered, np.random.default_rng(seed), until))
    named = [tuple(numbered.people[one].id for one in circle) for circle in circles]
    return Proposal(
        circles=(*rules.locked, *named),
        waiting=tuple(explain(numbered, circles)),
        score=_score(applicants, rules, [*rules.locked, *named]),
        parted=tuple((numbered.people[a].id, numbered.people[b].id) for a, b in numbered.parted),
        was_hurried=until.memory.was_hurried,
    )


def _circles(numbered: Numbered, rng: np.random.Generator, until: Deadline) -> list[Circle]:
    """All ways there are, where these are few; else seat, improve, seat; then, in a small cohort, all ways after all."""
    first = best_circles(numbered, FEW, until.share(TRYING))
    if first is not None and not until.memory.was_hurried:
        return first
    placed = place(numbered, rng, until.share(SEATING))
    found = settle(numbered, improve(numbered, placed, rng, until.share(IMPROVING)), until)
    best = best_circles(numbered, MANY, until.share(TRYING))
    return max(found, first or [], best or [], key=lambda circles: _rank(numbered, circles))


def _rank(numbered: Numbered, circles: Sequence[Circle]) -> tuple[int, float]:
    """People first, then company."""
    return sum(map(len, circles)), sum(circle_worth(numbered, circle) for circle in circles)


def _score(applicants: Sequence[Applicant], rules: Rules, circles: Sequence[tuple[Id, ...]]) -> float:
    """The mean over all applicants; who waits counts 0."""
    numbered = number(applicants, rules)
    where = {one.id: n for n, one in enumerate(applicants)}
    worth = sum(circle_worth(numbered, tuple(where[one] for one in circle)) for circle in circles)
    return worth / max(1, len(applicants))


def _insist_on_locked(applicants: Sequence[Applicant], rules: Rules) -> None:
    seated = [one for circle in rules.locked for one in circle]
    if len(seated) > len(set(seated)):
        raise LockedError("somebody sits in two locked circles")
    for circle in rules.locked:
        if broken := broken_rules(circle, applicants, rules):
            raise LockedError(f"a locked circle breaks a rule: {', '.join(broken)}")
