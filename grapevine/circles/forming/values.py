"""What two people bring each other, and what a circle is worth."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from grapevine.circles.forming.cohort import Applicant
from grapevine.circles.forming.numbered import Circle, Numbered

NEVER = -1000.0  # no circle is worth so much that it could hold two who must not meet
MOST_TIMES = 3
PLACED = 5.0  # to sit in a circle counts more than any better company for others
TOGETHER = 2.0  # a pair that wants to sit together is placed before others: apart they would have a place each

Values = NDArray[np.float32]


def pair_values(numbered: Numbered, members: Sequence[int], again: float = 0.0) -> Values:
    """How much each two of them are worth to each other, 0 to 1; `NEVER` where a rule parts them. Grows with the square.

    `again` is taken off, besides, where two have met.
    """
    worth = numbered.rules.worth
    people = [numbered.people[one] for one in members]
    departments = _codes([one.department for one in people])
    levels = np.array([one.level for one in people])
    gap = np.abs(levels[:, None] - levels[None, :])
    values = worth.other_department * (departments[:, None] != departments[None, :])
    values += worth.near_level * np.select([gap <= 1, gap == 2], [1.0, 0.5], 0.0)  # noqa: PLR2004 - as `Worth` says
    values += worth.shared_topic * _overlap(people)
    values += worth.new
    where = {one: n for n, one in enumerate(members)}
    for partners, change in ((numbered.met, -worth.new - again), (numbered.never, NEVER)):
        for one, n in where.items():
            known = [where[other] for other in partners[one] if other in where]
            values[n, known] += change
    np.fill_diagonal(values, 0)
    return np.asarray(values, np.float32)


def circle_worth(numbered: Numbered, circle: Circle, values: Values | None = None) -> float:
    """The sum over its members of how well each sits there, 0 to 1 each; `values` are of all people, if known already."""
    worth, size = numbered.rules.worth, len(circle)
    times = min(numbered.shared_slots(circle).bit_count(), MOST_TIMES)
    known = pair_values(numbered, circle) if values is None else values[np.ix_(circle, circle)]
    return worth.pairs * float(known.sum()) / max(1, size - 1) + worth.times * size * times / MOST_TIMES


def _codes(names: Sequence[object]) -> NDArray[np.intp]:
    known: dict[object, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names])


def _overlap(people: Sequence[Applicant]) -> NDArray[np.bool_]:
    """Who has a topic in common with whom."""
    known: dict[object, int] = {}
    entries = [(n, known.setdefault(topic, len(known))) for n, one in enumerate(people) for topic in one.topics]
    has = np.zeros((len(people), len(known) or 1), np.float32)
    if entries:
        has[tuple(zip(*entries, strict=True))] = 1
    return np.greater(has @ has.T, 0)
