"""Stepping in, moving the clock, asking for quiet. The only place of the demo that writes while it runs."""

from datetime import datetime

from django.db import transaction

from grapevine.demo import travel
from grapevine.demo.models import Hush, Visitor
from grapevine.demo.queries import visitors
from grapevine.kernel import clock
from grapevine.people.models import Person


def step_in(*, person: Person) -> Visitor:
    """Somebody lives this person's day now."""
    now = clock.now()
    return Visitor.objects.update_or_create(
        person=person, defaults={"at": now}, create_defaults={"at": now, "since_at": now}
    )[0]


@transaction.atomic
def move_clock(*, to: datetime) -> None:
    """It is `to` now, for everybody in the demo. Who was here a moment ago still is."""
    here = list(visitors())
    travel.move(to)
    Visitor.objects.filter(person__in=here).update(at=clock.now())


@transaction.atomic
def bring_clock_back() -> None:
    """It is now again."""
    here = list(visitors())
    travel.back()
    now = clock.now()
    Visitor.objects.filter(person__in=here).update(at=now)
    Visitor.objects.filter(since_at__gt=now).update(since_at=now)


def hush() -> None:
    """Nobody answers by themselves any more."""
    if not Hush.objects.exists():
        Hush.objects.create(since_at=clock.now())


def let_speak() -> None:
    """Colleagues answer again while one watches."""
    Hush.objects.all().delete()
