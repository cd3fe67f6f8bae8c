"""The verbs of asking: ask, reply, go on, take back, introduce, reveal. The only place that writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from grapevine.asks import facts, limits
from grapevine.asks.drafts import draft
from grapevine.asks.models import Ask, HelperLimits, Introduction, Reply, Request, Reveal
from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Example
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check, get_visible_or_404, visible
from grapevine.kernel.text import shorten
from grapevine.people.models import Person
from grapevine.people.queries import add_working_hours, blocked_pairs
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Seat
from grapevine.vaults.queries import read

ANSWER_WITHIN_HOURS = 48
REQUESTS_A_DAY = 10
AT_ONCE = 3
A_DAY = timedelta(days=1)


class NotNowError(ValidationError):
    """This person cannot be asked now; the words say what to do instead."""


@dataclass(frozen=True)
class Asked:
    """One person to ask: the message to them, why them, and through whom when they shall be introduced."""

    person: Person
    message: str
    reasons: tuple[str, ...] = ()
    through: Person | None = None


@transaction.atomic
def ask(*, by: Person, words: str, kind: str, to: Iterable[Asked], next_to: Iterable[int] = (), alias: str = "") -> Ask:
    """Ask one to three people. Raises NotNowError when somebody rests or is full, and writes nothing."""
    to = list(to)
    _refuse_too_many(by, to)
    if alias and any(asked.through for asked in to):
        raise NotNowError(_("An introduction needs your name. Ask directly, or without a pseudonym."))
    for person in (person for asked in to for person in (asked.person, asked.through) if person):
        _refuse_unfree(by, person)
    vault = vaults.open_vault(kind="ask", seats=[(by, "asker")])
    text = vaults.write(by=by, vault=vault, kind="ask", words=words)
    made = Ask.objects.create(by=by, vault=vault, words=text, kind=kind, alias=alias, at=clock.now())
    chosen = {asked.person.pk for asked in to}
    order = [pk for pk in next_to if pk not in chosen]
    for place, asked in enumerate(to):
        if asked.through:
            propose_introduction(by=by, ask=made, asked=asked, through=asked.through)
        else:
            send(by=by, ask=made, asked=asked, next_to=order[place :: len(to)])
    return made


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
def reply(
    *,
    by: Person,
    request: Request,
    kind: str,
    words: str = "",
    ask_instead: Person | None = None,
    page: Example | None = None,
) -> Reply:
    """One tap. A yes opens the talk; everything else gives the seat up, and no reason is asked."""
    _one_at_a_time(request)
    check(by, "reply", request)
    is_yes = kind == Reply.Kind.YES
    text = vaults.write(by=by, vault=request.vault, kind="reply", words=words) if is_yes and words else None
    answer = Reply.objects.create(
        request=request,
        kind=kind,
        words=text,
        at=clock.now(),
        ask_instead=ask_instead if kind == Reply.Kind.NOT_MY_FIELD else None,
        page=page if kind == Reply.Kind.THIS_PAGE else None,
    )
    if is_yes:
        _begin_talk(request)
    else:
        vaults.shred(vault=request.vault)
        points_on = bool(answer.ask_instead or answer.page)
        emit(facts.RequestAnswered(request=request.pk, asker=request.ask.by_id, points_on=points_on))
    if is_yes or answer.ask_instead or answer.page:  # a plain no must not even flicker on the asker's screen
        live.changed("ask", request.ask_id)
    return answer


@transaction.atomic
def go_on(*, request: Request) -> Request | None:
    """Nobody said yes in time: ask the next person who is free, and tell both. What the first one did stays theirs."""
    if not _is_mine_to_move(request):
        return None
    ask = Ask.objects.select_related("by").get(pk=request.ask_id)
    if ask.closed_at or ask.by.left_on or ask.requests.filter(challenge__isnull=False).exists():
        return None
    onward = _next_person(request)
    sent = onward and _send_onward(ask, request, *onward)
    emit(
        facts.RequestWentOn(request=request.pk, asker=ask.by_id, to=request.to_id, next_request=sent.pk if sent else 0)
    )
    live.changed("ask", ask.pk)
    return sent or None


@transaction.atomic
def take_back(*, by: Person, request: Request) -> None:
    """Never mind: the message is gone."""
    check(by, "take_back", request)
    mine = Request.objects.filter(pk=request.pk, challenge__isnull=True, taken_back_at__isnull=True)
    if mine.update(taken_back_at=clock.now()):  # a yes that was quicker keeps its talk
        vaults.shred(vault=request.vault)


@transaction.atomic
def close_ask(*, by: Person, ask: Ask) -> None:
    """I am helped, or it is over. Messages without an answer vanish, a no like a silence; talks and pointers stay."""
    check(by, "close", ask)
    Ask.objects.filter(pk=ask.pk).update(closed_at=clock.now())
    waiting = ask.requests.filter(challenge__isnull=True, taken_back_at__isnull=True)
    for request in waiting.filter(reply__ask_instead__isnull=True, reply__page__isnull=True):
        take_back(by=by, request=request)
    ask.introductions.filter(request__isnull=True, let_go_at__isnull=True).update(let_go_at=clock.now())


@transaction.atomic
def propose_introduction(*, by: Person, ask: Ask, asked: Asked, through: Person) -> Introduction:
    """Ask somebody who knows both. The message waits in the asker's own vault for two yeses."""
    check(by, "close", ask)
    message = vaults.write(by=by, vault=ask.vault, kind="message", words=asked.message)
    introduction = Introduction.objects.create(
        ask=ask, to=asked.person, through=through, message=message, at=clock.now()
    )
    emit(facts.IntroductionProposed(introduction=introduction.pk, asked=through.pk, step="through"))
    return introduction


@transaction.atomic
def agree_to_introduce(*, by: Person, introduction: Introduction) -> Introduction:
    """Yes: first of the one who knows both, then of the one to be introduced to. Then the request is open."""
    check(by, "agree", introduction)
    if introduction.through_agreed_at is None:
        introduction.through_agreed_at = clock.now()
        introduction.save(update_fields=["through_agreed_at"])
        emit(facts.IntroductionProposed(introduction=introduction.pk, asked=introduction.to_id, step="to"))
        return introduction
    introduction.to_agreed_at = clock.now()
    introduction.request = _introduced(introduction)
    introduction.save(update_fields=["to_agreed_at", "request"])
    emit(
        facts.IntroductionMade(
            introduction=introduction.pk, request=introduction.request.pk, asker=introduction.ask.by_id
        )
    )
    return introduction


def let_introduction_go(*, by: Person, introduction: Introduction) -> None:
    """Rather not. Nobody is told who it was."""
    check(by, "agree", introduction)
    Introduction.objects.filter(pk=introduction.pk).update(let_go_at=clock.now())


@transaction.atomic
def reveal(*, by: Person, request: Request) -> Reveal:
    """I would show who I am. When both sides said so the names are shown, and help given counts."""
    _one_at_a_time(request)
    check(by, "reveal", request)
    said = Reveal.objects.create(request=request, person=by, at=clock.now())
    asker, helper = request.ask.by, request.to
    if request.reveals.count() < 2:  # noqa: PLR2004 - there are two sides
        emit(facts.RevealOffered(request=request.pk, asked=helper.pk if by == asker else asker.pk))
        return said
    Seat.objects.filter(vault=request.vault).update(alias="")
    emit(facts.Revealed(request=request.pk, asker=asker.pk, helper=helper.pk))
    if request.challenge:
        challenges.acknowledge_all(challenge=request.challenge)
    live.changed("challenge", request.challenge_id)
    return said


@transaction.atomic
def set_limits(*, by: Person, per_week: int, colleagues: Iterable[Person] = ()) -> HelperLimits:
    """How much I can carry, and to whom I point when it is full."""
    mine, _is_new = HelperLimits.objects.update_or_create(person=by, defaults={"per_week": per_week})
    mine.colleagues.set(list(colleagues)[:2])
    return mine


def new_alias() -> str:
    """A name to ask under: a colour and a bird, in the language of the asker."""
    colours = _("blue grey green silver amber copper").split()
    birds = _("heron wagtail plover wren swallow lark").split()
    pick = SystemRandom()
    return _("a %(colour)s %(bird)s") % {"colour": pick.choice(colours), "bird": pick.choice(birds)}


def _begin_talk(request: Request) -> None:
    ask = request.ask
    words = read(ask.by, ask.words)
    request.challenge = challenges.bring(by=ask.by, vault=request.vault, title=shorten(words, 70), words=words)
    request.save(update_fields=["challenge"])
    emit(
        facts.RequestAccepted(request=request.pk, asker=ask.by_id, helper=request.to_id, challenge=request.challenge.pk)
    )


def _refuse_too_many(by: Person, to: list[Asked]) -> None:
    if not 1 <= len({asked.person.pk for asked in to}) == len(to) <= AT_ONCE:
        raise NotNowError(_("Choose one to three people."))
    since = clock.now() - A_DAY
    sent = Request.objects.filter(ask__by=by, sent_at__gt=since, introduction__isnull=True).count()
    proposed = Introduction.objects.filter(ask__by=by, at__gt=since).count()
    if sent + proposed + len(to) > REQUESTS_A_DAY:
        raise NotNowError(
            _("That is a lot of asks for one day. Nothing is lost: your words stay here; try again tomorrow.")
        )


def _refuse_unfree(by: Person, person: Person) -> None:
    get_visible_or_404(by, Person, pk=person.pk)
    state = limits.states([person])[person.pk]
    if person.pk in {by.pk, *blocked_pairs(by)} or not state.is_free:
        raise NotNowError(
            _("%(name)s cannot take it on just now. Nothing was sent; choose somebody else.") % {"name": person.name}
        )


def _one_at_a_time(request: Request) -> None:
    """Two answers in the same moment come one after the other (SQLite has one writer anyway)."""
    Request.objects.select_for_update(of=("self",)).values_list("pk").get(pk=request.pk)


def _is_mine_to_move(request: Request) -> bool:
    """Of two workers, and of an answer in the same moment, exactly one comes first."""
    late = Request.objects.filter(pk=request.pk, went_on_at__isnull=True)
    open_ = late.filter(taken_back_at__isnull=True, challenge__isnull=True)
    return bool(open_.update(went_on_at=clock.now()))


def _next_person(request: Request) -> tuple[Person, list[int]] | None:
    asker = request.ask.by
    already = set(request.ask.requests.values_list("to", flat=True)) | set(blocked_pairs(asker))
    order = [pk for pk in request.next_to if pk not in already]
    people = {p.pk: p for p in visible(asker, Person).filter(pk__in=order)}
    free = limits.states(people.values())
    for place, pk in enumerate(order):
        if pk in people and free[pk].is_free:
            return people[pk], order[place + 1 :]
    return None


def _send_onward(ask: Ask, request: Request, person: Person, rest: list[int]) -> Request:
    words = read(ask.by, ask.words)
    with translation.override(ask.by.language):
        message = draft(first_name=person.short_name, words=words, kind=ask.kind, reason="")
    return send(by=ask.by, ask=ask, asked=Asked(person, message), next_to=rest)


def _introduced(introduction: Introduction) -> Request:
    ask = introduction.ask
    message = read(ask.by, introduction.message)
    reason = _("%(name)s introduced you two.") % {"name": introduction.through.short_name}
    return send(by=ask.by, ask=ask, asked=Asked(introduction.to, message, (reason,)))
