"""A chair is free in a circle that has begun: offered to somebody who waited, and taken with their own yes."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.circles import facts
from grapevine.circles.actions import duties
from grapevine.circles.actions.agreeing import forget_earlier, forget_signatures
from grapevine.circles.actions.applying import bring_along, destroy_answers
from grapevine.circles.actions.holding import held, held_cohort
from grapevine.circles.models import Application, Chair, Circle, CircleSeat
from grapevine.circles.queries.presence import member_ids
from grapevine.circles.queries.turns import plan_of
from grapevine.circles.queries.welcome import is_free_for, waiting
from grapevine.circles.rota import after_joining
from grapevine.circles.turns import Rota
from grapevine.kernel import clock
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.people.models import Person
from grapevine.vaults import actions as vaults


@transaction.atomic
def offer_chair(*, by: Person, circle: Circle, application: Application) -> Chair:
    """Ask somebody who waited whether they come. Once for each chair: a no looks like silence."""
    check(by, "welcome", circle.cohort)
    if not is_free_for(circle, application):
        raise ValidationError(_("This chair is not free for them. Nobody was asked."))
    chair, is_new = Chair.objects.get_or_create(circle=circle, application=application, defaults={"at": clock.now()})
    if is_new:
        emit(facts.ChairOffered(chair=chair.pk, application=application.pk, person=application.person_id))
    return chair


@transaction.atomic
def take_chair(*, by: Person, chair: Chair) -> CircleSeat:
    """ "I come." What they would bring goes with them; they are told what is to come, and read nothing of what was."""
    check(by, "answer", chair)
    circle = held(chair.circle, circle=chair.circle_id)
    held_cohort(circle.cohort_id, by=by)  # of two chairs one is taken
    if not is_free_for(circle, chair.application):
        raise ValidationError(_("Meanwhile this chair is taken. You stay on the waiting list."))
    others, application = member_ids(circle), chair.application
    seat = CircleSeat.objects.create(circle=circle, person=by, since_at=clock.now())
    vaults.admit(vault=circle.vault, person=by, role="member")
    bring_along(circle=circle, applications=[application])
    destroy_answers(application=application, waiting={each.person_id for each in waiting(circle.cohort)})
    _mark_across(circle)
    plan = plan_of(circle)
    duties.keep(circle, plan, after_joining(_without(plan.rota, by.pk), by.pk, done=plan.done))
    forget_signatures(circle=circle)
    forget_earlier(circle=circle)
    emit(facts.Welcomed(circle=circle.pk, person=by.pk, people=others))
    return CircleSeat.objects.get(pk=seat.pk)


def leave_chair(*, by: Person, chair: Chair) -> None:
    """ "Not this one." Nobody is told."""
    check(by, "answer", chair)
    Chair.objects.filter(pk=chair.pk).update(left_free_at=clock.now())


def _mark_across(circle: Circle) -> None:
    organisations = circle.seats.filter(left_at__isnull=True).values("person__organisation").distinct().count()
    Circle.objects.filter(pk=circle.pk).update(is_across=organisations > 1)


def _without(rota: Rota, who: int) -> Rota:
    members = tuple(member for member in rota.members if member != who)
    return Rota(members, rota.meetings, rota.per_session, {m: n for m, n in rota.joined.items() if m != who})
