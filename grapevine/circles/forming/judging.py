"""What a circle made by hand lacks, and what its members share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_

from grapevine.circles.forming.cohort import Applicant, Id, Rules
from grapevine.circles.forming.numbered import asked_apart, bits, in_line

BROKEN = ("size", "times", "languages", "line", "cannot_sit_together")


@dataclass(frozen=True, slots=True)
class Common:
    """What people in a circle share: times, languages, topics of two or more (how many have each), pairs new to each other."""

    slots: tuple[int, ...]
    languages: frozenset[Id]
    topics: tuple[tuple[Id, int], ...]
    new_pairs: int
    pairs: int


def broken_rules(circle: Sequence[Id], applicants: Sequence[Applicant], rules: Rules) -> list[str]:
    """Which of `BROKEN` hold for these people, in that order; `cannot_sit_together` tells neither who nor why.

    Raises KeyError when somebody among them did not apply.
    """
    members = _members(circle, applicants)
    ids = set(circle)
    broken = {
        "size": not rules.smallest <= len(members) <= rules.largest,
        "times": not _shared_slots(members),
        "languages": not _shared_languages(members),
        "line": any(ids.issuperset(pair) for pair in in_line(members, rules)),
        "cannot_sit_together": any(ids.issuperset(pair) for pair in asked_apart(rules)),
    }
    return [name for name in BROKEN if broken[name]]


def common(circle: Sequence[Id], applicants: Sequence[Applicant], rules: Rules) -> Common:
    """What they share, whether or not they make a whole circle. Raises KeyError when somebody did not apply."""
    members = _members(circle, applicants)
    met = {frozenset(pair) for pair in rules.met}
    pairs = [frozenset(pair) for pair in combinations(circle, 2)]
    topics = Counter(topic for one in members for topic in one.topics)
    return Common(
        slots=tuple(bits(_shared_slots(members))),
        languages=_shared_languages(members),
        topics=tuple(
            sorted(((topic, n) for topic, n in topics.items() if n > 1), key=lambda row: (-row[1], repr(row[0])))
        ),
        new_pairs=sum(pair not in met for pair in pairs),
        pairs=len(pairs),
    )


def _members(circle: Sequence[Id], applicants: Sequence[Applicant]) -> list[Applicant]:
    known = {one.id: one for one in applicants}
    return [known[one] for one in circle]


def _shared_slots(members: Sequence[Applicant]) -> int:
    return reduce(and_, (one.slots for one in members)) if members else 0


def _shared_languages(members: Sequence[Applicant]) -> frozenset[Id]:
    return frozenset.intersection(*(one.languages for one in members)) if members else frozenset()
