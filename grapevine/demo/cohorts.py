"""Two rounds of circles on their way: one takes applications, of the other the applicants see with whom they might sit."""

from datetime import time

from grapevine.circles import demo as circles
from grapevine.circles.actions import proposing
from grapevine.circles.actions.cohort import come_to_taste
from grapevine.demo.applying import apply, propose, texts
from grapevine.demo.days import DAY, Days
from grapevine.demo.gathering import People
from grapevine.demo.personas import BRIGID, HALDEN
from grapevine.demo.replay import Past
from grapevine.kernel import clock
from grapevine.people.models import Person

OSLO, LONDON = "Europe/Oslo", "Europe/London"
MONDAY, TWO_O_CLOCK = 0, time(14)


def tell(past: Past, people: People, days: Days) -> None:
    """One in each of two organisations."""
    _open(past, people | _colleagues(people, BRIGID), days)
    _shown(past, people | _colleagues(people, HALDEN), days)


def _open(past: Past, people: People, days: Days) -> None:
    """Tomasz calls; fourteen have applied, some come to the taste next week, and he may form it whenever he likes."""
    told = texts()["open"]
    monday = clock.next_weekday(MONDAY, clock.local(days.now, LONDON).date())
    taste_at = clock.instant(monday + 2 * DAY, TWO_O_CLOCK, LONDON)
    with past.at(days.ago(6, "14:20", LONDON)):
        cohort = propose(
            people[told["by"]],
            told,
            starts_on=monday + 21 * DAY,
            apply_until=monday + 10 * DAY,
            preview_at=taste_at,
        )
    apply(cohort, told, people, days.ago(5, "11:35", LONDON))
    with past.at(days.ago(1, "12:40", LONDON)):
        for who in told["taste"]:
            come_to_taste(by=people[who], cohort=cohort)


def _shown(past: Past, people: People, days: Days) -> None:
    """Dev has formed his; for two working days everybody may still ask to be moved."""
    told = texts()["shown"]
    by, until = people[told["by"]], clock.local(days.ago(2, "12:00", OSLO), OSLO).date()
    monday = clock.next_weekday(MONDAY, clock.local(days.now, OSLO).date())
    with past.at(days.ago(12, "09:40", OSLO)):
        cohort = propose(by, told, starts_on=monday + 7 * DAY, apply_until=until)
    applied = apply(cohort, told, people, days.ago(11, "10:25", OSLO))
    with past.at(days.ago(1, "14:05", OSLO)):
        proposal = circles.lay(cohort, applied[::2], applied[1::2])
        past.wait(40)
        proposing.show(by=by, proposal=proposal)


def _colleagues(people: People, organisation: str) -> dict[str, Person]:
    """One of each unit there, by its name: somebody without a story who leads nobody, and rather speaks English."""
    plain = [p for p in people.values() if p.organisation.name == organisation and "-" in p.number and not _leads(p)]
    found: dict[str, Person] = {}
    for person in sorted(plain, key=lambda p: (p.language != "en", p.pk)):
        if person.unit:
            found.setdefault((person.unit.parent or person.unit).name, person)
    return found


def _leads(person: Person) -> bool:
    return person.title.startswith(("Head of", "Team lead"))
