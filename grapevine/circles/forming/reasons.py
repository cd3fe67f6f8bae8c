"""Why somebody waits, so that a machine can check it and nobody learns whom somebody would rather not sit with.

| kind | holds when | facts |
|---|---|---|
| `times` | too few others have any one of their times | `others`: the most at one of them |
| `languages` | too few others speak any one of their languages | `others`: the most who speak one of them |
| `times_and_languages` | each would do, not both at once | `others`: the most with one time and one language |
| `company` | there are enough, but the rules leave no whole circle with them | `others`: as above |
| `full` | every circle they suit is full, and those who wait make none with them | `circles` they suit, `others` who wait |
| `stopped` | they could sit somewhere, had there been more time | |

The first that holds is told. Who wants to sit with somebody waits with them: then `others` are those besides both, and
`together` says how many they are. Locked circles stay as they are, so they are no circles anybody suits.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from grapevine.circles.forming.cohort import Applicant, Id, Proposal, Rules, Waiting
from grapevine.circles.forming.exact import some_circle
from grapevine.circles.forming.numbered import Circle, Numbered, bits, number

Facts = dict[str, int]


def explain(numbered: Numbered, circles: Sequence[Circle]) -> list[Waiting]:
    """A reason for everybody who sits in none of these circles, in the order of their applications."""
    case = _Case(numbered, circles)
    told = {unit: case.reason(unit) for unit in case.waiting}
    return [
        Waiting(numbered.people[one].id, kind, tuple(facts.items()))
        for one, unit in enumerate(numbered.unit_of)
        if unit in told
        for kind, facts in [told[unit]]
    ]


def holds(waiting: Waiting, proposal: Proposal, applicants: Sequence[Applicant], rules: Rules) -> bool:
    """The reason is the first that applies to them in this proposal, and its figures are right."""
    return waiting in explain(*_numbered(proposal, applicants, rules))


def all_hold(proposal: Proposal, applicants: Sequence[Applicant], rules: Rules) -> bool:
    """Everybody sits in a circle or has a reason that holds."""
    return list(proposal.waiting) == explain(*_numbered(proposal, applicants, rules))


def free_to_move(applicants: Sequence[Applicant], rules: Rules) -> list[Applicant]:
    """All who do not sit in a locked circle."""
    locked: set[Id] = {one for circle in rules.locked for one in circle}
    return [one for one in applicants if one.id not in locked]


def _numbered(proposal: Proposal, applicants: Sequence[Applicant], rules: Rules) -> tuple[Numbered, list[Circle]]:
    numbered = number(free_to_move(applicants, rules), rules)
    where = {one.id: n for n, one in enumerate(numbered.people)}
    return numbered, [tuple(where[one] for one in circle) for circle in proposal.circles if circle[0] in where]


class _Case:
    """What is known of everybody's chances."""

    def __init__(self, numbered: Numbered, circles: Sequence[Circle]) -> None:
        self.numbered, self.circles = numbered, circles
        seated = {one for circle in circles for one in circle}
        self.waiting = [unit for unit in numbered.units if seated.isdisjoint(unit)]
        everybody = range(len(numbered))
        self.at_time = Counter(slot for one in everybody for slot in bits(numbered.slots[one]))
        self.speak = Counter(language for one in everybody for language in bits(numbered.languages[one]))
        self.places = numbered.places(numbered.units)
        self.waiting_places = numbered.places(self.waiting)

    def reason(self, unit: Circle) -> tuple[str, Facts]:
        """The first kind that applies, and its figures."""
        wanted = self.numbered.rules.smallest - len(unit)
        together = {"together": len(unit)} if len(unit) > 1 else {}
        for kind, others in self._crowds(unit):
            if others < wanted:
                return kind, {"others": others} | together
        if some_circle(self.numbered, unit, self._pools(unit, self.places)) is None:
            return "company", {"others": others} | together
        return self._full(unit, together)

    def _crowds(self, unit: Circle) -> Iterable[tuple[str, int]]:
        """How many others come near them, by more and more that has to fit."""
        slots, languages = self.numbered.shared_slots(unit), self.numbered.shared_languages(unit)
        yield "times", max((self.at_time[slot] for slot in bits(slots)), default=len(unit)) - len(unit)
        yield "languages", max((self.speak[language] for language in bits(languages)), default=len(unit)) - len(unit)
        yield "times_and_languages", _most(self._pools(unit, self.places)) - len(unit)

    def _full(self, unit: Circle, together: Facts) -> tuple[str, Facts]:
        suits = [len(circle) for circle in self.circles if self.numbered.agree(circle + unit)]
        pools = self._pools(unit, self.waiting_places)
        room = self.numbered.rules.largest - len(unit)
        if any(size <= room for size in suits) or some_circle(self.numbered, unit, pools) is not None:
            return "stopped", together
        return "full", {"circles": len(suits), "others": _most(pools) - len(unit)} | together

    def _pools(self, unit: Circle, places: dict[tuple[int, int], list[Circle]]) -> list[list[Circle]]:
        """Who could meet at each of their places, they among them."""
        slots, languages = self.numbered.shared_slots(unit), list(bits(self.numbered.shared_languages(unit)))
        return [places[slot, language] for slot in bits(slots) for language in languages]


def _most(pools: Iterable[list[Circle]]) -> int:
    return max((sum(map(len, pool)) for pool in pools), default=0)
