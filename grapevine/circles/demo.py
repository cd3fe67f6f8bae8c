"""Circles of the demo world that were formed before it is loaded, as forming and meeting would have left them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import F

from grapevine.circles.actions.ending import WORDS_STAY
from grapevine.circles.actions.founding import found, plan_season
from grapevine.circles.models import Application, Circle, CircleSeat, Cohort, Proposal, ProposedCircle, ProposedSeat
from grapevine.circles.queries.candidates import candidates
from grapevine.circles.queries.places import best_place
from grapevine.circles.tasks.circle import ask_about_touch
from grapevine.kernel import clock
from grapevine.people.models import Person
from grapevine.vaults.actions import open_vault, shred, write
from grapevine.vaults.models import Vault

A_WEEK, TWO_DAYS, AN_HOUR = timedelta(days=7), timedelta(days=2), timedelta(hours=1)


@dataclass(frozen=True)
class Sitting:
    """Somebody in a new circle, and the two lines the others read of them."""

    person: Person
    bring: str
    gift: str


def settle(cohort: Cohort, sitting: Sequence[Sitting], *, weekday: int, hour: time, language: str) -> Circle:
    """The one circle of a cohort: shown two days ago, and founded now, to meet at an hour of our choice."""
    applied = _applied(cohort, [one.person for one in sitting])
    circle = found(cohort=cohort, number=1, applications=applied, weekday=weekday, hour=hour, language=language)
    _settled(cohort, circle.formed_at)
    for one, seat in zip(sitting, circle.seats.all(), strict=True):
        for name in ("bring", "gift"):
            words = write(by=one.person, vault=circle.vault, kind=name, words=getattr(one, name))
            setattr(seat, name, words)
        seat.save(update_fields=["bring", "gift"])
    return circle


def _applied(cohort: Cohort, people: Sequence[Person]) -> list[Application]:
    """What is left of applications when circles were founded: that somebody applied."""
    now, at = clock.now(), clock.now() - A_WEEK
    vaults = [Vault(kind="application", key_name="", opened_at=at, shredded_at=now) for _ in people]
    Vault.objects.bulk_create(vaults)
    told = {"cohort": cohort, "languages": ["en"], "at": at}
    return keep([Application(person=person, vault=vault, **told) for person, vault in zip(people, vaults, strict=True)])


def _settled(cohort: Cohort, at: datetime) -> None:
    """The proposal that became circles."""
    shown_at = at - TWO_DAYS
    times = {"at": shown_at, "formed_at": shown_at, "shown_at": shown_at, "veto_until": at, "settled_at": at}
    Proposal.objects.create(cohort=cohort, seed=1, **times)


def keep(applications: list[Application]) -> list[Application]:
    """Somebody applied, as often as this; their answers are sealed already."""
    return Application.objects.bulk_create(applications)


def lay(cohort: Cohort, *circles: Sequence[Application]) -> Proposal:
    """These circles on the table of whoever proposed the cohort, as the engine would lay them: times and language fit."""
    everybody, now = candidates(cohort), clock.now()
    proposal = Proposal.objects.create(cohort=cohort, seed=1, at=now, formed_at=now)
    for number, applications in enumerate(circles, start=1):
        slot, language = best_place(everybody, [each.person_id for each in applications])
        circle = ProposedCircle.objects.create(proposal=proposal, number=number, slot=slot, language=language)
        seats = (ProposedSeat(proposal=proposal, circle=circle, application=each) for each in applications)
        ProposedSeat.objects.bulk_create(seats)
    return proposal


def ask_in_touch() -> None:
    """What the worker asks ninety days after a season."""
    ask_about_touch()


def was(cohort: Cohort, people: Sequence[Person], *, weekday: int, hour: time, at: datetime) -> Circle:
    """A circle of `people` whose season ended `at`, as founding, meeting and ending left it: names and dates.

    Its words are destroyed, with all that was kept to hold its meetings.
    """
    begun_at = at - timedelta(weeks=cohort.weeks)
    _settled(cohort, begun_at)
    vault = open_vault(kind="circle", seats=[(person, "member") for person in people])
    wall = {
        "weekday": weekday,
        "hour": hour,
        "zone": cohort.zone,
        "minutes": cohort.minutes,
        "starts_on": cohort.starts_on,
    }
    over = {"formed_at": begun_at, "ended_at": at, "shredded_at": at + WORDS_STAY}
    circle = Circle.objects.create(cohort=cohort, number=1, vault=vault, language="en", **wall, **over)
    shred(vault=vault)
    CircleSeat.objects.bulk_create(CircleSeat(circle=circle, person=each, since_at=begun_at) for each in people)
    plan_season(circle=circle)
    circle.meetings.update(held_at=F("at") + AN_HOUR)
    return circle
