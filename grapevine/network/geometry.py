"""Boxes, ellipses and curves of the drawn map. Plain numbers, no people."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, hypot, sin
from unicodedata import combining, east_asian_width

FONT = 13
LINE = 16
NARROW, WIDE, BROAD, FULL = 0.36, 0.78, 0.95, 1.1
_WIDTHS = {
    **dict.fromkeys("iljtfrI.,:;'’·|! ()[]-", NARROW),
    **dict.fromkeys("ABCDEGHKNOPQRSTUVXYZ", WIDE),
    **dict.fromkeys("mwMWÆŒ@%&…—", BROAD),
}
_USUAL = 0.62


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from its left upper to its right lower corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets_any(self, others: Iterable["Box"]) -> bool:
        """Whether it overlaps one of them."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        for other in others:
            if left < other.right and other.left < right and top < other.bottom and other.top < bottom:
                return True
        return False

    def is_inside(self, width: float, height: float) -> bool:
        """Whether it lies on the sheet."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height

    def is_crossed(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Whether the straight line from (x0, y0) to (x1, y1) touches it (Liang and Barsky, 1984)."""
        if max(x0, x1) < self.left or min(x0, x1) > self.right or max(y0, y1) < self.top or min(y0, y1) > self.bottom:
            return False
        enters, leaves = 0.0, 1.0
        for delta, near, far in (
            (x1 - x0, self.left - x0, self.right - x0),
            (y1 - y0, self.top - y0, self.bottom - y0),
        ):
            if delta:
                first, last = (near / delta, far / delta) if delta > 0 else (far / delta, near / delta)
                enters, leaves = max(enters, first), min(leaves, last)
        return enters <= leaves


def around(x: float, y: float, width: float, height: float) -> Box:
    """The box with this middle."""
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def on_ellipse(middle: tuple[float, float], radii: tuple[float, float], angle: float) -> tuple[float, float]:
    """The point of the ellipse at this angle; zero is to the right, a quarter turn is down."""
    return middle[0] + radii[0] * cos(angle), middle[1] + radii[1] * sin(angle)


@lru_cache(maxsize=2048)
def text_width(words: str, size: float = FONT) -> float:
    """How wide the words are at most, in our sans."""
    return sum(_width(letter) for letter in words) * size


def cut(words: str, most: float, size: float = FONT) -> str:
    """The words, or their beginning and an ellipsis, no wider than `most`."""
    if text_width(words, size) <= most:
        return words
    while words and text_width(words + "…", size) > most:
        words = words[:-1]
    return words.rstrip() + "…"


def tendril(
    start: tuple[float, float], end: tuple[float, float], bow: float, gaps: tuple[float, float]
) -> tuple[str, str]:
    """(curve, head) as SVG paths: from `start` to `end`, bowed to one side, ending `gaps` before the middles."""
    (x0, y0), (x1, y1) = start, end
    length = hypot(x1 - x0, y1 - y0) or 1
    bent = (x0 + x1) / 2 - (y1 - y0) * bow, (y0 + y1) / 2 + (x1 - x0) * bow
    first = _towards(start, bent, gaps[0])
    last, tip = _towards(end, bent, min(gaps[1] + 6, length / 2)), _towards(end, bent, gaps[1])
    return f"M{_at(first)}Q{_at(bent)} {_at(last)}", _head(last, tip)


def _head(last: tuple[float, float], tip: tuple[float, float]) -> str:
    angle = atan2(tip[1] - last[1], tip[0] - last[0])
    sides = (on_ellipse(last, (4, 4), angle + turn) for turn in (1.75, -1.75))
    return f"M{_at(tip)}" + "".join(f"L{_at(side)}" for side in sides) + "Z"


def _towards(point: tuple[float, float], other: tuple[float, float], by: float) -> tuple[float, float]:
    length = hypot(other[0] - point[0], other[1] - point[1]) or 1
    return point[0] + (other[0] - point[0]) * by / length, point[1] + (other[1] - point[1]) * by / length


def _at(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _width(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if combining(letter):
        return 0.0
    if east_asian_width(letter) in "WF":
        return FULL
    return WIDE if letter.isupper() else _USUAL
