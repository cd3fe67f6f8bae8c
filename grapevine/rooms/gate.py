"""What may be entered and done in a session just now, by whom. Asked by the page and, again, before anything is written."""

from collections.abc import Collection

from grapevine.rooms.formats import Format
from grapevine.rooms.state import SILENT, State

NOTHING: frozenset[str] = frozenset()
LINE = frozenset({"line"})
NOTE = frozenset({"note"})
OF_THE_CLOCK = frozenset({"extend", "stop", "resume"})

# what whoever's matter it is may enter, and what the others may
BRINGER_AND_OTHERS = {
    "bringer": (frozenset({"sentence"}), NOTE),
    "ask": (frozenset({"answer"}), frozenset({"question"})),
    "ideas": (NOTE, frozenset({"idea"})),
    "playback": (frozenset({"playback"}), NOTE),
}
EVERYBODY = {
    **dict.fromkeys(("host", "show", "pause", "note"), NOTHING),
    **dict.fromkeys(("round", "open", "pairs", "write", "look", "act", "plan"), LINE),
    **dict.fromkeys(("quiet", "story"), NOTE),
    "pick": frozenset({"pick"}),
    "vote": frozenset({"option", "vote"}),
    "edit": frozenset({"text"}),
}


def allowed(format: Format, state: State, participant: int) -> frozenset[str]:  # noqa: A002 - the word of the practice
    """The kinds of contributions somebody may enter now. A dropped line does not take a sentence away from who came."""
    if state.step < 0 or state.closed_at or participant not in state.came:
        return NOTHING
    mode = format.steps[state.step].mode
    if mode == "note" and participant in {state.chair, state.roles.get("note_taker")}:
        return LINE
    if mode == "playback" and state.bringer is None:
        return LINE
    if mode in BRINGER_AND_OTHERS:
        mine, others = BRINGER_AND_OTHERS[mode]
        return mine if participant == state.bringer else others
    return EVERYBODY[mode]


def verbs(state: State, participant: int, *, seen: Collection[int]) -> frozenset[str]:
    """What somebody may do now besides entering words. `seen` are the participants seen lately.

    take_chair; turn_done, pass, hand_up, hand_down for oneself; for the chair: open, advance, back, extend, stop, resume,
    began_late, give_role, call_on, end_turn (somebody else's), close; of these the timekeeper has those of the clock.
    """
    if state.closed_at or participant not in state.came:
        return NOTHING
    return _own(state, participant) | _of_the_chair(state, participant) | _to_the_chair(state, participant, seen)


def _to_the_chair(state: State, participant: int, seen: Collection[int]) -> frozenset[str]:
    """An empty chair is for whoever takes it."""
    held = state.chair in seen and state.chair in state.present
    return (
        frozenset({"take_chair"})
        if not held and participant in state.present and participant != state.chair
        else NOTHING
    )


def _own(state: State, participant: int) -> frozenset[str]:
    talking = state.step >= 0 and state.mode not in SILENT
    may = {
        "turn_done": state.turn == participant,
        "pass": participant in state.open_turns,
        "hand_down": participant in state.hands,
        "hand_up": talking and participant not in {*state.hands, state.turn},
    }
    return frozenset(verb for verb, can in may.items() if can)


def _of_the_chair(state: State, participant: int) -> frozenset[str]:
    if participant not in {state.chair, state.roles.get("timekeeper")}:
        return NOTHING
    found = _frame(state)
    return found if participant == state.chair else found & OF_THE_CLOCK


def _frame(state: State) -> frozenset[str]:
    """What fits the moment."""
    begun = state.step >= 0
    may = {
        "give_role": True,
        "open": not begun,
        "advance": begun and state.step + 1 < len(state.format.steps),
        "back": state.step > 0,
        "extend": begun,
        "began_late": begun,
        "stop": begun and not state.is_stopped,
        "resume": state.is_stopped,
        "call_on": begun and state.mode not in SILENT,
        "end_turn": state.turn is not None,
        "close": begun,
    }
    return frozenset(verb for verb, can in may.items() if can)
