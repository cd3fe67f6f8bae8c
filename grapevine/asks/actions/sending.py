"""The ask, put to one person; and put to the next, when nobody said yes in time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from grapevine.asks import facts, limits
from grapevine.asks.drafts import draft
from grapevine.asks.models import Ask, Request
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check, visible
from grapevine.people.models import Person
from grapevine.people.queries import add_working_hours, blocked_pairs
from grapevine.skills.policies import wants_to_be_found
from grapevine.vaults import actions as vaults
from grapevine.vaults.queries import read

ANSWER_WITHIN_HOURS = 48
AT_ONCE = 3


class NotNowError(ValidationError):
    """This person cannot be asked now; the words say what to do instead."""


@dataclass(frozen=True)
class Asked:
    """One person to ask: the message to them, and why them.

    For an introduction also through whom, and the hint both may read before they say yes.
    """

    person: Person
    message: str
    reasons: tuple[str, ...] = ()
    through: Person | None = None
    hint: str = ""


@transaction.atomic
def send(*, by: Person, ask: Ask, asked: Asked, next_to: Iterable[int] = ()) -> Request:
    """Put the ask to one person, sealed to the two."""
    check(by, "close", ask)
    vault = vaults.open_vault(kind="talk", seats=[(asked.person, "helper")])
    vaults.admit(vault=vault, person=by, role="asker", alias=ask.alias)
    now = clock.now()
    request = Request.objects.create(
        ask=ask,
        to=asked.person,
        vault=vault,
        reasons=list(asked.reasons),
        next_to=list(next_to),
        sent_at=now,
        message=vaults.write(by=by, vault=vault, kind="message", words=asked.message),
        answer_by=add_working_hours(asked.person, now, ANSWER_WITHIN_HOURS),
    )
    emit(facts.RequestSent(request=request.pk, to=asked.person.pk))
    return request


@transaction.atomic
def go_on(*, request: Request) -> Request | None:
    """Nobody said yes in time: ask the next person who is free, and tell both. What the first one did stays theirs."""
    ask = one_ask_at_a_time(request.ask_id)
    if not _is_mine_to_move(request) or is_over(ask):
        return None
    sent = ask_the_next(ask, request.next_to)
    emit(
        facts.RequestWentOn(request=request.pk, asker=ask.by_id, to=request.to_id, next_request=sent.pk if sent else 0)
    )
    live.changed("ask", ask.pk)
    return sent


@transaction.atomic
def take_back(*, by: Person, request: Request) -> None:
    """Never mind: the message is gone."""
    check(by, "take_back", request)
    mine = Request.objects.filter(pk=request.pk, challenge__isnull=True, taken_back_at__isnull=True)
    if mine.update(taken_back_at=clock.now()):  # a yes that was quicker keeps its talk
        vaults.shred(vault=request.vault)


def one_ask_at_a_time(pk: int) -> Ask:
    """What goes on, is closed or is taken back in the same moment comes one after the other: nobody is asked too late.

    The ask comes before its requests and introductions, so that two never wait for each other.
    """
    # SQLite has one writer anyway; new requests may point to a row that is held without its key
    return Ask.objects.select_for_update(of=("self",), no_key=True).select_related("by").get(pk=pk)


def askers_one_at_a_time(people: Iterable[int]) -> None:
    """Who asks one of these people in the same moment comes one after the other, and counts what the first one sent."""
    asked = Person.objects.select_for_update(no_key=True).filter(pk__in=people)
    list(asked.order_by("pk").values_list("pk"))  # in this order nobody waits in a circle


def is_over(ask: Ask) -> bool:
    """Nobody more is to be asked: it was closed, the asker left, or somebody said yes."""
    return bool(ask.closed_at or ask.by.left_on or ask.requests.filter(challenge__isnull=False).exists())


def ask_the_next(ask: Ask, order: list[int]) -> Request | None:
    """Put the ask to the first of `order` who is free and was not asked before, if there is one."""
    onward = _next_person(ask, order)
    if onward is None:
        return None
    person, rest = onward
    with translation.override(ask.by.language):
        message = draft(first_name=person.short_name, words=read(ask.by, ask.words), kind=ask.kind, reason="")
    return send(by=ask.by, ask=ask, asked=Asked(person, message), next_to=rest)


def _is_mine_to_move(request: Request) -> bool:
    """Of two workers, and of an answer in the same moment, exactly one comes first."""
    late = Request.objects.filter(pk=request.pk, went_on_at__isnull=True)
    open_ = late.filter(taken_back_at__isnull=True, challenge__isnull=True)
    return bool(open_.update(went_on_at=clock.now()))


def _next_person(ask: Ask, order: list[int]) -> tuple[Person, list[int]] | None:
    never = {ask.by_id, *_asked_already(ask), *blocked_pairs(ask.by)}
    order = [pk for pk in order if pk not in never]
    people = {p.pk: p for p in visible(ask.by, Person).filter(wants_to_be_found("pk"), pk__in=order)}
    askers_one_at_a_time(people)
    free = limits.states(people.values())
    for place, pk in enumerate(order):
        if pk in people and free[pk].is_free:
            return people[pk], order[place + 1 :]
    return None


def _asked_already(ask: Ask) -> set[int]:
    """Also those of an introduction, and the one who was to introduce: whatever they said, once is enough."""
    introductions = ask.introductions.values_list("to", "through")
    return set(ask.requests.values_list("to", flat=True)).union(*introductions)
