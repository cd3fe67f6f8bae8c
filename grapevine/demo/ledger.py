"""What happened, written into the rows of every slice it touches. One talk in, all its traces out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from grapevine.asks import demo as asks
from grapevine.asks.models import Ask, Request
from grapevine.challenges import demo as challenges
from grapevine.challenges.models import Example
from grapevine.demo import traces
from grapevine.demo.bank import Bank, Scenario
from grapevine.demo.course import Course
from grapevine.demo.days import SATURDAY, Days
from grapevine.kernel import clock
from grapevine.network import demo as network
from grapevine.people.models import Person
from grapevine.people.queries import Hours
from grapevine.people.queries.hours import USUAL_HOURS
from grapevine.recognition import demo as recognition
from grapevine.recognition.models import HelperStory, Thanks
from grapevine.skills import demo as skills
from grapevine.skills.models import Evidence, Skill
from grapevine.vaults.demo import Strongroom
from grapevine.vaults.models import Vault

ANSWER_WITHIN_HOURS = 48
TWO_DAYS, FOUR_DAYS, BEFORE_ANY_SHIFT = timedelta(days=2), timedelta(days=4), timedelta(days=21)
OVER_A_WEEKEND = {3, 4}  # Thursday and Friday
WORKER_COMES_BY = timedelta(seconds=40)


@dataclass
class Lived:
    """One talk as it now stands in the rows."""

    scenario: Scenario
    course: Course
    ask: Ask
    request: Request
    told: challenges.Told | None = None
    thanks: Thanks | None = None
    story: HelperStory | None = None
    proposed: Evidence | None = None

    @property
    def asker(self) -> Person:
        """Who asked."""
        return self.ask.by

    @property
    def helper(self) -> Person:
        """Who was asked."""
        return self.request.to


@dataclass(frozen=True)
class No:
    """How somebody did not say yes. Without a kind: not a word."""

    kind: str = ""
    at: datetime | None = None


@dataclass
class Unanswered:
    """A request that was not accepted."""

    request: Request
    no: No
    next_person: Person | None


def answered_by(hours: Hours, at: datetime, now: datetime) -> datetime:
    """48 working hours later; the common case by a short way, because a year has thousands of them."""
    is_plain = hours.usual is USUAL_HOURS and (not hours.shifts or now - at > BEFORE_ANY_SHIFT)
    if not is_plain or at.weekday() >= SATURDAY:
        return hours.add(at, ANSWER_WITHIN_HOURS)
    wall = clock.local(at, hours.zone)
    later = wall.date() + (FOUR_DAYS if wall.weekday() in OVER_A_WEEKEND else TWO_DAYS)
    return clock.instant(later, wall.time(), hours.zone)


class Ledger:
    """All rows of the demo world but its people."""

    def __init__(self, rng: Random, days: Days, hours: dict[int, Hours], known_skills: dict[str, Skill]) -> None:
        self.rng, self.days, self.hours, self.known_skills = rng, days, hours, known_skills
        self.room = Strongroom()
        self.asks, self.skills = asks.Rows(), skills.Rows()
        self.challenges, self.recognition = challenges.Rows(self.room.seal), recognition.Rows()
        self.network = network.Rows()
        self.lived: list[Lived] = []
        self.unanswered: list[Unanswered] = []
        self.pages: dict[tuple[int, str], Example] = {}

    def skill(self, scenario: Scenario) -> Skill | None:
        """The skill it is about, where there is one."""
        return self.known_skills.get(scenario.skill)

    def ask(self, scenario: Scenario, asker: Person, course: Course) -> Ask:
        """The first words, sealed to the asker."""
        vault = self.room.open("ask", course.asked_at, [(asker, "asker")])
        words = self.room.seal(vault, "ask", asker, scenario.words, course.asked_at)
        return self.asks.ask(
            by=asker,
            vault=vault,
            words=words,
            kind=scenario.kind,
            alias=course.alias,
            at=course.asked_at,
            closed_at=course.ask_closed_at,
        )

    def live(
        self,
        bank: Bank,
        scenario: Scenario,
        ask: Ask,
        helper: Person,
        course: Course,
        *,
        sent_at: datetime | None = None,
        reason: str = "",
    ) -> Lived:
        """A request that is accepted or still waits, and all that follows."""
        sent_at = sent_at or course.asked_at
        alias = "" if course.revealed_at else course.alias
        vault = self.room.open("talk", sent_at, [(helper, "helper"), (ask.by, "asker")], alias)
        request = self._request(ask, helper, vault, sent_at)
        request.message = self.room.seal(vault, "message", ask.by, scenario.message, sent_at)
        request.reasons = [reason] if reason else request.reasons
        lived = Lived(scenario, course, ask, request)
        self.lived.append(lived)
        if course.said_at:
            traces.follow(self, bank, lived, vault, course.said_at)
        return lived

    def decline(
        self, scenario: Scenario, ask: Ask, helper: Person, no: No, *, next_person: Person | None = None, **pointer: Any
    ) -> None:
        """A request that is not accepted: an answer other than yes, taken back, or nobody said a word."""
        gone_at = no.at or ask.closed_at
        request = self._request(ask, helper, self._vault_of_a_no(ask, helper, gone_at), ask.at)
        request.next_to = [next_person] if next_person else []
        if not gone_at:
            request.message = self.room.seal(request.vault, "message", ask.by, scenario.message, ask.at)
        if no.at:
            self.asks.reply(request, no.kind, no.at, **pointer)
        else:
            request.taken_back_at = gone_at
        was_there = request.taken_back_at is None or request.taken_back_at > request.answer_by
        if was_there and self.days.has_come(request.answer_by):
            request.went_on_at = request.answer_by + WORKER_COMES_BY
        self.unanswered.append(Unanswered(request, no, next_person))

    def store(self) -> None:
        """Everything into the database, what is pointed to first."""
        self.room.store()
        self.challenges.store()
        self.asks.store()
        self.recognition.store()
        self.network.store()
        self.skills.store()

    def _vault_of_a_no(self, ask: Ask, helper: Person, gone_at: datetime | None) -> Vault:
        seats = [(helper, "helper"), (ask.by, "asker")]
        if gone_at:
            return self.room.shredded("talk", ask.at, seats, gone_at, ask.alias)
        return self.room.open("talk", ask.at, seats, ask.alias)

    def _request(self, ask: Ask, helper: Person, vault: Vault, at: datetime) -> Request:
        answer_by = answered_by(self.hours[helper.pk], at, self.days.now)
        reasons = [_why(ask.by, helper)]
        return self.asks.request(ask=ask, to=helper, vault=vault, sent_at=at, answer_by=answer_by, reasons=reasons)


def _why(asker: Person, helper: Person) -> str:
    with translation.override(asker.language):
        if asker.unit_id == helper.unit_id:
            return _("Close by: works in your unit.")
        return _("In another unit: a view from outside.")
