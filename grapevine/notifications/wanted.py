"""Whether a letter is still wanted when its time has come."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.notifications.kinds import KINDS
from grapevine.notifications.models import Letter, Notice
from grapevine.notifications.queries import wants
from grapevine.people.queries import blocked_pairs
from grapevine.recognition.models import Showing

Still = Callable[[Any, Notice], bool]


def is_wanted(letter: Letter) -> bool:
    """Nobody left, blocked, switched it off, read it already or did it already; and the thing is still there to see."""
    notice = letter.notice
    if notice.read_at or notice.person.left_on or not wants(notice.person, KINDS[notice.kind].topic):
        return False
    if notice.by_id and notice.by_id in blocked_pairs(notice.person):
        return False
    return _still_stands(notice)


def thing_of(notice: Notice) -> Model | None:
    """What the notice is about, as its reader may see it now."""
    model = KINDS[notice.kind].model
    return visible(notice.person, model).filter(pk=notice.about).first() if model else None


def _still_stands(notice: Notice) -> bool:
    if KINDS[notice.kind].model is None:
        return True
    thing = thing_of(notice)
    return thing is not None and STILL.get(notice.kind, _always)(thing, notice)


def _always(thing: Any, notice: Notice) -> bool:
    return True


def _unanswered(request: Any, notice: Notice) -> bool:
    return request.went_on_at is None and not hasattr(request, "reply")


def _unconfirmed(commitment: Any, notice: Notice) -> bool:
    return notice.key.endswith(f":{commitment.on}") and commitment.confirmed_at is None and _untold(commitment, notice)


def _untold(commitment: Any, notice: Notice) -> bool:
    return not hasattr(commitment, "outcome")


def _undecided(recognition: Any, notice: Notice) -> bool:
    return recognition.showing_to(notice.person) is Showing.ASKED


def _still_shown(cohort: Any, notice: Notice) -> bool:
    """While one can still ask to be moved."""
    return bool(cohort.proposals.filter(settled_at__isnull=True, veto_until__gt=clock.now()).exists())


STILL: dict[str, Still] = {
    "circle-shown": _still_shown,
    "asked": _unanswered,
    "monday": _unconfirmed,
    "happened": _untold,
    "notice": lambda noticing, _: noticing.saw_at is None,
    "introduce": lambda introduction, _: introduction.through_agreed_at is None and introduction.went_on_at is None,
    "meet": lambda introduction, _: introduction.to_agreed_at is None and introduction.went_on_at is None,
    "reveal": lambda request, notice: not request.reveals.filter(person=notice.person).exists(),
    "show": _undecided,
    "show-story": _undecided,
    "found": lambda evidence, _: evidence.agreed_at is None and evidence.hidden_at is None,
    "named": lambda example, notice: example.names.filter(person=notice.person, agreed_at__isnull=True).exists(),
}
