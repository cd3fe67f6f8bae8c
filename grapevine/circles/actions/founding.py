"""A circle begins."""

from collections.abc import Sequence
from datetime import time

from django.db import transaction

from grapevine.circles import facts
from grapevine.circles.actions import duties
from grapevine.circles.models import Application, Circle, CircleSeat, Cohort, Meeting
from grapevine.circles.queries.calendar import rule_of
from grapevine.circles.queries.candidates import first_day
from grapevine.circles.queries.presence import member_ids
from grapevine.circles.queries.turns import ONE_CHALLENGE, Plan, challenge_meetings
from grapevine.circles.season import Kind, season
from grapevine.kernel import clock
from grapevine.kernel.facts import emit
from grapevine.vaults import actions as vaults

FORMATS = {Kind.KICKOFF: "circle_kickoff", Kind.CHALLENGE: ONE_CHALLENGE, Kind.CLOSING: "circle_closing"}


@transaction.atomic
def found(
    *, cohort: Cohort, number: int, applications: Sequence[Application], weekday: int, hour: time, language: str
) -> Circle:
    """The circle of these applicants: seats, meetings of the season, turns. Who calls this asked the cohort's policy."""
    people = [application.person for application in applications]
    now = clock.now()
    circle = Circle.objects.create(
        cohort=cohort,
        number=number,
        starts_on=first_day(cohort),
        vault=vaults.open_vault(kind="circle", seats=[(person, "member") for person in people]),
        weekday=weekday,
        hour=hour,
        zone=cohort.zone,
        minutes=cohort.minutes,
        language=language,
        is_across=len({person.organisation_id for person in people}) > 1,
        formed_at=now,
    )
    CircleSeat.objects.bulk_create(CircleSeat(circle=circle, person=person, since_at=now) for person in people)
    plan_season(circle=circle)
    _deal_turns(circle, [person.pk for person in people])
    emit(facts.CircleFormed(circle=circle.pk, people=member_ids(circle)))
    return circle


def plan_season(*, circle: Circle) -> None:
    """Its meetings, on the dates that its rule gives."""
    Meeting.objects.bulk_create(
        Meeting(
            circle=circle,
            number=each.number,
            kind=each.kind.value,
            format=FORMATS[each.kind],
            on=each.on,
            hour=circle.hour,
            at=each.at,
        )
        for each in season(rule_of(circle))
    )


def _deal_turns(circle: Circle, people: list[int]) -> None:
    """Whoever proposed it opens the first meeting, and so hosts the challenges last."""
    meetings, proposer = challenge_meetings(circle), circle.cohort.by_id
    dealt = duties.first_rota(sorted(people, key=lambda who: who == proposer), len(meetings))
    duties.keep(circle, Plan(meetings, dealt, 0), dealt)
    duties.frame(circle, dealt, proposer)
