"""Where everybody stands on the drawn map. Pure: the same people stand in the same places, whenever they are drawn.

I am in the middle. Closer people stand on inner rings; colleagues of one unit stand side by side. Nobody's name lies
on another's: the sheet grows downwards until all fit. More than `MOST` people are drawn as units.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import atan2, cos, hypot, sin, tau

from grapevine.network.closeness import Closeness
from grapevine.network.geometry import FONT, LINE, Box, around, cut, on_ellipse, tendril, text_width
from grapevine.network.shapes import ME, Drawing, Mark, Ring, Spot, Tendril, UnitName

MOST = 40
LABEL_MOST = 104
SMALL = 11.5
FIRST_ANGLE = -2.5
STEPS = 96
BOW = 0.1
INNERMOST = 0.4
AIR = 3.0
CLOSEST = 84  # from middle to middle, so that a tendril is still seen
CROSSING = 0.3  # as bad as standing so many radians away


@dataclass
class _Sheet:
    """A sheet while it fills."""

    width: int
    height: int
    radii: Mapping[Closeness, float]
    taken: list[Box] = field(default_factory=list)
    ring_words: list[Box] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    @property
    def middle(self) -> tuple[float, float]:
        return self.width / 2, self.height / 2

    @property
    def outer(self) -> tuple[float, float]:
        """The half axes of the outermost ring: room for a label on each side, and for units above and below."""
        return self.width / 2 - LABEL_MOST / 2 - 6, self.height / 2 - 62

    def axes(self, ring: Closeness, shift: float = 1.0) -> tuple[float, float]:
        """The half axes of a ring."""
        rx, ry = (half * self.radii[ring] * shift for half in self.outer)
        return max(rx, CLOSEST), max(ry, CLOSEST)


def draw(marks: Sequence[Mark], *, width: int, home: str = "") -> Drawing:
    """Everybody in their place. `home` is my own unit, which comes first."""
    ordered = sorted(marks, key=lambda m: (m.unit != home, m.unit == "", m.unit, m.label, m.title, m.url))
    return next(drawing for sheet in _sheets(ordered, width) if (drawing := _fill(sheet, ordered)))


def as_units(marks: Sequence[Mark], names: Mapping[str, str], elsewhere: str) -> list[Mark]:
    """One mark for each unit, the largest ones, and one for everybody elsewhere. `names` says who is in a unit."""
    by_unit = {unit: list(those) for unit, those in groupby(sorted(marks, key=lambda m: m.unit), lambda m: m.unit)}
    largest = sorted((u for u in by_unit if u), key=lambda u: (-len(by_unit[u]), u))[: MOST - 1]
    rest = [mark for unit, those in by_unit.items() if unit not in largest for mark in those]
    drawn = [_unit_mark(unit, by_unit[unit], names[unit]) for unit in largest]
    return [*drawn, _unit_mark(elsewhere, rest, elsewhere)] if rest else drawn


def _unit_mark(unit: str, those: Sequence[Mark], title: str) -> Mark:
    if len(those) == 1:
        return those[0]
    return Mark(
        label=unit,
        title=title,
        initials="".join(word[0] for word in unit.split()[:2]).upper(),
        hue=those[0].hue,
        unit=unit,
        ring=min(m.ring for m in those),
        leans_on=any(m.leans_on for m in those),
        leaned_on=any(m.leaned_on for m in those),
        is_tie=any(m.is_tie for m in those),
        url="#everybody",
        is_unit=True,
    )


def _sheets(marks: Sequence[Mark], width: int) -> Iterator[_Sheet]:
    radii = _radii(marks)
    height = 300.0 + 40 * (len(radii) - 1) + 7 * len(marks)
    while True:
        yield _Sheet(width, int(height), radii)
        height *= 1.12


def _radii(marks: Sequence[Mark]) -> dict[Closeness, float]:
    # rings that hold more people are given more room
    rings = sorted({mark.ring for mark in marks})
    room = [0.5 + sum(m.ring == ring for m in marks) / len(marks) for ring in rings]
    so_far = [sum(room[: n + 1]) / sum(room) for n in range(len(rings))]
    return {ring: max(share, INNERMOST + 0.12 * n) for n, (ring, share) in enumerate(zip(rings, so_far, strict=True))}


def _fill(sheet: _Sheet, marks: Sequence[Mark]) -> Drawing | None:
    rings = [_ring(sheet, ring) for ring in sheet.radii]
    sheet.ring_words += [around(sheet.middle[0], ring.y - 4, text_width(ring.word, SMALL) + 4, 14) for ring in rings]
    sheet.taken += [around(*sheet.middle, ME * 2 + 10, ME * 2 + 10), *sheet.ring_words]
    angles = {mark: FIRST_ANGLE + tau * n / len(marks) for n, mark in enumerate(marks)}
    # the innermost have the least choice, so they choose first
    for mark in sorted(marks, key=lambda m: m.ring):
        spot = _best(sheet, mark, angles[mark])
        if spot is None:
            return None
        sheet.spots.append(spot)
        sheet.taken += [spot.disc, spot.words]
    return Drawing(
        sheet.width,
        sheet.height,
        round(sheet.middle[0]),
        round(sheet.middle[1]),
        rings,
        [_with_tendrils(sheet, spot) for spot in sheet.spots],
        list(_unit_names(sheet)),
    )


def _ring(sheet: _Sheet, ring: Closeness) -> Ring:
    rx, ry = sheet.axes(ring)
    return Ring(round(rx), round(ry), str(ring.ring_word), round(sheet.middle[1] + ry + 4))


def _best(sheet: _Sheet, mark: Mark, angle: float) -> Spot | None:
    """The free place nearest to where the mark would like to stand, crossing as few names as can be."""
    best, least = None, float("inf")
    for step in range(STEPS):
        turn = (step + 1) // 2 * (1 if step % 2 else -1) * tau / STEPS
        if abs(turn) >= least:
            break
        for away, spot in _places(sheet, mark, angle + turn):
            cost = abs(turn) + away
            if cost < least and _is_free(sheet, spot) and (cost := cost + CROSSING * _crossings(sheet, spot)) < least:
                best, least = spot, cost
    return best


def _places(sheet: _Sheet, mark: Mark, angle: float) -> Iterator[tuple[float, Spot]]:
    # on the ring and near it, the label outside or inside
    for shift in (1.0, 0.86, 1.1):
        x, y = on_ellipse(sheet.middle, sheet.axes(mark.ring, shift), angle)
        for is_inwards in (False, True):
            yield abs(1 - shift) + is_inwards * 0.2, _spot(sheet, mark, x, y, is_inwards=is_inwards)


def _spot(sheet: _Sheet, mark: Mark, x: float, y: float, *, is_inwards: bool) -> Spot:
    x, y, width = round(x), round(y), text_width(mark.label)
    is_below = (y >= sheet.middle[1]) != is_inwards
    label_y = y + mark.radius + LINE if is_below else y - mark.radius - 6
    side = mark.radius * 2 + AIR * 2
    return Spot(
        mark, x, y, x, label_y, around(x, y, side, side), around(x, label_y - FONT * 0.33, width + AIR * 2, LINE)
    )


def _is_free(sheet: _Sheet, spot: Spot) -> bool:
    boxes = (spot.disc, spot.words)
    inside = all(box.is_inside(sheet.width, sheet.height) for box in boxes)
    return inside and not any(box.meets_any(sheet.taken) for box in boxes)


def _crossings(sheet: _Sheet, spot: Spot) -> int:
    """How many names, faces and words lie under the tendril of this one, and how often its own lie under others."""
    x, y = sheet.middle
    lying = [*sheet.ring_words, *(box for other in sheet.spots for box in (other.disc, other.words))]
    under_mine = sum(box.is_crossed(x, y, spot.x, spot.y) for box in lying)
    hull = Box(
        min(spot.disc.left, spot.words.left),
        min(spot.disc.top, spot.words.top),
        max(spot.disc.right, spot.words.right),
        max(spot.disc.bottom, spot.words.bottom),
    )
    return under_mine + sum(hull.is_crossed(x, y, other.x, other.y) for other in sheet.spots)


def _with_tendrils(sheet: _Sheet, spot: Spot) -> Spot:
    me, there, mark = sheet.middle, (float(spot.x), float(spot.y)), spot.mark
    out = [Tendril("out", *tendril(me, there, BOW, (ME, mark.radius + 3.0)))] if mark.leans_on else []
    back = [Tendril("back", *tendril(there, me, BOW, (mark.radius, ME + 3.0)))] if mark.leaned_on else []
    return replace(spot, tendrils=tuple(out + back))


def _unit_names(sheet: _Sheet) -> Iterator[UnitName]:
    """Each unit's name outside its people, where there is room; the table has them all."""
    units = {spot.mark.unit for spot in sheet.spots if spot.mark.unit and not spot.mark.is_unit}
    for unit in sorted(units) if len(units) > 1 else []:
        spots = [spot for spot in sheet.spots if spot.mark.unit == unit]
        name = next((n for n in _names_near(sheet, unit, spots) if not n.box.meets_any(sheet.taken)), None)
        if name:
            sheet.taken.append(name.box)
            yield name


def _names_near(sheet: _Sheet, unit: str, spots: Sequence[Spot]) -> Iterator[UnitName]:
    words, (angle, out) = cut(unit, LABEL_MOST * 1.4, SMALL), _rim_of(sheet, spots)
    width, (rx, ry) = text_width(words, SMALL) + 4, sheet.outer
    for beyond in (20, 34, 46, 58):
        for turn in (0, 0.08, -0.08, 0.16, -0.16, 0.24, -0.24):
            x, y = on_ellipse(sheet.middle, (rx * out + beyond, ry * out + beyond), angle + turn)
            x = min(max(x, width / 2 + 2), sheet.width - width / 2 - 2)
            box = around(x, y - 4, width, 15)
            if box.is_inside(sheet.width, sheet.height):
                yield UnitName(words, round(x), round(y), box)


def _rim_of(sheet: _Sheet, spots: Sequence[Spot]) -> tuple[float, float]:
    """The direction in which these stand, and how far out the outermost does."""
    (rx, ry), (x, y) = sheet.outer, sheet.middle
    polar = [(atan2(dy, dx), hypot(dx, dy)) for dx, dy in (((s.x - x) / rx, (s.y - y) / ry) for s in spots)]
    towards = atan2(sum(sin(angle) for angle, _ in polar), sum(cos(angle) for angle, _ in polar))
    return towards, max(out for _, out in polar)
