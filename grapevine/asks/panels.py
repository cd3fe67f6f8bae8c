"""What asks lend to the page of a talk: the message it began with, the time, and the reveal."""

from typing import Any

from grapevine.asks.models import Request
from grapevine.challenges.models import Challenge
from grapevine.kernel.policy import one_or_none, visible
from grapevine.kernel.ui import panels
from grapevine.people.models import Person
from grapevine.vaults.queries import seats_of, voices, words_in


def lend() -> None:
    """Add the panels."""
    panels.add("challenge-start", panels.Panel("asks/parts/began.html", began))
    panels.add("challenge-margin", panels.Panel("asks/parts/reveal.html", masked))


def began(reader: Person, challenge: Challenge) -> dict[str, Any] | None:
    """The message and the time offered with the yes."""
    request = _request_of(reader, challenge)
    if request is None:
        return None
    opened = words_in(reader, challenge.vault)
    return {
        "helper": voices(reader, challenge.vault)[request.to_id],
        "message": opened.get(request.message_id),
        "time": opened.get(request.reply.words_id),
        "answered_at": request.reply.at,
    }


def masked(reader: Person, challenge: Challenge) -> dict[str, Any] | None:
    """While the asker is masked: would you show who you are?"""
    request = _request_of(reader, challenge)
    if request is None or not any(seat.alias for seat in seats_of(challenge.vault)):
        return None
    said = set(request.reveals.values_list("person", flat=True))
    return {"request_row": request, "i_said": reader.pk in said, "they_said": bool(said - {reader.pk})}


def _request_of(reader: Person, challenge: Challenge) -> Request | None:
    """The request a talk began with; asked once for this `challenge` in hand."""
    if "known_request" not in challenge.__dict__:
        found = visible(reader, Request).filter(challenge=challenge)
        challenge.__dict__["known_request"] = one_or_none(found.select_related("reply"))
    request: Request | None = challenge.__dict__["known_request"]
    return request
