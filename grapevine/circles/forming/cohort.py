"""What forming is told and what it answers: plain ids, nothing that can be changed."""

from collections.abc import Hashable
from dataclasses import dataclass

Id = Hashable
Pair = tuple[Id, Id]


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who wants to sit in a circle.

    `slots` is a bit mask: bit n stands for the n-th time at which a meeting may begin, the same moment for everybody.
    `leads` are the people above, nearest first. `zone` is any name for where the day begins; it only serves fairness.
    """

    id: Id
    slots: int
    languages: frozenset[Id]
    department: Id = ""
    level: int = 0
    topics: frozenset[Id] = frozenset()
    leads: tuple[Id, ...] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a circle must be, and what it should be.

    Must: `smallest` to `largest` members, a time and a language in common, nobody with their own lead (with
    `whole_chain`: with anybody above them), nobody with whom they are kept `apart`, nobody who was `moved` with
    anybody of the group they left; `locked` circles stay as they are.
    Should: `together` sit together, those who have `met` do not meet again, and what `values` counts.
    """

    smallest: int = 5
    largest: int = 8
    whole_chain: bool = False
    apart: tuple[Pair, ...] = ()
    moved: tuple[tuple[Id, frozenset[Id]], ...] = ()
    together: tuple[Pair, ...] = ()
    met: tuple[Pair, ...] = ()
    locked: tuple[tuple[Id, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody without a circle, and why: a kind of `reasons.KINDS`, and figures that `reasons.holds` can check."""

    id: Id
    kind: str
    facts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Circles that keep every rule, everybody else with a reason, and the score (0 to 1, the mean over all applicants).

    `parted` are pairs who wanted to sit together and cannot. `was_hurried`: the time was not enough for all of the work,
    so another run, or another machine, may come to other circles.
    """

    circles: tuple[tuple[Id, ...], ...]
    waiting: tuple[Waiting, ...]
    score: float
    parted: tuple[Pair, ...] = ()
    was_hurried: bool = False
