"""Something happens in a session: its row is held, the event gets its number, everybody in the room gets a hint."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from grapevine.kernel import clock, live
from grapevine.rooms import engine
from grapevine.rooms.engine import State
from grapevine.rooms.models import Event, Participant, Session
from grapevine.rooms.queries.standing import seen_lately, state_of, verbs_of


class NotNowError(Exception):
    """What somebody wanted does not fit where the session stands now. Nothing happened, nothing is lost."""

    def __init__(self, words: str = "") -> None:
        """`words` are for the person who pressed."""
        super().__init__(words or _("The step has moved on. Your words are still here."))


@dataclass
class Room:
    """A session while its row is held: nobody else changes it until the transaction ends."""

    session: Session
    state: State


def held(session: int) -> Room:
    """The session as it stands, held until the transaction ends. Raises Session.DoesNotExist."""
    row = Session.objects.select_for_update(of=("self",)).select_related("vault").get(pk=session)
    return Room(row, state_of(row))


def happen(room: Room, by: Participant | None, kind: str, /, **body: Any) -> Event:
    """Write down what happened and hint that it did. Inside a transaction, in a room that is held."""
    session = room.session
    event = Event.objects.create(session=session, seq=room.state.seq + 1, kind=kind, by=by, at=clock.now(), body=body)
    told = engine.Event(event.seq, kind, event.by_id, event.at, body)
    room.state = engine.fold(room.state, [told])
    live.changed("room", session.pk, seq=event.seq)
    return event


def check_verb(room: Room, by: Participant, verb: str) -> None:
    """Raises NotNowError where `by` may not do that now."""
    if verb not in verbs_of(by, room.state, seen_lately(room.session)):
        raise NotNowError(_("Somebody else was quicker, or it is not yours to do just now. Nothing is lost."))


def check_kind(room: Room, by: Participant, kind: str) -> None:
    """Raises NotNowError where `by` may not enter that now."""
    if kind not in engine.allowed(room.state.format, room.state, by.pk):
        raise NotNowError
