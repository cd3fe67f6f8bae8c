"""The best there is, for a small cohort: every circle that keeps the rules, and the best choice among them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from grapevine.circles.forming.deadline import Deadline
from grapevine.circles.forming.numbered import Circle, Numbered
from grapevine.circles.forming.solving import solve
from grapevine.circles.forming.values import PLACED, TOGETHER, Values, circle_worth, pair_values

PEOPLE = 100
GAP = 1e-6
HALF = 0.5

_Row = tuple[Circle, int, int, set[int]]  # a unit, its times and languages, and who may not sit with it


def best_circles(numbered: Numbered, most: int, until: Deadline) -> list[Circle] | None:
    """The circles that hold the most people, and of these the best.

    None when people are too many, when there are more than `most` circles to choose from, or when the time is too short.
    """
    if len(numbered) > PEOPLE or not until.allows():
        return None
    circles = list(islice(all_circles(numbered, numbered.units), most + 1))
    if len(circles) > most:
        return None
    return _choose(numbered, circles, until) if circles else []


def all_circles(numbered: Numbered, units: Sequence[Circle], around: Circle = ()) -> Iterator[Circle]:
    """Every circle of some of these units that keeps the rules; with all of `around`, if somebody is named."""
    slots = numbered.shared_slots(around) if around else -1
    languages = numbered.shared_languages(around) if around else -1
    table = [
        (unit, numbered.shared_slots(unit), numbered.shared_languages(unit), _barred(numbered, unit)) for unit in units
    ]
    barred = _barred(numbered, around)
    yield from _grow(numbered, around, slots, languages, [row for row in table if barred.isdisjoint(row[0])])


def some_circle(numbered: Numbered, unit: Circle, pools: Iterable[Sequence[Circle]]) -> Circle | None:
    """A circle with this unit and others of one pool; None when the rules leave none."""
    return next((circle for pool in pools for circle in _around(numbered, unit, pool)), None)


def _around(numbered: Numbered, unit: Circle, pool: Sequence[Circle]) -> Iterator[Circle]:
    """First who comes first, which mostly does; then every way there is."""
    circle = unit
    for other in pool:
        if len(circle) >= numbered.rules.smallest:
            break
        if other != unit and len(circle) + len(other) <= numbered.rules.largest and numbered.at_peace(circle + other):
            circle += other
    if numbered.is_circle(circle):
        yield circle
    yield from all_circles(numbered, [other for other in pool if other != unit], unit)


def _grow(numbered: Numbered, members: Circle, slots: int, languages: int, others: list[_Row]) -> Iterator[Circle]:
    """This circle, if it is large enough, and all that contain it and only come from `others` besides."""
    if len(members) >= numbered.rules.smallest:
        yield members
    room = numbered.rules.largest - len(members)
    near = [row for row in others if row[1] & slots and row[2] & languages and len(row[0]) <= room]
    if len(members) + sum(len(row[0]) for row in near) < numbered.rules.smallest:
        return
    for n, (unit, times, words, barred) in enumerate(near, 1):
        rest = [row for row in near[n:] if barred.isdisjoint(row[0])]
        yield from _grow(numbered, members + unit, slots & times, languages & words, rest)


def _barred(numbered: Numbered, unit: Circle) -> set[int]:
    return set().union(*(numbered.never[one] for one in unit))


def _choose(numbered: Numbered, circles: list[Circle], until: Deadline) -> list[Circle] | None:
    """Set packing: nobody sits twice."""
    values = pair_values(numbered, range(len(numbered)))
    worth = np.array([_weight(numbered, circle, values) for circle in circles])
    columns = np.repeat(np.arange(len(circles)), [len(circle) for circle in circles])
    seats = np.ones(len(columns)), (np.concatenate(circles), columns)
    whole, once = np.ones(len(circles)), np.ones(len(numbered))
    found = solve(worth, seats, once, whole=whole, most=1, until=until, gap=GAP)
    if found is None:
        return None
    return [tuple(sorted(circles[n])) for n in np.flatnonzero(found > HALF)]


def _weight(numbered: Numbered, circle: Circle, values: Values) -> float:
    units = {numbered.unit_of[one] for one in circle if len(numbered.unit_of[one]) > 1}
    return PLACED * len(circle) + TOGETHER * len(units) + circle_worth(numbered, circle, values)
