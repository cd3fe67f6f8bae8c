"""Being introduced: both sides say yes, or it ends after as long as a request, and nobody learns who did not."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.asks import facts
from grapevine.asks.actions.sending import ANSWER_WITHIN_HOURS, Asked, ask_the_next, is_over, one_ask_at_a_time, send
from grapevine.asks.models import Ask, Introduction, Request
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.people.models import Person
from grapevine.people.queries import add_working_hours, blocked_pairs
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import SealedText
from grapevine.vaults.queries import read


@transaction.atomic
def propose_introduction(
    *, by: Person, ask: Ask, asked: Asked, through: Person, next_to: Iterable[int] = ()
) -> Introduction:
    """Ask somebody who knows both. The message waits in the asker's own vault for two yeses, the hint goes along."""
    check(by, "close", ask)
    now = clock.now()
    introduction = Introduction.objects.create(
        ask=ask,
        to=asked.person,
        through=through,
        message=vaults.write(by=by, vault=ask.vault, kind="message", words=asked.message),
        hint=_seal_hint(by, through, asked.hint),
        next_to=list(next_to),
        at=now,
        # one time for both: two of them would tell the asker at whom it ended
        answer_by=max(add_working_hours(who, now, ANSWER_WITHIN_HOURS) for who in (through, asked.person)),
    )
    emit(facts.IntroductionProposed(introduction=introduction.pk, asked=through.pk, step="through"))
    return introduction


@transaction.atomic
def agree_to_introduce(*, by: Person, introduction: Introduction) -> Introduction:
    """Yes: first of the one who knows both, then of the one to be introduced to. Then the request is open.

    Where one of the two blocked the other, the first yes is the last: it ends in its own time, like a silence.
    """
    _one_at_a_time(introduction)
    check(by, "agree", introduction)
    if introduction.through_agreed_at is None:
        introduction.through_agreed_at = clock.now()
        introduction.save(update_fields=["through_agreed_at"])
        _put_to_the_other(introduction)
        return introduction
    introduction.to_agreed_at = clock.now()
    introduction.request = _introduced(introduction)
    introduction.save(update_fields=["to_agreed_at", "request"])
    _forget_hint(introduction)  # the message says it now
    asker, request = introduction.ask.by_id, introduction.request
    emit(facts.IntroductionMade(introduction=introduction.pk, request=request.pk, asker=asker))
    live.changed("ask", introduction.ask_id)
    return introduction


@transaction.atomic
def let_introduction_go(*, by: Person, introduction: Introduction) -> None:
    """Rather not. Nobody is told who it was, and the asker hears nothing before its time is over."""
    _one_at_a_time(introduction)
    check(by, "agree", introduction)
    Introduction.objects.filter(pk=introduction.pk).update(let_go_at=clock.now())
    _forget_hint(introduction)


@transaction.atomic
def take_introduction_back(*, by: Person, introduction: Introduction) -> None:
    """Never mind: the words are gone, and neither of the two finds it any more."""
    one_ask_at_a_time(introduction.ask_id)
    check(by, "take_back", introduction)
    mine = Introduction.objects.filter(pk=introduction.pk, request__isnull=True, taken_back_at__isnull=True)
    if mine.update(taken_back_at=clock.now()):  # two yeses that were quicker keep their request
        _forget_hint(introduction)
        if introduction.message:
            vaults.erase(texts=[introduction.message])


@transaction.atomic
def go_on_without(*, introduction: Introduction) -> Request | None:
    """Nobody was introduced in time, after a no as after a silence: ask the next person who is free, and say so."""
    ask = one_ask_at_a_time(introduction.ask_id)
    if not _is_mine_to_end(introduction) or is_over(ask):
        return None
    if introduction.through_agreed_at is None:
        _forget_hint(introduction)
    sent = ask_the_next(ask, introduction.next_to)
    emit(facts.IntroductionWentOn(introduction=introduction.pk, asker=ask.by_id, next_request=sent.pk if sent else 0))
    live.changed("ask", ask.pk)
    return sent


def _one_at_a_time(introduction: Introduction) -> None:
    """Whoever presses in the same moment comes one after the other, and sees what the first one did."""
    one_ask_at_a_time(introduction.ask_id)
    introduction.refresh_from_db(from_queryset=Introduction.objects.select_for_update())


def _is_mine_to_end(introduction: Introduction) -> bool:
    """Of two workers, and of a yes in the same moment, exactly one comes first."""
    late = Introduction.objects.filter(pk=introduction.pk, went_on_at__isnull=True)
    return bool(late.filter(taken_back_at__isnull=True, request__isnull=True).update(went_on_at=clock.now()))


def _put_to_the_other(introduction: Introduction) -> None:
    """A block has said already that they would rather not; for everybody else it is with the others now."""
    if {introduction.ask.by_id, introduction.through_id} & blocked_pairs(introduction.to):
        Introduction.objects.filter(pk=introduction.pk).update(let_go_at=clock.now())
        _forget_hint(introduction)
        return
    _pass_hint_on(introduction)
    emit(facts.IntroductionProposed(introduction=introduction.pk, asked=introduction.to_id, step="to"))


def _introduced(introduction: Introduction) -> Request:
    ask = introduction.ask
    message = read(ask.by, introduction.message)
    reason = _("%(name)s introduced you two.") % {"name": introduction.through.short_name}
    next_to = [] if introduction.went_on_at else introduction.next_to  # the next one has been asked already
    return send(by=ask.by, ask=ask, asked=Asked(introduction.to, message, (reason,)), next_to=next_to)


def _seal_hint(by: Person, through: Person, words: str) -> SealedText | None:
    if not words:
        return None
    vault = vaults.open_vault(kind="introduction", seats=[(by, "asker"), (through, "introducer")])
    return vaults.write(by=by, vault=vault, kind="hint", words=words)


def _pass_hint_on(introduction: Introduction) -> None:
    """Who agreed gives up the seat: a hint that vanished later would tell them that the other side said no."""
    if introduction.hint:
        vaults.leave(vault=introduction.hint.vault, person=introduction.through)
        vaults.admit(vault=introduction.hint.vault, person=introduction.to, role="introduced")


def _forget_hint(introduction: Introduction) -> None:
    if introduction.hint:
        vaults.shred(vault=introduction.hint.vault)
