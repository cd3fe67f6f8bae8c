"""The engine of a session: a pure fold over what happened. The same events make the same state on every machine.

No event is refused with an error: one that came before, is out of order, misshapen or unknown changes nothing. Who may do
what is asked before an event is written (`allowed` and `verbs`), not here. The clock needs nobody: a host who is gone stops
nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce

from grapevine.rooms.formats import Format
from grapevine.rooms.gate import allowed, verbs
from grapevine.rooms.state import MINUTE, SILENT, Entry, Event, Lap, State, pairs

__all__ = ["Entry", "Event", "Lap", "State", "allowed", "fold", "pairs", "state_of", "verbs"]

MOST_SECONDS, MOST_MINUTES = 6 * 3600, 600  # of one press


def state_of(format: Format, events: Iterable[Event], *, seed: int = 0) -> State:  # noqa: A002 - the word of the practice
    """How a session of this format stands after these events. `seed` draws the lots: the session's number."""
    return fold(State(format, seed), events)


def fold(state: State, events: Iterable[Event]) -> State:
    """How it stands after some more: a state may be kept and folded on."""
    return reduce(_after, events, state)


def _after(state: State, event: Event) -> State:
    if event.seq <= state.seq:
        return state
    state, rule = replace(state, seq=event.seq), RULES.get(event.kind)
    if rule is None or state.closed_at or not rule.takes(state, event):
        return state
    return _settled(rule.happens(state, event))


@dataclass(frozen=True)
class Rule:
    """What a kind of event does, and what it has to look like to do it."""

    happens: Callable[[State, Event], State]
    shape: Mapping[str, tuple[type, ...]] = field(default_factory=dict)
    somebody: bool = True
    opened: bool = True

    def takes(self, state: State, event: Event) -> bool:
        """Whether the event is whole and the session far enough."""
        if (self.somebody and event.by is None) or (self.opened and state.lap is None):
            return False
        whole = isinstance(event.body, Mapping)
        return whole and all(type(event.body.get(name)) in types for name, types in self.shape.items())


# --- coming and going


def _came(state: State, event: Event) -> State:
    came = state.came if event.by in state.came else (*state.came, _by(event))
    return replace(state, came=came, gone=state.gone - {_by(event)})


def _went(state: State, event: Event) -> State:
    """They keep their place; the word goes on."""
    if event.by not in state.came:
        return state
    return _hand_down(replace(state, gone=state.gone | {_by(event)}), event)


# --- the chair and the roles


def _chair_taken(state: State, event: Event) -> State:
    return _given(state, state.chair_role, event.by)


def _role_given(state: State, event: Event) -> State:
    return _given(state, event.body["role"], event.body["to"])


def _given(state: State, role: str, to: int | None) -> State:
    """Somebody has the role, or nobody. Whoever spoke because of it speaks no longer."""
    held = {other: holder for other, holder in state.roles.items() if other != role}
    state = replace(state, roles=held if to is None else {**held, role: to})
    step = state.current
    return _turn(state, None) if step and (role == step.bringer or state.mode == "host") else state


# --- the clock


def _opened(state: State, event: Event) -> State:
    if state.lap:
        return state
    planned_at = _moment(event.body.get("planned_at"))
    return _at_step(replace(state, planned_at=planned_at, opened_at=event.at), 0, event.at)


def _advanced(state: State, event: Event) -> State:
    """To any step, back as well. Two who press at once both say where to, so nothing is jumped over."""
    to = event.body["to"]
    if to == state.step or not 0 <= to < len(state.format.steps):
        return state
    return _at_step(_lap(state, _resting(state, event)), to, event.at)


def _at_step(state: State, to: int, at: datetime) -> State:
    """A step that had begun goes on where it was left."""
    fresh = Lap(at, state.format.steps[to].minutes * MINUTE, early=len(state.came))
    lap = state.laps[to].running(at) if to in state.laps else fresh
    return replace(state, step=to, hands=(), laps={**state.laps, to: lap})


def _extended(state: State, event: Event) -> State:
    lap, seconds = _running(state), max(0, min(event.body["seconds"], MOST_SECONDS))
    return _lap(state, replace(lap, may_take=lap.may_take + timedelta(seconds=seconds)))


def _stopped(state: State, event: Event) -> State:
    return _lap(state, _resting(state, event))


def _resumed(state: State, event: Event) -> State:
    return _lap(state, _running(state).running(event.at))


def _began_late(state: State, event: Event) -> State:
    """The minutes before did not count; at most all of them."""
    lap, minutes = _running(state), max(0, min(event.body["minutes"], MOST_MINUTES))
    shift = max(timedelta(), min(minutes * MINUTE, lap.taken(event.at)))
    state = _lap(state, replace(lap, began_at=lap.began_at + shift))
    return replace(state, opened_at=state.opened_at + shift) if state.opened_at and len(state.laps) == 1 else state


def _closed(state: State, event: Event) -> State:
    laps = {**state.laps, state.step: replace(_resting(state, event), turn=None)} if state.lap else {}
    return replace(state, laps=laps, closed_at=event.at, hands=())


# --- the word


def _turn_done(state: State, event: Event) -> State:
    """Said or passed: it was their turn. Somebody else may say it for whom it was (`of`)."""
    of = event.body.get("of")
    done = of if type(of) is int else _by(event)
    lap = _running(state)
    had = lap.had if done in lap.had else (*lap.had, done)
    return _hand_down(_lap(state, replace(lap, had=had)), replace(event, by=done))


def _hand_up(state: State, event: Event) -> State:
    if event.by in state.hands or event.by not in state.present:
        return state
    return replace(state, hands=(*state.hands, _by(event)))


def _hand_down(state: State, event: Event) -> State:
    """Nothing more to say just now."""
    if event.by in state.hands:
        state = replace(state, hands=tuple(hand for hand in state.hands if hand != event.by))
    return _turn(state, None) if state.turn == event.by else state


def _called_on(state: State, event: Event) -> State:
    return _turn(state, event.body["to"]) if event.body["to"] in state.present else state


def _settled(state: State) -> State:
    """The word stays where it is while its holder is in the room; else the next open turn, else the next hand."""
    if state.lap is None or state.closed_at or state.turn in state.present:
        return state
    hands = () if state.mode in SILENT else state.hands
    return _turn(state, next(iter((*state.open_turns, *hands)), None))


# --- what is entered


def _contributed(state: State, event: Event) -> State:
    lap, entry = _running(state), Entry(event.body["kind"], event.body["id"], _by(event))
    return _lap(state, replace(lap, entries=(*lap.entries, entry)))


def _answered(state: State, event: Event) -> State:
    return replace(state, answered=state.answered | {event.body["id"]})


def _voted(state: State, event: Event) -> State:
    lap = _running(state)
    return _lap(state, replace(lap, votes={**lap.votes, _by(event): str(event.body["option"])}))


RULES = {
    "came": Rule(_came, opened=False),
    "went": Rule(_went, opened=False),
    "chair_taken": Rule(_chair_taken, opened=False),
    "role_given": Rule(_role_given, {"role": (str,), "to": (int, type(None))}, somebody=False, opened=False),
    "opened": Rule(_opened, somebody=False, opened=False),
    "advanced": Rule(_advanced, {"to": (int,)}, somebody=False),
    "extended": Rule(_extended, {"seconds": (int,)}, somebody=False),
    "stopped": Rule(_stopped, somebody=False),
    "resumed": Rule(_resumed, somebody=False),
    "began_late": Rule(_began_late, {"minutes": (int,)}, somebody=False),
    "closed": Rule(_closed, somebody=False, opened=False),
    "turn_done": Rule(_turn_done),
    "passed": Rule(_turn_done),
    "hand_up": Rule(_hand_up),
    "hand_down": Rule(_hand_down),
    "called_on": Rule(_called_on, {"to": (int,)}, somebody=False),
    "contributed": Rule(_contributed, {"kind": (str,), "id": (int,)}),
    "answered": Rule(_answered, {"id": (int,)}),
    "voted": Rule(_voted, {"option": (int, str)}),
}


def _by(event: Event) -> int:
    assert event.by is not None
    return event.by


def _running(state: State) -> Lap:
    assert state.lap is not None
    return state.lap


def _resting(state: State, event: Event) -> Lap:
    return _running(state).resting(event.at)


def _lap(state: State, lap: Lap) -> State:
    return replace(state, laps={**state.laps, state.step: lap})


def _turn(state: State, somebody: int | None) -> State:
    return _lap(state, replace(state.lap, turn=somebody)) if state.lap and state.turn != somebody else state


def _moment(said: object) -> datetime | None:
    """An aware moment, or none when it says none."""
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else said
    except ValueError:
        return None
    return at if isinstance(at, datetime) and at.tzinfo else None
