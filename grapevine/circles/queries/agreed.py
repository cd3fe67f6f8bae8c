"""The agreement of a circle as one member reads it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from grapevine.circles.models import Agreement, Circle
from grapevine.people.models import Person
from grapevine.rooms.queries import charter
from grapevine.vaults.queries import words_in

GAP = "____"  # in the charter, where everybody writes their own
SENTENCE = ". "


@dataclass(frozen=True)
class Agreed:
    """The newest version, and who is in. Version 0 is the charter every circle starts from; nobody has signed it."""

    version: int
    words: str
    by: Person | None
    signed: frozenset[int]
    waiting: list[Person]
    contact: str = ""
    changed_at: datetime | None = None  # None while it is the charter as it came
    signed_words: str = ""  # to which the reader had said yes, before somebody else changed them

    @property
    def has_gap(self) -> bool:
        """Whether nobody has written yet whom to call."""
        return GAP in self.words

    @property
    def is_whole(self) -> bool:
        """Whether everybody is in."""
        return not self.waiting

    @property
    def lines(self) -> list[str]:
        """Line by line."""
        return _lines(self.words)

    @cached_property
    def new_lines(self) -> list[str]:
        """What was not in the words the reader had said yes to."""
        known = _lines(self.signed_words)
        return [line for line in self.lines if line not in known] if known else []

    @property
    def gone_lines(self) -> list[str]:
        """What was in them and is not any more."""
        return [line for line in _lines(self.signed_words) if line not in self.lines]


def agreed(reader: Person, circle: Circle, people: list[Person]) -> Agreed:
    """How it stands among these members."""
    versions = list(circle.agreements.select_related("by").prefetch_related("signatures"))
    newest = next(iter(versions), None)
    opened = words_in(reader, circle.vault) if newest else {}
    words = opened.get(newest.words_id, "") if newest else draft(circle)
    signed = _signed(newest) if newest else set()
    earlier = next((each for each in versions if reader.pk in _signed(each)), None)
    is_news = newest is not None and earlier is not None and reader.pk not in {newest.by_id, *signed}
    return Agreed(
        version=newest.version if newest else 0,
        words=words,
        by=newest.by if newest else None,
        signed=frozenset(signed),
        waiting=[person for person in people if person.pk not in signed],
        contact=contact_in(words, circle.language),
        changed_at=newest.at if newest and words != draft(circle) else None,
        signed_words=opened.get(earlier.words_id, "") if is_news and earlier else "",
    )


def draft(circle: Circle) -> str:
    """The charter in the circle's language; the line between employers only where there are several."""
    lines = charter(circle.language)
    return "\n".join(line for key, line in lines.items() if circle.is_across or key != "employer")


def contact_in(words: str, language: str) -> str:
    """Whom to call when somebody is in danger; empty while there is a gap, and where they put it in their own way."""
    asks = charter(language)["exceptions"].partition(GAP)[0].rpartition(SENTENCE)[2]
    said = words.partition(asks)[2].partition("\n")[0].strip()
    return "" if GAP in said else said.removesuffix(".")


def _signed(version: Agreement) -> set[int]:
    """Who said yes to it."""
    return {each.person_id for each in version.signatures.all()}


def _lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()]
