"""A session in Aiko's circle, event by event: the clock, the chair, the word, the gate."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from grapevine.rooms.engine import Entry, Event, State, allowed, fold, pairs, state_of, verbs
from grapevine.rooms.formats import MODES, Format, Step, shipped_in

AIKO, LUIS, DANA, MIRA, BEN, TOM = range(1, 7)
EVERYBODY = (AIKO, LUIS, DANA, MIRA, BEN, TOM)
FIVE = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
CHALLENGE = shipped_in("en")["circle_challenge"]
ARRIVE, BECAME, STORY, ASK, AGAIN, IDEAS, QUIET, PLAYBACK, TAKE, NEXT = range(10)
NOTHING = frozenset()
MINUTES = timedelta(minutes=1)


class Room:
    """A session that is told what happens; the minutes are counted from five o'clock."""

    def __init__(self, format: Format = CHALLENGE, *, people: tuple[int, ...] = EVERYBODY, seed: int = 7) -> None:  # noqa: A002
        self.format, self.seed, self.events = format, seed, []
        for somebody in people:
            self.hear("came", somebody, at=-2)

    def hear(self, kind: str, by: int | None = None, /, *, at: float = 0, **body: Any) -> State:
        self.events.append(Event(len(self.events) + 1, kind, by, FIVE + at * MINUTES, body))
        return self.state

    def open(self, *, chair: int = AIKO, bringer: int = DANA, at: float = 0) -> State:
        self.hear("chair_taken", chair, at=at)
        self.hear("role_given", chair, at=at, role="bringer", to=bringer)
        self.hear("role_given", chair, at=at, role="timekeeper", to=LUIS)
        return self.hear("opened", chair, at=at, planned_at=FIVE.isoformat())

    def go(self, to: int, *, at: float = 0) -> State:
        return self.hear("advanced", AIKO, at=at, to=to)

    @property
    def state(self) -> State:
        return state_of(self.format, self.events, seed=self.seed)


def at(minutes: float) -> datetime:
    return FIVE + minutes * MINUTES


# --- the clock


def test_before_it_is_opened_nothing_runs():
    state = Room().state
    assert (state.step, state.turn, state.left(at(5))) == (-1, None, timedelta())
    assert state.ends_at(at(0)) == at(55)
    assert allowed(CHALLENGE, state, AIKO) == NOTHING


def test_the_clock_runs_and_turns_late():
    state = Room().open()
    assert (state.left(at(1)), state.left(at(4))) == (2 * MINUTES, -1 * MINUTES)
    assert (state.ends_at(at(1)), state.ends_at(at(4))) == (at(55), at(56))


def test_the_clock_does_not_need_the_host():
    room = Room()
    room.open()
    state = room.hear("went", AIKO, at=1)
    assert (state.left(at(2)), state.chair, state.present) == (1 * MINUTES, AIKO, EVERYBODY[1:])
    assert "take_chair" in verbs(state, MIRA, seen=EVERYBODY)
    state = room.hear("chair_taken", MIRA, at=2)
    assert (state.chair, state.left(at(2))) == (MIRA, 1 * MINUTES)


def test_stopping_holds_the_clock_and_the_end_moves():
    room = Room()
    room.open()
    state = room.hear("stopped", AIKO, at=1)
    assert (state.is_stopped, state.left(at(1)), state.left(at(9))) == (True, 2 * MINUTES, 2 * MINUTES)
    assert state.ends_at(at(9)) == at(63)
    state = room.hear("resumed", AIKO, at=9)
    assert (state.is_stopped, state.left(at(10))) == (False, 1 * MINUTES)


def test_more_time_is_added_to_the_step():
    room = Room()
    room.open()
    assert room.hear("extended", AIKO, at=1, seconds=90).left(at(3)) == timedelta(seconds=90)
    assert room.hear("extended", AIKO, at=1, seconds=-90).left(at(3)) == timedelta(seconds=90)


def test_who_begins_the_next_day_is_not_late():
    assert [Room().open(at=minutes).began_late_by for minutes in (119, 120, 1081)] == [119, 0, 0]


def test_we_began_late():
    room = Room()
    state = room.open(at=4)
    assert (state.began_late_by, state.left(at(6))) == (4, 1 * MINUTES)
    state = room.hear("began_late", AIKO, at=6, minutes=1)
    assert (state.began_late_by, state.left(at(6))) == (5, 2 * MINUTES)
    state = room.hear("began_late", AIKO, at=6, minutes=30)
    assert (state.began_late_by, state.left(at(6))) == (6, 3 * MINUTES)


def test_a_step_one_comes_back_to_goes_on_where_it_was_left():
    room = Room()
    room.open()
    room.go(BECAME, at=1)
    state = room.go(ARRIVE, at=5)
    assert (state.step, state.left(at(6))) == (ARRIVE, 1 * MINUTES)


def test_two_who_press_at_once_jump_over_nothing():
    room = Room()
    room.open()
    room.go(BECAME, at=3)
    state = room.go(BECAME, at=3.1)
    assert (state.step, state.left(at(4))) == (BECAME, 5 * MINUTES)
    assert room.go(99, at=4).step == BECAME
    assert room.go(-1, at=4).step == BECAME


def test_after_closing_everything_stands():
    room = Room()
    room.open()
    room.go(NEXT, at=50)
    closed = room.hear("closed", AIKO, at=51)
    assert (closed.closed_at, closed.ends_at(at(99)), closed.left(at(99)), closed.turn) == (
        at(51),
        at(51),
        1 * MINUTES,
        None,
    )
    after = room.go(ARRIVE, at=60)
    assert after == replace(closed, seq=after.seq)
    assert verbs(after, AIKO, seen=EVERYBODY) == allowed(CHALLENGE, after, AIKO) == NOTHING


# --- the word


def test_everybody_speaks_once_and_the_host_last():
    room = Room()
    state, spoke = room.open(), []
    while state.turn:
        spoke.append(state.turn)
        state = room.hear("turn_done", state.turn, at=1)
    assert (sorted(spoke), spoke[-1]) == (sorted(EVERYBODY), AIKO)
    assert spoke == list(state.order)
    assert state.open_turns == ()


def test_the_lot_is_another_one_in_each_step_and_session():
    orders = set()
    for seed in range(3):
        room = Room(seed=seed)
        orders |= {room.open().order, room.go(BECAME).order, room.go(TAKE).order}
    assert len(orders) > 5


def test_the_bringer_listens_while_the_others_have_ideas():
    room = Room()
    room.open()
    state = room.go(IDEAS)
    assert (sorted(state.order), state.order[-1]) == ([AIKO, LUIS, MIRA, BEN, TOM], AIKO)


def test_whoever_comes_late_speaks_after_the_others_and_before_the_host():
    room = Room(people=EVERYBODY[:4])
    before = room.open().order
    state = room.hear("came", TOM, at=1)
    assert state.order == (*before[:-1], TOM, AIKO)


def test_whoever_goes_keeps_their_place_and_nobody_is_cut_off_by_a_return():
    room = Room()
    first, second, third, *_ = room.open().order
    state = room.hear("went", first, at=1)
    assert (state.turn, state.order[0]) == (second, first)
    state = room.hear("came", first, at=1)
    assert (state.turn, state.open_turns[0]) == (second, first)
    state = room.hear("turn_done", second, at=2)
    assert state.turn == first
    assert room.hear("passed", first, at=2).turn == third


def test_passing_early_counts_as_a_turn():
    room = Room()
    first, second, third, *_ = room.open().order
    room.hear("passed", second)
    assert room.hear("turn_done", first).turn == third


def test_the_host_gives_the_word_and_takes_it_back():
    room = Room()
    first, *_, last_but_one, _host = room.open().order
    state = room.hear("called_on", AIKO, to=last_but_one)
    assert (state.turn, first in state.open_turns) == (last_but_one, True)
    state = room.hear("turn_done", AIKO, of=last_but_one)
    assert (state.turn, last_but_one in state.open_turns) == (first, False)
    assert room.hear("called_on", AIKO, to=99).turn == first


def test_hands_get_the_word_in_their_order_without_anybody_s_help():
    room = Room()
    room.open()
    room.go(ASK)
    room.hear("hand_up", TOM)
    room.hear("hand_up", BEN)
    state = room.hear("hand_up", TOM)
    assert (state.turn, state.hands) == (TOM, (TOM, BEN))
    state = room.hear("turn_done", TOM)
    assert (state.turn, state.hands) == (BEN, (BEN,))
    state = room.hear("hand_down", BEN)
    assert (state.turn, state.hands) == (None, ())


def test_in_silence_a_hand_changes_nothing():
    room = Room()
    room.open()
    room.go(QUIET)
    assert room.hear("hand_up", TOM).turn is None


def test_the_story_is_its_bringer_s():
    room = Room()
    room.open()
    assert room.go(STORY).turn == DANA
    assert room.hear("role_given", AIKO, role="bringer", to=BEN).turn == BEN
    assert room.hear("role_given", AIKO, role="bringer", to=None).turn is None


def test_in_a_trio_the_word_goes_round():
    room = Room(shipped_in("en")["trio"], people=(AIKO, LUIS, DANA))
    for role, to in (("one", LUIS), ("two", DANA), ("three", AIKO)):
        room.hear("role_given", role=role, to=to)
    room.hear("opened")
    turns = [room.go(step).turn for step in range(1, 13) if room.format.steps[step].mode == "bringer"]
    assert turns == [LUIS, DANA, AIKO]
    assert room.go(7).order == room.state.order
    assert sorted(room.state.order) == [AIKO, LUIS]


# --- pairs


@pytest.mark.parametrize("people", [2, 4, 6, 8, 12])
def test_an_even_number_meets_completely(people):
    rounds = pairs(range(people), 99)
    assert len(rounds) == people - 1
    assert sorted(tuple(sorted(two)) for row in rounds for two in row) == list(combinations(range(people), 2))
    assert all(sorted(somebody for two in row for somebody in two) == list(range(people)) for row in rounds)


@pytest.mark.parametrize("people", [3, 5, 7, 11])
def test_of_an_odd_number_everybody_rests_once(people):
    rounds = pairs(range(people), 99)
    met = sorted(tuple(sorted(two)) for row in rounds for two in row if len(two) == 2)
    rested = sorted(one for row in rounds for group in row if len(group) == 1 for one in group)
    assert (len(rounds), met, rested) == (people, list(combinations(range(people), 2)), list(range(people)))


def test_in_one_round_an_odd_number_makes_a_three():
    assert sorted(map(len, pairs(range(7), 1)[0])) == [2, 2, 3]
    assert [sorted(group) for row in pairs([4, 5, 6], 1) for group in row] == [[4, 5, 6]]
    assert pairs([4], 3) == pairs([], 3) == ()


def test_pairs_change_with_the_clock():
    room = Room(shipped_in("en")["speed_round"])
    room.open()
    state = room.go(1)
    assert len(state.pairs()) == 5
    assert [state.round_of_pairs(at(minute)) for minute in (0, 6.9, 7.1, 34, 60)] == [0, 0, 1, 4, 4]
    assert len(state.pairs(2)) == 2


# --- what may be entered


def gate(step: int) -> tuple[frozenset[str], frozenset[str]]:
    """What Dana, who brings, and Tom may enter in a step."""
    room = Room()
    room.open()
    state = room.go(step)
    return allowed(CHALLENGE, state, DANA), allowed(CHALLENGE, state, TOM)


@pytest.mark.parametrize(
    ("step", "bringer", "others"),
    [
        (ARRIVE, {"line"}, {"line"}),
        (STORY, {"sentence"}, {"note"}),
        (ASK, {"answer"}, {"question"}),
        (AGAIN, {"sentence"}, {"note"}),
        (IDEAS, {"note"}, {"idea"}),
        (QUIET, {"note"}, {"note"}),
        (PLAYBACK, {"playback"}, {"note"}),
        (NEXT, {"line"}, {"line"}),
    ],
)
def test_the_step_decides_what_is_entered(step, bringer, others):
    assert gate(step) == (bringer, others)


@pytest.mark.parametrize("mode", MODES)
def test_without_a_bringer_everybody_may_the_same(mode):
    plain = Format("plain", "Plain", (2, 9), 5, "open", ("host", "note_taker"), (), (Step(5, mode, "One", "One."),))
    room = Room(plain)
    room.hear("role_given", role="note_taker", to=MIRA)
    room.hear("role_given", role="host", to=AIKO)
    state = room.hear("opened")
    expected = {
        **dict.fromkeys(("host", "show", "pause", "note"), NOTHING),
        **dict.fromkeys(("round", "open", "pairs", "write", "look", "act", "plan", "playback"), frozenset({"line"})),
        **dict.fromkeys(("quiet", "story", "bringer"), frozenset({"note"})),
        "ask": {"question"},
        "ideas": {"idea"},
        "pick": {"pick"},
        "vote": {"option", "vote"},
        "edit": {"text"},
    }[mode]
    assert allowed(plain, state, TOM) == expected
    assert [allowed(plain, state, one) == {"line"} for one in (AIKO, MIRA)] == [
        mode == "note" or expected == {"line"}
    ] * 2


def test_a_dropped_line_does_not_take_a_sentence_away():
    room = Room()
    room.open()
    room.go(ASK)
    assert allowed(CHALLENGE, room.hear("went", TOM), TOM) == {"question"}
    assert allowed(CHALLENGE, room.state, 99) == NOTHING


def test_what_is_entered_is_counted_by_id():
    room = Room()
    room.open()
    room.go(ASK)
    room.hear("contributed", TOM, kind="question", id=11)
    room.hear("contributed", BEN, kind="question", id=12)
    state = room.hear("answered", DANA, id=11)
    assert state.lap.entries == (Entry("question", 11, TOM), Entry("question", 12, BEN))
    assert state.unanswered == (12,)


def test_the_last_vote_of_each_counts():
    room = Room(shipped_in("en")["circle_pick_a_method"])
    room.open()
    for somebody, option in ((AIKO, 1), (LUIS, 2), (AIKO, 2)):
        room.hear("voted", somebody, option=option)
    assert room.state.tally == {"2": 2}


# --- what may be done


def test_the_host_leads_and_the_timekeeper_has_the_clock_and_the_others_speak():
    room = Room()
    state = room.open()
    lead = {"give_role", "advance", "extend", "began_late", "stop", "call_on", "end_turn", "close"}
    first = state.turn
    own = {one: {"turn_done", "pass"} if one == first else {"pass", "hand_up"} for one in EVERYBODY}
    assert {one: verbs(state, one, seen=EVERYBODY) for one in EVERYBODY} == {
        one: own[one] | {AIKO: lead, LUIS: {"extend", "stop"}}.get(one, set()) for one in EVERYBODY
    }


def test_the_chair_is_free_when_its_holder_is_not_seen():
    room = Room()
    assert "take_chair" in verbs(room.state, MIRA, seen=EVERYBODY)
    state = room.open()
    assert "take_chair" not in verbs(state, MIRA, seen=EVERYBODY)
    assert "take_chair" in verbs(state, MIRA, seen=EVERYBODY[1:])
    assert "take_chair" not in verbs(state, AIKO, seen=EVERYBODY[1:])
    state = room.hear("role_given", AIKO, role="host", to=MIRA)
    assert (state.chair, "advance" in verbs(state, AIKO, seen=EVERYBODY)) == (MIRA, False)


def test_what_is_offered_fits_the_moment():
    room = Room()
    room.hear("chair_taken", AIKO)
    assert verbs(room.state, AIKO, seen=EVERYBODY) == {"give_role", "open"}
    room.open()
    room.go(NEXT)
    state = room.hear("stopped", AIKO)
    assert {"resume", "back", "close"} <= verbs(state, AIKO, seen=EVERYBODY)
    assert not {"advance", "stop", "open"} & verbs(state, AIKO, seen=EVERYBODY)


def test_another_team_s_host_has_the_chair_too():
    room = Room(shipped_in("en")["experiment_end"])
    assert room.hear("role_given", role="host_from_another_team", to=MIRA).chair == MIRA
    assert room.hear("chair_taken", BEN).roles == {"host_from_another_team": BEN}


# --- events of all sorts


def test_what_comes_twice_late_or_unknown_changes_nothing():
    room = Room()
    state = room.open()
    assert fold(state, room.events) == state
    assert fold(state, reversed(room.events)) == state
    number = state.seq + 1
    for event in (
        Event(number, "danced", TOM, at(1)),
        Event(number, "advanced", TOM, at(1), {"to": "2"}),
        Event(number, "advanced", TOM, at(1), {"to": True}),
        Event(number, "came", None, at(1)),
        Event(number, "went", 99, at(1)),
        Event(number, "extended", TOM, at(1), None),
        Event(number, "opened", TOM, at(1), {"planned_at": "soon"}),
    ):
        assert fold(state, [event]) == replace(state, seq=number)


@pytest.mark.parametrize("planned_at", ["soon", "2026-11-26T17:00:00", None, 5])
def test_a_session_opens_also_without_a_plan(planned_at):
    room = Room()
    state = room.hear("opened", AIKO, planned_at=planned_at)
    assert (state.step, state.planned_at, state.began_late_by) == (0, None, 0)
