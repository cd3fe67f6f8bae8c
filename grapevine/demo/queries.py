"""Who is being played, and what one could try as them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from grapevine.demo.models import Hush, Visitor
from grapevine.demo.personas import CAST, Persona
from grapevine.kernel import clock
from grapevine.people.models import Person

STAYS_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Door:
    """A persona and the person behind it."""

    persona: Persona
    person: Person


def doors(personas: Iterable[Persona]) -> list[Door]:
    """Those one can be, in the order given. One query."""
    personas = list(personas)
    rows = Person.objects.filter(number__in=[p.key for p in personas], account__isnull=False, left_on__isnull=True)
    known = {person.number: person for person in rows.select_related("organisation", "account")}
    return [Door(persona, known[persona.key]) for persona in personas if persona.key in known]


def person_behind(key: str) -> Person | None:
    """The person of a persona one may step in as."""
    found = doors(p for p in CAST if p.key == key)
    return found[0].person if found else None


def visitors() -> dict[int, datetime]:
    """Whom a visitor plays now, by id, and since when."""
    here = Visitor.objects.filter(at__gt=clock.now() - STAYS_FOR)
    return dict(here.values_list("person", "since_at"))


def is_quiet() -> bool:
    """Whether somebody asked the colleagues to keep quiet."""
    return Hush.objects.exists()
