"""Colleagues answer while one watches: a yes with a time, a question, an idea, and what they take along.

Only those answer whom no visitor plays, only to visitors, each thing once, a few a minute and not all day long. They
use the same actions as everybody. `GRAPEVINE_TICKER=0`, or the demo's own page, keeps them quiet.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from grapevine.asks import actions as asks
from grapevine.asks.models import Introduction, Reply, Request
from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge, ClarifyingQuestion, Idea
from grapevine.demo import queries
from grapevine.demo.bank import Bank, Scenario, bank
from grapevine.demo.world import PLACES
from grapevine.kernel import clock
from grapevine.kernel.jobs import on_tick, once
from grapevine.kernel.models import Effect
from grapevine.people.models import Person
from grapevine.recognition import actions as recognition
from grapevine.vaults.queries import read

KEY = "ticker"
THINKS_FOR = timedelta(seconds=15)
WAITS_FOR_AN_ANSWER = timedelta(seconds=75)
A_ROUND, A_DAY = 3, 120
TO_SAY = 2  # questions, and ideas, in one talk
LOOKED_AT = 40
Played = Mapping[int, datetime]  # whom a visitor plays, and since when


@dataclass(frozen=True)
class Move:
    """One thing a colleague would do now. The key makes sure that it is done once."""

    key: str
    act: Callable[[], Any]


@on_tick
def colleagues_answer() -> None:
    """A few moves, if there is anybody to answer."""
    if not settings.GRAPEVINE_TICKER or queries.is_quiet():
        return
    played = queries.visitors()
    if not played or _said_today() >= A_DAY:
        return
    for move in islice(_moves(played), A_ROUND):
        _do(move)


def _do(move: Move) -> None:
    try:
        once(f"{KEY}:{move.key}", move.act)
    except (PermissionDenied, Http404, asks.NotNowError):
        return  # closed or taken back in the meantime: there is nothing to say any more


def _said_today() -> int:
    return Effect.objects.filter(key__startswith=f"{KEY}:", at__gt=clock.now() - timedelta(days=1)).count()


def _moves(played: Played) -> Iterator[Move]:
    """Everything that could be said now, by those whom nobody plays."""
    done = set(Effect.objects.filter(key__startswith=f"{KEY}:").values_list("key", flat=True))
    every = (_introductions, _yeses, _talks_with_helpers, _talks_with_askers)
    return (move for look in every for move in look(played) if f"{KEY}:{move.key}" not in done)


def _introductions(played: Played) -> Iterator[Move]:
    """Yes, I will bring you together; yes, I would like to meet."""
    open_ones = Introduction.objects.filter(ask__by__in=list(played), let_go_at__isnull=True, to_agreed_at__isnull=True)
    for row in open_ones.select_related("ask__by", "to", "through")[:LOOKED_AT]:
        who, asked_at = (row.to, row.through_agreed_at) if row.through_agreed_at else (row.through, row.at)
        if who.pk not in played and row.at >= played[row.ask.by_id] and _is_time(asked_at):
            yield Move(f"introduce:{row.pk}:{who.pk}", partial(asks.agree_to_introduce, by=who, introduction=row))


def _yeses(played: Played) -> Iterator[Move]:
    """Yes, with a time."""
    waiting = _requests_of(played).filter(reply__isnull=True, sent_at__lte=clock.now() - THINKS_FOR)
    for request in waiting.order_by("-sent_at")[:LOOKED_AT]:
        if request.sent_at < played[request.ask.by_id]:
            continue
        yes = partial(asks.reply, by=request.to, request=request, kind=Reply.Kind.YES, words=_line(request, "yes"))
        yield Move(f"yes:{request.pk}", yes)


def _talks_with_helpers(played: Played) -> Iterator[Move]:
    """A visitor asked: a question first, an idea when it is answered or after a while."""
    talks = _requests_of(played).filter(
        challenge__isnull=False, challenge__playback__isnull=True, challenge__closing__isnull=True
    )
    for request in talks.select_related("reply", "challenge__vault", "challenge__words")[:LOOKED_AT]:
        if request.challenge:
            yield from _help(request, request.challenge, played[request.ask.by_id])


def _help(request: Request, challenge: Challenge, since: datetime) -> Iterator[Move]:
    questions, ideas = list(challenge.questions.filter(by=request.to)), list(challenge.ideas.filter(by=request.to))
    lines, thoughts = _script(request)
    last_at = max([request.reply.at, *(_heard_at(q) for q in questions), *(i.at for i in ideas)])
    is_theirs = request.sent_at >= since or any(q.answered_at and q.answered_at >= since for q in questions)
    if not is_theirs or not _is_time(last_at) or any(_waits(q) for q in questions):
        return
    here: dict[str, Any] = {"by": request.to, "challenge": challenge}
    if len(questions) < len(lines) and not ideas and all(q.answer_id for q in questions):
        n = len(questions)
        yield Move(f"question:{challenge.pk}:{n}", partial(challenges.ask_clarifying, words=lines[n], **here))
    elif len(ideas) < len(thoughts):
        n = len(ideas)
        yield Move(f"idea:{challenge.pk}:{n}", partial(challenges.offer_idea, words=thoughts[n], **here))


def _script(request: Request) -> tuple[list[str], list[str]]:
    """Questions and ideas: two of the story, where there is one, or one that fits anything."""
    if story := _scenario(request):
        return [question for question, _ in story.questions[:TO_SAY]], list(story.ideas[:TO_SAY])
    return [_line(request, "question")], [_line(request, "idea")]


def _talks_with_askers(played: Played) -> Iterator[Move]:
    """A visitor helps somebody of the stories: they answer, and play back what they take along."""
    talks = Request.objects.filter(to__in=list(played), challenge__isnull=False, challenge__closing__isnull=True)
    talks = talks.exclude(ask__by__in=list(played)).filter(challenge__playback__isnull=True)
    for request in talks.select_related("ask__by", "to", "challenge__vault", "challenge__words")[:LOOKED_AT]:
        story = _scenario(request)
        if story and request.challenge:
            yield from _take_along(request, request.challenge, story)


def _take_along(request: Request, challenge: Challenge, story: Scenario) -> Iterator[Move]:
    asker, helper = request.ask.by, request.to
    for question, (_, words) in zip(challenge.questions.filter(by=helper), story.questions, strict=False):
        if question.answer_id is None and _is_time(question.at):
            yield Move(f"answer:{question.pk}", partial(challenges.answer, by=asker, question=question, words=words))
    ideas = list(challenge.ideas.filter(by=helper))
    if ideas and _is_time(ideas[-1].at):
        yield Move(f"playback:{challenge.pk}", partial(_play_back, asker, helper, challenge, ideas, story))


def _play_back(asker: Person, helper: Person, challenge: Challenge, ideas: list[Idea], script: Scenario) -> None:
    challenges.play_back(
        by=asker, challenge=challenge, keeping=ideas, when=script.when, will=script.will, got=script.got
    )
    recognition.thank(by=asker, person=helper, words=script.thanks, challenge=challenge)


def _requests_of(played: Played) -> "QuerySet[Request]":
    """What visitors asked of colleagues whom nobody plays."""
    open_ones = Q(taken_back_at__isnull=True, went_on_at__isnull=True, ask__closed_at__isnull=True)
    rows = Request.objects.filter(open_ones | Q(challenge__isnull=False), ask__by__in=list(played)).exclude(
        to__in=list(played)
    )
    return rows.select_related("ask__by__organisation", "ask__words", "to")


def _scenario(request: Request) -> Scenario | None:
    """The story these words belong to, when a visitor took them from us or a colleague of the stories asks."""
    words = read(request.ask.by, request.ask.words)
    said = (s for s in _bank(request.ask.by).scenarios if s.words == words)
    return next(said, None)


def _line(request: Request, kind: str) -> str:
    """Something that fits whatever a visitor has typed, in a language both speak."""
    mine, theirs = (set(p.languages.values_list("code", flat=True)) for p in (request.ask.by, request.to))
    lang = "de" if request.ask.by.language == "de" and "de" in mine & theirs else "en"
    lines = bank("halden").ticker[kind, lang]
    return lines[request.pk % len(lines)]


def _bank(person: Person) -> Bank:
    names = {place.name: key for key, (place, _) in PLACES.items()}
    return bank(names.get(person.organisation.name, "halden"))


def _is_time(at: datetime) -> bool:
    return at <= clock.now() - THINKS_FOR


def _heard_at(question: ClarifyingQuestion) -> datetime:
    return question.answered_at or question.at


def _waits(question: ClarifyingQuestion) -> bool:
    """Not answered yet, and not for long."""
    return question.answer_id is None and question.at > clock.now() - WAITS_FOR_AN_ANSWER
