"""Which press is which verb."""

from collections.abc import Callable, Mapping
from typing import Any

from grapevine.rooms import actions
from grapevine.rooms.models import Participant

Verb = Callable[[Participant, Mapping[str, Any]], object]


def _plain(act: Callable[..., object]) -> Verb:
    return lambda by, _pressed: act(by=by)


def _seeing(act: Callable[..., object]) -> Verb:
    """With the step that was seen."""
    return lambda by, pressed: act(by=by, step=-1 if pressed["step"] is None else pressed["step"])


def _call_on(by: Participant, pressed: Mapping[str, Any]) -> None:
    if pressed["to"]:
        actions.call_on(by=by, to=pressed["to"])


VERBS: dict[str, Verb] = {
    "enter": _plain(actions.enter),
    "leave": _plain(actions.leave),
    "open": _plain(actions.open_session),
    "advance": _seeing(actions.advance),
    "back": _seeing(actions.back),
    "extend": _seeing(actions.extend),
    "stop": _plain(actions.stop),
    "resume": _plain(actions.resume),
    "began_late": lambda by, pressed: actions.began_late(by=by, minutes=pressed["minutes"] or 1),
    "take_chair": _plain(actions.take_chair),
    "give_role": lambda by, pressed: actions.give_role(by=by, role=pressed["role"], to=pressed["to"]),
    "call_on": _call_on,
    "end_turn": _plain(actions.end_turn),
    "turn_done": _plain(actions.turn_done),
    "pass": _plain(actions.pass_on),
    "hand_up": _plain(actions.hand_up),
    "hand_down": _plain(actions.hand_down),
    "close": _plain(actions.close),
}
