"""What a drawn map is made of: marks with a place, rings, tendrils, the names of units."""

from dataclasses import dataclass

from grapevine.network.closeness import Closeness
from grapevine.network.geometry import Box

ME = 26
UNIT_RADIUS = 22
TONES = 24
BUSY = 14
RADII = {Closeness.TRUSTED: 18, Closeness.BOTH_WAYS: 17, Closeness.ONCE: 16, Closeness.MET: 15, Closeness.NEW: 15}


@dataclass(frozen=True)
class Mark:
    """Somebody, or a whole unit, to be drawn."""

    label: str
    title: str
    initials: str
    hue: int
    unit: str
    ring: Closeness
    leans_on: bool
    leaned_on: bool
    is_tie: bool
    url: str = ""
    is_unit: bool = False

    @property
    def tone(self) -> int:
        """Which of the tones of a face."""
        return self.hue % 360 * TONES // 360

    @property
    def radius(self) -> int:
        """Closer people are drawn a little larger."""
        return UNIT_RADIUS if self.is_unit else RADII[self.ring]


@dataclass(frozen=True)
class Ring:
    """An ellipse and the word on it."""

    rx: int
    ry: int
    word: str
    y: int


@dataclass(frozen=True)
class Spot:
    """A mark in its place, its label beside it, and the tendrils between it and me."""

    mark: Mark
    x: int
    y: int
    label_x: int
    label_y: int
    disc: Box
    words: Box
    tendrils: tuple["Tendril", ...] = ()


@dataclass(frozen=True)
class Tendril:
    """A curve with a head: `out` from me to whom I lean on, `back` from who leans on me."""

    way: str
    curve: str
    head: str


@dataclass(frozen=True)
class UnitName:
    """The name of a unit at the rim, near its people."""

    words: str
    x: int
    y: int
    box: Box


@dataclass(frozen=True)
class Drawing:
    """Everything a template needs to draw."""

    width: int
    height: int
    x: int
    y: int
    rings: list[Ring]
    spots: list[Spot]
    units: list[UnitName]
    me: int = ME

    @property
    def is_busy(self) -> bool:
        """Many tendrils are drawn finer."""
        return len(self.spots) > BUSY
