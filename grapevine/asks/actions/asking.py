"""Asking one to three people, one tap as an answer, and showing who one is."""

from collections.abc import Iterable
from datetime import timedelta
from random import SystemRandom

from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.asks import facts, limits
from grapevine.asks.actions.introducing import propose_introduction, take_introduction_back
from grapevine.asks.actions.sending import (
    AT_ONCE,
    Asked,
    NotNowError,
    askers_one_at_a_time,
    one_ask_at_a_time,
    send,
    take_back,
)
from grapevine.asks.models import Ask, HelperLimits, Introduction, Reply, Request, Reveal
from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Example
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check, get_visible_or_404
from grapevine.kernel.text import shorten
from grapevine.people.models import Person
from grapevine.people.queries import blocked_pairs
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Seat
from grapevine.vaults.queries import read

REQUESTS_A_DAY = 10
A_DAY = timedelta(days=1)


@transaction.atomic
def ask(*, by: Person, words: str, kind: str, to: Iterable[Asked], next_to: Iterable[int] = (), alias: str = "") -> Ask:
    """Ask one to three people. Raises NotNowError when somebody rests or is full, and writes nothing."""
    to = list(to)
    _refuse_too_many(by, to)
    if alias and any(asked.through for asked in to):
        raise NotNowError(_("An introduction needs your name. Ask directly, or without a pseudonym."))
    everybody = [person for asked in to for person in (asked.person, asked.through) if person]
    askers_one_at_a_time(person.pk for person in everybody)
    for person in everybody:
        _refuse_unfree(by, person)
    vault = vaults.open_vault(kind="ask", seats=[(by, "asker")])
    text = vaults.write(by=by, vault=vault, kind="ask", words=words)
    made = Ask.objects.create(by=by, vault=vault, words=text, kind=kind, alias=alias, at=clock.now())
    order = [pk for pk in next_to if pk not in {person.pk for person in everybody}]
    for place, asked in enumerate(to):
        after = order[place :: len(to)]
        if asked.through:
            propose_introduction(by=by, ask=made, asked=asked, through=asked.through, next_to=after)
        else:
            send(by=by, ask=made, asked=asked, next_to=after)
    return made


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
def close_ask(*, by: Person, ask: Ask) -> None:
    """I am helped, or it is over. Messages without an answer vanish, a no like a silence; talks and pointers stay."""
    one_ask_at_a_time(ask.pk)
    check(by, "close", ask)
    Ask.objects.filter(pk=ask.pk).update(closed_at=clock.now())
    waiting = ask.requests.filter(challenge__isnull=True, taken_back_at__isnull=True)
    for request in waiting.filter(reply__ask_instead__isnull=True, reply__page__isnull=True):
        take_back(by=by, request=request)
    for introduction in ask.introductions.filter(request__isnull=True, taken_back_at__isnull=True):
        take_introduction_back(by=by, introduction=introduction)


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
