"""Both sides say yes, or nothing happens and nobody learns who would rather not. Names are shown when both choose to."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from grapevine.asks import actions, queries
from grapevine.asks.models import Introduction, Request
from grapevine.asks.tests.asking import MESSAGE, ask, facts, introduced, page, plain, talk, told
from grapevine.challenges import actions as challenges
from grapevine.kernel.policy import visible
from grapevine.people import actions as people
from grapevine.vaults.queries import read, voices


def led(answer):
    return answer.status_code, answer.headers.get("Location")


def now(row):
    return type(row).objects.get(pk=row.pk)


def see(introduction, *people):
    return [visible(who, Introduction).filter(pk=introduction.pk).exists() for who in people]


def test_first_the_one_who_knows_both_then_the_other(world, run_jobs):
    asked = introduced(world.mira, world.kari, world.ravi)
    cast = (world.mira, world.ravi, world.kari, world.jonas, world.eva)
    assert see(asked, *cast) == [True, True, False, False, False]
    assert queries.introductions_waiting(world.ravi) == [asked]
    for early in (world.mira, world.kari):
        with pytest.raises((PermissionDenied, Http404)):
            actions.agree_to_introduce(by=early, introduction=now(asked))
    actions.agree_to_introduce(by=world.ravi, introduction=now(asked))
    assert see(asked, *cast) == [True, True, True, False, False]
    assert (queries.introductions_waiting(world.ravi), queries.introductions_waiting(world.kari)) == ([], [asked])
    assert [read(who, asked.message) for who in cast] == [MESSAGE, "", "", "", ""]
    with pytest.raises(PermissionDenied):
        actions.agree_to_introduce(by=world.ravi, introduction=now(asked))
    made = actions.agree_to_introduce(by=world.kari, introduction=now(asked)).request
    assert (made.to, made.reasons, read(world.kari, made.message)) == (
        world.kari,
        ["Ravi introduced you two."],
        MESSAGE,
    )
    assert Request.objects.get() == made
    run_jobs()
    assert {who.short_name: told(who) for who in cast} == {
        "Mira": [("introduced", "Kari Nilsen")],
        "Ravi": [("introduce", "Mira Lindqvist")],
        "Kari": [("asked", "Mira Lindqvist"), ("meet", "Ravi Berg")],
        "Jonas": [],
        "Eva": [],
    }
    proposed = {"introduction": asked.pk, "asked": world.ravi.pk, "step": "through"}
    assert facts("asks.IntroductionProposed") == [proposed, proposed | {"asked": world.kari.pk, "step": "to"}]


def test_whoever_would_rather_not_is_never_named(world, door, run_jobs):
    mira, asks = door(world.mira), [introduced(world.mira, world.kari, world.ravi) for _ in range(3)]
    waiting, by_ravi, by_kari = asks
    for asked in (waiting, by_kari):
        actions.agree_to_introduce(by=world.ravi, introduction=asked)
    actions.let_introduction_go(by=world.ravi, introduction=by_ravi)
    actions.let_introduction_go(by=world.kari, introduction=by_kari)
    run_jobs()
    parts = [plain(page(mira.get(reverse("ask-answers", args=[asked.ask_id])))) for asked in asks]
    assert parts[0] == parts[1] == parts[2]
    assert "Ravi Berg was asked to introduce you." in parts[0]
    assert (told(world.mira), Request.objects.count()) == ([], 0)
    assert [see(asked, world.ravi, world.kari) for asked in asks] == [[True, True], [False, False], [True, False]]
    ravi = door(world.ravi)
    seen = [
        page(ravi.get(reverse("introduction", args=[asked.pk]))).split("<main")[1].split("</main")[0]
        for asked in (waiting, by_kari)
    ]
    assert seen[0] == seen[1]
    assert "It is with the others now." in seen[0]
    with pytest.raises(Http404):
        actions.agree_to_introduce(by=world.kari, introduction=now(by_kari))


def test_a_closed_ask_introduces_nobody(world):
    asked = introduced(world.mira, world.kari, world.ravi)
    actions.agree_to_introduce(by=world.ravi, introduction=asked)
    actions.close_ask(by=world.mira, ask=asked.ask)
    assert queries.introductions_waiting(world.kari) == []
    with pytest.raises(Http404):
        actions.agree_to_introduce(by=world.kari, introduction=now(asked))


def test_who_says_yes_is_not_refused_for_being_full(world, door):
    asked = introduced(world.mira, world.kari, world.ravi)
    actions.agree_to_introduce(by=world.ravi, introduction=asked)
    actions.set_limits(by=world.kari, per_week=0)
    people.rest(by=world.kari, kind="resting")
    answer = door(world.kari).post(reverse("introduction", args=[asked.pk]), {"yes": "1"})
    assert led(answer) == (302, Request.objects.get().get_absolute_url())


def test_the_page_of_an_introduction(world, door):
    asked = introduced(world.mira, world.kari, world.ravi)
    where, ravi, kari = reverse("introduction", args=[asked.pk]), door(world.ravi), door(world.kari)
    assert "Mira Lindqvist would like to talk with Kari Nilsen" in page(ravi.get(where))
    assert [kari.get(where).status_code, kari.post(where, {"yes": "1"}).status_code] == [404, 404]
    assert led(ravi.post(where, {"yes": "1"})) == (302, reverse("today"))
    assert ravi.post(where, {"no": "1"}).status_code == 403
    seen = page(kari.get(where))
    assert ("Ravi Berg would like to introduce you to Mira Lindqvist" in seen, MESSAGE in seen) == (True, False)
    assert led(kari.post(where, {"no": "1"})) == (302, reverse("today"))
    assert [kari.get(where).status_code, ravi.get(where).status_code] == [404, 200]
    assert [door(who).get(where).status_code for who in (world.jonas, world.eva, world.tomasz)] == [404] * 3


# --- showing who one is --------------------------------------------------------------------------


def seen_by_sanne(world, sent):
    return voices(world.sanne, type(sent.vault).objects.get(pk=sent.vault_id))[world.mira.pk].name


def test_names_are_shown_when_both_choose_to(world, door, run_jobs):
    sent = talk(world.mira, world.sanne, alias="a blue heron")
    sent.refresh_from_db()
    run_jobs()
    where, mira, sanne = reverse("request-reveal", args=[sent.pk]), door(world.mira), door(world.sanne)
    here = reverse("challenge", args=[sent.challenge_id])
    assert led(sanne.post(where)) == (302, here)
    assert seen_by_sanne(world, sent) == "a blue heron"
    assert "The other side would show who they are." in page(mira.get(here))
    assert "You would show who you are." in page(sanne.get(here))
    assert sanne.post(where).status_code == 403
    assert [door(who).post(where).status_code for who in (world.jonas, world.tomasz)] == [404, 404]
    assert led(mira.post(where)) == (302, here)
    assert seen_by_sanne(world, sent) == "Mira Lindqvist"
    assert "Mira Lindqvist" in page(sanne.get(here))
    assert mira.post(where).status_code == 403
    assert facts("asks.RevealOffered") == [{"request": sent.pk, "asked": world.mira.pk}]
    assert facts("asks.Revealed") == [{"request": sent.pk, "asker": world.mira.pk, "helper": world.sanne.pk}]
    run_jobs()
    assert told(world.sanne) == [("asked", None), ("revealed", "Mira Lindqvist")]


def test_there_is_nothing_to_reveal_before_a_talk_or_without_an_alias(world):
    masked, named = ask(world.mira, world.sanne, alias="a wren").requests.get(), talk(world.mira, world.kari)
    for sent in (masked, now(named)):
        with pytest.raises(PermissionDenied):
            actions.reveal(by=world.mira, request=sent)


def test_help_counts_from_the_moment_both_are_known(world):
    given = []
    for is_played_back in (True, False):
        sent = now(talk(world.mira, world.sanne, alias="a blue heron"))
        idea = challenges.offer_idea(by=world.sanne, challenge=sent.challenge, words="Power them one at a time.")
        if is_played_back:
            challenges.play_back(by=world.mira, challenge=sent.challenge, keeping=[idea], when="w", will="v")
        for who in (world.mira, world.sanne):
            given.append(len(facts("people.HelpGiven")))
            actions.reveal(by=who, request=now(sent))
        given.append(len(facts("people.HelpGiven")))
    assert given == [0, 0, 1, 1, 1, 1]


def test_a_new_alias_is_a_colour_and_a_bird(world):
    names = {actions.new_alias() for _ in range(200)}
    assert 1 < len(names) <= 36
    assert {len(name.split()) for name in names} == {3}
    assert all(name.startswith("a ") for name in names)
