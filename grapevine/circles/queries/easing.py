"""What a proposer may pass on to those who wait: numbers of five people and more, and an hour."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from grapevine.circles.forming.easing import Easing, easing, favourite
from grapevine.circles.queries.candidates import Candidates
from grapevine.circles.queries.held import FEWEST_PEOPLE
from grapevine.circles.queries.places import first_meeting
from grapevine.kernel import clock


@dataclass(frozen=True)
class Hint:
    """What would bring in more people, and the hour at which most who applied can come."""

    easing: Easing
    at: datetime | None


def hint(everybody: Candidates, waiting: Collection[int]) -> Hint | None:
    """None while fewer than five wait, or where neither an hour nor a language would do."""
    people = [one for one in everybody.people if one.id in waiting]
    if len(people) < FEWEST_PEOPLE:
        return None
    eased, slot = easing(people, everybody.rules), favourite(everybody.people, FEWEST_PEOPLE)
    if not (eased.hours or eased.languages):
        return None
    at = None if slot is None else clock.local(first_meeting(everybody, slot), everybody.cohort.zone)
    return Hint(eased, at)
