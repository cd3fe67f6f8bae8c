"""Asks, requests and replies of the demo world, as the verbs of this slice would have left them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.utils import translation

from grapevine.asks.drafts import hint
from grapevine.asks.models import Ask, HelperLimits, Introduction, Reply, Request, Reveal
from grapevine.people.models import Person
from grapevine.vaults.models import SealedText

BATCH = 500
R = TypeVar("R")


@dataclass
class Rows:
    """Everything of this slice, in memory until `store`. Requests are stored after the challenges they led to."""

    asks: list[Ask] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    introductions: list[Introduction] = field(default_factory=list)
    reveals: list[Reveal] = field(default_factory=list)

    def ask(self, **columns: Any) -> Ask:
        """An ask."""
        return _added(self.asks, Ask(**columns))

    def request(self, **columns: Any) -> Request:
        """The ask, put to one person."""
        return _added(self.requests, Request(**columns))

    def reply(
        self, request: Request, kind: str, at: datetime, words: SealedText | None = None, **pointer: Any
    ) -> Reply:
        """One tap."""
        return _added(self.replies, Reply(request=request, kind=kind, words=words, at=at, **pointer))

    def introduce(self, **columns: Any) -> Introduction:
        """Somebody who knows both was asked."""
        return _added(self.introductions, Introduction(**columns))

    def reveal(self, request: Request, person: Person, at: datetime) -> Reveal:
        """One side would show who they are."""
        return _added(self.reveals, Reveal(request=request, person=person, at=at))

    def store(self) -> None:
        """Everything into the database."""
        Ask.objects.bulk_create(self.asks, batch_size=BATCH)
        for request in self.requests:
            request.next_to = [person.pk for person in request.next_to]
        Request.objects.bulk_create(self.requests, batch_size=BATCH)
        Reply.objects.bulk_create(self.replies, batch_size=BATCH)
        Introduction.objects.bulk_create(self.introductions, batch_size=BATCH)
        Reveal.objects.bulk_create(self.reveals, batch_size=BATCH)


def hint_of(ask: Ask, words: str) -> str:
    """What an introduction is about, as it is written for the asker."""
    with translation.override(ask.by.language):
        return hint(words=words)


def limit(person: Person, per_week: int, colleagues: list[Person]) -> HelperLimits:
    """How much somebody carries, and to whom they point when it is full."""
    limits = HelperLimits.objects.create(person=person, per_week=per_week)
    limits.colleagues.set(colleagues)
    return limits


def _added(rows: list[R], row: R) -> R:
    rows.append(row)
    return row
