"""Real actions at past moments. The clock goes back, things happen, and whoever hears of them hears it then.

Only while a world is loaded: nothing is served yet, and nobody else looks at the clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from grapevine.kernel import clock
from grapevine.kernel.facts import deliver
from grapevine.kernel.models import Fact

NO_TIME = timedelta(0)
UNHEARD = {"challenges.SomethingSaid"}  # in a circle one hears it in the room; nobody is told of it besides


class Past:
    """The time before now."""

    def __init__(self) -> None:
        self._offset = NO_TIME
        self._heard = _last_fact()
        self._waiting = list(DBTaskResult.objects.ready().values_list("pk", flat=True))

    @contextmanager
    def at(self, moment: datetime, *, is_forgotten: bool = False) -> Iterator[None]:
        """It is `moment`, for what happens inside. Facts are delivered before now comes back.

        `is_forgotten`: so long ago that whoever was told of it has cleared it away; nobody is told.
        """
        self._turn(moment - clock.now())
        try:
            yield
            self._deliver(is_forgotten=is_forgotten)
        finally:
            self._turn(NO_TIME)

    def wait(self, minutes: float) -> None:
        """Some minutes later, inside of `at`."""
        self._turn(self._offset + timedelta(minutes=minutes))

    def leave_nothing_queued(self) -> None:
        """What happened has been heard: no worker has to tell it once more."""
        DBTaskResult.objects.ready().exclude(pk__in=self._waiting).delete()

    def _turn(self, offset: timedelta) -> None:
        self._offset = offset
        clock.set_offset(offset)

    def _deliver(self, *, is_forgotten: bool) -> None:
        """In order, also what follows from hearing."""
        while new := list(Fact.objects.filter(pk__gt=self._heard).order_by("pk").values_list("pk", "kind")):
            silent = [pk for pk, kind in new if is_forgotten or kind in UNHEARD]
            Fact.objects.filter(pk__in=silent).update(delivered_at=clock.now())
            for pk in (pk for pk, _ in new if pk not in silent):
                deliver(pk)
            self._heard = new[-1][0]


def _last_fact() -> int:
    return Fact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
