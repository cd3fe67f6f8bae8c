"""Who helped me before: a reason for my eyes alone, from my own talks, and never from one under a pseudonym."""

from importlib import import_module

import pytest

from grapevine.asks import actions
from grapevine.asks.experience import lines_of_own_talks
from grapevine.asks.models import Request
from grapevine.asks.suggestions import suggest_people
from grapevine.asks.tests.asking import WORDS, page, talk
from grapevine.asks.tests.test_ask_page import box, chosen, form, look
from grapevine.challenges import actions as challenges
from grapevine.people import actions as people
from tests.personas import make_person

LIKE = "Frames drop on my second bench; whose clock is it?"
HELPED = "Helped you with “A test bench drops every third frame” in March"


def helped(asker, helper, outcome="used", **options):
    """A talk in which an idea was kept, and what came of it."""
    sent = talk(asker, helper, **options)
    idea = challenges.offer_idea(by=helper, challenge=sent.challenge, words="Power them one at a time.")
    played = challenges.play_back(by=asker, challenge=sent.challenge, keeping=[idea], when="I am back", will="try it.")
    if outcome:
        challenges.report(by=asker, commitment=played.commitment, kind=outcome)
    return sent


def said(asker, words=LIKE):
    """Who is said to have helped, with the first reason."""
    return {s.person.short_name: s.reasons[0] for s in suggest_people(asker, words) if "Helped" in s.reasons[0]}


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [("used", f"{HELPED}: it was used."), ("changed", f"{HELPED}: it was used."), ("", f"{HELPED}.")],
)
def test_what_helped_me_is_a_reason_for_me_alone(world, outcome, reason):
    helped(world.mira, world.kari, outcome)
    assert said(world.mira) == {"Kari": reason}
    assert [said(who) for who in (world.ravi, world.kari, world.jonas, world.eva)] == [{}] * 4
    assert said(world.mira, "A bench for the garden") == {}  # one common word is chance,
    long = "A bench and a frame for the garden, roses, gravel, water, seeds, tools, a shed and some shade in summer."
    assert said(world.mira, long) == {}  # and so are two in a long story


def test_what_went_another_way_is_none_unless_there_were_thanks(world):
    sent = helped(world.mira, world.kari, "dropped")
    assert said(world.mira) == {}
    thank = import_module("grapevine.recognition.actions").thank  # a neighbour's: known by name, never imported
    thank(by=world.mira, person=world.kari, challenge=sent.challenge, words="All the same.")
    assert said(world.mira) == {"Kari": f"{HELPED}."}


def test_nothing_of_a_talk_under_a_pseudonym_until_both_reveal(world):
    sent = helped(world.mira, world.kari, alias="a blue heron")
    assert said(world.mira) == {}
    actions.reveal(by=world.mira, request=sent)
    assert said(world.mira) == {}
    actions.reveal(by=world.kari, request=sent)
    assert said(world.mira) == {"Kari": f"{HELPED}: it was used."}


def test_who_may_not_be_shown_is_not_and_who_rests_cannot_be_asked(world):
    helped(world.mira, world.kari)
    people.rest(by=world.kari, kind="resting")
    assert [s.person for s in suggest_people(world.mira, LIKE) if not s.is_free] == [world.kari]
    people.block(by=world.kari, person=world.mira)
    assert said(world.mira) == {}


def test_the_sealed_words_are_written_nowhere(world, door):
    """The reason stands on the asker's page, and in no row beside the request."""
    helped(world.mira, world.kari)
    mira = door(world.mira)
    again = mira.post("/ask/", look(mira, words=LIKE).press("Look again"))
    assert HELPED in page(again)
    shown = form(again)
    assert chosen(shown) == [str(world.kari.pk)]
    assert "Helped you" not in shown.fields[box(world.kari)][0]
    assert mira.post("/ask/", shown.press("Send to Kari")).status_code == 302
    assert Request.objects.latest("pk").reasons == []


def test_many_talks_cost_three_queries(world, django_assert_num_queries):
    for number in range(3):
        helper = make_person(world.halden, f"h{number}", f"Helper{number} Moe", "Field")
        helped(world.mira, helper)
        with django_assert_num_queries(3):
            assert len(lines_of_own_talks(world.mira, WORDS)) == number + 1
