"""A large organisation made of numbers and a small vocabulary; nobody's words."""

import random
from datetime import date, timedelta

from grapevine.asks import actions as asks
from grapevine.asks.actions import Asked
from grapevine.challenges import actions as challenges
from grapevine.kernel import clock
from grapevine.people.models import Account, Consent, Language, Organisation, Person, ReportingLine, Unit
from grapevine.skills.models import Evidence, Framework, Offer, Skill

THINGS = [
    a + b
    for a in (
        "bench",
        "meter",
        "relay",
        "shift",
        "budget",
        "vendor",
        "trace",
        "alarm",
        "report",
        "permit",
        "drawing",
        "sensor",
        "invoice",
        "rota",
        "pump",
        "valve",
        "clock",
        "frame",
        "ledger",
        "survey",
    )
    for b in (
        "",
        "line",
        "room",
        "plan",
        "case",
        "desk",
        "test",
        "work",
        "check",
        "note",
        "log",
        "map",
        "key",
        "gate",
        "path",
        "field",
        "board",
        "sheet",
        "hub",
        "kit",
    )
]
DOING = [
    "calibrating",
    "planning",
    "explaining",
    "testing",
    "repairing",
    "comparing",
    "writing",
    "merging",
    "moving",
    "reading",
    "drawing",
]
KINDS = list(Evidence.Kind.values)


def build(people: int, lines: int, units: int) -> Person:
    """Everybody and everything that is known; answers the person who asks."""
    chance = random.Random(1)
    organisation = Organisation.objects.create(name="Large", timezone="Europe/Oslo")
    parts = Unit.objects.bulk_create(Unit(organisation=organisation, name=f"Unit {n}") for n in range(units))
    everybody = _people(organisation, parts, people, chance)
    skills = _skills()
    _evidence(organisation, everybody, skills, lines, chance)
    _offers(everybody, skills, chance)
    asker = everybody[0]
    for n in range(3):
        _talk(asker, everybody[1 + n], chance)
    return asker


def question(chance: random.Random) -> str:
    """Two sentences somebody might type."""
    one, two, three = chance.sample(THINGS, 3)
    return (
        f"I am {chance.choice(DOING)} the {one} together with a new {two} and it does not fit. "
        f"Who has seen a {three} behave like this before, and what did you look at first?"
    )


def _people(organisation: Organisation, parts: list[Unit], count: int, chance: random.Random) -> list[Person]:
    today = date(2020, 1, 1)
    accounts = Account.objects.bulk_create(Account(email=f"p{n}@large.example") for n in range(count))
    rows = Person.objects.bulk_create(
        Person(
            organisation=organisation,
            account=accounts[n],
            number=str(n),
            name=f"{_name(chance)} {_name(chance)}",
            email=f"p{n}@large.example",
            unit=chance.choice(parts),
            timezone="Europe/Oslo",
            joined_on=today,
        )
        for n in range(count)
    )
    now = clock.now()
    Consent.objects.bulk_create(Consent(person=p, about=Consent.About.FOUND, given_at=now) for p in rows)
    Language.objects.bulk_create(Language(person=p, code="en") for p in rows)
    ReportingLine.objects.bulk_create(ReportingLine(person=p, lead=rows[n // 12]) for n, p in enumerate(rows) if n)
    return rows


def _skills() -> list[Skill]:
    framework = Framework.objects.create(key="bench", name="Bench", imported_at=clock.now())
    return Skill.objects.bulk_create(Skill(framework=framework, key=f"s{n}", name=f"Skill {n}") for n in range(40))


def _evidence(
    organisation: Organisation, everybody: list[Person], skills: list[Skill], count: int, chance: random.Random
) -> None:
    now, today = clock.now(), clock.now().date()
    for first in range(0, count, 20_000):
        Evidence.objects.bulk_create(
            [
                Evidence(
                    organisation=organisation,
                    person=chance.choice(everybody),
                    kind=chance.choice(KINDS),
                    words=f"{chance.choice(DOING)} {' '.join(chance.sample(THINGS, 4))}",
                    got="question",
                    skill=chance.choice(skills),
                    on=today - timedelta(days=chance.randrange(720)),
                    origin_kind="bench",
                    origin_key=str(n),
                    agreed_at=now,
                )
                for n in range(first, min(first + 20_000, count))
            ]
        )


def _offers(everybody: list[Person], skills: list[Skill], chance: random.Random) -> None:
    now = clock.now()
    Offer.objects.bulk_create(
        Offer(
            person=p,
            words=f"Ask me about {chance.choice(THINGS)}",
            skill=chance.choice(skills),
            at=now,
            expires_on=now.date() + timedelta(days=100),
        )
        for p in chance.sample(everybody, len(everybody) // 4)
    )


def _talk(asker: Person, helper: Person, chance: random.Random) -> None:
    made = asks.ask(by=asker, words=question(chance), kind="think", to=[Asked(helper, "Hi")])
    request = made.requests.get()
    asks.reply(by=helper, request=request, kind="yes", words="at 11")
    for _ in range(4):
        row = challenges.ask_clarifying(by=helper, challenge=request.challenge, words=question(chance))
        challenges.answer(by=asker, question=row, words=question(chance))
        challenges.offer_idea(by=helper, challenge=request.challenge, words=question(chance))


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(("an", "be", "ko", "li", "mo", "ra", "su", "te")) for _ in range(3)).title()
