"""A seat is the only key to a circle, also for administrators."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from grapevine.circles.models import Agreement, Call, Chair, Circle, CircleSeat
from grapevine.circles.queries.presence import those_with_an_hour
from grapevine.kernel import clock
from grapevine.kernel.policy import policy_for
from grapevine.people.models import Person

IN_TOUCH_AFTER = timedelta(days=90)


def sat(person: Person) -> "QuerySet[CircleSeat, Any]":
    """For `circle__in=`: circles in which the person sits, or sat to the end."""
    return CircleSeat.objects.filter(person=person.pk, left_at__isnull=True).values("circle")


class OfTheCircle:
    """What belongs to a circle is seen with it."""

    path = "circle__in"

    def visible_to(self, person: Person) -> Q:
        """As the circle."""
        return Q(**{self.path: sat(person)})


@policy_for(Circle)
class CirclePolicy:
    """Its members, and later its alumni. Their words need the vault's seat besides."""

    related = ("cohort", "vault")

    def visible_to(self, person: Person) -> Q:
        """Circles in which the person sits."""
        return Q(pk__in=sat(person))

    def may_agree(self, person: Person, circle: Circle) -> bool:  # noqa: ARG002 - every seat may
        """Change the agreement, sign it, say where it meets: every member, through the season."""
        return circle.ended_at is None

    may_settle = may_agree

    def may_step_out(self, person: Person, circle: Circle) -> bool:  # noqa: ARG002 - every seat may
        """At any time, also when the season is over."""
        return True

    def may_call(self, person: Person, circle: Circle) -> bool:  # noqa: ARG002 - every seat may
        """Alumni call each other."""
        return circle.ended_at is not None

    def may_say_in_touch(self, person: Person, circle: Circle) -> bool:
        """Alumni, once, ninety days later."""
        is_time = circle.ended_at is not None and clock.now() >= circle.ended_at + IN_TOUCH_AFTER
        return is_time and not circle.in_touch.filter(person=person.pk).exists()


@policy_for(Chair)
class ChairPolicy:
    """Whoever was asked, as long as they wait: nobody else, not even who offered it."""

    related = ("circle__cohort", "circle__vault", "application__cohort", "application__person")

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(application__person=person.pk, application__withdrawn_at__isnull=True)

    def may_answer(self, person: Person, chair: Chair) -> bool:  # noqa: ARG002 - only one's own is seen
        """Until they have."""
        return chair.left_free_at is None and not chair.circle.seats.filter(person=chair.application.person_id).exists()


@policy_for(Agreement)
class AgreementPolicy(OfTheCircle):
    """Seen with its circle."""


@policy_for(Call)
class CallPolicy(OfTheCircle):
    """Seen by the alumni of its circle."""

    related = ("circle", "vault", "by")

    def may_answer(self, person: Person, call: Call) -> bool:
        """ "I have an hour": everybody but the caller, once, while it is open."""
        is_open = call.ended_at is None and call.by_id != person.pk
        return is_open and not call.answers.filter(person=person.pk).exists()

    def may_take_back(self, person: Person, call: Call) -> bool:
        """Who said they have an hour, until the room is open."""
        return call.ended_at is None and call.answers.filter(person=person.pk).exists()

    def may_end(self, person: Person, call: Call) -> bool:
        """The caller takes it back."""
        return call.ended_at is None and call.by_id == person.pk

    def may_gather(self, person: Person, call: Call) -> bool:
        """Open the room: the caller, when two have an hour."""
        return self.may_end(person, call) and those_with_an_hour(call).count() > 1
