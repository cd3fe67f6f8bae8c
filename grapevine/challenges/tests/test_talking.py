"""Questions before ideas, sealed to the few; what each side may do, and what nobody may."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from grapevine.challenges import actions, queries
from grapevine.challenges.models import Challenge, ClarifyingQuestion, Idea, LetFind
from grapevine.challenges.tests.talking import IDEA, TITLE, WORDS, again, facts, play_back, story, talk
from grapevine.kernel.policy import visible
from grapevine.vaults.models import SealedText
from grapevine.vaults.queries import Voice


def said(told):
    return [(q.voice.name, q.words, q.answer) for q in told.questions], [(i.voice.name, i.words) for i in told.ideas]


def test_the_two_read_the_same_story(world):
    challenge = talk(world.mira, world.sanne)
    question = actions.ask_clarifying(by=world.sanne, challenge=challenge, words="Only one powered?")
    actions.answer(by=world.mira, question=question, words="Nothing drops.")
    actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA)
    bringer, helper = Voice("Mira Lindqvist", world.mira, "bringer"), Voice("Sanne Vik", world.sanne, "helper")
    for reader in (world.mira, world.sanne):
        told = story(reader, challenge)
        assert (told.title, told.words, told.bringer, told.others) == (TITLE, WORDS, bringer, [helper])
        assert said(told) == ([("Sanne Vik", "Only one powered?", "Nothing drops.")], [("Sanne Vik", IDEA)])
        assert (told.line, told.outcome, told.other_names) == (None, None, "Sanne Vik")
    assert facts("challenges.ChallengeBrought") == [{"challenge": challenge.pk, "bringer": world.mira.pk}]
    assert facts("challenges.SomethingSaid") == [
        {"challenge": challenge.pk, "by": world.sanne.pk, "kind": "question"},
        {"challenge": challenge.pk, "by": world.mira.pk, "kind": "answer"},
        {"challenge": challenge.pk, "by": world.sanne.pk, "kind": "idea"},
    ]


def test_under_an_alias_the_helper_reads_a_name_without_a_face(world):
    challenge = talk(world.mira, world.sanne, alias="a blue heron")
    assert story(world.sanne, challenge).bringer == Voice("a blue heron", None, "bringer")
    assert story(world.mira, challenge).bringer == Voice("Mira Lindqvist", world.mira, "bringer")


def test_a_second_answer_takes_the_place_of_the_first(world):
    challenge = talk(world.mira, world.sanne)
    question = actions.ask_clarifying(by=world.sanne, challenge=challenge, words="Only one powered?")
    for words in ("Nothing drops.", "Nothing drops, I tried twice."):
        actions.answer(by=world.mira, question=question, words=words)
    assert story(world.sanne, challenge).questions[0].answer == "Nothing drops, I tried twice."
    assert SealedText.objects.filter(vault=challenge.vault, kind="answer").count() == 1


def tried(person, challenge, question):
    """What happens when this person tries each verb: done, refused, or nothing there."""
    verbs = {
        "ask": lambda: actions.ask_clarifying(by=person, challenge=challenge, words="?"),
        "idea": lambda: actions.offer_idea(by=person, challenge=challenge, words="!"),
        "answer": lambda: actions.answer(by=person, question=question, words="."),
        "play back": lambda: actions.play_back(by=person, challenge=challenge, keeping=[], when="w", will="v"),
        "keep together": lambda: actions.keep_together(by=person, challenge=challenge),
        "let find": lambda: actions.let_others_find(by=person, challenge=challenge, helper=person, topic="clocks"),
        "learned": lambda: actions.learned(by=person, challenge=challenge, topic="clocks"),
        "close": lambda: actions.close(by=person, challenge=challenge),
    }
    return {verb: _ends(act) for verb, act in verbs.items()}


def _ends(act):
    try:
        act()
    except PermissionDenied:
        return "refused"
    except Http404:
        return "nothing there"
    return "done"


def test_each_side_has_its_verbs(world):
    challenge = talk(world.mira, world.sanne)
    question = actions.ask_clarifying(by=world.sanne, challenge=challenge, words="?")
    verbs = ("ask", "idea", "answer", "play back", "keep together", "let find", "learned", "close")
    helper = dict.fromkeys(verbs, "refused") | dict.fromkeys(("ask", "idea", "keep together"), "done")
    assert tried(world.sanne, challenge, question) == helper
    bringer = dict.fromkeys(verbs, "done") | dict.fromkeys(("ask", "idea"), "refused")
    assert tried(world.mira, challenge, question) == bringer
    LetFind.objects.all().delete()  # it is said once
    closed, question = again(challenge), ClarifyingQuestion.objects.get(pk=question.pk)
    found = dict.fromkeys(("let find", "learned"), "done")  # what came of it may be told after closing, too
    assert tried(world.mira, closed, question) == dict.fromkeys(verbs, "refused") | found
    assert tried(world.sanne, closed, question) == dict.fromkeys(verbs, "refused")


def test_for_everybody_else_there_is_nothing(world):
    challenge = talk(world.mira, world.sanne)
    question = actions.ask_clarifying(by=world.sanne, challenge=challenge, words="?")
    actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA)
    strangers = (world.jonas, world.lene, world.tomasz, world.eva, world.left)
    ends = {who: set(tried(who, again(challenge), question).values()) for who in strangers}
    assert ends == {who: {"nothing there"} for who in strangers}
    models = (Challenge, ClarifyingQuestion, Idea)
    assert {visible(who, model).count() for who in strangers for model in models} == {0}
    assert [queries.titles(who, [challenge]) for who in strangers] == [[(challenge, "")]] * 5


def test_it_is_played_back_once(world):
    challenge = talk(world.mira, world.sanne)
    play_back(challenge)
    with pytest.raises(PermissionDenied):
        play_back(again(challenge))


def test_my_challenges_are_those_i_have_a_seat_in_newest_first(world, clock):
    mine = talk(world.mira, world.sanne)
    clock.set_offset(timedelta(hours=1))
    brought_to_me = talk(world.kari, world.mira)
    talk(world.kari, world.olav)
    assert queries.titles(world.mira, queries.my_challenges(world.mira)) == [(brought_to_me, TITLE), (mine, TITLE)]
