"""Small cohorts by luck, and a judge of its own: plain sets and loops, nothing of the engine but its nouns."""

import random
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from grapevine.circles.forming import Applicant, Rules

LANGUAGES = ("en", "de", "pt", "ja")


def cohort(seed, most=40):
    """Applicants and rules; sizes, scarcity and rules differ from seed to seed."""
    luck = random.Random(seed)
    count = luck.randint(0, most)
    times = luck.choice((6, 12, 40, 200))
    people = [_applicant(n, count, times, luck) for n in range(count)]
    smallest = luck.choice((3, 5, 5, 5))
    rules = Rules(
        smallest=smallest,
        largest=smallest + luck.randint(0, 3),
        whole_chain=luck.random() < 0.3,
        apart=_pairs(people, count // 6, luck),
        moved=((0, frozenset(luck.sample(range(count), count // 8))),) if count else (),
        together=_pairs(people, count // 10, luck),
        met=_pairs(people, count * 2, luck),
    )
    return people, rules


def mistakes(proposal, people, rules):
    """Everything that is wrong with a proposal, in words."""
    seated = [one for circle in proposal.circles for one in circle]
    waiting = [one.id for one in proposal.waiting]
    wrong = [] if sorted(seated + waiting) == sorted(one.id for one in people) else ["not everybody once"]
    return wrong + [f"{circle} is no circle" for circle in proposal.circles if not is_circle(circle, people, rules)]


def is_circle(circle, people, rules):
    known = {one.id: one for one in people}
    members = [known[one] for one in circle]
    return (
        rules.smallest <= len(members) <= rules.largest
        and bool(set.intersection(*(_times(one) for one in members)))
        and bool(frozenset.intersection(*(one.languages for one in members)))
        and not any(_parted(a, b, rules) for a, b in combinations(members, 2))
    )


def worth(circle, people, rules):
    """The score of its members, added up."""
    known = {one.id: one for one in people}
    members = [known[one] for one in circle]
    times = len(set.intersection(*(_times(one) for one in members)))
    met = {frozenset(pair) for pair in rules.met}
    pairs = sum(_value(a, b, met) for a, b in combinations(members, 2))
    return 0.85 * 2 * pairs / (len(members) - 1) + 0.15 * len(members) * min(times, 3) / 3


def every_circle(people, rules):
    """All there are, found by growing them one by one."""
    ids = [one.id for one in people]
    grown = [(one,) for one in ids]
    loose = Rules(1, rules.largest, rules.whole_chain, rules.apart, rules.moved)
    found = []
    for size in range(2, rules.largest + 1):
        grown = [(*c, one) for c in grown for one in ids[ids.index(c[-1]) + 1 :] if is_circle((*c, one), people, loose)]
        found += grown if size >= rules.smallest else []
    return found


def optimum(people, rules, for_each=100.0):
    """Of all circles there are: the most people (each counts `for_each` on top of the score), and their score."""
    circles = every_circle(people, rules)
    if not circles:
        return 0, 0.0
    sizes, worths = (np.array([of(c) for c in circles], float) for of in (len, lambda c: worth(c, people, rules)))
    seats = np.array([[one.id in circle for circle in circles] for one in people], float)
    once = LinearConstraint(seats, -np.inf, 1)
    found = milp(-sizes * for_each - worths, integrality=np.ones(len(circles)), bounds=Bounds(0, 1), constraints=once)
    return round(sizes @ found.x), worths @ found.x


def _applicant(n, count, times, luck):
    return Applicant(
        id=n,
        slots=1 << luck.randrange(times) | luck.getrandbits(times) & luck.getrandbits(times),
        languages=frozenset(luck.sample(LANGUAGES, luck.choice((1, 1, 2)))),
        department=luck.choice("abcd"),
        level=luck.randrange(5),
        topics=frozenset(luck.sample(range(8), 2)),
        leads=tuple(luck.sample(range(count), luck.choice((0, 0, 1, 2)))) if count > 1 else (),
        zone=luck.choice(("", "east", "west")),
    )


def _pairs(people, count, luck):
    return tuple(tuple(luck.sample([one.id for one in people], 2)) for _ in range(count)) if len(people) > 1 else ()


def _times(one):
    return {n for n in range(one.slots.bit_length()) if one.slots >> n & 1}


def _parted(a, b, rules):
    above = (lambda one: one.leads) if rules.whole_chain else (lambda one: one.leads[:1])
    moved = any((a.id == one and b.id in group) or (b.id == one and a.id in group) for one, group in rules.moved)
    asked = {frozenset(pair) for pair in rules.apart}
    return a.id in above(b) or b.id in above(a) or moved or {a.id, b.id} in asked


def _value(a, b, met):
    gap = abs(a.level - b.level)
    return (
        0.3 * (a.department != b.department)
        + 0.2 * {0: 1, 1: 1, 2: 0.5}.get(gap, 0)
        + 0.2 * bool(a.topics & b.topics)
        + 0.3 * ({a.id, b.id} not in met)
    )
