"""Jobs of the ground itself."""

import logging
from datetime import timedelta

from django_tasks import task

from grapevine.kernel import clock, facts, jobs
from grapevine.kernel.models import Fact, Press

log = logging.getLogger(__name__)
REDELIVER_AFTER = timedelta(minutes=2)
PRESSES_KEPT = timedelta(days=2)
FACTS_PER_TICK = 200


@task()
def deliver_fact(pk: int) -> None:
    """Hand one fact to its subscribers."""
    facts.deliver(pk)


@jobs.on_tick
def deliver_what_was_left_behind() -> None:
    """A worker that died in the middle loses nothing: what has no delivery time is delivered again.

    One that cannot be delivered takes its turn behind all the others, so that it keeps nobody from hearing those.
    """
    left = Fact.objects.filter(delivered_at__isnull=True, at__lt=clock.now() - REDELIVER_AFTER)
    for pk in list(left.order_by("tried_at", "pk").values_list("pk", flat=True)[:FACTS_PER_TICK]):
        Fact.objects.filter(pk=pk).update(tried_at=clock.now())
        try:
            facts.deliver(pk)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the next one has its turn
            log.warning("fact %s waits for its next turn: %s", pk, type(trouble).__name__)


@jobs.on_tick
def forget_old_presses() -> None:
    """A press is remembered for two days; nobody sends a form again after that."""
    Press.objects.filter(at__lt=clock.now() - PRESSES_KEPT).delete()
