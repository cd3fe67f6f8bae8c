"""Where and how people of one circle could meet, and which rule they break. Nothing here says who or why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from grapevine.circles.forming import Waiting, broken_rules, common
from grapevine.circles.hours import HOURS
from grapevine.circles.models import Application, Circle
from grapevine.circles.queries.candidates import Candidates
from grapevine.kernel import clock

NOON = 13 * 60 + 30  # minutes of the day around which an hour suits best
LANGUAGES, REACH, LINE, APART = "languages", "reach", "line", "cannot_sit_together"


def breaks(everybody: Candidates, people: Sequence[int]) -> list[str]:
    """The rules this circle breaks, of those that may be told: of forming, and `reach`.

    Who would rather not sit with whom is none of them: trying people one by one, somebody would find the pair. Nor is a
    reporting line, where people of several organisations sit together.
    """
    secret = {APART, LINE} if everybody.cohort.is_across else {APART}
    return [name for name in _broken(everybody, people) if name not in secret]


def suits(everybody: Candidates, people: Sequence[int]) -> bool:
    """It breaks no rule at all. For the engine alone."""
    return not _broken(everybody, people)


def suits_there(everybody: Candidates, circle: Circle, sitting: Sequence[int], who: int) -> bool:
    """Whoever takes a chair there breaks no rule: at its hour, in its language, with these people."""
    if who not in everybody.applications:
        return False
    slot = circle.weekday * HOURS + circle.hour.hour
    comes = next(one for one in everybody.people if one.id == who).slots >> slot & 1
    speaks = circle.language in everybody.applications[who].languages
    broken = set(_broken(everybody, [*sitting, who])) - {"size", "times"}  # those who sit there have their hour
    return bool(comes) and speaks and not broken


def kept_reach(
    everybody: Candidates, circles: Iterable[tuple[int, ...]]
) -> tuple[list[tuple[int, ...]], list[Waiting]]:
    """The circles, without those who wanted other organisations and found none in theirs; these wait."""
    kept, waiting = [], []
    for circle in circles:
        stay = circle if _reaches(everybody, circle) else _without_across(everybody, circle)
        is_whole = len(stay) >= everybody.rules.smallest
        kept += [stay] if is_whole else []
        waiting += [Waiting(person, REACH) for person in circle if not is_whole or person not in stay]
    return kept, waiting


def best_place(everybody: Candidates, people: Sequence[int]) -> tuple[int | None, str]:
    """The common slot that lies nearest to midday for the one it suits least, and a common language; None, "" without."""
    people = _still_here(everybody, people)
    shared = common(people, everybody.people, everybody.rules) if people else None
    slots = shared.slots if shared else ()
    slot = min(slots, key=lambda one: (_strain(everybody, people, one), one), default=None)
    return slot, _language(everybody, people)


def common_slots(everybody: Candidates, people: Sequence[int]) -> tuple[int, ...]:
    """All slots they share."""
    people = _still_here(everybody, people)
    return common(people, everybody.people, everybody.rules).slots if people else ()


def first_meeting(everybody: Candidates, slot: int) -> datetime:
    """When the first meeting in this slot would begin."""
    return everybody.grid.instants[slot][0]


def _broken(everybody: Candidates, people: Sequence[int]) -> list[str]:
    people = _still_here(everybody, people)
    broken = broken_rules(people, everybody.people, everybody.rules)
    told = [_told(everybody, people, name) for name in broken]
    return told if _reaches(everybody, people) else [*told, REACH]


def _language(everybody: Candidates, people: Sequence[int]) -> str:
    """The language they share that Grapevine speaks with most of them."""
    spoken = Counter(everybody.applications[one].person.language for one in people)
    shared = _codes(everybody, people)
    return min(shared, key=lambda code: (-spoken[code], code), default="")


def _codes(everybody: Candidates, people: Sequence[int]) -> set[str]:
    each = [set(everybody.applications[one].languages) for one in people]
    return set.intersection(*each) if each else set()


def _told(everybody: Candidates, people: Sequence[int], name: str) -> str:
    """A language that is there, but not for the same kind of circle, is a matter of reach."""
    return REACH if name == LANGUAGES and _codes(everybody, people) else name


def _reaches(everybody: Candidates, people: Sequence[int]) -> bool:
    """Whoever wants people of other organisations has some."""
    applications = [everybody.applications[one] for one in people]
    is_mixed = len({each.person.organisation_id for each in applications}) > 1
    return is_mixed or not any(_wants_across(each) for each in applications)


def _without_across(everybody: Candidates, people: Sequence[int]) -> tuple[int, ...]:
    return tuple(one for one in people if not _wants_across(everybody.applications[one]))


def _wants_across(application: Application) -> bool:
    return application.cohort.is_across and application.reach == Application.Reach.ACROSS


def _strain(everybody: Candidates, people: Sequence[int], slot: int) -> int:
    """How far from midday it is for the one it suits least, in minutes."""
    at = first_meeting(everybody, slot)
    zones = {everybody.applications[one].person.timezone for one in people}
    walls = (clock.local(at, zone) for zone in zones)
    return max(abs(wall.hour * 60 + wall.minute - NOON) for wall in walls)


def _still_here(everybody: Candidates, people: Sequence[int]) -> list[int]:
    """Without those who have withdrawn meanwhile."""
    return [one for one in people if one in everybody.applications]
