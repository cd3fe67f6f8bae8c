"""The verbs of a session's clock, chair and turns. Who may do what is asked while the session is held."""

from typing import Any

from django.db import transaction

from grapevine.kernel.facts import emit
from grapevine.rooms import facts
from grapevine.rooms.actions.happening import NotNowError, Room, check_verb, happen, held
from grapevine.rooms.models import Participant, Session
from grapevine.rooms.queries.standing import seen_lately, verbs_of

MORE = 60  # seconds


@transaction.atomic
def open_session(*, by: Participant) -> None:
    """Begin. Where nobody has the chair, whoever begins has it."""
    room = held(by.session_id)
    if room.state.lap:
        return
    if "take_chair" in verbs_of(by, room.state, seen_lately(room.session)):
        happen(room, by, "chair_taken")
    check_verb(room, by, "open")
    session = room.session
    happen(room, by, "opened", planned_at=session.planned_at.isoformat())
    emit(facts.SessionOpened(session=session.pk, origin_kind=session.origin_kind, origin_key=session.origin_key))


def advance(*, by: Participant, step: int) -> None:
    """On to the next step. `step` is the one they saw, so that two presses at once do not jump over one."""
    _do(by, "advance", "advanced", step, to=step + 1)


def back(*, by: Participant, step: int) -> None:
    """Back to the step before the one they saw. It goes on where it was left."""
    _do(by, "back", "advanced", step, to=step - 1)


def extend(*, by: Participant, step: int, seconds: int = MORE) -> None:
    """Some more time for the step they saw."""
    _do(by, "extend", "extended", step, seconds=seconds)


def stop(*, by: Participant) -> None:
    """The clock stands."""
    _do(by, "stop", "stopped")


def resume(*, by: Participant) -> None:
    """The clock goes on where it stood."""
    _do(by, "resume", "resumed")


def began_late(*, by: Participant, minutes: int) -> None:
    """We began so many minutes after the press: they do not count."""
    _do(by, "began_late", "began_late", minutes=minutes)


def take_chair(*, by: Participant) -> None:
    """The chair is empty, or whoever had it has gone: now it is theirs."""
    _do(by, "take_chair", "chair_taken")


@transaction.atomic
def give_role(*, by: Participant, role: str, to: Participant | None) -> None:
    """Somebody has this role from now on, or nobody."""
    room = held(by.session_id)
    check_verb(room, by, "give_role")
    if role not in {*room.state.format.to_give, room.state.chair_role}:
        raise NotNowError
    happen(room, by, "role_given", role=role, to=to.pk if to else None)


def call_on(*, by: Participant, to: Participant) -> None:
    """Give somebody the word."""
    _do(by, "call_on", "called_on", to=to.pk)


@transaction.atomic
def end_turn(*, by: Participant) -> None:
    """Say for somebody else that they have had their turn."""
    room = held(by.session_id)
    if room.state.turn is None:
        return
    check_verb(room, by, "end_turn")
    happen(room, by, "turn_done", of=room.state.turn)


def turn_done(*, by: Participant) -> None:
    """I have spoken."""
    _do(by, "turn_done", "turn_done")


def pass_on(*, by: Participant) -> None:
    """Not me, this time."""
    _do(by, "pass", "passed")


def hand_up(*, by: Participant) -> None:
    """Next, me."""
    _do(by, "hand_up", "hand_up")


def hand_down(*, by: Participant) -> None:
    """Nothing more to say just now."""
    _do(by, "hand_down", "hand_down")


@transaction.atomic
def close(*, by: Participant) -> None:
    """The session is over."""
    room = held(by.session_id)
    if room.state.closed_at:
        return
    check_verb(room, by, "close")
    _end(room, by)


@transaction.atomic
def close_left(*, session: Session) -> None:
    """Nobody pressed, and everybody has gone: it is over. Where nobody ever came, nobody is told of it."""
    room = held(session.pk)
    if not room.state.closed_at:
        _end(room, None)


def _end(room: Room, by: Participant | None) -> None:
    event = happen(room, by, "closed")
    Session.objects.filter(pk=room.session.pk).update(closed_at=event.at)
    if room.state.came:
        emit(_closed(room))


@transaction.atomic
def _do(by: Participant, verb: str, kind: str, step: int | None = None, **body: Any) -> None:
    """Where somebody saw another `step` than the one that runs, somebody else was quicker: nothing happens."""
    room = held(by.session_id)
    if step is not None and step != room.state.step:
        return
    check_verb(room, by, verb)
    happen(room, by, kind, **body)


def _closed(room: Room) -> facts.SessionClosed:
    session = room.session
    came = session.participants.filter(pk__in=room.state.came, person__isnull=False)
    people = tuple(came.order_by("person").values_list("person", flat=True))
    return facts.SessionClosed(
        session=session.pk, origin_kind=session.origin_kind, origin_key=session.origin_key, people=people
    )
