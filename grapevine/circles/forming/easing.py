"""What would bring in more of those who wait: one hour more, or one language more. Numbers of people, and no people.

Whom somebody would rather not sit with is left out here: a number that took it into account could be compared with one
that did not. So it is how many *could* sit in a circle. A circle is at least `Rules.smallest`, and so is every number.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from grapevine.circles.forming.cohort import Applicant, Id, Rules
from grapevine.circles.forming.deadline import Deadline
from grapevine.circles.forming.filling import settle
from grapevine.circles.forming.numbered import bits, number

PATIENCE = 5  # seconds; four hundred who wait take a tenth of one


@dataclass(frozen=True, slots=True)
class Easing:
    """How many of those who wait could sit in a circle if each had one hour more; one language more; 0 where none."""

    hours: int
    languages: int


def easing(waiting: Sequence[Applicant], rules: Rules) -> Easing:
    """For those who wait; circles that are formed stay as they are.

    A language may be any id; where it is a pair, its second part says for which kind of circle: one more of each kind.
    """
    plain = Rules(rules.smallest, rules.largest, rules.whole_chain)
    new = 1 << max((one.slots.bit_length() for one in waiting), default=0)
    later = [replace(one, slots=one.slots | new) for one in waiting]
    fluent = [replace(one, languages=one.languages | _one_more(one.languages)) for one in waiting]
    as_it_is, *eased = (_seated(people, plain) for people in (waiting, later, fluent))
    return Easing(*(seats if seats - as_it_is >= rules.smallest else 0 for seats in eased))


def favourite(applicants: Iterable[Applicant], fewest: int) -> int | None:
    """The time that most have; the first of several; None while fewer than so many have it."""
    counted = Counter(slot for one in applicants for slot in bits(one.slots))
    best = max(sorted(counted), key=counted.__getitem__, default=None)
    return best if best is not None and counted[best] >= fewest else None


def _seated(people: Sequence[Applicant], rules: Rules) -> int:
    if len(people) < rules.smallest:
        return 0
    return sum(map(len, settle(number(people, rules), [], Deadline.after(PATIENCE))))


def _one_more(languages: frozenset[Id]) -> set[Id]:
    kinds = {language[1] if isinstance(language, tuple) else None for language in languages}
    return {("one more", kind) for kind in kinds}
