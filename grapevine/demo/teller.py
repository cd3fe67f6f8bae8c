"""Tells the stories: turns "so many working days ago, and this far" into moments."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from grapevine.asks.demo import hint_of
from grapevine.demo.bank import Bank
from grapevine.demo.course import Course
from grapevine.demo.days import Days, minutes, workday_after
from grapevine.demo.ledger import Ledger, Lived, answered_by
from grapevine.demo.stories import BESIDES, OFFERS, SEEKS, STORIES, USES, Story
from grapevine.demo.year import KNOWN, Members
from grapevine.kernel import clock
from grapevine.people.models import Person

LATELY = timedelta(hours=20)


class Teller:
    """Tells the stories of one organisation."""

    def __init__(self, ledger: Ledger, bank: Bank, members: Members, days: Days, zone: str) -> None:
        self.ledger, self.bank, self.members, self.days, self.zone = ledger, bank, members, days, zone
        self.told: list[Lived] = []

    def tell(self) -> Iterator[Lived]:
        """All of them, oldest first, so that a page is there before somebody refers to it."""
        for story in sorted((*STORIES[self.bank.key], *BESIDES[self.bank.key]), key=lambda s: -s.days):
            lived = self._one(story)
            if lived:
                self.told.append(lived)
                yield lived

    def _one(self, story: Story) -> Lived | None:
        scenario = self.bank.scenario(story.scenario)
        circle = self.members.circle(scenario, story.more.get("unit", ""))
        asker = self._who(story.asker, circle.askers, story.helper)
        helper = self._who(story.helper, circle.helpers, asker.number)
        course = self._course(story)
        if course.said_at is None and self._is_too_long_ago(helper, course):
            course.asked_at = self.days.now - LATELY
        ask = self.ledger.ask(scenario, asker, course)
        if story.far == "introduction":
            self._introduce(story, ask, helper)
            return None
        lived = self.ledger.live(self.bank, scenario, ask, helper, course, reason=self._reason(story, asker))
        if story.more.get("tied"):
            self._tie(lived, self._told_at(story))
        for number in story.more.get("also", ()):
            self.told.append(self.ledger.live(self.bank, scenario, ask, self._named(number), course))
        return lived

    def _tie(self, lived: Lived, told_at: datetime) -> None:
        """Once all is told, both let it be seen that they help each other."""
        self.ledger.network.agree(lived.asker, lived.helper, told_at + minutes(40))
        self.ledger.network.agree(lived.helper, lived.asker, told_at + minutes(150))

    def _is_too_long_ago(self, helper: Person, course: Course) -> bool:
        """Whoever works at the weekend would have had their two working days."""
        return self.days.has_come(answered_by(self.ledger.hours[helper.pk], course.asked_at, self.days.now))

    def _course(self, story: Story) -> Course:
        course = Course(self.days.ago(story.days, "09:20", self.zone))
        FAR[story.far](self, course, story)
        return course

    # --- how far it has come -------------------------------------------------------------------------

    def waits(self, course: Course, story: Story) -> None:
        """Asked, not answered yet."""

    def is_asked_back(self, course: Course, story: Story) -> None:
        """Accepted; the first question waits for an answer."""
        course.said_at = self.days.ago(story.days, "11:05", self.zone)
        course.talked_at = self.days.ago(story.days - 1, "15:10", self.zone)
        course.answered = course.ideas = 0

    def is_due(self, course: Course, story: Story) -> None:
        """Played back; today is the day."""
        self._talk(course, story)
        course.on = self.days.due(self.zone)
        course.notices = tuple(self._named(number) for number in story.more.get("notices", ()))

    def is_to_tell(self, course: Course, story: Story) -> None:
        """The day was a while ago: what happened?"""
        played_at = self._talk(course, story)
        course.on = workday_after(played_at.date())
        course.confirmed_at = clock.instant(course.on, played_at.time(), "UTC")

    def is_just_told(self, course: Course, story: Story) -> None:
        """Told yesterday; the helper has not seen it."""
        self.is_to_tell(course, story)
        course.told_at = self.days.ago(1, "14:20", self.zone)
        self._be_found(course, story)

    def is_just_thanked(self, course: Course, story: Story) -> None:
        """Told and heard; thanked yesterday."""
        self.is_just_told(course, story)
        course.told_at = self.days.ago(3, "14:20", self.zone)
        course.heard_at = self.days.ago(2, "08:45", self.zone)
        course.thanked_at = self.days.ago(1, "16:10", self.zone)

    def is_told(self, course: Course, story: Story) -> None:
        """All of it, some time ago."""
        self.is_to_tell(course, story)
        course.told_at = told_at = self._told_at(story)
        course.heard_at = told_at + minutes(95)
        if story.more.get("thanked"):
            course.thanked_at, course.thanks_heard_at = told_at + minutes(3), told_at + minutes(96)
        if story.more.get("shown"):
            course.shows, course.shown_at, course.agreed_to_show_at = (
                "thanks",
                told_at + minutes(116),
                told_at + minutes(260),
            )
        self._be_found(course, story)
        closed_at = self.days.ago(max(story.days - 21, 1), "09:30", self.zone)
        course.closed_at = closed_at if closed_at > told_at else None

    def _talk(self, course: Course, story: Story) -> datetime:
        course.said_at = self.days.ago(story.days, "10:40", self.zone)
        course.talked_at = self.days.ago(story.days - 1, "11:02", self.zone)
        course.played_at = played_at = self._played_at(story)
        course.ask_closed_at = played_at + minutes(6)
        return played_at

    def _be_found(self, course: Course, story: Story) -> None:
        if story.more.get("found"):
            course.proposed_at = self._played_at(story) + minutes(9)
            course.agreed_at = course.proposed_at + minutes(170)
        if story.more.get("learned"):
            course.learned_at = self._told_at(story) + minutes(4)
        if "released" in story.more:
            course.released_at = self.days.ago(story.more["released"], "11:31", self.zone)

    def _played_at(self, story: Story) -> datetime:
        return self.days.ago(story.days - 1, "11:24", self.zone)

    def _told_at(self, story: Story) -> datetime:
        return self.days.ago(story.days - 8, "13:30", self.zone)

    def finish(self) -> None:
        """What the people of the stories offer and seek, and whose pages they used."""
        for key, scenario in OFFERS.get(self.bank.key, ()):
            person, told = self._named(key), self.bank.scenario(scenario)
            self.ledger.skills.offer(person, told.offer, self.ledger.skill(told), self._at_ten(20))
        for key, scenario in SEEKS.get(self.bank.key, ()):
            person, told = self._named(key), self.bank.scenario(scenario)
            self.ledger.skills.seek(person, told.seek, self.ledger.skill(told), self._at_ten(30))
        for key, scenario in USES.get(self.bank.key, ()):
            person = self._named(key)
            example = self.ledger.pages[person.organisation_id, scenario]
            self.ledger.challenges.use(example, person, "", self._at_ten(7))

    def _at_ten(self, days: int) -> datetime:
        return self.days.ago(days, "10:00", self.zone)

    # --- who and why ---------------------------------------------------------------------------------

    def _introduce(self, story: Story, ask: Any, helper: Person) -> None:
        scenario = self.bank.scenario(story.scenario)
        message = self.ledger.room.seal(ask.vault, "message", ask.by, scenario.message, ask.at)
        through = self._named(story.more["through"])
        answer_by = max(answered_by(self.ledger.hours[p.pk], ask.at, self.days.now) for p in (through, helper))
        vault = self.ledger.room.open("introduction", ask.at, [(ask.by, "asker"), (through, "introducer")])
        about = self.ledger.room.seal(vault, "hint", ask.by, hint_of(ask, scenario.words), ask.at)
        self.ledger.asks.introduce(
            ask=ask, to=helper, through=through, message=message, hint=about, at=ask.at, answer_by=answer_by
        )

    def _reason(self, story: Story, asker: Person) -> str:
        """Why this person, in the words and the language the asker was given."""
        kind, _key, key = story.more.get("reason", "").partition(":")
        with translation.override(asker.language):
            if page := self.bank.scenario(key).page if kind == "page" else None:
                return _("Wrote the page “%(title)s”.") % {"title": page.title}
            return _("Offers this: “%(offer)s”.") % {"offer": self.bank.scenario(key).offer} if kind else ""

    def _who(self, number: str, circle: list[Person], other: str) -> Person:
        """The one who is named, or somebody whom no other story needs; never a lead of the other, nor led by them."""
        if number:
            return self._named(number)
        busy = {p.pk for lived in self.told for p in (lived.asker, lived.helper)}
        far = [p for p in circle if p.number != other and not self._are_in_line(p, self._named(other))]
        return min(far, key=lambda p: (p.number in KNOWN, p.pk in busy, "head" in p.number, p.pk))

    def _are_in_line(self, one: Person, other: Person) -> bool:
        return self.members.lead_of(one) == other.pk or self.members.lead_of(other) == one.pk

    def _named(self, number: str) -> Person:
        return self.members.by_number[number]


Step = Callable[[Teller, Course, Story], None]
FAR: dict[str, Step] = {
    "introduction": Teller.waits,
    "waiting": Teller.waits,
    "asked back": Teller.is_asked_back,
    "due": Teller.is_due,
    "to tell": Teller.is_to_tell,
    "just told": Teller.is_just_told,
    "just thanked": Teller.is_just_thanked,
    "told": Teller.is_told,
}
