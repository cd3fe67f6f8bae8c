"""Jobs: after 48 working hours the next person is asked."""

from grapevine.asks.actions import go_on, go_on_without
from grapevine.asks.models import Introduction, Reply, Request
from grapevine.kernel import clock
from grapevine.kernel.jobs import on_tick, one_by_one

A_ROUND = 100


@on_tick
def ask_the_next_person() -> None:
    """A no and a silence take the same time, so that nobody can tell them apart."""
    late = Request.objects.filter(
        answer_by__lte=clock.now(), went_on_at__isnull=True, taken_back_at__isnull=True, challenge__isnull=True
    ).exclude(reply__kind=Reply.Kind.YES)
    one_by_one(late.select_related("ask__by", "to")[:A_ROUND], lambda request: go_on(request=request))


@on_tick
def go_on_without_an_introduction() -> None:
    """Also where somebody would rather not: that takes as long as a silence."""
    late = Introduction.objects.filter(
        answer_by__lte=clock.now(), went_on_at__isnull=True, taken_back_at__isnull=True, request__isnull=True
    )
    one_by_one(late[:A_ROUND], lambda introduction: go_on_without(introduction=introduction))
