"""How far apart two language groups are placed, and how near they could be: a bound that no way of forming circles can beat.

The groups are those of the judge: who speaks language 0, and who does not. Who does not is scarce, so the bound comes from
them: the most of them that any circles could hold, proven by a count of circles for each time and language. It knows sizes
and pairs that want to sit together; without the other rules there can only be more of them, so it stays a bound.
"""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

SMALLEST, LARGEST = 5, 8
EXACT = 1e-6
Seats = dict[tuple[int, int], list[tuple[int, ...]]]


class Groups(NamedTuple):
    """How many there are of those who speak language 0 and of the others, and how many of each sit in a circle."""

    english: int
    others: int
    english_placed: int
    others_placed: int

    @property
    def gap(self) -> float:
        """In points of a hundred."""
        return 100 * (self.english_placed / self.english - self.others_placed / self.others)

    def least_gap(self, placed: int, most_others: int) -> float:
        """The smallest gap when so many people sit, and at most so many of the others can."""
        return max(0.0, 100 * ((placed - most_others) / self.english - most_others / self.others))


def groups(cohort: dict, circles: list[list[int]]) -> Groups:
    """Both groups of a cohort, as they are placed."""
    english = {one["id"] for one in cohort["applicants"] if 0 in one["languages"]}
    seated = {one for circle in circles for one in circle}
    return Groups(len(english), len(cohort["applicants"]) - len(english), len(english & seated), len(seated - english))


def most_others(cohort: dict, seconds: float = 120) -> int:
    """The most people without language 0 that any circles could hold."""
    english = {one["id"] for one in cohort["applicants"] if 0 in one["languages"]}
    places = [units for units in _places(cohort).values() if sum(map(len, units)) >= SMALLEST]
    units = sorted({unit for place in places for unit in place})
    number = {unit: n for n, unit in enumerate(units)}
    seats = [(number[unit], n) for n, place in enumerate(places) for unit in place]
    who, where = np.array(seats).T
    size = np.array([len(unit) for unit in units])[who]
    worth = np.array([len(set(unit) - english) for unit in units])[who]
    found = milp(
        np.r_[-worth, np.zeros(len(places))],
        integrality=np.r_[size > 1, np.ones(len(places))],
        bounds=Bounds(0, np.r_[np.ones(len(seats)), [sum(map(len, place)) // SMALLEST for place in places]]),
        constraints=_rules(who, where, size, len(units), len(places)),
        options={"time_limit": seconds, "mip_rel_gap": EXACT},
    )
    return int(-found.mip_dual_bound + EXACT)


def _places(cohort: dict) -> Seats:
    """Who could meet when and in which language; pairs that want to sit together do."""
    people = {one["id"]: one for one in cohort["applicants"]}
    paired = {one: tuple(sorted(pair)) for pair in cohort["together"] for one in pair}
    places = defaultdict(list)
    for unit in sorted({paired.get(one, (one,)) for one in people}):
        slots, languages = (set.intersection(*(set(people[one][of]) for one in unit)) for of in ("slots", "languages"))
        for slot in slots:
            for language in languages:
                places[slot, language].append(unit)
    return places


def _rules(who: np.ndarray, where: np.ndarray, size: np.ndarray, units: int, places: int) -> list[LinearConstraint]:
    """Everybody sits once; each place has enough people for its circles, and not too many."""
    seats, place = np.arange(len(who)), np.arange(places)
    once = coo_array((np.ones(len(who)), (who, seats)), shape=(units, len(who) + places))
    limits = []
    for each, sign in ((SMALLEST, -1), (LARGEST, 1)):
        entries = (
            np.r_[sign * size, np.full(places, -sign * each)],
            (np.r_[where, place], np.r_[seats, len(who) + place]),
        )
        limits.append(LinearConstraint(coo_array(entries, shape=(places, len(who) + places)).tocsr(), -np.inf, 0))
    return [LinearConstraint(once.tocsr(), -np.inf, 1), *limits]
