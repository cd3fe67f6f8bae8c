"""Five people with reasons: the choice itself, without a database.

Each candidate brings lines of evidence with a match (1 fits best, near 0 hardly). A line weighs its match, by how it came
about (an outcome outranks a self-description) and by its age (half as much after 180 days); a person counts with
their best five lines, so that having answered everything does not crowd out everybody else. The weights only order
people here; no number leaves this module.

The five are a mix after practice: one close and easy to reach, one who learned it recently, one who knows it deeply,
one across a border, one new face. Who rests or is full is shown once at most, last, and cannot be asked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from grapevine.skills.models import Evidence

HALF_LIFE_DAYS = 180
FLOOR = 0.2  # a line that fits at all counts for something, also where the words are common
LINES_COUNTED = 5
RECENT_DAYS = 183
FIVE = 5
WEIGHT = {
    Evidence.Kind.USED: 2.0,
    Evidence.Kind.HELPED: 1.5,
    Evidence.Kind.SHARED: 1.3,
    Evidence.Kind.LEARNED: 1.2,
    Evidence.Kind.OFFERED: 1.0,
}


@dataclass(frozen=True)
class Line:
    """One line of evidence that fits the words."""

    kind: str
    words: str
    on: date
    match: float
    got: str = ""
    url: str = ""
    is_own: bool = False  # of a talk the asker brought: sealed words, for the asker alone

    @property
    def title(self) -> str:
        """The first line, which is the title of a page."""
        return self.words.split("\n")[0]


@dataclass
class Candidate:
    """A person who may be suggested. `is_free` is false while they rest or are full."""

    person: int
    unit: int | None
    lines: list[Line] = field(default_factory=list)
    is_free: bool = True
    is_known: bool = False
    is_close: bool = False
    load: int = 0

    def weight(self, today: date) -> float:
        """How much speaks for this person."""
        best = sorted((_weight(line, today) for line in self.lines), reverse=True)
        return sum(best[:LINES_COUNTED])

    def learned_recently(self, today: date) -> bool:
        """Learned it in the last six months."""
        return any(line.kind == Evidence.Kind.LEARNED and (today - line.on).days <= RECENT_DAYS for line in self.lines)


@dataclass(frozen=True)
class Choice:
    """A chosen person and the place in the mix: close, recent, deep, border, new, or more."""

    candidate: Candidate
    place: str


def choose(candidates: Iterable[Candidate], *, unit: int | None, today: date) -> list[Choice]:
    """At most five people, at least one of another unit than `unit` where there is one. Deterministic."""
    order = sorted(candidates, key=lambda c: (-c.weight(today), c.load, c.person))
    free = [c for c in order if c.is_free]
    chosen: dict[int, Choice] = {}
    _take(chosen, "recent", free, lambda c: c.learned_recently(today))
    _take(chosen, "deep", order, lambda c: bool(c.lines))
    _take(chosen, "border", free, lambda c: c.unit != unit)
    _take(chosen, "new", sorted(free, key=lambda c: (not c.lines, c.load)), lambda c: not c.is_known and c.unit != unit)
    _take(chosen, "close", free, lambda c: c.is_close)
    for candidate in free:
        _take(chosen, "more", [candidate], lambda _: True)
    return _in_order(list(chosen.values()))


def _take(chosen: dict[int, Choice], place: str, among: list[Candidate], fits: Callable[[Candidate], bool]) -> None:
    if len(chosen) == FIVE:
        return
    found = next((c for c in among if c.person not in chosen and fits(c)), None)
    if found:
        chosen[found.person] = Choice(found, place)


def _in_order(choices: list[Choice]) -> list[Choice]:
    places = ("recent", "close", "deep", "more", "border", "new")
    return sorted(choices, key=lambda c: (not c.candidate.is_free, places.index(c.place)))


def _weight(line: Line, today: date) -> float:
    age = max((today - line.on).days, 0)
    return max(line.match, FLOOR) * WEIGHT[Evidence.Kind(line.kind)] * 0.5 ** (age / HALF_LIFE_DAYS)
