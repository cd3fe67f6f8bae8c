"""What two people bring each other, and what a circle is worth.

A pair is worth more across departments, near in level (half of it two levels apart), with a topic in common, and new to
each other. Times in common count up to three.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from grapevine.circles.forming.cohort import Applicant
from grapevine.circles.forming.numbered import Circle, Numbered

NEVER = -1000.0  # no circle is worth so much that it could hold two who must not meet
MOST_TIMES = 3
PAIRS, TIMES = 0.85, 0.15  # what a circle is worth to each member: shares of 1
OTHER_DEPARTMENT, NEAR_LEVEL, SHARED_TOPIC, NEW = 0.3, 0.2, 0.2, 0.3  # what a pair is worth: shares of 1
PLACED = 5.0  # to sit in a circle counts more than any better company for others
TOGETHER = 2.0  # a pair that wants to sit together is placed before others: apart they would have a place each

Values = NDArray[np.float32]


def pair_values(numbered: Numbered, members: Sequence[int], again: float = 0.0) -> Values:
    """How much each two of them are worth to each other, 0 to 1; `NEVER` where a rule parts them. Grows with the square.

    `again` is taken off, besides, where two have met.
    """
    people = [numbered.people[one] for one in members]
    departments = _codes([one.department for one in people])
    levels = np.array([one.level for one in people])
    gap = np.abs(levels[:, None] - levels[None, :])
    values = np.full(gap.shape, NEW, np.float32)
    values[departments[:, None] != departments[None, :]] += OTHER_DEPARTMENT
    values[gap <= 1] += NEAR_LEVEL
    values[gap == 2] += NEAR_LEVEL / 2  # noqa: PLR2004 - two levels apart
    values[_overlap(people)] += SHARED_TOPIC
    where = {one: n for n, one in enumerate(members)}
    for partners, change in ((numbered.met, -NEW - again), (numbered.never, NEVER)):
        for one, n in where.items():
            known = [where[other] for other in partners[one] if other in where]
            values[n, known] += change
    np.fill_diagonal(values, 0)
    return values


def circle_worth(numbered: Numbered, circle: Circle, values: Values | None = None) -> float:
    """The sum over its members of how well each sits there, 0 to 1 each; `values` are of all people, if known already."""
    size = len(circle)
    times = min(numbered.shared_slots(circle).bit_count(), MOST_TIMES)
    known = pair_values(numbered, circle) if values is None else values[np.ix_(circle, circle)]
    return PAIRS * float(known.sum()) / max(1, size - 1) + TIMES * size * times / MOST_TIMES


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
