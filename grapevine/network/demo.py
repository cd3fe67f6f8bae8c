"""Ties of the demo world: one help for each fact that would have told of it, and the consents of both sides."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from grapevine.network.models import Help, Tie, TieConsent
from grapevine.people.models import Person
from grapevine.people.queries import monday_of

BATCH = 500


@dataclass
class Rows:
    """Everything of this slice, in memory until `store`."""

    ties: dict[tuple[int, int], Tie] = field(default_factory=dict)
    helps: list[Help] = field(default_factory=list)
    consents: dict[tuple[int, int], TieConsent] = field(default_factory=dict)

    def help(self, helper: Person, helped: Person, kind: str, at: datetime) -> None:
        """Help from a sealed place: only the week is told."""
        on = monday_of(at.date())
        tie = self.ties.setdefault((helper.pk, helped.pk), Tie(helper=helper, helped=helped, since_on=on, last_on=on))
        tie.since_on, tie.last_on = min(tie.since_on, on), max(tie.last_on, on)
        self.helps.append(Help(tie=tie, kind=kind, on=on))

    def thanked(self, helper: Person, helped: Person, at: datetime) -> None:
        """The helped person said thanks."""
        self.ties[helper.pk, helped.pk].thanked_at = at

    def agree(self, person: Person, other: Person, at: datetime) -> None:
        """One side would show what is between the two; said once, it holds for whatever follows."""
        self.consents.setdefault((person.pk, other.pk), TieConsent(person=person, other=other, at=at))

    def agreed(self) -> Iterator[tuple[Person, Person, datetime]]:
        """Every person on whose map somebody is, that other, and since when."""
        for (person, other), consent in self.consents.items():
            if answer := self.consents.get((other, person)):
                yield consent.person, consent.other, max(consent.at, answer.at)

    def pairs(self) -> list[tuple[Person, Person, date]]:
        """Every two people who helped each other, one way or both, and have said nothing yet; each pair once."""
        found: dict[frozenset[int], tuple[Person, Person, date]] = {}
        for tie in (tie for pair, tie in self.ties.items() if pair not in self.consents):
            found.setdefault(frozenset((tie.helper_id, tie.helped_id)), (tie.helper, tie.helped, tie.last_on))
        return list(found.values())

    def store(self) -> None:
        """Everything into the database."""
        Tie.objects.bulk_create(self.ties.values(), batch_size=BATCH)
        Help.objects.bulk_create(self.helps, batch_size=BATCH)
        TieConsent.objects.bulk_create(self.consents.values(), batch_size=BATCH)
