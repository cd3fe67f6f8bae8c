"""Who still waits: a new circle of those who wait, a seat where there is room, or a circle with people others can spare.

Used after placing, and alone when there is no time for anything better. Rarest first: who has the fewest places where a
circle could meet chooses first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from grapevine.circles.forming.deadline import Deadline
from grapevine.circles.forming.exact import some_circle
from grapevine.circles.forming.numbered import Circle, Numbered, Place


def fill(
    numbered: Numbered, circles: Sequence[Circle], until: Deadline, luck: Sequence[float] | None = None
) -> list[Circle]:
    """The same circles with more people, and more circles; nobody who sits is left out. `luck` turns the order a little."""
    hall = _Hall(numbered, circles, luck or [1.0] * len(numbered))
    for unit in hall.rarest_first():
        if unit in hall.waiting and until.allows():
            # what asks least of others comes first
            any(way(unit) for way in (hall.open, hall.add, hall.open_with_spare, hall.open_by_search))
    return sorted(hall.circles)


def settle(numbered: Numbered, circles: Sequence[Circle], until: Deadline) -> list[Circle]:
    """Fill until nobody who waits could sit anywhere."""
    before, settled = -1, list(circles)
    while before < (before := sum(map(len, settled))) and until.allows():
        settled = fill(numbered, settled, until)
    return settled


class _Hall:
    """Circles as they grow, and who waits."""

    def __init__(self, numbered: Numbered, circles: Sequence[Circle], luck: Sequence[float]) -> None:
        self.numbered, self.rules, self.luck = numbered, numbered.rules, luck
        self.circles = list(circles)
        self.common = [_common(numbered, circle) for circle in circles]
        self.circle_of = {one: n for n, circle in enumerate(circles) for one in circle}
        self.waiting = {unit for unit in numbered.units if self.circle_of.keys().isdisjoint(unit)}
        self.places = {place: units for place, units in numbered.places(numbered.units).items() if self._enough(units)}
        self.places_of: dict[Circle, list[Place]] = defaultdict(list)
        for place, units in self.places.items():
            for unit in units:
                self.places_of[unit].append(place)
        for units in self.places.values():
            units.sort(key=self._rarity)

    def rarest_first(self) -> list[Circle]:
        """Who waits and has a place at all."""
        return sorted(self.waiting & self.places_of.keys(), key=self._rarity)

    def open(self, unit: Circle) -> bool:
        """A new circle of those who wait."""
        return self._open(unit, lambda _: False)

    def open_with_spare(self, unit: Circle) -> bool:
        """A new circle with people whose circles stay large enough without them."""
        return self._open(unit, self._is_spare)

    def open_by_search(self, unit: Circle) -> bool:
        """A new circle of those who wait, found by trying every way there is."""
        pools = ([other for other in self.places[place] if other in self.waiting] for place in self.places_of[unit])
        circle = some_circle(self.numbered, unit, pools)
        if circle:
            self._open_for(circle)
        return bool(circle)

    def add(self, unit: Circle) -> bool:
        """A seat in the smallest circle that has room and suits."""
        slots, languages = _common(self.numbered, unit)
        suits = [
            (len(circle), n)
            for n, (circle, (times, words)) in enumerate(zip(self.circles, self.common, strict=True))
            if times & slots and words & languages and self._suits(circle, unit)
        ]
        if suits:
            _, n = min(suits)
            self._put(n, self.circles[n] + unit)
        return bool(suits)

    def _open(self, unit: Circle, may_come: Callable[[Circle], bool]) -> bool:
        drafts = (self._draft(unit, self.places[place], may_come) for place in self.places_of[unit])
        complete = [draft for draft in drafts if len(draft) >= self.rules.smallest]
        if complete:
            self._open_for(min(complete, key=self._cost))
        return bool(complete)

    def _draft(self, unit: Circle, company: Iterable[Circle], may_come: Callable[[Circle], bool]) -> Circle:
        """Just enough people around one unit, of one place."""
        draft, robbed = unit, set[int | None]()
        for other in company:
            if len(draft) >= self.rules.smallest:
                break
            home = self.circle_of.get(other[0])
            free = other in self.waiting or (home not in robbed and may_come(other))
            if free and other != unit and self._suits(draft, other):
                draft += other
                robbed.add(home)
        return draft

    def _suits(self, circle: Circle, unit: Circle) -> bool:
        return len(circle) + len(unit) <= self.rules.largest and self.numbered.at_peace(circle + unit)

    def _cost(self, draft: Circle) -> tuple[int, int, Circle]:
        """People who have to move, then the places of all of them: the common ones are left for later."""
        moved = sum(one in self.circle_of for one in draft)
        return moved, sum(len(self.places_of[self.numbered.unit_of[one]]) for one in draft), draft

    def _open_for(self, draft: Circle) -> None:
        for one in draft:
            if one in self.circle_of:
                home = self.circle_of[one]
                self._put(home, tuple(other for other in self.circles[home] if other != one))
        self.circles.append(())
        self.common.append((0, 0))
        self._put(len(self.circles) - 1, draft)

    def _put(self, n: int, members: Circle) -> None:
        self.circles[n] = tuple(sorted(members))
        self.common[n] = _common(self.numbered, members)
        for one in members:
            self.circle_of[one] = n
            self.waiting.discard(self.numbered.unit_of[one])

    def _rarity(self, unit: Circle) -> tuple[float, Circle]:
        return len(self.places_of[unit]) * self.luck[unit[0]], unit

    def _is_spare(self, unit: Circle) -> bool:
        home = self.circle_of.get(unit[0])
        return len(unit) == 1 and home is not None and len(self.circles[home]) > self.rules.smallest

    def _enough(self, units: Iterable[Circle]) -> bool:
        return sum(map(len, units)) >= self.rules.smallest


def _common(numbered: Numbered, members: Circle) -> tuple[int, int]:
    return numbered.shared_slots(members), numbered.shared_languages(members)
