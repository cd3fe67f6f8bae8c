"""The agreement of a circle as one member reads it."""

from dataclasses import dataclass
from datetime import datetime

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
        return [line for line in self.words.splitlines() if line.strip()]


def agreed(reader: Person, circle: Circle, people: list[Person]) -> Agreed:
    """How it stands among these members."""
    newest = newest_of(circle)
    signed = {each.person_id for each in newest.signatures.all()} if newest else set()
    words = words_in(reader, circle.vault).get(newest.words_id, "") if newest else draft(circle)
    waiting = [person for person in people if person.pk not in signed]
    version, by = (newest.version, newest.by) if newest else (0, None)
    changed_at = newest.at if newest and words != draft(circle) else None
    contact = contact_in(words, circle.language)
    return Agreed(version, words, by, frozenset(signed), waiting, contact, changed_at)


def newest_of(circle: Circle) -> Agreement | None:
    """The version that counts, with its signatures."""
    return circle.agreements.select_related("by").prefetch_related("signatures").first()


def draft(circle: Circle) -> str:
    """The charter in the circle's language; the line between employers only where there are several."""
    lines = charter(circle.language)
    return "\n".join(line for key, line in lines.items() if circle.is_across or key != "employer")


def contact_in(words: str, language: str) -> str:
    """Whom to call when somebody is in danger; empty while there is a gap, and where they put it in their own way."""
    asks = charter(language)["exceptions"].partition(GAP)[0].rpartition(SENTENCE)[2]
    said = words.partition(asks)[2].partition("\n")[0].strip()
    return "" if GAP in said else said.removesuffix(".")
