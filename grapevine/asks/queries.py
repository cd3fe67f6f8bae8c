"""Reading asks. Words come through the one gate of `vaults`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from grapevine.asks.models import Ask, Introduction, Request
from grapevine.asks.suggestions import Suggestion, suggest_people
from grapevine.kernel.policy import seen, visible
from grapevine.people.models import Person
from grapevine.vaults.models import Seat
from grapevine.vaults.queries import read, read_all

__all__ = [
    "AskLine",
    "RequestLine",
    "Suggestion",
    "ask_lines",
    "asks_open",
    "has_gone_on",
    "hint_of",
    "introductions_open",
    "introductions_waiting",
    "name_of",
    "request_line",
    "requests_waiting",
    "suggest_people",
    "waiting_of",
]


@dataclass(frozen=True)
class RequestLine:
    """A request as the one who was asked reads it. `face` is None while the asker is masked."""

    request: Request
    name: str
    face: Person | None
    message: str
    reasons: list[str]
    sent_at: datetime

    @property
    def at_work(self) -> str:
        """Title and unit, each said once; nothing while the asker is masked."""
        title, unit = (self.face.title, self.face.unit.name if self.face.unit else "") if self.face else ("", "")
        is_said = unit and re.search(rf"\b{re.escape(unit)}\b", title, re.IGNORECASE)
        return ", ".join(part for part in (title, "" if is_said else unit) if part)


@dataclass(frozen=True)
class AskLine:
    """An ask as the asker reads it."""

    ask: Ask
    words: str
    requests: list[Request]


def requests_waiting(person: Person) -> list[RequestLine]:
    """Who waits for a word from this person. Four queries."""
    rows = (
        visible(person, Request)
        .filter(to=person, reply__isnull=True, ask__closed_at__isnull=True, ask__by__left_on__isnull=True)
        .select_related("message", "ask__by__unit", "vault")
        .order_by("sent_at")[:5]
    )
    return request_lines(person, rows)


def request_lines(person: Person, rows: Iterable[Request]) -> list[RequestLine]:
    """The requests with names and words, masked where the asker is."""
    rows = list(rows)
    opened = read_all(person, [r.message for r in rows if r.message])
    aliases = dict(
        Seat.objects.filter(vault__in=[r.vault_id for r in rows]).exclude(alias="").values_list("vault", "alias")
    )
    return [_line(r, aliases.get(r.vault_id, ""), opened.get(r.message_id, ""), person) for r in rows]


def request_line(person: Person, request: Request) -> RequestLine:
    """One of them."""
    return request_lines(person, [request])[0]


def name_of(request: Request, reader: Person) -> str:
    """The asker's name, or their alias while masked for this reader."""
    return request_line(reader, request).name


def asks_open(person: Person) -> list[AskLine]:
    """What I asked and have not closed, newest first."""
    return ask_lines(person, Ask.objects.filter(by=person, closed_at__isnull=True)[:20])


def ask_lines(person: Person, asks: "QuerySet[Ask]") -> list[AskLine]:
    """Asks of one's own with their words and requests. Three queries."""
    sent = Request.objects.select_related("to__unit", "reply__ask_instead", "reply__page", "challenge")
    rows = list(asks.select_related("words").prefetch_related(Prefetch("requests", queryset=sent)))
    for request in (request for ask in rows for request in ask.requests.all()):
        seen(person, request)
    opened = read_all(person, [ask.words for ask in rows])
    return [AskLine(ask, opened.get(ask.words_id, ""), list(ask.requests.all())) for ask in rows]


def introductions_open(person: Person, ask: Ask) -> list[Introduction]:
    """Who was asked to introduce the asker of `ask` to whom, where it has not come to that."""
    rows = visible(person, Introduction).filter(ask=ask, request__isnull=True).order_by("pk")
    found = list(rows.select_related("ask", "to__unit", "through"))
    for introduction in found:
        seen(person, introduction)
    return found


def waiting_of(line: AskLine, introductions: list[Introduction]) -> list[Request | Introduction]:
    """What may still go on to the next person. Whether somebody said no makes no difference."""
    if line.ask.closed_at or any(request.challenge_id for request in line.requests):
        return []
    rows: list[Request | Introduction] = [*line.requests, *introductions]
    return [row for row in rows if row.went_on_at is None and row.taken_back_at is None]


def has_gone_on(request: Request) -> bool:
    """Whether somebody else was asked as well when no answer came; who it is, is not told."""
    after = Request.objects.filter(ask=request.ask_id, sent_at__gte=request.went_on_at) if request.went_on_at else None
    return after is not None and after.exclude(pk=request.pk).exists()


def hint_of(person: Person, introduction: Introduction) -> str:
    """What it is about, for whose turn it is."""
    return read(person, introduction.hint)


def introductions_waiting(person: Person) -> list[Introduction]:
    """Introductions that wait for this person's yes, either as the one who knows both or as the other side."""
    open_ = visible(person, Introduction).filter(
        let_go_at__isnull=True, went_on_at__isnull=True, ask__by__left_on__isnull=True
    )
    rows = open_.select_related("ask__by", "to", "through")
    mine = rows.filter(through=person, through_agreed_at__isnull=True)
    to_me = rows.filter(to=person, through_agreed_at__isnull=False, to_agreed_at__isnull=True)
    return [*mine, *to_me]


def _line(request: Request, alias: str, message: str, reader: Person) -> RequestLine:
    masked = bool(alias) and request.ask.by_id != reader.pk
    asker = request.ask.by
    return RequestLine(
        request=request,
        name=alias if masked else asker.name,
        face=None if masked else asker,
        message=message,
        reasons=request.reasons,
        sent_at=request.sent_at,
    )
