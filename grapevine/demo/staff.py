"""Who works where: the people of one organisation, made up from its bank and the cast."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from grapevine.demo.bank import Bank, Names, UnitPlan
from grapevine.demo.personas import CAST, Persona
from grapevine.kernel import clock
from grapevine.people.demo import Newcomer
from grapevine.people.models import Consent

SMALLEST_UNIT = 9
WEEKS_OF_SHIFTS = range(3)
BY_ROTA = {"early", "late", "night"}
IN_THE_UNIT_ITSELF = 12  # one in so many sits with the head, not in a team
PLAIN = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "ß": "ss", "ł": "l", "Ł": "L", "đ": "d", "ı": "i"})
PART_TIME = tuple((day, time(8), time(13)) for day in range(4))


@dataclass(frozen=True)
class Place:
    """An organisation's frame: name, zone, language, and the ending of its mail addresses."""

    name: str
    timezone: str
    language: str
    domain: str


class Staff:
    """The newcomers of one organisation."""

    def __init__(self, place: Place, bank: Bank, rng: Random, scale: float) -> None:
        self.place, self.bank, self.rng, self.scale = place, bank, rng, scale
        self.today = clock.today(place.timezone)
        self.newcomers: dict[str, Newcomer] = {}
        self.cast = [p for p in CAST if p.organisation == place.name]
        self._taken = {p.name for p in CAST}
        self._addresses: set[str] = set()
        self._in_team: Counter[str] = Counter()
        # the cast comes first: when all else is equal, the earlier person is shown first
        self._heads = {unit.name: f"{bank.key}-head-{n}" for n, unit in enumerate(bank.units)}
        self._heads |= {p.unit: p.key for p in self.cast if p.is_head}
        for persona in self.cast:
            self._add(self._of(persona))
        for unit in bank.units:
            self._fill(unit)
        self._teach()

    def units(self) -> list[tuple[str, str]]:
        """Every unit with what it is a part of; parents first."""
        teams = [(team, unit.name) for unit in self.bank.units for team, _ in unit.teams]
        return [*((unit.name, "") for unit in self.bank.units), *teams]

    def top_of(self) -> dict[str, str]:
        """For each unit or team the unit at the top."""
        return {name: parent or name for name, parent in self.units()}

    def _of(self, persona: Persona) -> Newcomer:
        lead = self._heads[persona.lead[5:]] if persona.lead.startswith("head:") else persona.lead
        night = self.bank.shifts.get("night") if persona.title.startswith("Night") else None
        return Newcomer(
            number=persona.key,
            name=persona.name,
            email=self._address(persona.name),
            unit=persona.unit,
            title=persona.title,
            location=persona.location,
            timezone=self.place.timezone,
            language=persona.language,
            languages=persona.languages,
            joined_on=self.today - timedelta(days=30 * persona.months_here),
            lead=lead,
            is_administrator=persona.key == "eva",
            consents=(Consent.About.FOUND,),
            shifts=tuple(self._shifts([("night", night)], 3)) if night else (),
        )

    def _fill(self, unit: UnitPlan) -> None:
        present = sum(p.unit == unit.name for p in self.cast)
        head = self.newcomers.get(self._heads[unit.name])
        if head is None:
            head = self._make(unit, unit.name, unit.teams[0][1], f"Head of {unit.name}", "")
            self._add(head)
            present += 1
        leads: dict[str, str] = {}
        for n in range(max(SMALLEST_UNIT, round(unit.size * self.scale)) - present):
            team, at = unit.teams[n % len(unit.teams)]
            if team not in leads:
                lead = self._make(unit, team, at, f"Team lead, {team}", head.number)
                leads[team] = lead.number
                self._add(lead)
            elif n % IN_THE_UNIT_ITSELF == IN_THE_UNIT_ITSELF - 1:
                self._add(self._make(unit, unit.name, at, self._title(unit, team), head.number))
            else:
                self._add(self._make(unit, team, at, self._title(unit, team), leads[team], n))

    def _add(self, newcomer: Newcomer) -> None:
        self.newcomers[newcomer.number] = newcomer

    def _teach(self) -> None:
        """Somebody in the right place speaks the language of each scenario."""
        top = self.top_of()
        for scenario in self.bank.scenarios:
            for units, titles in ((scenario.units, scenario.titles), (scenario.helper_units, scenario.helper_titles)):
                fit = [n for n in self.newcomers.values() if top[n.unit] in units and (not titles or n.title in titles)]
                if fit and not any(scenario.lang in n.languages for n in fit):
                    self._add(replace(fit[-1], languages=(*fit[-1].languages, scenario.lang)))

    def _make(self, unit: UnitPlan, where: str, at: str, title: str, lead: str, turn: int = -1) -> Newcomer:
        group, name = self._named()
        language, languages = self._tongues(group)
        is_head = title == f"Head of {unit.name}"
        return Newcomer(
            number=self._heads[unit.name] if is_head else f"{self.bank.key}-{len(self.newcomers):03}",
            name=name,
            email=self._address(name),
            unit=where,
            title=title,
            location=at,
            timezone=self._zone(language),
            language=language,
            languages=languages,
            lead=lead,
            joined_on=self.today - timedelta(days=self.rng.randint(20, 9000)),
            is_administrator=is_head and unit is self.bank.units[-1] and self.bank.key != "halden",
            consents=self._consents(),
            hours=PART_TIME if turn % 11 == 5 else (),  # noqa: PLR2004 - some of them
            shifts=tuple(self._rota(unit, turn)) if turn >= 0 else (),
        )

    def _title(self, unit: UnitPlan, team: str) -> str:
        """One of the unit's titles that does not sound like another team's."""
        others = {w for name, _ in unit.teams if name != team for w in _sound(name)} - _sound(team)
        plain = [t for t in unit.titles if not t.startswith("Team lead") and not _sound(t) & others]
        self._in_team[team] += 1
        return plain[self._in_team[team] % len(plain)]

    def _named(self) -> tuple[Names, str]:
        group = self.rng.choices(self.bank.names, [g.share for g in self.bank.names])[0]
        while True:
            first = self.rng.randrange(len(group.first))
            last = self.rng.randrange(len(group.last)) if group.lang else self._neighbour(group, first)
            name = f"{group.first[first]} {group.last[last]}"
            if name not in self._taken:
                self._taken.add(name)
                return group, name

    def _neighbour(self, group: Names, first: int) -> int:
        """First and last names run through the same origins in the same order."""
        near = round(first / len(group.first) * len(group.last)) + self.rng.randint(-3, 3)
        return min(max(near, 0), len(group.last) - 1)

    def _tongues(self, group: Names) -> tuple[str, tuple[str, ...]]:
        """The language Grapevine speaks to them, and those they are happy to talk in."""
        sometimes = self.rng.random()
        if self.place.language == "de":
            return ("de" if sometimes < 0.88 else "en"), ("de", "en") if sometimes > 0.26 else ("de",)  # noqa: PLR2004
        if group.lang == "de":
            return "de", ("de", "en") if sometimes > 0.15 else ("de", "no")  # noqa: PLR2004 - a share of them
        if self.place.timezone == "Europe/Oslo":
            return "en", ("en", "no") if group is self.bank.names[0] or sometimes > 0.5 else ("en",)  # noqa: PLR2004
        return "en", ("en", "de") if sometimes < 0.16 else ("en",)  # noqa: PLR2004

    def _zone(self, language: str) -> str:
        abroad = language == "de" and self.place.timezone == "Europe/Oslo" and self.rng.random() < 0.3  # noqa: PLR2004
        return "Europe/Berlin" if abroad else self.place.timezone

    def _consents(self) -> tuple[str, ...]:
        is_shy = self.rng.random() < 0.09  # noqa: PLR2004 - one in eleven wants not to be found
        return () if is_shy else (Consent.About.FOUND,)

    def _address(self, name: str) -> str:
        folded = unicodedata.normalize("NFKD", name.translate(PLAIN)).encode("ascii", "ignore").decode().lower()
        base = ".".join("".join(c for c in word if c.isalpha()) for word in folded.split())
        address, n = f"{base}@{self.place.domain}", 2
        while address in self._addresses:
            address, n = f"{base}{n}@{self.place.domain}", n + 1
        self._addresses.add(address)
        return address

    def _rota(self, unit: UnitPlan, turn: int) -> Iterator[tuple[datetime, datetime]]:
        """Shifts for units that never sleep; everybody else keeps office hours."""
        kinds = [(kind, self.bank.shifts[kind]) for kind in unit.shifts if kind in BY_ROTA]
        return self._shifts(kinds, turn) if any(kind == "night" for kind, _ in kinds) else iter(())

    def _shifts(self, kinds: list[tuple[str, tuple[str, str]]], turn: int) -> Iterator[tuple[datetime, datetime]]:
        monday = self.today - timedelta(days=self.today.weekday())
        for week in WEEKS_OF_SHIFTS:
            starts, ends = (time.fromisoformat(hour) for hour in kinds[(turn + week) % len(kinds)][1])
            for day in range(5):
                on = monday + timedelta(days=7 * week + (turn + day) % 7)
                yield self._span(on, starts, ends)

    def _span(self, on: date, starts: time, ends: time) -> tuple[datetime, datetime]:
        until = on + timedelta(days=1) if ends <= starts else on
        return clock.instant(on, starts, self.place.timezone), clock.instant(until, ends, self.place.timezone)


def _sound(name: str) -> set[str]:
    """The words of a name, roughly: Nights and Night nurse sound alike."""
    return {word[:5] for word in name.lower().split() if len(word) > 3}  # noqa: PLR2004 - `and` tells nothing
