"""Which circles are mixed when one does not suit, and who is parted besides those who asked. For the engine alone.

Whoever asked to be moved sits with nobody of their old list. Were they the only one, two lists side by side would tell.
So of every list that is mixed as many others are parted in the same way: chosen by a hash under a key from the key file,
which nobody can work out and which is the same in the next round.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import cast

from grapevine.circles.forming import Rules
from grapevine.circles.models import Cohort, ProposedCircle, ProposedSeat
from grapevine.circles.queries.candidates import Candidates
from grapevine.vaults.queries import pair_mark

BESIDES = 2  # so many others for one who asked: circles mixed, and people parted


def staying(
    cohort: Cohort, circles: Iterable[ProposedCircle], restless: Collection[ProposedCircle]
) -> list[ProposedCircle]:
    """Circles that stay as they are. For each restless one another is mixed in, and two more: three of a list can part."""
    others = sorted((circle for circle in circles if circle not in restless), key=lambda one: _draw(cohort, one.pk))
    return others[len(restless) + BESIDES :]


def scatterings(everybody: Candidates) -> Iterator[Rules]:
    """The rules, with so many parted from their list that nobody stands out; then with fewer; last with those who asked."""
    lists = _lists_before(everybody)
    rules = replace(everybody.rules, met=tuple(sorted({*everybody.rules.met, *_pairs(lists)})))
    asked = {cast("int", who) for who, _others in rules.moved}
    most = max((len(asked & one) for one in lists), default=0)
    for count in range(most + BESIDES, 0, -1) if lists else ():
        yield replace(rules, moved=(*rules.moved, *_parted(everybody.cohort, lists, asked, count)))
    yield rules


def _lists_before(everybody: Candidates) -> list[set[int]]:
    """Lists that were shown, of those who are to be seated now: formed anew they scatter."""
    shown = ProposedSeat.objects.filter(proposal__cohort=everybody.cohort, proposal__shown_at__isnull=False)
    lists: dict[int, set[int]] = {}
    for circle, person in shown.order_by("circle").values_list("circle", "application__person"):
        if person in everybody.applications:
            lists.setdefault(circle, set()).add(person)
    return list(lists.values())


def _pairs(lists: Iterable[set[int]]) -> set[tuple[int, int]]:
    return {pair for one in lists for pair in combinations(sorted(one), 2)}


def _parted(
    cohort: Cohort, lists: Iterable[set[int]], asked: Collection[int], count: int
) -> Iterator[tuple[int, frozenset[int]]]:
    for one in lists:
        drawn = sorted(one, key=lambda who: (who not in asked, _draw(cohort, who)))
        yield from ((who, frozenset(one - {who})) for who in drawn[:count] if who not in asked)


def _draw(cohort: Cohort, number: int) -> str:
    return pair_mark(by=cohort.pk, about=number, purpose="drawn by lot in a cohort")
