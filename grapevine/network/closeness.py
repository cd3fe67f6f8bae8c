"""How close two people are, in five words: new, met, helped once, helps both ways, trusted.

Numbers are only looked at here and never leave. One help may be acknowledged three times, by an idea kept, an outcome
told and thanks said; so helps are counted by the kind of acknowledgement that came most often.
"""

from collections import Counter
from collections.abc import Iterable
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

OFTEN = 3


class Closeness(IntEnum):
    """The rings of the map, from the middle outwards."""

    TRUSTED = 0
    BOTH_WAYS = 1
    AGAIN = 2
    ONCE = 3
    MET = 4
    NEW = 5

    @property
    def word(self) -> Promise:
        """What is between two people."""
        return WORDS[self]

    @property
    def ring(self) -> "Closeness":
        """Where it is drawn: helping once and helping again share a ring."""
        return Closeness.ONCE if self is Closeness.AGAIN else self

    @property
    def ring_word(self) -> Promise:
        """What is written on the ring."""
        return RING_WORDS.get(self, WORDS[self])


WORDS = {
    Closeness.TRUSTED: pgettext_lazy("how close", "trusted"),
    Closeness.BOTH_WAYS: pgettext_lazy("how close", "helps both ways"),
    Closeness.AGAIN: pgettext_lazy("how close", "helped more than once"),
    Closeness.ONCE: pgettext_lazy("how close", "helped once"),
    Closeness.MET: pgettext_lazy("how close", "met"),
    Closeness.NEW: pgettext_lazy("how close", "new"),
}
RING_WORDS = {
    Closeness.ONCE: pgettext_lazy("how close", "helped"),
    Closeness.BOTH_WAYS: pgettext_lazy("how close", "both ways"),
}


def of_tie(received: Iterable[str], given: Iterable[str]) -> Closeness:
    """From the kinds of help one person received from, and gave to, another."""
    back, forth = _helps(received), _helps(given)
    if back and forth:
        return Closeness.TRUSTED if back + forth >= OFTEN else Closeness.BOTH_WAYS
    return Closeness.AGAIN if back + forth > 1 else Closeness.ONCE


def of_visits(times: int) -> Closeness:
    """From one's own private notes: who was visited again is met."""
    return Closeness.MET if times > 1 else Closeness.NEW


def _helps(kinds: Iterable[str]) -> int:
    return max(Counter(kinds).values(), default=0)
