"""What the stage of a session shows to one reader: a view of its state, worked out when a template asks."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate

from django.utils.translation import get_language

from grapevine.challenges.models import Idea
from grapevine.kernel.text import listed
from grapevine.people.queries import zone_name
from grapevine.rooms import cards, engine
from grapevine.rooms.engine import State
from grapevine.rooms.formats import Step
from grapevine.rooms.models import Contribution, Participant, Session, Story
from grapevine.rooms.queries.faces import Face, role_word
from grapevine.rooms.queries.standing import mark, note_of, verbs_of

WITH_IDEAS = frozenset({"ideas", "quiet", "playback"})
EARLY_IDEAS = 2  # the line of the host's card for ideas that come too early


@dataclass(frozen=True)
class Said:
    """Something entered, in its words. `idea` is set when it may be kept in the challenge."""

    entry: Contribution
    face: Face
    words: str
    answer: str = ""
    is_answered: bool = False
    idea: Idea | None = None
    votes: int = 0
    is_mine: bool = False
    picked: str = ""


@dataclass(frozen=True)
class Told:
    """The story of this step as the reader may read it; without words for those who only hear it."""

    story: Story
    title: str = ""
    words: str = ""
    when: str = ""
    will: str = ""

    @property
    def is_played_back(self) -> bool:
        """Whether its bringer has played it back."""
        return hasattr(self.story.challenge, "playback")


@dataclass
class Scene:
    """`said` is what belongs to this step, by kind, oldest first. `untold` are roles of the reader without a story.

    `faces` are those who belong here; `everybody` also those who did when they spoke.
    """

    session: Session
    state: State
    me: Participant
    now: datetime
    faces: list[Face]
    everybody: list[Face]
    seen: frozenset[int]
    said: dict[str, list[Said]] = field(default_factory=dict)
    told: Told | None = None
    untold: tuple[str, ...] = ()
    my_stories: tuple[Story, ...] = ()
    told_by: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Another one whenever the stage is another. Empty while pairs change with the clock alone."""
        return "" if self.state.mode == "pairs" else mark(self.state.seq, self.seen)

    # --- what the reader may do

    @cached_property
    def verbs(self) -> frozenset[str]:
        """What the reader may do now."""
        return verbs_of(self.me, self.state, self.seen)

    @cached_property
    def allowed(self) -> frozenset[str]:
        """What the reader may enter now."""
        return engine.allowed(self.state.format, self.state, self.me.pk)

    @property
    def is_in(self) -> bool:
        """Whether the reader has come in and not left."""
        return self.me.pk in self.state.present

    @property
    def is_chair(self) -> bool:
        """Whether the reader holds the frame."""
        return self.me.pk == self.state.chair

    @property
    def is_bringer(self) -> bool:
        """Whether this step is about what the reader brings."""
        return self.state.bringer == self.me.pk

    @property
    def shows_ideas(self) -> bool:
        """Whether what was offered is in sight: from the first idea until it was played back."""
        return self.state.mode in WITH_IDEAS and not (self.told and self.told.is_played_back)

    @property
    def is_choosing(self) -> bool:
        """Whether the reader may look at the ideas and tick some before it is time to play back."""
        now, ahead = self.state.current, self.state.format.steps[self.state.step + 1 :]
        if now is None or now.mode != "quiet" or not self.is_bringer or not self.said.get("idea"):
            return False
        return any(step.mode == "playback" and step.bringer == now.bringer for step in ahead)

    @property
    def kept(self) -> list[Said]:
        """The ideas that were kept when it was played back."""
        return [said for said in self.said.get("idea", []) if said.idea and said.idea.kept_at]

    @property
    def may_begin(self) -> bool:
        """Whether the reader may open the session, with the chair or by taking it."""
        return self.state.step < 0 and bool(self.verbs & {"open", "take_chair"})

    @property
    def to_tell(self) -> str:
        """The role in which the reader brings something now and has not told it yet; empty when there is none."""
        step = self.state.current
        wanted = self.untold if step is None else [role for role in self.untold if role == step.bringer]
        return next(iter(wanted), "")

    # --- whose turn

    @property
    def looks(self) -> list[tuple[object, ...]]:
        """All that a list of those here shows."""
        return [
            (face.pk, face.name, face.on_tile, face.is_turn, face.is_here, face.has_come, face.has_hand_up)
            for face in self.faces
        ]

    @property
    def turn(self) -> Face | None:
        """Whose turn it is."""
        return self._face(self.state.turn)

    @property
    def bringer(self) -> Face | None:
        """Whose matter this step is."""
        return self._face(self.state.bringer)

    @property
    def next_turns(self) -> list[Face]:
        """Who follows, in the order of speaking; then the hands."""
        following = dict.fromkeys((*self.state.open_turns, *self.state.hands))
        return [face for pk in following if pk != self.state.turn and (face := self._face(pk))]

    @cached_property
    def pair(self) -> list[Face]:
        """Those the reader sits with in this round of pairs; nobody when they rest."""
        rounds = self.state.pairs()
        groups = rounds[self.state.round_of_pairs(self.now)] if rounds else ()
        mine = next((group for group in groups if self.me.pk in group), ())
        return [face for pk in mine if pk != self.me.pk and (face := self._face(pk))]

    @property
    def pair_names(self) -> str:
        """Their names, for a sentence."""
        return listed(face.name for face in self.pair)

    @property
    def pair_round(self) -> tuple[int, int]:
        """Which round of pairs runs, from 1, and how many there are."""
        return self.state.round_of_pairs(self.now) + 1, len(self.state.pairs())

    # --- the clock

    @property
    def left(self) -> float:
        """Seconds of this step; negative when it is late."""
        return self.state.left(self.now).total_seconds()

    @property
    def seconds_left(self) -> int:
        """The same, whole."""
        return round(self.left)

    @property
    def late_by(self) -> str:
        """How long the step is over its time, as on a clock; empty while it is not."""
        return on_a_clock(-self.seconds_left) if self.seconds_left < 0 else ""

    @property
    def time_left(self) -> str:
        """How long the step still has, as on a clock."""
        return on_a_clock(max(0, self.seconds_left))

    @property
    def minutes_given(self) -> int:
        """How many minutes the step has, with those added."""
        return round(self.state.lap.may_take / timedelta(minutes=1)) if self.state.lap else 0

    @property
    def minutes_taken(self) -> int:
        """How many whole minutes it has run, at least one: for saying that it began late."""
        return max(1, self.state.lap.taken(self.now) // timedelta(minutes=1)) if self.state.lap else 1

    @property
    def ends_at(self) -> datetime:
        """When the session ends if every step from here takes its minutes."""
        return self.state.ends_at(self.now)

    @property
    def zone(self) -> str:
        """For guests, who are told the time of whoever opened the room: where that is."""
        return "" if self.me.person else zone_name(self.session.opened_by.timezone)

    @property
    def minutes_before(self) -> int:
        """Where this step begins on the line of minutes."""
        return self._begins[self.state.step]

    @property
    def minutes_done(self) -> float:
        """How much of this step is over on that line."""
        step, lap = self.state.current, self.state.lap
        if step is None or lap is None:
            return 0.0
        return min(step.minutes, step.minutes * max(0.0, lap.taken(self.now) / lap.may_take))

    @property
    def bounds(self) -> str:
        """Where one step ends and another begins on that line, as an SVG path."""
        return "".join(f"M{begins} 0v1" for begins in self._begins[1:])

    @cached_property
    def _begins(self) -> list[int]:
        return list(accumulate((step.minutes for step in self.state.format.steps[:-1]), initial=0))

    @property
    def next_step(self) -> Step | None:
        """What comes after this step."""
        steps, after = self.state.format.steps, self.state.step + 1
        return steps[after] if 0 < after < len(steps) else None

    @property
    def ideas_in(self) -> int:
        """In how many minutes ideas open, when questions come first; 0 when they do not follow."""
        steps = self.state.format.steps[self.state.step + 1 :]
        ahead = [number for number, step in enumerate(steps) if step.mode == "ideas"]
        if self.state.mode != "ask" or not ahead:
            return 0
        return max(1, round(max(0, self.seconds_left) / 60 + sum(step.minutes for step in steps[: ahead[0]])))

    # --- beside it

    @cached_property
    def note(self) -> str:
        """What the reader wrote for themselves."""
        return note_of(self.me)

    @property
    def may_note(self) -> bool:
        """Whether the reader may write to themselves; guests cannot keep it."""
        return self.me.person is not None and self.session.closed_at is None

    @property
    def wants_note(self) -> bool:
        """Whether this is a moment for writing to oneself."""
        return "note" in self.allowed

    @property
    def texts(self) -> list[Said]:
        """What was written together, the last version of each step."""
        return list({said.entry.step: said for said in self.said.get("text", [])}.values())

    @property
    def roles_to_give(self) -> list[tuple[str, str, int | None]]:
        """Each role that one person has: its key, what it does, who has it."""
        roles = dict.fromkeys((self.state.chair_role, *self.state.format.to_give))
        return [(role, role_word(role), self.state.roles.get(role)) for role in roles]

    @property
    def host_card(self) -> tuple[str, ...]:
        """For whoever has the chair; the line that fits the step first."""
        lines = cards.host_card(_language())
        first = EARLY_IDEAS if self.state.mode == "ask" else 0
        return (lines[first], *lines[:first], *lines[first + 1 :])

    @property
    def good_questions(self) -> tuple[str, ...]:
        """To borrow."""
        return cards.good_questions(_language())

    def _face(self, pk: int | None) -> Face | None:
        return next((face for face in self.everybody if face.pk == pk), None)


def on_a_clock(seconds: int) -> str:
    """`5:38`; with hours `1:05:00`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _language() -> str:
    return get_language() or "en"
