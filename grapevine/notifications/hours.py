"""When a letter may leave: working hours, rest, and one's own Monday, which neither holds back."""

from datetime import datetime, time, timedelta

from grapevine.kernel import clock
from grapevine.notifications.kinds import Kind
from grapevine.people.models import Person, Rest
from grapevine.people.queries import next_working_moment, rest_now

LOOK_AGAIN = timedelta(days=1)  # at a rest without an end


def may_leave_at(person: Person, kind: Kind, at: datetime) -> datetime:
    """`at` itself, or the first moment after it at which this kind of letter is welcome."""
    if kind.is_own:
        return at
    rest = rest_now(person)
    if rest and rest.kind == Rest.Kind.RESTING:
        return _after_rest(person, rest, at)
    return at if kind.is_urgent else next_working_moment(person, at)


def _after_rest(person: Person, rest: Rest, at: datetime) -> datetime:
    if rest.until_on is None:
        return next_working_moment(person, at + LOOK_AGAIN)
    back_at = clock.instant(rest.until_on, time(), person.timezone)
    return next_working_moment(person, max(at, back_at))
