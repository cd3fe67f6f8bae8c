"""Work after the answer. The row written with the change is the record; workers only read rows.

Two kinds: a *task* (django-tasks) is queued by something that happened; a *tick* runs about every half minute,
finds by itself what is due, and is safe to run twice. What must not happen twice goes through `once`.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker

from grapevine.kernel import clock

log = logging.getLogger(__name__)

TICK_SECONDS = 30.0
IDLE_SECONDS = 0.5
TASKS_PER_ROUND = 100
DONE_TASKS_KEPT = timedelta(days=7)
Tick = Callable[[], None]

_ticks: dict[str, Tick] = {}


def on_tick(tick: Tick) -> Tick:
    """Decorator: run this about every half minute, in some worker."""
    _ticks[f"{tick.__module__}.{tick.__qualname__}"] = tick
    return tick


def once(key: str, act: Callable[[], None]) -> bool:
    """Do `act` unless an effect with this key has been done; True when it was done now."""
    from grapevine.kernel.models import Effect  # noqa: PLC0415 - jobs is imported before the models are ready

    with transaction.atomic():
        _, is_new = Effect.objects.get_or_create(key=key, defaults={"at": clock.now()})
        if is_new:
            act()
    return is_new


def one_by_one(rows: Iterable[Any], act: Callable[[Any], object]) -> None:
    """`act` for each row in a transaction of its own. One that fails is logged by its number and stops no other."""
    for row in rows:
        _try(f"{type(row).__name__} {row.pk}", transaction.atomic(act), row)


def run_worker(stop: threading.Event) -> None:
    """Work until told to stop. Any number of these may run, in threads or on other machines."""
    idle_for = TICK_SECONDS
    while not stop.is_set():
        close_old_connections()
        if run_tasks():
            continue
        if idle_for >= TICK_SECONDS:
            run_ticks()
            idle_for = 0.0
        stop.wait(IDLE_SECONDS)
        idle_for += IDLE_SECONDS
    close_old_connections()


def run_ticks() -> None:
    """Each tick once. One that fails is logged and does not stop the others."""
    for name, tick in list(_ticks.items()):
        _try(name, tick)


def run_tasks() -> int:
    """Claim and run the tasks that are ready; how many were run."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - models, see once

    return sum(map(_run, DBTaskResult.objects.ready()[:TASKS_PER_ROUND]))


@on_tick
def forget_done_tasks() -> None:
    """Tasks that are done are kept for a week, to be looked at."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - models, see once

    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - DONE_TASKS_KEPT).delete()


def _try(name: str, act: Callable[..., object], *about: object) -> None:
    try:
        act(*about)
    except Exception:
        log.exception("failed: %s", name)


def _run(row: Any) -> bool:
    # claimed by a conditional UPDATE: of two workers exactly one sees a row change
    waiting = type(row).objects.filter(pk=row.pk, status=TaskResultStatus.READY)
    if claimed := waiting.update(status=TaskResultStatus.RUNNING, started_at=timezone.now()):
        row.refresh_from_db()
        _worker().run_task(row)
    return bool(claimed)


def _worker() -> Worker:
    everything: dict[str, Any] = {"queue_names": ["*"], "excluded_queue_names": [], "backend_name": "default"}
    return Worker(**everything, worker_id="grapevine", interval=0, batch=True, startup_delay=False, max_tasks=None)
