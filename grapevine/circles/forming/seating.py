"""Who sits where, as tables of numbers, so that thousands of exchanges are weighed at once.

Rows are circles, then benches for those who wait; each row has as many seats as the largest circle, and an empty seat
is taken by nobody, who goes with everybody. A ring of seats hands its people on: the person of the second seat takes
the first, and so on round. An exchange is a ring of two; who moves over or in makes a ring with an empty seat.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from grapevine.circles.forming.numbered import Circle, Numbered
from grapevine.circles.forming.values import MOST_TIMES, NEVER, PAIRS, PLACED, TIMES, pair_values

Ints = NDArray[np.int64]
Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]

AGAIN = 0.1  # what people ask for most is not to meet the same again: it weighs more than the score says
IMPOSSIBLE = -1e6
WORD = 64
ALL = 2**WORD - 1


class Seating:
    """Circles and benches that keep the rules from the first to the last exchange."""

    def __init__(
        self, numbered: Numbered, circles: Sequence[Circle], waiting: Sequence[int], lag: Sequence[float]
    ) -> None:
        self.members = sorted([*waiting, *(one for circle in circles for one in circle)])
        self.nobody = len(self.members)
        self.width = numbered.rules.largest
        self._measure(numbered)
        self._describe(numbered, lag)
        self._seat(circles, waiting)

    def circles(self) -> list[Circle]:
        """The circles as they are now."""
        return [self._people(row) for row in self.seats[self.is_circle]]

    def waiting(self) -> list[int]:
        """Who sits on a bench now."""
        return sorted(self._people(self.seats[~self.is_circle].ravel()))

    def score(self) -> float:
        """What all circles are worth, and that so many sit in one."""
        return float(self.worth.sum() + self.weight[self.seats[self.is_circle]].sum())

    def take_back(self, seats: Ints) -> None:
        """Seat everybody as they sat before."""
        self.seats = seats
        self._look(np.arange(len(seats)))

    def offered(self) -> Ints:
        """Seats that may change hands: of those who are not held together, and one empty seat of each circle."""
        empty = self.seats == self.nobody
        first_empty = empty & (empty.cumsum(axis=1) == 1) & self.is_circle[:, None]
        return np.flatnonzero((~empty & ~self.held[self.seats]) | first_empty)

    def may_take(self, seats: Ints, givers: Ints) -> Bools:
        """Table: may who sits at the giver (a seat, too) take the seat? Whether they get on is not looked at here."""
        rows, others = seats // self.width, givers // self.width
        own, theirs = self.seats.flat[seats], self.seats.flat[givers]
        may = _meet(self.without.reshape(-1, self.words)[seats], self.masks[theirs], self.language_word)
        may |= ~self.is_circle[rows][:, None]
        may &= rows[:, None] != others[None, :]
        may &= self.is_circle[rows][:, None] | self.is_circle[others][None, :]
        may[np.ix_((own == self.nobody) | ~self._can_lose(rows), theirs == self.nobody)] = False
        return may

    def gains(self, seats: Ints, incoming: Ints) -> Floats:
        """What each seat's row gains when somebody else sits there."""
        rows, outgoing = seats // self.width, self.seats.flat[seats]
        sizes = self.sizes[rows] + (incoming != self.nobody) - (outgoing != self.nobody)
        company = self.values[incoming[:, None], self.seats[rows]].sum(axis=1) - self.values[incoming, outgoing]
        pairs = self.pairs[rows] - self.company.flat[seats] + company
        common = self.without.reshape(-1, self.words)[seats] & self.masks[incoming]
        worth = self._worth(common, pairs, sizes) - self.worth[rows] + self.weight[incoming] - self.weight[outgoing]
        return np.where(self.is_circle[rows], worth, np.float32(0))

    def hand_on(self, rings: Ints) -> None:
        """Turn each ring (a column) by one seat; no row may be part of two."""
        people = self.seats.flat[rings]
        self.seats.flat[rings] = np.roll(people, -1, axis=0)
        self._look(np.unique(rings // self.width))

    def _people(self, row: Ints) -> Circle:
        return tuple(sorted(self.members[one] for one in row if one != self.nobody))

    def _measure(self, numbered: Numbered) -> None:
        """What a circle of each size is worth, and which sizes there may be."""
        rules, size = numbered.rules, np.arange(self.width + 2)
        self.per_pair = (2 * PAIRS / np.maximum(1, size - 1)).astype(np.float32)
        self.per_time = (TIMES * size / MOST_TIMES).astype(np.float32)
        self.legal = (size >= rules.smallest) & (size <= rules.largest)

    def _describe(self, numbered: Numbered, lag: Sequence[float]) -> None:
        """Everybody, and nobody as the last."""
        count, people = self.nobody, self.members
        self.values = np.zeros((count + 1, count + 1), np.float32)
        self.values[:count, :count] = pair_values(numbered, people, AGAIN)
        slots, languages = (_words([masks[one] for one in people]) for masks in (numbered.slots, numbered.languages))
        self.masks = np.vstack(
            [np.hstack([slots, languages]), np.full(slots.shape[1] + languages.shape[1], ALL, np.uint64)]
        )
        self.language_word, self.words = slots.shape[1], self.masks.shape[1]
        self.held = np.array([*(len(numbered.unit_of[one]) > 1 for one in people), False])
        self.weight = np.array([*(PLACED * (1 + lag[one]) for one in people), 0], np.float32)

    def _seat(self, circles: Sequence[Circle], waiting: Sequence[int]) -> None:
        where = {one: n for n, one in enumerate(self.members)}
        benches = [tuple(waiting[n : n + self.width]) for n in range(0, len(waiting), self.width)]
        rows = [*circles, *benches]
        self.seats = np.full((len(rows), self.width), self.nobody)
        for row, members in zip(self.seats, rows, strict=True):
            row[: len(members)] = [where[one] for one in members]
        self.is_circle = np.arange(len(rows)) < len(circles)
        self.sizes = np.zeros(len(rows), np.int64)
        self.pairs, self.worth = np.zeros((2, len(rows)), np.float32)
        self.company = np.zeros(self.seats.shape, np.float32)
        self.without = np.zeros((*self.seats.shape, self.words), np.uint64)
        self._look(np.arange(len(rows)))

    def _look(self, rows: Ints) -> None:
        """Keep what is known of rows whose people changed: company of each seat, masks of all without that seat."""
        seats = self.seats[rows]
        self.sizes[rows] = (seats != self.nobody).sum(axis=1)
        self.company[rows] = self.values[seats[:, :, None], seats[:, None, :]].sum(axis=2)
        self.pairs[rows] = self.company[rows].sum(axis=1) / 2
        self.without[rows], common = _all_but_one(self.masks[seats])
        worth = self._worth(common, self.pairs[rows], self.sizes[rows])
        self.worth[rows] = np.where(self.is_circle[rows], worth, 0)

    def _worth(self, common: Words, pairs: Floats, sizes: Ints) -> Floats:
        times = np.bitwise_count(common[:, : self.language_word]).sum(axis=1, dtype=np.int64)
        speak = common[:, self.language_word :].any(axis=1)
        possible = (times > 0) & speak & (pairs > NEVER / 2) & self.legal[sizes]
        worth = self.per_pair[sizes] * pairs + self.per_time[sizes] * np.minimum(times, MOST_TIMES)
        return np.where(possible, worth, np.float32(IMPOSSIBLE))

    def _can_lose(self, rows: Ints) -> Bools:
        return self.legal[self.sizes[rows] - 1] | ~self.is_circle[rows]


def _meet(some: Words, others: Words, language_word: int) -> Bools:
    """Table: a time and a language in common."""
    return _overlap(some[:, :language_word], others[:, :language_word]) & _overlap(
        some[:, language_word:], others[:, language_word:]
    )


def _overlap(some: Words, others: Words) -> Bools:
    shared = some[:, 0, None] & others[None, :, 0]
    for word in range(1, some.shape[1]):
        shared |= some[:, word, None] & others[None, :, word]
    return shared != 0


def _words(masks: Sequence[int]) -> Words:
    """Masks of any length as rows of 64-bit words."""
    count = max(1, -(-max(mask.bit_length() for mask in masks) // WORD))
    return np.array([[mask >> WORD * n & ALL for n in range(count)] for mask in masks], np.uint64)


def _all_but_one(masks: Words) -> tuple[Words, Words]:
    """For each seat what the others of its row have in common, and what the whole row has."""
    before, after = np.full_like(masks, ALL), np.full_like(masks, ALL)
    for seat in range(1, masks.shape[1]):
        np.bitwise_and(before[:, seat - 1], masks[:, seat - 1], out=before[:, seat])
        np.bitwise_and(after[:, -seat], masks[:, -seat], out=after[:, -seat - 1])
    return before & after, before[:, -1] & masks[:, -1]
