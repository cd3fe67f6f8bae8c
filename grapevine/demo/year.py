"""A year of colleagues helping each other, by chance but always the same: who asks whom, and how it goes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from grapevine.asks.models import Ask
from grapevine.challenges.models import Example
from grapevine.demo.bank import Bank, Scenario
from grapevine.demo.course import Chance, Course
from grapevine.demo.days import Days, workish
from grapevine.demo.ledger import WORKER_COMES_BY, Ledger, Lived, No, answered_by
from grapevine.demo.personas import CAST
from grapevine.people.models import Person

A_YEAR = timedelta(days=365)
A_WEEK, A_DAY = timedelta(days=7), timedelta(days=1)
BETWEEN_ASKS = timedelta(days=18)
QUIET_DAYS = timedelta(days=75)  # nothing by chance happens to the cast in the time its stories tell of
PER_WEEK = 2
NOT_THE_FIRST, ASKED_IN_TURN, NOBODY_HAD_TIME, SHY = 0.4, 0.45, 0.3, 0.03
NOES = ("not_now", "not_my_field", "this_page", "pass", "")
TRIES = 12
PAGES_USED_BY, WELL_READ = 7, 12
OFTEN_ENOUGH = 2  # then somebody else should learn it
BIRDS = {
    "en": ("a grey heron", "a green plover", "a silver wren", "a blue swallow", "a copper lark"),
    "de": ("ein grauer Reiher", "ein grüner Kiebitz", "ein silberner Zaunkönig", "eine blaue Schwalbe"),
}
KNOWN = {persona.key for persona in CAST}


@dataclass
class Circle:
    """Who could live a scenario: on the side that asks, and on the side that is asked."""

    askers: list[Person]
    helpers: list[Person]


class Year:
    """The year of one organisation."""

    def __init__(
        self, ledger: Ledger, bank: Bank, people: "Members", rng: Random, days: Days, besides: set[str]
    ) -> None:
        self.ledger, self.bank, self.people, self.rng, self.days = ledger, bank, people, rng, days
        self.chance = Chance(rng, days)
        self.load: defaultdict[int, list[datetime]] = defaultdict(list)
        self.asked: defaultdict[int, list[datetime]] = defaultdict(list)
        self.lived: set[tuple[int, str]] = set()
        self.known_for: defaultdict[str, list[Person]] = defaultdict(list)
        self.circles = {
            s.key: people.circle(s) for s in bank.scenarios if not (s.asker or s.helper or s.key in besides)
        }
        self.turns = self._in_turn()
        for key, circle in self.circles.items():  # people go to those they have heard of
            self.known_for[key] += [person for person in circle.helpers if person.number in KNOWN]

    def live(self, count: int) -> None:
        """So many asks, more of them lately: it takes a while until people dare."""
        for asked_at in self._moments(count):
            self._somebody_asks(asked_at)

    def note(self, helper: Person, at: datetime) -> None:
        """Somebody was asked at this moment, so not too much else this week."""
        self.load[helper.pk].append(at)

    def remember(self, lived: Lived) -> None:
        """The two have been through this; neither of them meets it again."""
        self.note(lived.helper, lived.request.sent_at)
        self.lived |= {(lived.asker.pk, lived.scenario.key), (lived.helper.pk, lived.scenario.key)}

    def use_pages(self) -> None:
        """Colleagues use the pages others wrote."""
        for example in list(self.ledger.pages.values()):
            if example.by.organisation_id != self.people.organisation:
                continue
            readers = WELL_READ if example.by.number in KNOWN else self.rng.randint(1, PAGES_USED_BY)
            colleagues = self.rng.sample(self.people.everybody, readers)
            for person in colleagues:
                at = self.days.after(self.rng, example.released_at, 20, 900)
                if person != example.by and self.days.has_come(at) and person.number not in KNOWN:
                    self.ledger.challenges.use(example, person, "", at)

    def offer(self) -> None:
        """What people offer and seek, in the words of what they lived."""
        for scenario in map(self.bank.scenario, self.circles):
            circle = self.circles[scenario.key]
            skill = self.ledger.skill(scenario)
            for n, person in enumerate(self._some(self.known_for[scenario.key] + circle.helpers, 2)):
                if person.number in KNOWN:
                    continue
                at = self.days.after(self.rng, self.days.now, -4300, -30)
                self.ledger.skills.offer(person, scenario.offers[n % len(scenario.offers)], skill, at)
            for person in self._some(circle.askers, 3):
                if person.number in KNOWN:
                    continue
                at = self.days.after(self.rng, self.days.now, -7000, -30)
                self.ledger.skills.seek(person, scenario.seek, skill, at)

    def _moments(self, count: int) -> list[datetime]:
        back = (A_YEAR * self.rng.random() ** 1.25 for _ in range(count))
        return sorted(workish(self.rng, self.days.now - gone - timedelta(hours=3)) for gone in back)

    def _in_turn(self) -> Iterator[str]:
        """Every scenario once, then every one again, each time in another order."""
        while True:
            yield from self.rng.sample(list(self.circles), len(self.circles))

    def _somebody_asks(self, asked_at: datetime) -> None:
        for _ in range(TRIES):
            scenario = self.bank.scenario(next(self.turns))
            asker = self._asker(scenario, asked_at)
            helper = asker and self._helper(scenario, asker, asked_at, ())
            if asker and helper and self.days.has_come(asked_at):
                self.asked[asker.pk].append(asked_at)
                self.lived.add((asker.pk, scenario.key))
                self._ask(scenario, asker, helper, asked_at)
                return

    def _ask(self, scenario: Scenario, asker: Person, helper: Person, asked_at: datetime) -> None:
        alias = self.rng.choice(BIRDS[asker.language]) if self._happens(SHY) else ""
        other = self._helper(scenario, asker, asked_at, (helper,)) if self._happens(NOT_THE_FIRST) else None
        in_turn = other is not None and self._happens(ASKED_IN_TURN)
        sent_at = self._waited(other, asked_at) if other and in_turn else asked_at
        course = self.chance.run(scenario, asker, sent_at, alias)
        course.asked_at = asked_at
        given_up = other is not None and not in_turn and self._happens(NOBODY_HAD_TIME)
        ask = self.ledger.ask(scenario, asker, self._given_up(asked_at) if given_up else course)
        if other:
            self._in_vain(scenario, ask, other, helper if in_turn else None)
        if self.days.has_come(sent_at) and not given_up:
            self._accept(scenario, ask, helper, course, sent_at)

    def _waited(self, person: Person, since: datetime) -> datetime:
        """Two working days later the next person is asked."""
        return answered_by(self.ledger.hours[person.pk], since, self.days.now) + WORKER_COMES_BY

    def _given_up(self, asked_at: datetime) -> Course:
        """Nobody had time, and the question was closed after a while."""
        over = self.days.after(self.rng, asked_at, 120, 500)
        return Course(asked_at, ask_closed_at=over if self.days.has_come(over) else None)

    def _accept(self, scenario: Scenario, ask: Ask, helper: Person, course: Course, sent_at: datetime) -> None:
        self.note(helper, sent_at)
        if helper.number in KNOWN:
            _settle(course)
            self.lived.add((helper.pk, scenario.key))
        self.ledger.live(self.bank, scenario, ask, helper, course, sent_at=sent_at)
        if course.learned_at:
            self.known_for[scenario.key].append(ask.by)
        if course.played_at and self.known_for[scenario.key].count(helper) < OFTEN_ENOUGH:
            self.known_for[scenario.key].append(helper)

    def _in_vain(self, scenario: Scenario, ask: Ask, other: Person, next_person: Person | None) -> None:
        """Somebody is asked who does not say yes."""
        self.note(other, ask.at)
        kind = self.rng.choices(NOES, [4, 2, 1, 2, 2])[0]
        page = self._page_for(scenario, ask.by, ask.at)
        if kind == "this_page" and not page:
            kind = "pass"
        at = self.days.after(self.rng, ask.at, 1, 30)
        no = No(kind, at) if kind and self.days.has_come(at) else No()
        pointers: dict[str, Any] = {
            "this_page": {"page": page},
            "not_my_field": {"ask_instead": self._helper(scenario, ask.by, ask.at, (other,))},
        }
        self.ledger.decline(scenario, ask, other, no, next_person=next_person, **pointers.get(no.kind, {}))

    def _page_for(self, scenario: Scenario, asker: Person, at: datetime) -> Example | None:
        page = self.ledger.pages.get((asker.organisation_id, scenario.key))
        return page if page and page.released_at < at and page.by != asker else None

    def _asker(self, scenario: Scenario, at: datetime) -> Person | None:
        circle = self.circles[scenario.key].askers
        for person in self._some(circle, 5):
            recently = any(at - before < BETWEEN_ASKS for before in self.asked[person.pk])
            if not recently and (person.pk, scenario.key) not in self.lived and person.number not in KNOWN:
                return person
        return None

    def _helper(self, scenario: Scenario, asker: Person, at: datetime, besides: tuple[Person, ...]) -> Person | None:
        known, circle = self.known_for[scenario.key], self.circles[scenario.key].helpers
        tried = [*(self._some(known, 2) if self.rng.random() < 0.4 else []), *self._some(circle, 6)]  # noqa: PLR2004
        for person in tried:
            fits = person != asker and person not in besides and self.people.lead_of(asker) != person.pk
            speaks = scenario.lang in self.people.tongues[person.pk]
            is_new = known.count(person) < OFTEN_ENOUGH and (person.pk, scenario.key) not in self.lived
            if fits and speaks and is_new and self._may_be_asked(person, at) and self._has_room(person, at):
                return person
        return None

    def _may_be_asked(self, person: Person, at: datetime) -> bool:
        return person.number not in KNOWN or (person.number != "mira" and self.days.now - at > QUIET_DAYS)

    def _has_room(self, person: Person, at: datetime) -> bool:
        return sum(abs(at - sent) < A_WEEK for sent in self.load[person.pk]) < PER_WEEK

    def _happens(self, share: float) -> bool:
        return self.rng.random() < share

    def _some(self, people: list[Person], count: int) -> list[Person]:
        return self.rng.sample(people, min(count, len(people)))


def _settle(course: Course) -> None:
    """All is told, heard and over: what waits for the cast, and what they can be found for, is told by hand."""
    course.proposed_at = None
    course.heard_at = course.told_at and (course.heard_at or course.told_at + A_DAY)
    course.thanks_heard_at = course.thanked_at and (course.thanks_heard_at or course.thanked_at + A_DAY)
    if course.shown_at and not course.agreed_to_show_at:
        course.agreed_to_show_at = course.shown_at + A_DAY


class Members:
    """The people of one organisation, by what a scenario asks of them."""

    def __init__(
        self,
        people: list[Person],
        top_of: dict[str, str],
        tongues: dict[int, tuple[str, ...]],
        findable: set[int],
        leads: dict[int, int],
    ) -> None:
        self.everybody, self.tongues, self._leads = people, tongues, leads
        self.organisation = people[0].organisation_id
        self.by_number = {p.number: p for p in people}
        self._by_unit: defaultdict[str, list[Person]] = defaultdict(list)
        for person in people:
            self._by_unit[top_of[person.unit.name if person.unit else ""]].append(person)
        self._findable = findable

    def circle(self, scenario: Scenario, unit: str = "") -> Circle:
        """Who could ask this, and who could be asked; only those of one unit, where it is named."""
        askers = self._of((unit,) if unit else scenario.units, scenario.titles, scenario.lang)
        helpers = self._of((unit,) if unit else scenario.helper_units, scenario.helper_titles, scenario.lang)
        return Circle(askers, [p for p in helpers if p.pk in self._findable])

    def lead_of(self, person: Person) -> int | None:
        """Whom they report to."""
        return self._leads.get(person.pk)

    def _of(self, units: tuple[str, ...], titles: tuple[str, ...], lang: str) -> list[Person]:
        here = (p for unit in units for p in self._by_unit[unit])
        return [p for p in here if lang in self.tongues[p.pk] and (not titles or p.title in titles)]
