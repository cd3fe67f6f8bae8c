"""Offers, interests and evidence of the demo world, as `offer`, `seek` and `note_evidence` would have left them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from grapevine.people.models import Person
from grapevine.skills.actions.offers import ORIGIN, STANDS_FOR
from grapevine.skills.models import Evidence, Interest, Offer, Skill

BATCH = 500


@dataclass
class Rows:
    """Everything of this slice, in memory until `store`."""

    offers: list[Offer] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    evidence: list[tuple[Evidence, Any]] = field(default_factory=list)

    def offer(self, person: Person, words: str, skill: Skill | None, at: datetime) -> Offer:
        """ "Ask me about ...", and the line of evidence that says so as long."""
        told = Offer(person=person, words=words, skill=skill, at=at, expires_on=at.date() + STANDS_FOR)
        self.offers.append(told)
        self.note(person, Evidence.Kind.OFFERED, words, skill, at, ORIGIN, told, until_on=told.expires_on, agreed_at=at)
        return told

    def seek(self, person: Person, words: str, skill: Skill | None, at: datetime) -> None:
        """What somebody would like to learn."""
        self.interests.append(Interest(person=person, words=words, skill=skill, at=at))

    def note(  # noqa: PLR0913 - a line has this many sides
        self,
        person: Person,
        kind: str,
        words: str,
        skill: Skill | None,
        at: datetime,
        origin: str,
        source: Any,
        *,
        got: str = "",
        until_on: date | None = None,
        agreed_at: datetime | None = None,
    ) -> Evidence:
        """A line about somebody; `source` is the row it came from, whose key is known once that is stored."""
        line = Evidence(
            organisation_id=person.organisation_id,
            person=person,
            kind=kind,
            words=words,
            skill=skill,
            on=at.date(),
            until_on=until_on,
            origin_kind=origin,
            got=got,
            agreed_at=agreed_at,
        )
        self.evidence.append((line, source))
        return line

    def store(self) -> None:
        """Everything into the database; the sources of the other slices are stored by now."""
        Offer.objects.bulk_create(self.offers, batch_size=BATCH)
        Interest.objects.bulk_create(self.interests, batch_size=BATCH)
        for line, source in self.evidence:
            line.origin_key = str(source.pk)
            line.url = source.get_absolute_url() if line.kind == Evidence.Kind.SHARED else ""
        Evidence.objects.bulk_create((line for line, _ in self.evidence), batch_size=BATCH)
