"""The cohort as the machine counts: people are 0 .. n-1, sets of times and languages are bit masks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import and_, or_

from grapevine.circles.forming.cohort import Applicant, Id, Pair, Rules

Circle = tuple[int, ...]
Place = tuple[int, int]  # a time and a language in which a circle could meet


@dataclass(slots=True)
class Numbered:
    """People by number: masks of `slots` and `languages`, whom they may `never` sit with, whom they have `met`.

    `units` want to sit together and can; everybody is in one, most alone. `parted` are the pairs that cannot.
    """

    people: Sequence[Applicant]
    rules: Rules
    slots: list[int]
    languages: list[int]
    never: list[set[int]]
    met: list[set[int]]
    unit_of: list[Circle] = field(default_factory=list)
    parted: list[tuple[int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.people)

    @property
    def units(self) -> list[Circle]:
        """Each unit once."""
        return sorted(set(self.unit_of))

    @property
    def times(self) -> int:
        """How many times there are to choose from."""
        return reduce(or_, self.slots, 1).bit_length()

    def shared_slots(self, members: Iterable[int]) -> int:
        """The times all of them have, as a mask."""
        return reduce(and_, (self.slots[one] for one in members))

    def shared_languages(self, members: Iterable[int]) -> int:
        """The languages all of them speak, as a mask."""
        return reduce(and_, (self.languages[one] for one in members))

    def at_peace(self, members: Sequence[int]) -> bool:
        """Nobody among them is kept from anybody else."""
        return all(self.never[one].isdisjoint(members) for one in members)

    def agree(self, members: Sequence[int]) -> bool:
        """They could share a circle if they were neither too few nor too many."""
        return bool(self.shared_slots(members) and self.shared_languages(members)) and self.at_peace(members)

    def is_circle(self, members: Sequence[int]) -> bool:
        """They keep every hard rule."""
        return self.rules.smallest <= len(members) <= self.rules.largest and self.agree(members)

    def places(self, units: Iterable[Circle]) -> dict[Place, list[Circle]]:
        """Which of these could meet when and in which language."""
        places: dict[Place, list[Circle]] = defaultdict(list)
        for unit in units:
            slots, languages = self.shared_slots(unit), list(bits(self.shared_languages(unit)))
            for slot in bits(slots):
                for language in languages:
                    places[slot, language].append(unit)
        return places


def number(people: Sequence[Applicant], rules: Rules) -> Numbered:
    """Count everybody; pairs that name somebody who did not apply are passed over."""
    where = {one.id: n for n, one in enumerate(people)}
    if len(where) < len(people):
        raise ValueError("somebody applied twice; each id may come once")
    spoken: dict[Id, int] = {}
    numbered = Numbered(
        people,
        rules,
        slots=[one.slots for one in people],
        languages=[_mask(one.languages, spoken) for one in people],
        never=_partners(chain(asked_apart(rules), in_line(people, rules)), where),
        met=_partners(rules.met, where),
        unit_of=[(n,) for n in range(len(people))],
    )
    for a, b in rules.together:
        if a in where and b in where:
            _join(numbered, where[a], where[b])
    return numbered


def bits(mask: int) -> Iterator[int]:
    """The places of the ones, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def asked_apart(rules: Rules) -> Iterator[Pair]:
    """Every pair that a person asked not to be: kept apart, or moved away from a group."""
    yield from rules.apart
    yield from ((one, other) for one, group in rules.moved for other in group if other != one)


def in_line(people: Iterable[Applicant], rules: Rules) -> Iterator[Pair]:
    """Everybody with their lead, or with all above them."""
    for one in people:
        yield from ((one.id, lead) for lead in (one.leads if rules.whole_chain else one.leads[:1]) if lead != one.id)


def _partners(pairs: Iterable[Pair], where: dict[Id, int]) -> list[set[int]]:
    partners: list[set[int]] = [set() for _ in where]
    for a, b in pairs:
        if a in where and b in where and a != b:
            partners[where[a]].add(where[b])
            partners[where[b]].add(where[a])
    return partners


def _mask(names: Iterable[Id], known: dict[Id, int]) -> int:
    """One bit for each name, the same in every mask made with `known`."""
    return sum(1 << known.setdefault(name, len(known)) for name in sorted(set(names), key=repr))


def _join(numbered: Numbered, a: int, b: int) -> None:
    """Make one unit of two, unless no circle could hold it."""
    unit = tuple(sorted({*numbered.unit_of[a], *numbered.unit_of[b]}))
    if len(unit) <= numbered.rules.largest and numbered.agree(unit) and _has_company(numbered, unit):
        for one in unit:
            numbered.unit_of[one] = unit
    else:
        numbered.parted.append((a, b))


def _has_company(numbered: Numbered, unit: Circle) -> bool:
    """Enough others could sit with all of them; it does not look at how these others get on."""
    slots, languages = numbered.shared_slots(unit), numbered.shared_languages(unit)
    barred = set(unit).union(*(numbered.never[one] for one in unit))
    others = [
        (numbered.slots[one] & slots, numbered.languages[one] & languages)
        for one in range(len(numbered))
        if one not in barred
    ]
    wanted = numbered.rules.smallest - len(unit)
    return any(
        sum(spare >> slot & words >> language & 1 for spare, words in others) >= wanted
        for slot in bits(slots)
        for language in bits(languages)
    )
