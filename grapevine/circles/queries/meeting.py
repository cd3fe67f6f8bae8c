"""The page of one meeting, before and after."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from grapevine.challenges.models import Challenge, Commitment, Idea, Outcome
from grapevine.challenges.queries import can_all_stay
from grapevine.circles.models import Brought, Circle, Meeting, MeetingPulse, Tally
from grapevine.circles.policies.meeting import PULSE_FOR
from grapevine.circles.queries.circle import Line, lines, people_of, turns_to_swap
from grapevine.circles.queries.presence import those_there
from grapevine.kernel import clock
from grapevine.kernel.policy import may, one_or_none, visible
from grapevine.people.models import Person
from grapevine.rooms.models import Session
from grapevine.vaults.models import SealedText
from grapevine.vaults.queries import read, read_all, seats_of

FEWEST_ANSWERS = 4
PRACTISED = (
    ("listening", _("listening")),
    ("thinking", _("thinking ahead")),
    ("leading", _("leading")),
)
QUESTIONS = ("worth", "heard", "safe")


@dataclass(frozen=True)
class Title:
    """What somebody brought, by its title; empty for who may not read it."""

    brought: Brought
    by: Person
    title: str


@dataclass(frozen=True)
class MeetingPage:
    """Everything on it."""

    line: Line
    titles: list[Title]
    room: Session | None
    pulse: list[tuple[str, str]]
    tally: tuple[list[str], str] | None
    season_tally: list[tuple[str, int]]
    may_give_pulse: bool
    may_keep_tally: bool

    @cached_property
    def changeable(self) -> set[int]:
        """Turns of the reader in it which somebody else might take for one of theirs."""
        return {duty.pk for duty, _word in self.line.my_duties if turns_to_swap(self.line.reader, duty)}

    @property
    def meeting(self) -> Meeting:
        """The meeting itself."""
        return self.line.meeting


def page(reader: Person, meeting: Meeting) -> MeetingPage:
    """What the member `reader` sees of `meeting`."""
    rows = Meeting.objects.filter(pk=meeting.pk).select_related("circle__cohort", "circle__vault")
    line = lines(reader, rows, people_of(meeting.circle))[0]
    return MeetingPage(
        line=line,
        titles=titles(reader, line.brought),
        room=one_or_none(visible(reader, Session).filter(pk=meeting.session_id)) if meeting.session_id else None,
        pulse=pulse(meeting),
        tally=tally(reader, meeting),
        season_tally=season_tally(reader, meeting.circle),
        may_give_pulse=may(reader, "give_pulse", meeting),
        may_keep_tally=may(reader, "keep_tally", meeting),
    )


def titles(reader: Person, brought: list[Brought]) -> list[Title]:
    """Those the reader may read."""
    rows = Brought.objects.filter(pk__in=[b.pk for b in brought]).select_related(
        "challenge__title", "challenge__brought_by"
    )
    told = list(rows)
    opened = read_all(reader, [row.challenge.title for row in told])
    found = [Title(row, row.challenge.brought_by, opened.get(row.challenge.title_id, "")) for row in told]
    return [each for each in found if each.title]


def pulse(meeting: Meeting) -> list[tuple[str, str]]:
    """(question, how most answered), from four answers on, and when no more can come: so no single answer shows."""
    answers = list(MeetingPulse.objects.filter(meeting=meeting))
    if len(answers) < FEWEST_ANSWERS or not _is_complete(meeting, len(answers)):
        return []
    return [(name, _most(Counter(getattr(answer, name) for answer in answers))) for name in QUESTIONS]


def tally(reader: Person, meeting: Meeting) -> tuple[list[str], str] | None:
    """What the reader practised, and their line."""
    own = one_or_none(visible(reader, Tally).filter(meeting=meeting).select_related("words"))
    return _parted(read(reader, own.words)) if own else None


def season_tally(reader: Person, circle: Circle) -> list[tuple[str, int]]:
    """How often the reader practised what, this season. For their eyes."""
    own = list(visible(reader, Tally).filter(meeting__circle=circle).select_related("words"))
    opened = read_all(reader, [each.words for each in own])
    counted = Counter(name for words in opened.values() for name in _parted(words)[0])
    return [(str(said), counted[name]) for name, said in PRACTISED if counted[name]]


@dataclass(frozen=True)
class Promise:
    """What somebody promised in an earlier meeting, and what came of it."""

    commitment: Commitment
    by: Person
    when: str
    will: str
    happened: str
    is_mine: bool

    @property
    def pk(self) -> int:
        """Of the commitment."""
        return self.commitment.pk

    @property
    def outcome(self) -> Outcome | None:
        """What came of it."""
        return getattr(self.commitment, "outcome", None)

    @property
    def is_open(self) -> bool:
        """Whether the reader may say what happened."""
        return self.is_mine and self.outcome is None


def promises_before(reader: Person, meeting: Meeting) -> list[Promise]:
    """What members promised in earlier meetings: of each the last, as far as the reader has a seat there."""
    rows = visible(reader, Commitment).filter(playback__challenge__brought__meeting__circle=meeting.circle_id)
    found = rows.exclude(playback__challenge__brought__meeting=meeting).select_related(
        "when", "will", "outcome__words", "playback__challenge__brought_by"
    )
    last = {each.playback.challenge.brought_by_id: each for each in found.order_by("playback__at")}
    texts = [text for each in last.values() for text in (each.when, each.will, _outcome_words(each)) if text]
    opened = read_all(reader, texts)
    return [_promise(reader, each, opened) for each in last.values()]


@dataclass(frozen=True)
class Keeping:
    """A challenge told in a room: whether ideas that were not picked stay depends on everybody."""

    challenge: Challenge
    title: str
    agreed: int
    all: int
    i_agree: bool
    is_possible: bool


def keepers(reader: Person, session: Session) -> list[Keeping]:
    """For each challenge told in this room that is still open and has ideas that would vanish."""
    told = visible(reader, Challenge).filter(story__session=session.pk, closing__isnull=True)
    not_picked = Idea.objects.filter(challenge=OuterRef("pk"), kept_at__isnull=True)
    rows = list(told.filter(Exists(not_picked)).select_related("title", "vault").prefetch_related("keep_together"))
    opened = read_all(reader, [row.title for row in rows])
    return [_keeping(reader, row, opened.get(row.title_id, "")) for row in rows]


def _keeping(reader: Person, challenge: Challenge, title: str) -> Keeping:
    agreed = {each.person_id for each in challenge.keep_together.all()}
    seats = {seat.person_id for seat in seats_of(challenge.vault)}
    is_possible = can_all_stay(challenge, agreed)
    return Keeping(challenge, title, len(agreed & seats), len(seats), reader.pk in agreed, is_possible)


def _promise(reader: Person, row: Commitment, opened: dict[object, str]) -> Promise:
    by, words = row.playback.challenge.brought_by, _outcome_words(row)
    return Promise(
        commitment=row,
        by=by,
        when=opened.get(row.when_id, ""),
        will=opened.get(row.will_id, ""),
        happened=opened.get(words.pk, "") if words else "",
        is_mine=by.pk == reader.pk,
    )


def _outcome_words(row: Commitment) -> SealedText | None:
    outcome = getattr(row, "outcome", None)
    return outcome.words if outcome else None


def _is_complete(meeting: Meeting, answers: int) -> bool:
    is_over = meeting.held_at is not None and clock.now() >= meeting.held_at + PULSE_FOR
    return is_over or answers >= len(those_there(meeting))


def _most(answers: "Counter[str]") -> str:
    """all, most or mixed."""
    yes, total = answers[MeetingPulse.Answer.YES], answers.total()
    return "all" if yes == total else "most" if yes * 2 > total else "mixed"


def _parted(words: str) -> tuple[list[str], str]:
    practised, _, line = words.partition("\n")
    return practised.split(), line
