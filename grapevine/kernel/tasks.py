"""Jobs of the ground itself."""

from contextlib import suppress
from datetime import timedelta

from django_tasks import task

from grapevine.kernel import clock, facts, jobs
from grapevine.kernel.models import Fact, Press

REDELIVER_AFTER = timedelta(minutes=2)
PRESSES_KEPT = timedelta(days=2)
FACTS_PER_TICK = 200


@task()
def deliver_fact(pk: int) -> None:
    """Hand one fact to its subscribers."""
    facts.deliver(pk)


@jobs.on_tick
def deliver_what_was_left_behind() -> None:
    """A worker that died in the middle loses nothing: what has no delivery time is delivered again."""
    left = Fact.objects.filter(delivered_at__isnull=True, at__lt=clock.now() - REDELIVER_AFTER)
    for pk in list(left.values_list("pk", flat=True)[:FACTS_PER_TICK]):
        with suppress(facts.NotHeardError):  # it is in the log, and it is tried again
            facts.deliver(pk)


@jobs.on_tick
def forget_old_presses() -> None:
    """A press is remembered for two days; nobody sends a form again after that."""
    Press.objects.filter(at__lt=clock.now() - PRESSES_KEPT).delete()
