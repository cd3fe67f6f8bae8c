"""The most people in circles.

Rarest first, tried often with a little luck, comes within two in a hundred of the most there can be, in no time. A small
cohort is then counted, too: how many circles meet when and in which language, as a mixed-integer program. Whom to seat
where is a share that comes out whole by itself; only the numbers of circles have to be whole, and that is why it is
solved within a second. Of two who must not meet, a place with one circle takes one; a place with more deals them to
different ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from grapevine.circles.forming.deadline import Deadline
from grapevine.circles.forming.filling import fill
from grapevine.circles.forming.numbered import Circle, Numbered, Place
from grapevine.circles.forming.solving import Entries, solve
from grapevine.circles.forming.values import TOGETHER

TRIES = 10_000  # shared by all people: fifty tries for two hundred of them
LUCK = 0.2
COUNTED = 300  # people; more take longer to count than rarest first loses
LEAST_SECONDS = 0.5
CIRCLE_BONUS = 0.01  # of two ways to place as many people, that with more circles leaves more choice
GAP = 0.003
HALF = 0.5

Table = dict[Circle, list[Place]]


def place(numbered: Numbered, rng: np.random.Generator, until: Deadline) -> list[Circle]:
    """Circles that hold as many people as can be; fewer, still keeping every rule, when there is no time."""
    options = _options(numbered)
    best = fill(numbered, [], until)
    for _ in range(TRIES // max(1, len(numbered))):
        if _seated(best) == sum(map(len, options)) or not until.allows():
            return best
        best = max(best, fill(numbered, [], until, np.exp(LUCK * rng.normal(size=len(numbered))).tolist()), key=_seated)
    if len(numbered) <= COUNTED and until.allows(LEAST_SECONDS):
        best = max(best, fill(numbered, list(_counted(numbered, options, until)), until), key=_seated)
    return best


def _seated(circles: Iterable[Circle]) -> int:
    return sum(map(len, circles))


def _options(numbered: Numbered) -> Table:
    """For each unit the places where there are enough people for a circle; who has none is left out."""
    options: Table = defaultdict(list)
    for spot, units in sorted(numbered.places(numbered.units).items()):
        if _seated(units) >= numbered.rules.smallest:
            for unit in units:
                options[unit].append(spot)
    return options


def _counted(numbered: Numbered, options: Table, until: Deadline) -> Iterator[Circle]:
    """The best circles there can be, by the count; none when it does not come to an end."""
    model = _Model(numbered, options)
    found = solve(model.worth, model.entries, model.limits, whole=model.whole, most=model.most, until=until, gap=GAP)
    if found is not None:
        for units, count in model.read(found):
            yield from _deal(numbered, units, count)


def _deal(numbered: Numbered, units: Iterable[Circle], count: int) -> Iterator[Circle]:
    """So many circles of people who share a time and a language; who fits into none is left out."""
    circles: list[list[int]] = [[] for _ in range(count)]
    for unit in sorted(units, key=lambda unit: (-len(unit), -sum(len(numbered.never[one]) for one in unit), unit)):
        for circle in sorted(circles, key=len):
            if len(circle) + len(unit) <= numbered.rules.largest and numbered.at_peace([*circle, *unit]):
                circle.extend(unit)
                break
    return (tuple(sorted(circle)) for circle in circles if len(circle) >= numbered.rules.smallest)


class _Model:
    """The count as a matrix: first a column for each seat (a unit in a place), then one for each place."""

    def __init__(self, numbered: Numbered, options: Table) -> None:
        self.rules, self.units = numbered.rules, list(options)
        self.spots = sorted({spot for spots in options.values() for spot in spots})
        spot_at = {spot: n for n, spot in enumerate(self.spots)}
        seats = [(n, spot_at[spot]) for n, unit in enumerate(self.units) for spot in options[unit]]
        self.unit, self.spot = np.array(seats).T
        self.size = np.array([len(unit) for unit in self.units])[self.unit]
        self.rivals = self._rivals(numbered, {seat: n for n, seat in enumerate(seats)})
        people = np.bincount(self.spot, weights=self.size, minlength=len(self.spots))
        self.most = np.r_[np.ones(len(seats)), people // self.rules.smallest]
        self.whole = np.r_[self.size > 1, np.ones(len(self.spots))]
        self.worth = np.r_[self.size + TOGETHER * (self.size > 1), np.full(len(self.spots), CIRCLE_BONUS)]

    @property
    def limits(self) -> NDArray[np.float64]:
        """Each unit sits once; all other rows are differences that stay below 0."""
        return np.r_[np.ones(len(self.units)), np.zeros(2 * len(self.spots) + len(self.rivals))]

    @property
    def entries(self) -> Entries:
        """Each unit once; enough people for the circles, not too many for them, and rivals in different ones."""
        seats, spots = np.arange(len(self.unit)), np.arange(len(self.spots))
        circles, enough = len(seats) + spots, len(self.units)
        crowd, rivals = enough + len(spots), enough + 2 * len(spots) + np.arange(len(self.rivals))
        first, second, spot = self.rivals.T
        entries = [
            (self.unit, seats, np.ones(len(seats))),
            (enough + self.spot, seats, -self.size),
            (enough + spots, circles, np.full(len(spots), self.rules.smallest)),
            (crowd + self.spot, seats, self.size),
            (crowd + spots, circles, np.full(len(spots), -self.rules.largest)),
            (rivals, first, np.ones(len(rivals))),
            (rivals, second, np.ones(len(rivals))),
            (rivals, len(seats) + spot, -np.ones(len(rivals))),
        ]
        rows, columns, values = (np.concatenate(part) for part in zip(*entries, strict=True))
        return values, (rows, columns)

    def read(self, solution: NDArray[np.float64]) -> Iterator[tuple[list[Circle], int]]:
        """Each place that is used: who, and how many circles."""
        taken = solution[: len(self.unit)] > HALF
        for spot in np.flatnonzero(solution[len(self.unit) :] > HALF):
            units = self.unit[taken & (self.spot == spot)]
            yield [self.units[n] for n in units], round(solution[len(self.unit) + spot])

    def _rivals(self, numbered: Numbered, seat_at: dict[tuple[int, int], int]) -> NDArray[np.int64]:
        """Two seats of one place whose people must not meet, and the place."""
        unit_at = {one: n for n, unit in enumerate(self.units) for one in unit}
        pairs = {
            (unit_at[one], unit_at[other])
            for one in unit_at
            for other in numbered.never[one]
            if other in unit_at and unit_at[one] < unit_at[other]
        }
        spots_of: dict[int, set[int]] = defaultdict(set)
        for unit, spot in seat_at:
            spots_of[unit].add(spot)
        found = [
            (seat_at[one, spot], seat_at[other, spot], spot)
            for one, other in sorted(pairs)
            for spot in sorted(spots_of[one] & spots_of[other])
        ]
        return np.array(found, np.int64).reshape(-1, 3)
