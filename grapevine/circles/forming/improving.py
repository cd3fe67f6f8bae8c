"""Quality: annealing by rings of two and three seats, a thousand weighed at once.

The number of rounds follows from the number of people alone, so a seed gives the same circles wherever there is time
for all of them. Where there is not, rounds are left out, and it still cools to the end: circles that stay half mixed are
hardly better than those it began with. A large cohort is improved in parts, cut differently each time.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from grapevine.circles.forming.deadline import Deadline
from grapevine.circles.forming.fairness import lag
from grapevine.circles.forming.numbered import Circle, Numbered
from grapevine.circles.forming.seating import Bools, Floats, Ints, Seating

HOT, COLD = 0.15, 0.015  # a loss of so much, in the score of one person, is still taken now and then
ROWS = 40  # looked at in one round
TRIED = 1_000  # rings weighed at once, at most; in a small cohort as many as there are people
PAIRS, TRIPLES = 4, 2  # times in a round
COINS = 100_003
ROUNDS, FOR_EACH = 400, 1 / 3  # and for each person more: many take longer to find each other
PART, BENCHES = 2_500, 500  # people who sit and who wait; the table of pairs grows with the square
PASSES = 8


def improve(numbered: Numbered, circles: Sequence[Circle], rng: np.random.Generator, until: Deadline) -> list[Circle]:
    """Circles at least as good, with at least as many people, that keep every rule."""
    heats = np.geomspace(HOT, COLD, _rounds(min(len(numbered), PART)))
    passes = np.array_split(heats, PASSES if len(numbered) > PART else 1)
    for n, some in enumerate(passes):
        circles = _improve_parts(numbered, circles, Leg(some, n / len(passes), (n + 1) / len(passes)), rng, until)
    return list(circles)


class Leg(NamedTuple):
    """Some rounds, and which part of the whole way they are, from 0 to 1."""

    heats: Floats
    begin: float
    end: float

    def part(self, n: int, count: int) -> "Leg":
        """The same rounds, for one of so many parts of the people."""
        length = (self.end - self.begin) / count
        return Leg(self.heats, self.begin + n * length, self.begin + (n + 1) * length)

    def rounds(self) -> Iterator[tuple[float, float]]:
        """The heat of each, and how much of the way is behind it."""
        yield from zip(self.heats, np.linspace(self.begin, self.end, len(self.heats), endpoint=False), strict=True)


def _improve_parts(
    numbered: Numbered, circles: Sequence[Circle], leg: Leg, rng: np.random.Generator, until: Deadline
) -> list[Circle]:
    """Every part once; some of those who wait are on its benches."""
    better: list[Circle] = []
    weights = lag(numbered, circles)
    waiting = sorted(set(range(len(numbered))).difference(*circles))
    parts = _parts(numbered, circles, rng)
    for n, part in enumerate(parts):
        if not until.allows():
            better += part
            continue
        mixed = rng.permutation(waiting).tolist()
        seating = Seating(numbered, part, sorted(mixed[:BENCHES]), weights)
        anneal(seating, leg.part(n, len(parts)), rng, until)
        better += seating.circles()
        waiting = sorted([*mixed[BENCHES:], *seating.waiting()])
    return better


def _parts(numbered: Numbered, circles: Sequence[Circle], rng: np.random.Generator) -> list[list[Circle]]:
    """Circles that could meet at the same times stay together; where the week begins is chosen by luck."""
    count = -(-sum(map(len, circles)) // PART)
    turn = int(rng.integers(numbered.times))
    ordered = sorted(circles, key=lambda circle: (_first_time(numbered, circle) - turn) % numbered.times)
    return [ordered[len(ordered) * n // count : len(ordered) * (n + 1) // count] for n in range(count)]


def _first_time(numbered: Numbered, circle: Circle) -> int:
    slots = numbered.shared_slots(circle)
    return (slots & -slots).bit_length()


def anneal(seating: Seating, leg: Leg, rng: np.random.Generator, until: Deadline) -> None:
    """Exchange people, less and less to their loss."""
    best, score = seating.seats.copy(), seating.score()
    luck = _Luck(rng, len(seating.members))
    for heat, done in leg.rounds():
        if until.keeps_pace(done):
            _round(seating, luck, heat)
    if seating.score() < score:
        seating.take_back(best)


def _rounds(people: int) -> int:
    return ROUNDS + int(people * FOR_EACH)


class _Luck:
    """Random choices, drawn in bulk."""

    def __init__(self, rng: np.random.Generator, people: int) -> None:
        self.rng, self.tried = rng, min(TRIED, people + 1)
        self.coins = -rng.exponential(size=COINS).astype(np.float32)

    def losses(self, count: int) -> Floats:
        """What loss each of so many is let off, in units of heat."""
        start = int(self.rng.integers(COINS - count))
        return self.coins[start : start + count]

    def some(self, count: int) -> Ints:
        """Which of so many are tried, some of them twice."""
        return self.rng.integers(count, size=self.tried)


def _round(seating: Seating, luck: _Luck, heat: float) -> None:
    """Look at some rows and all seats that may change hands with theirs, then try rings of these."""
    offered = seating.offered()
    rows = luck.rng.permutation(len(seating.seats))[:ROWS]
    seats = offered[np.isin(offered // seating.width, rows)]
    takes = seating.may_take(seats, offered)
    gives = seating.may_take(offered, seats).T if len(seats) < len(offered) else takes.T
    pairs = _pairs(takes & gives, seats, offered)
    for _ in range(PAIRS):
        _try(seating, pairs[:, luck.some(pairs.shape[1])] if pairs.size else pairs, luck, heat)
    among = takes[:, np.searchsorted(offered, seats)]
    for _ in range(TRIPLES):
        _try(seating, _triples(among, seats, luck), luck, heat)


def _pairs(both: Bools, seats: Ints, others: Ints) -> Ints:
    """Rings of two: each may take the seat of the other."""
    one, other = np.nonzero(both)
    return np.stack([seats[one], others[other]])


def _triples(takes: Bools, seats: Ints, luck: _Luck) -> Ints:
    """Some rings of three: the second may take the first seat, the third the second, the first the third."""
    first, second = np.nonzero(takes)
    if not len(first):
        return np.zeros((3, 0), np.int64)
    chosen = luck.some(len(first))
    first, second = first[chosen], second[chosen]
    closes = takes[second] & takes.T[first]
    turn = int(luck.rng.integers(len(seats)))  # else the first seats of the table would always be the third
    third = (np.roll(closes, -turn, axis=1).argmax(axis=1) + turn) % len(seats)
    rings = np.stack([seats[first], seats[second], seats[third]])
    return rings[:, closes[np.arange(len(third)), third]]


def _try(seating: Seating, rings: Ints, luck: _Luck, heat: float) -> None:
    """Turn the rings that gain, and some that lose; those after the first that want the same row are left."""
    people = seating.seats.flat[rings]
    gains = seating.gains(rings.ravel(), np.roll(people, -1, axis=0).ravel()).reshape(rings.shape).sum(axis=0)
    taken = rings[:, gains > heat * luck.losses(rings.shape[1])]
    if taken.size:
        seating.hand_on(_each_row_once(taken, taken // seating.width, len(seating.seats)))


def _each_row_once(rings: Ints, rows: Ints, count: int) -> Ints:
    order = np.arange(rings.shape[1])
    first = np.full(count, rings.shape[1])
    for row in rows:
        np.minimum.at(first, row, order)
    return rings[:, (first[rows] == order).all(axis=0)]
