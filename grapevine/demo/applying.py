"""What people say when they propose a circle and when they apply for one."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from grapevine.circles import demo as circles
from grapevine.circles.actions.cohort import Terms, propose_cohort
from grapevine.circles.models import Application, Cohort
from grapevine.demo.days import minutes
from grapevine.demo.gathering import People, Told
from grapevine.people.models import Person
from grapevine.vaults.demo import Strongroom

TEXTS = Path(__file__).parent / "circles.yaml"
AN_HOUR, BETWEEN = 60, 190  # minutes


@cache
def texts() -> Any:
    """Everything that is said around circles, by scene."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
    return yaml.load(TEXTS.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader either way


def propose(by: Person, told: Told, **terms: Any) -> Cohort:
    """A call for circles in the words of a scene."""
    return propose_cohort(by=by, terms=Terms(theme=told["theme"], words=told["words"], minutes=AN_HOUR, **terms))


def apply(cohort: Cohort, told: Told, people: People, since: datetime) -> list[Application]:
    """They apply one after the other, from `since` on."""
    room = Strongroom()
    applications = [
        _application(room, cohort, said, people[said["who"]], since + minutes(BETWEEN * n))
        for n, said in enumerate(told["applicants"])
    ]
    room.store()
    return circles.keep(applications)


def _application(room: Strongroom, cohort: Cohort, said: Told, person: Person, at: datetime) -> Application:
    vault = room.open("application", at, [(person, "applicant")])
    answers = {name: room.seal(vault, name, person, said[name], at) for name in ("bring", "gift", "help")}
    never = said.get("never", [])
    return Application(cohort=cohort, person=person, vault=vault, languages=["en"], never=never, at=at, **answers)
