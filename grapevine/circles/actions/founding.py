"""A circle begins, and somebody may still join it."""

from collections.abc import Sequence
from datetime import time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from grapevine.circles import facts
from grapevine.circles.actions import duties
from grapevine.circles.actions.agreeing import forget_earlier, forget_signatures
from grapevine.circles.actions.holding import held
from grapevine.circles.models import Application, Circle, CircleSeat, Cohort, Meeting
from grapevine.circles.queries.calendar import rule_of
from grapevine.circles.queries.candidates import first_day
from grapevine.circles.queries.presence import member_ids
from grapevine.circles.queries.turns import ONE_CHALLENGE, Plan, challenge_meetings, plan_of
from grapevine.circles.queries.welcome import LARGEST
from grapevine.circles.rota import after_joining
from grapevine.circles.season import Kind, season
from grapevine.circles.turns import Rota
from grapevine.kernel import clock
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.people.models import Person, ReportingLine
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


@transaction.atomic
def welcome(*, by: Person, circle: Circle, application: Application) -> CircleSeat:
    """Somebody who waited takes a free seat. They are told what is to come, and read nothing of what was."""
    circle = held(circle, circle=circle.pk)
    check(by, "welcome", circle.cohort)
    person, others = application.person, member_ids(circle)
    if not _has_room(circle, application, others):
        raise ValidationError(_("This does not suit: no chair is free, or somebody there is their lead."))
    seat = CircleSeat.objects.create(circle=circle, person=person, since_at=clock.now())
    vaults.admit(vault=circle.vault, person=person, role="member")
    _mark_across(circle)
    plan = plan_of(circle)
    duties.keep(circle, plan, after_joining(_without(plan.rota, person.pk), person.pk, done=plan.done))
    forget_signatures(circle=circle)
    forget_earlier(circle=circle)
    emit(facts.Welcomed(circle=circle.pk, person=person.pk, people=others))
    return seat


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


def _has_room(circle: Circle, application: Application, sitting: tuple[int, ...]) -> bool:
    """Of the same cohort, still waiting, in no circle of it, led by nobody there and leading nobody, and a chair is free."""
    is_open = circle.ended_at is None and application.withdrawn_at is None
    sits = CircleSeat.objects.filter(circle__cohort=circle.cohort, person=application.person).exists()
    is_free = len(sitting) < LARGEST and application.cohort_id == circle.cohort_id
    return is_open and is_free and not sits and not _has_line(application.person, sitting)


def _has_line(person: Person, others: tuple[int, ...]) -> bool:
    """Nobody sits with their own lead."""
    above, below = Q(person=person, lead__in=others), Q(person__in=others, lead=person)
    return ReportingLine.objects.filter(above | below).exists()


def _mark_across(circle: Circle) -> None:
    organisations = circle.seats.filter(left_at__isnull=True).values("person__organisation").distinct().count()
    Circle.objects.filter(pk=circle.pk).update(is_across=organisations > 1)


def _without(rota: Rota, who: int) -> Rota:
    members = tuple(member for member in rota.members if member != who)
    return Rota(members, rota.meetings, rota.per_session, {m: n for m, n in rota.joined.items() if m != who})
