"""Colleagues answer visitors, each thing once, and only those whom nobody plays."""

from datetime import timedelta

import pytest

from grapevine.asks import actions as asks
from grapevine.asks.actions import Asked
from grapevine.asks.models import Reply, Request
from grapevine.challenges import actions as challenges
from grapevine.challenges.models import ClarifyingQuestion, Idea, Playback
from grapevine.demo import actions, ticker
from grapevine.demo.bank import bank
from grapevine.recognition.models import Thanks
from grapevine.vaults.queries import read

TICK = timedelta(seconds=30)
LINES = bank("halden").ticker


@pytest.fixture
def tick(world, clock, settings):
    """Half a minute goes by, and the colleagues have had their turn."""
    settings.GRAPEVINE_TICKER = True
    actions.step_in(person=world.mira)

    def go(times=1):
        for _ in range(times):
            clock.freeze(clock.now() + TICK)
            ticker.colleagues_answer()

    return go


def mira_asks(world, *people, words="I lose one frame in three."):
    asks.ask(by=world.mira, words=words, kind="think", to=[Asked(p, f"Hi {p.short_name}, ...") for p in people])
    return Request.objects.get(to=people[0])


def said(reader, rows):
    return [read(reader, row.words) for row in rows]


def test_a_yes_with_a_time_after_a_moment(world, tick, clock):
    request = mira_asks(world, world.sanne)
    ticker.colleagues_answer()
    assert not Reply.objects.exists()
    tick()
    reply = Reply.objects.get(request=request)
    assert reply.kind == Reply.Kind.YES
    assert read(world.mira, reply.words) in LINES["yes", "en"]


def test_then_a_question_and_when_it_is_answered_an_idea(world, tick):
    request = mira_asks(world, world.sanne)
    tick(2)
    question = ClarifyingQuestion.objects.get()
    assert (question.by, said(world.mira, [question])[0] in LINES["question", "en"]) == (world.sanne, True)
    tick()
    assert not Idea.objects.exists()
    challenges.answer(by=world.mira, question=question, words="On Mondays.")
    tick()
    assert [idea.by for idea in Idea.objects.all()] == [world.sanne]
    tick(8)
    request.refresh_from_db()
    assert (request.challenge.questions.count(), request.challenge.ideas.count()) == (1, 1)


def test_an_idea_comes_without_an_answer_too(world, tick):
    mira_asks(world, world.sanne)
    tick(6)
    assert Idea.objects.count() == 1


def test_whoever_brings_words_of_the_story_gets_the_story(world, tick):
    story = bank("halden").scenario("two-clocks")
    mira_asks(world, world.sanne, words=story.words)
    tick(2)
    challenges.answer(by=world.mira, question=ClarifyingQuestion.objects.get(), words="No, never.")
    tick(20)
    assert said(world.mira, ClarifyingQuestion.objects.all()) == [q for q, _ in story.questions[:2]]
    assert said(world.mira, Idea.objects.all()) == list(story.ideas[:2])


def test_nobody_speaks_for_somebody_a_visitor_plays(world, tick):
    mira_asks(world, world.sanne)
    actions.step_in(person=world.sanne)
    tick(5)
    assert not Reply.objects.exists()


def test_nobody_answers_when_no_visitor_asks(world, tick, clock):
    asks.ask(by=world.kari, words="Who knows?", kind="think", to=[Asked(world.lene, "Hi")])
    tick(3)
    assert not Reply.objects.exists()


def test_what_was_asked_before_one_stepped_in_is_left_as_it_was(world, tick):
    asks.ask(by=world.jonas, words="Who knows?", kind="think", to=[Asked(world.lene, "Hi")])
    tick()
    actions.step_in(person=world.jonas)
    tick(3)
    assert not Reply.objects.exists()


def test_a_talk_from_before_goes_on_once_the_visitor_speaks(world, tick):
    asks.ask(by=world.jonas, words="Who knows?", kind="think", to=[Asked(world.lene, "Hi")])
    request = Request.objects.get()
    asks.reply(by=world.lene, request=request, kind="yes", words="At ten.")
    talk = Request.objects.get().challenge
    question = challenges.ask_clarifying(by=world.lene, challenge=talk, words="Since when?")
    tick()
    actions.step_in(person=world.jonas)
    tick(5)
    assert not Idea.objects.exists()
    challenges.answer(by=world.jonas, question=question, words="Since March.")
    tick(2)
    assert [idea.by for idea in Idea.objects.all()] == [world.lene]


def test_after_an_hour_a_visitor_is_gone(world, tick, clock):
    mira_asks(world, world.sanne)
    clock.freeze(clock.now() + timedelta(minutes=61))
    tick()
    assert not Reply.objects.exists()


def test_a_few_a_round(world, tick):
    for people in ((world.sanne, world.ravi, world.kari), (world.dev, world.lene)):
        mira_asks(world, *people)
    tick()
    assert Reply.objects.count() == ticker.A_ROUND
    tick(2)
    assert Reply.objects.count() == 5


def test_not_all_day_long(world, tick, monkeypatch):
    monkeypatch.setattr(ticker, "A_DAY", 1)
    mira_asks(world, world.sanne)
    tick(9)
    assert (Reply.objects.count(), ClarifyingQuestion.objects.count()) == (1, 0)


@pytest.mark.parametrize("how", ["the setting", "the page"])
def test_quiet(world, tick, settings, how):
    mira_asks(world, world.sanne)
    if how == "the setting":
        settings.GRAPEVINE_TICKER = False
    else:
        actions.hush()
    tick(3)
    assert not Reply.objects.exists()
    actions.let_speak()
    settings.GRAPEVINE_TICKER = True
    tick()
    assert Reply.objects.count() == 1


def test_a_message_taken_back_is_not_answered(world, tick):
    asks.take_back(by=world.mira, request=mira_asks(world, world.sanne))
    tick(3)
    assert not Reply.objects.exists()


def test_germans_are_answered_in_german(world, tick):
    for person in (world.mira, world.sanne):
        person.languages.create(code="de")
        person.language = "de"
        person.save()
    request = mira_asks(world, world.sanne)
    tick()
    assert read(world.mira, Reply.objects.get(request=request).words) in LINES["yes", "de"]


def test_an_introduction_goes_through_both(world, tick):
    asked = Asked(world.kari, "Hi Kari, ...", through=world.ravi)
    asks.ask(by=world.mira, words="I lose one frame in three.", kind="think", to=[asked])
    tick(3)
    assert Request.objects.get(to=world.kari).reply.kind == Reply.Kind.YES


def test_whom_a_visitor_helps_takes_something_along(world, tick):
    story = bank("halden").scenario("second-frame")
    asks.ask(by=world.ravi, words=story.words, kind="show", to=[Asked(world.mira, story.message)])
    request = Request.objects.get()
    asks.reply(by=world.mira, request=request, kind="yes", words="At ten.")
    talk = Request.objects.get().challenge
    question = challenges.ask_clarifying(by=world.mira, challenge=talk, words="What did the first frame ask?")
    tick()
    question.refresh_from_db()
    assert read(world.mira, question.answer) == story.questions[0][1]
    idea = challenges.offer_idea(by=world.mira, challenge=talk, words="Read it aloud.")
    tick(3)
    idea.refresh_from_db()
    assert idea.kept_at
    assert Playback.objects.get().got == story.got
    assert said(world.mira, Thanks.objects.filter(person=world.mira)) == [story.thanks]
