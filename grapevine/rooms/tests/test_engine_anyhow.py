"""Whatever happens in a room, in whatever order, some things stay true."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from grapevine.rooms.engine import RULES, Event, fold, pairs, state_of
from grapevine.rooms.formats import shipped_in

START = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FORMATS = tuple(shipped_in("en").values())
PEOPLE = st.integers(1, 6)
ANYTHING = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=1)
BODIES = st.dictionaries(st.sampled_from(["to", "seconds", "minutes", "role", "of", "id", "kind", "option"]), ANYTHING)
EVENTS = st.builds(
    Event,
    seq=st.integers(0, 60),
    kind=st.sampled_from([*RULES, "danced"]),
    by=st.none() | PEOPLE,
    at=st.integers(0, 9999).map(lambda seconds: START + seconds * SECOND),
    body=BODIES | st.none(),
)


@given(st.sampled_from(FORMATS), st.lists(EVENTS, max_size=40), st.integers(0, 40))
@settings(max_examples=150, deadline=None)
def test_any_events_in_two_parts_are_the_same_as_at_once(one, events, cut):
    whole = state_of(one, events, seed=3)
    assert fold(state_of(one, events[:cut], seed=3), events[cut:]) == whole
    assert whole.turn is None or whole.turn in whole.present
    assert set(whole.open_turns) <= set(whole.present)


@given(st.lists(st.integers(), unique=True, max_size=24), st.integers(1, 30))
@settings(max_examples=100, deadline=None)
def test_in_pairs_everybody_has_one_place_a_round_and_nobody_meets_twice(people, rounds):
    found = pairs(people, rounds)
    assert all(sorted(one for group in row for one in group) == sorted(people) for row in found)
    met = [frozenset(group) for row in found for group in row if len(group) > 1]
    assert len(met) == len(set(met))


class AnyRoom(RuleBasedStateMachine):
    """People come, go, speak, pass and lead as they like, and time goes by."""

    @initialize(one=st.sampled_from(FORMATS), seed=st.integers(0, 9), early=st.integers(0, 6), to=st.integers(0, 9))
    def begin(self, one, seed, early, to):
        self.format, self.seed, self.events, self.now = one, seed, [], START
        self.state = state_of(one, [], seed=seed)
        self.spoken: dict[int, list[int]] = {}
        for somebody in range(1, early + 1):
            self.hear("came", somebody)
        if early:
            self.hear("opened", planned_at=START.isoformat())
            self.hear("advanced", to=to)

    def hear(self, kind, by=None, /, **body):
        event = Event(len(self.events) + 1, kind, by, self.now, body)
        self.events.append(event)
        self.state = fold(self.state, [event])

    @rule(somebody=PEOPLE)
    def come(self, somebody):
        self.hear("came", somebody)

    @rule(somebody=PEOPLE)
    def go(self, somebody):
        before, speaker = self.state.order, self.state.turn
        self.hear("went", somebody)
        assert self.state.order == before
        assert speaker in {self.state.turn, somebody, None}

    @rule(somebody=PEOPLE)
    def take_the_chair(self, somebody):
        self.hear("chair_taken", somebody)

    @rule(somebody=PEOPLE, role=st.sampled_from(["bringer", "bringer_a", "one", "timekeeper", "host"]))
    def give_a_role(self, somebody, role):
        self.hear("role_given", None, role=role, to=somebody)

    @rule()
    def open(self):
        self.hear("opened", planned_at=START.isoformat())

    @rule(to=st.integers(-1, 12))
    def move(self, to):
        self.hear("advanced", to=to)

    @precondition(lambda self: self.state.turn is not None)
    @rule(passing=st.booleans())
    def speak_or_pass(self, passing):
        speaker, raised = self.state.turn, self.state.hands
        spoken = self.spoken.setdefault(self.state.step, [])
        assert speaker not in spoken or speaker in raised or not self.state.open_turns
        spoken.append(speaker)
        self.hear("passed" if passing else "turn_done", speaker)
        assert speaker not in self.state.open_turns

    @rule(somebody=PEOPLE, up=st.booleans())
    def move_a_hand(self, somebody, up):
        self.hear("hand_up" if up else "hand_down", somebody)

    @rule(stopping=st.booleans())
    def stop_or_go_on(self, stopping):
        left = self.state.left(self.now)
        self.hear("stopped" if stopping else "resumed")
        assert self.state.left(self.now) == left

    @rule(seconds=st.integers(0, 600))
    def extend(self, seconds):
        left = self.state.left(self.now)
        self.hear("extended", seconds=seconds)
        assert self.state.left(self.now) - left == (seconds if self.state.lap else 0) * SECOND

    @rule(minutes=st.integers(0, 20))
    def say_that_it_began_late(self, minutes):
        left = self.state.left(self.now)
        self.hear("began_late", minutes=minutes)
        assert left <= self.state.left(self.now) <= left + timedelta(minutes=minutes)

    @rule(seconds=st.integers(0, 900))
    def wait(self, seconds):
        runs = self.state.lap is not None and not self.state.is_stopped
        left, end = self.state.left(self.now), self.state.ends_at(self.now)
        self.now += seconds * SECOND
        assert left - self.state.left(self.now) == (seconds if runs else 0) * SECOND
        assert self.state.ends_at(self.now) >= end

    @invariant()
    def whoever_speaks_is_in_the_room(self):
        assert self.state.turn is None or self.state.turn in self.state.present

    @invariant()
    def an_open_turn_is_offered_to_somebody(self):
        assert not self.state.open_turns or self.state.turn is not None

    @invariant()
    def the_chair_speaks_last(self):
        order = self.state.order
        assert len(set(order)) == len(order)
        assert self.state.chair not in order[:-1]

    @invariant()
    def every_screen_sees_the_same(self):
        assert state_of(self.format, self.events, seed=self.seed) == self.state


AnyRoom.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestAnyRoom = AnyRoom.TestCase
