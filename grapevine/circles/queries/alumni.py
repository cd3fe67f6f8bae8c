"""When the season is over: names and dates, and calls of those who sat there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grapevine.circles.actions.ending import WORDS_STAY
from grapevine.circles.models import Call, Circle, Cohort, InTouch, Meeting
from grapevine.circles.queries.circle import people_of, stepped_out
from grapevine.kernel import clock
from grapevine.kernel.policy import may, one_or_none, seen, visible
from grapevine.kernel.text import listed
from grapevine.people.models import Person
from grapevine.vaults.queries import read_all

FEWEST_ANSWERS = 4


@dataclass(frozen=True)
class Called:
    """A call as one alumnus reads it."""

    call: Call
    words: str
    by: Person
    coming: list[Person]
    is_mine: bool
    may_answer: bool
    may_take_back: bool
    may_gather: bool

    @property
    def coming_names(self) -> str:
        """Who has an hour, for a sentence."""
        return listed(person.short_name for person in self.coming)


@dataclass(frozen=True)
class AlumniPage:
    """Names, dates, calls; `in_touch` counts who still is, once four have answered."""

    circle: Circle
    reader: Person
    people: list[Person]
    held: list[Meeting]
    calls: list[Called]
    proposed: list[Cohort]
    stepped_out: list[Person]
    in_touch: tuple[int, int] | None
    may_say_in_touch: bool

    @property
    def others(self) -> list[Person]:
        """Everybody but the reader."""
        return [person for person in self.people if person.pk != self.reader.pk]

    @property
    def words_vanish_at(self) -> datetime | None:
        """When its words are destroyed; None when they are."""
        ended = self.circle.ended_at
        return ended + WORDS_STAY if ended and not self.circle.shredded_at else None

    @property
    def is_vanishing(self) -> bool:
        """Their time has come."""
        return self.words_vanish_at is not None and self.words_vanish_at <= clock.now()


def page(reader: Person, circle: Circle) -> AlumniPage:
    """What the alumnus `reader` sees of `circle`."""
    people = people_of(circle)
    return AlumniPage(
        circle=circle,
        reader=reader,
        people=list(people.values()),
        held=list(circle.meetings.filter(held_at__isnull=False).select_related("session")),
        calls=_calls(reader, circle, people),
        proposed=_proposed(reader, circle, list(people)),
        stepped_out=stepped_out(circle.seats.filter(left_at__isnull=False).select_related("person")),
        in_touch=in_touch(circle),
        may_say_in_touch=may(reader, "say_in_touch", circle),
    )


def in_touch(circle: Circle) -> tuple[int, int] | None:
    """(still in touch, answered), from four answers on."""
    said = list(InTouch.objects.filter(circle=circle).values_list("is_in_touch", flat=True))
    return (sum(said), len(said)) if len(said) >= FEWEST_ANSWERS else None


def once_more(reader: Person, circle: int) -> dict[str, Any] | None:
    """What another season with the same people begins with; None where the reader did not sit there."""
    found = one_or_none(visible(reader, Circle).filter(pk=circle).select_related("cohort"))
    if found is None:
        return None
    said = {name: getattr(found.cohort, name) for name in ("theme", "words", "weeks", "every", "minutes")}
    return said | {"is_across": "across" if found.is_across else "inside"}


def _proposed(reader: Person, circle: Circle, people: list[int]) -> list[Cohort]:
    """What somebody of them proposed since, and to which the reader may still apply."""
    rows = visible(reader, Cohort).filter(by__in=people, at__gte=circle.ended_at, called_off_at__isnull=True)
    return list(rows.filter(apply_until__gte=clock.today(circle.zone)).select_related("by").distinct())


def _calls(reader: Person, circle: Circle, people: dict[int, Person]) -> list[Called]:
    rows = visible(reader, Call).filter(circle=circle).select_related("by", "words", "vault", "circle", "session")
    calls = list(rows.prefetch_related("answers"))
    opened = read_all(reader, [call.words for call in calls])
    return [_called(reader, call, opened.get(call.words_id, ""), people) for call in calls if call.words_id in opened]


def _called(reader: Person, call: Call, words: str, people: dict[int, Person]) -> Called:
    seen(reader, call)
    answered = {answer.person_id for answer in call.answers.all()}
    coming = [person for pk, person in people.items() if pk in answered and person.left_on is None]
    is_open, is_mine = call.ended_at is None, call.by_id == reader.pk
    return Called(
        call=call,
        words=words,
        by=call.by,
        coming=coming,
        is_mine=is_mine,
        may_answer=is_open and not is_mine and reader.pk not in answered,
        may_take_back=is_open and reader.pk in answered,
        may_gather=is_open and is_mine and len(coming) > 1,
    )
