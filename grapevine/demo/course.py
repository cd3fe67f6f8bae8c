"""When each step of a talk happened. What lies in the future has not happened, so recent talks are still open."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from grapevine.demo.bank import Scenario
from grapevine.demo.days import NUDGE_AT, Days, minutes
from grapevine.kernel import clock
from grapevine.people.models import Person

MONDAY = 0
CLOSES_AFTER = timedelta(days=30)
CLOSES_UNPLAYED_AFTER = timedelta(days=90)
ALL = 99


@dataclass
class Course:
    """One talk in time. None: it has not happened."""

    asked_at: datetime
    said_at: datetime | None = None
    talked_at: datetime | None = None
    answered: int = ALL
    ideas: int = ALL
    played_at: datetime | None = None
    on: date | None = None
    confirmed_at: datetime | None = None
    put_off_at: datetime | None = None
    told_at: datetime | None = None
    heard_at: datetime | None = None
    thanked_at: datetime | None = None
    thanks_heard_at: datetime | None = None
    shows: str = ""
    shown_at: datetime | None = None
    agreed_to_show_at: datetime | None = None
    proposed_at: datetime | None = None
    agreed_at: datetime | None = None
    learned_at: datetime | None = None
    released_at: datetime | None = None
    closed_at: datetime | None = None
    ask_closed_at: datetime | None = None
    is_kept_together: bool = False
    alias: str = ""
    revealed_at: datetime | None = None
    through: Person | None = None
    notices: tuple[Person, ...] = field(default_factory=tuple)

    @property
    def is_masked(self) -> bool:
        """Whether the asker is still known by another name."""
        return bool(self.alias) and self.revealed_at is None


class Chance:
    """Lets a talk run its course by chance, up to now."""

    def __init__(self, rng: Random, days: Days) -> None:
        self.rng, self.days = rng, days

    def run(self, scenario: Scenario, asker: Person, asked_at: datetime, alias: str = "") -> Course:
        """Accepted soon, talked about, mostly played back, mostly told, often thanked for."""
        course = Course(asked_at, alias=alias)
        course.said_at = self._step(asked_at, 0.5, 26)
        if course.said_at:
            self._talk(course)
        if course.talked_at and self._happens(0.86):
            self._play_back(course, scenario, asker)
        self._close(course)
        return course

    def _talk(self, course: Course) -> None:
        course.talked_at = self._step(course.said_at, 2, 50)
        if course.alias and course.talked_at and self._happens(0.6):
            course.revealed_at = self._soon(course.talked_at, 60)

    def _play_back(self, course: Course, scenario: Scenario, asker: Person) -> None:
        course.played_at = (
            self._soon(course.talked_at, 75) if self._happens(0.6) else self._step(course.talked_at, 3, 90)
        )
        if not course.played_at:
            return
        day = clock.local(course.played_at, asker.timezone).date()
        course.on = (
            clock.next_weekday(MONDAY, day) if self._happens(0.85) else day + timedelta(days=self.rng.randint(1, 9))
        )
        came_at = clock.instant(course.on, NUDGE_AT, asker.timezone)
        course.confirmed_at = self._soon(came_at, 200) if self._happens(0.7) else None
        course.is_kept_together = self._happens(0.06)
        self._tell(course, scenario, came_at)
        self._thank(course)
        self._be_found(course, scenario)

    def _tell(self, course: Course, scenario: Scenario, came_at: datetime) -> None:
        if self._happens(0.82):
            course.told_at = self._step(came_at, 60, 330)
        if course.told_at and self._happens(0.95):
            course.heard_at = self._step(course.told_at, 1, 60)
        if scenario.page and self._happens(0.7):
            course.released_at = self._step(course.told_at or came_at, 2, 120)

    def _thank(self, course: Course) -> None:
        if not self._happens(0.62):
            return
        course.thanked_at = self._soon(course.told_at or course.played_at, 40)
        if course.thanked_at and self._happens(0.95):
            course.thanks_heard_at = self._step(course.thanked_at, 1, 60)
        if not course.is_masked and self._happens(0.3):
            self._show(course)

    def _show(self, course: Course) -> None:
        course.shows = "story" if course.heard_at and self._happens(0.4) else "thanks"
        heard_at = course.heard_at if course.shows == "story" else course.thanks_heard_at
        if heard_at and (shown_at := self._soon(heard_at, 240)):
            course.shown_at = shown_at
            course.agreed_to_show_at = self._step(shown_at, 1, 70) if self._happens(0.8) else None

    def _be_found(self, course: Course, scenario: Scenario) -> None:
        if course.is_masked or scenario.got == "nothing":
            return
        if self._happens(0.55):
            course.proposed_at = self._soon(course.told_at or course.played_at, 30)
        if course.proposed_at and self._happens(0.85):
            course.agreed_at = self._step(course.proposed_at, 1, 80)
        if self._happens(0.28):
            course.learned_at = self._soon(course.told_at or course.played_at, 60)

    def _close(self, course: Course) -> None:
        """By hand once all is told, or by itself in the end."""
        if not course.said_at:
            return
        last = max(at for at in (course.thanked_at, course.told_at, course.played_at, course.said_at) if at)
        if course.played_at:
            limit = course.played_at + CLOSES_AFTER
            by_hand = self._step(last, 2, 200) if course.told_at and self._happens(0.5) else None
        else:
            limit, by_hand = course.said_at + CLOSES_UNPLAYED_AFTER, None
        ended = min(by_hand, limit) if by_hand else limit
        course.closed_at = ended if self.days.has_come(ended) else None
        over = self._step(last, 4, 400) if self._happens(0.85) else limit
        course.ask_closed_at = over if self.days.has_come(over) else None

    def _happens(self, share: float) -> bool:
        return self.rng.random() < share

    def _step(self, at: datetime | None, low: float, high: float) -> datetime | None:
        later = self.days.after(self.rng, at, low, high) if at else None
        return later if self.days.has_come(later) else None

    def _soon(self, at: datetime | None, most: int) -> datetime | None:
        later = at + minutes(self.rng.randint(8, most)) if at else None
        return later if self.days.has_come(later) else None
