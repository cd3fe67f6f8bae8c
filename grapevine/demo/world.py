"""The demo world: three organisations and a year of colleagues helping each other, always the same, always up to now."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time
from random import Random

from django.db import transaction

from grapevine.asks import demo as asks
from grapevine.demo import circles, notes, travel
from grapevine.demo.bank import Bank, bank
from grapevine.demo.days import Days
from grapevine.demo.ledger import Ledger
from grapevine.demo.personas import BRIGID, HALDEN, UTILITY
from grapevine.demo.staff import Place, Staff
from grapevine.demo.stories import STORIES
from grapevine.demo.teller import Teller
from grapevine.demo.year import Members, Year
from grapevine.kernel import clock
from grapevine.people import demo as people
from grapevine.people.models import Person, Rest
from grapevine.people.queries import hours_of
from grapevine.skills.actions import load_starter
from grapevine.skills.models import STARTER, Skill

SEED = 20
PLACES = {
    "halden": (Place(HALDEN, "Europe/Oslo", "en", "haldengrid.example"), 600),
    "brigid": (Place(BRIGID, "Europe/London", "en", "stbrigids.example"), 390),
    "utility": (Place(UTILITY, "Europe/Berlin", "de", "stadtwerke.example"), 265),
}
WEDNESDAY, FRIDAY = 2, 4
OSLO, NOON = "Europe/Oslo", time(12)
RESTS = (Rest.Kind.RESTING, Rest.Kind.SHORT)


@dataclass
class Site:
    """One organisation while it is being made."""

    place: Place
    bank: Bank
    members: Members
    asks: int


@contextmanager
def without_tidying() -> Iterator[None]:
    """A hundred thousand rows in memory at once: looking for garbage among them costs a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@without_tidying()
@transaction.atomic
def load(scale: float = 1.0) -> None:
    """The whole world, at once. `scale` 0.1 is enough for a browser test: the same people on the door, fewer around."""
    if travel.ahead():
        travel.back()
    days, rng = Days(clock.now()), Random(SEED)  # noqa: S311 - the same world every time is the point
    load_starter()
    sites = [_settle(key, *PLACES[key], rng, scale, days) for key in PLACES]
    everybody = [person for site in sites for person in site.members.everybody]
    known_skills = {skill.key: skill for skill in Skill.objects.filter(framework__key=STARTER)}
    ledger = Ledger(rng, days, hours_of(everybody), known_skills)
    for site in sites:
        _live(site, ledger, rng, days)
    _agree_on_ties(ledger, rng, days)
    ledger.store()
    notes.write(ledger, days)
    _rest(sites, ledger, rng, days)
    circles.tell(everybody, days)


def _settle(key: str, place: Place, count: int, rng: Random, scale: float, days: Days) -> Site:
    """The organisation, its units and its people."""
    staff = Staff(place, bank(key), rng, scale)
    organisation = people.found(name=place.name, timezone=place.timezone, language=place.language)
    units = people.divide(organisation, staff.units())
    known = people.enrol(organisation, units, list(staff.newcomers.values()), days.ago(250, "09:00", place.timezone))
    tongues = {known[n.number].pk: n.languages for n in staff.newcomers.values()}
    findable = {known[n.number].pk for n in staff.newcomers.values() if n.consents}
    leads = {known[n.number].pk: known[n.lead].pk for n in staff.newcomers.values() if n.lead}
    members = Members(list(known.values()), staff.top_of(), tongues, findable, leads)
    return Site(place, staff.bank, members, round(count * scale))


def _live(site: Site, ledger: Ledger, rng: Random, days: Days) -> None:
    """First what the stories tell, then everybody else's year around them."""
    teller = Teller(ledger, site.bank, site.members, days, site.place.timezone)
    told = list(teller.tell())
    year = Year(ledger, site.bank, site.members, rng, days, besides={s.scenario for s in STORIES[site.bank.key]})
    for lived in told:
        year.remember(lived)
    year.live(site.asks)
    year.use_pages()
    year.offer()
    teller.finish()


def _agree_on_ties(ledger: Ledger, rng: Random, days: Days) -> None:
    """About half of those who helped each other show it, not before ten days; of some only one would."""
    for helper, helped, on in ledger.network.pairs():
        chance, at = rng.random(), days.after(rng, clock.instant(on, NOON, "UTC"), 240, 420)
        for person, other, share in ((helped, helper, 0.62), (helper, helped, 0.5)):
            if chance < share and days.has_come(at):
                ledger.network.agree(person, other, at)


def _rest(sites: list[Site], ledger: Ledger, rng: Random, days: Days) -> None:
    """Who rests, who carries how much, and to whom they point."""
    _olav_and_sanne(sites[0].members.by_number, days)
    since = days.ago(3, "08:00", "UTC")
    asked = {request.to_id for request in ledger.asks.requests if request.sent_at > since}
    for site in sites:
        for n, person in enumerate(_others(site.members, rng)):
            if n % 3 == 0:
                asks.limit(person, rng.randint(2, 4), rng.sample(site.members.everybody, 2))
            elif person.pk not in asked:
                monday = clock.next_weekday(0, clock.today(person.timezone))
                people.rest(person, kind=RESTS[n % 2], since_at=since, until_on=monday)


def _olav_and_sanne(halden: dict[str, Person], days: Days) -> None:
    """Olav rests until Wednesday and points to two others; Sanne has chosen to carry more than most."""
    today = clock.today(OSLO)
    until = clock.next_weekday(FRIDAY if today.weekday() == WEDNESDAY else WEDNESDAY, today)
    people.rest(halden["olav"], kind=Rest.Kind.RESTING, since_at=days.ago(1, "16:00", OSLO), until_on=until)
    asks.limit(halden["olav"], 2, [halden["sanne"], halden["lene"]])
    asks.limit(halden["sanne"], 5, [halden["tomas"], halden["ana"]])


def _others(members: Members, rng: Random) -> list[Person]:
    """A few people without a story."""
    plain = [p for p in members.everybody if "-" in p.number and "head" not in p.number]
    return rng.sample(plain, len(plain) // 12)
