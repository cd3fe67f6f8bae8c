"""The page of a challenge and everything pressed on it, as browsers without JavaScript do it."""

from collections import Counter
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from grapevine.challenges import actions
from grapevine.challenges.models import Challenge, ClarifyingQuestion, Closing, Commitment, Noticing, Outcome
from grapevine.challenges.tests.talking import (
    IDEA,
    OTHER_IDEA,
    TITLE,
    WHEN,
    WILL,
    WORDS,
    again,
    marks,
    page,
    play_back,
    played_back,
    talk,
)
from grapevine.people.models import Person
from grapevine.skills.models import Evidence

FAR_TOO_LONG = "a very long story " * 300
PLAYED = {"when": WHEN, "will": WILL, "on": "2026-03-16"}


def at(name, row):
    return reverse(name, args=[row.pk])


def led(answer):
    """Where a press led to."""
    return answer.status_code, answer.headers.get("Location")


@pytest.fixture
def two(world, door):
    """An open talk with a question and two ideas; Mira's browser and Sanne's."""
    challenge = talk(world.mira, world.sanne)
    question = actions.ask_clarifying(by=world.sanne, challenge=challenge, words="Only one powered?")
    ideas = [actions.offer_idea(by=world.sanne, challenge=challenge, words=words) for words in (IDEA, OTHER_IDEA)]
    return challenge, question, ideas, door(world.mira), door(world.sanne)


def test_from_question_to_outcome_without_javascript(world, door):
    challenge, mira, sanne = talk(world.mira, world.sanne), door(world.mira), door(world.sanne)
    here = challenge.get_absolute_url()
    assert led(sanne.post(at("challenge-ask", challenge), {"words": "Only one powered?"})) == (302, here)
    asked = ClarifyingQuestion.objects.get()
    assert led(mira.post(at("question-answer", asked), {"words": "Nothing drops."})) == (302, here)
    assert led(sanne.post(at("challenge-idea", challenge), {"words": IDEA})) == (302, here)
    typed = PLAYED | {"keeping": [challenge.ideas.get().pk], "got": "question", "may_notice": "kari nilsen"}
    assert led(mira.post(at("playback", challenge), typed)) == (302, here)
    commitment = Commitment.objects.get()
    assert led(mira.post(at("outcome", commitment), {"kind": "used", "words": "Ten minutes."})) == (302, here)
    words = (WORDS, "Only one powered?", "Nothing drops.", IDEA, f"When {WHEN}, I will {WILL}", "Ten minutes.")
    words += ("What helped: a better question.",)
    for reader, more in ((mira, ("Kari Nilsen may notice.",)), (sanne, ())):
        whole, part = page(reader.get(here)), page(reader.get(at("challenge-story", challenge)))
        assert [w for w in words + more if w not in whole or w not in part] == []
        assert (TITLE in whole, "<html" in whole, "<html" in part) == (True, True, False)
    assert (commitment.on, Outcome.objects.get().kind) == (date(2026, 3, 16), "used")


def test_each_side_is_offered_what_it_may_do(two):
    challenge, question, _, mira, sanne = two
    pressed = {
        who: set(marks(page(door.get(at("challenge", challenge))), "action"))
        for who, door in zip("ms", (mira, sanne), strict=True)
    }
    both = {at("keep-together", challenge)}
    of_mira = {at(name, challenge) for name in ("playback", "challenge-close")} | {at("question-answer", question)}
    of_sanne = {at(name, challenge) for name in ("challenge-ask", "challenge-idea")}
    everything = both | of_mira | of_sanne
    assert {who: found & everything for who, found in pressed.items()} == {"m": both | of_mira, "s": both | of_sanne}


def test_no_id_stands_twice_on_the_page(two, world):
    challenge, _, _, mira, sanne = two
    actions.ask_clarifying(by=world.sanne, challenge=challenge, words="And the other one?")
    for reader in (mira, sanne):
        ids = Counter(marks(page(reader.get(at("challenge", challenge))), " id"))
        assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("words", ["  ", FAR_TOO_LONG])
def test_what_was_said_unclearly_comes_back_beside_its_own_box(two, world, words):
    challenge, _, _, mira, sanne = two
    other = actions.ask_clarifying(by=world.sanne, challenge=challenge, words="And the other one?")
    boxes = {
        (sanne, at("challenge-ask", challenge)): "ask-words",
        (sanne, at("challenge-idea", challenge)): "idea-words",
        (mira, at("question-answer", other)): f"answer-{other.pk}-words",
    }
    for (who, url), box in boxes.items():
        told = page(who.post(url, {"words": words}), 422)
        assert f'id="{box}_error"' in told
        assert told.count("_error") == 2  # the line itself, and the box that points to it
        assert words.strip() in told.split(f'id="{box}"')[1].split("</textarea>")[0]
    assert (ClarifyingQuestion.objects.filter(answer__isnull=False).count(), challenge.ideas.count()) == (0, 2)


def test_an_unclear_playback_comes_back_whole(two, world):
    challenge, _, ideas, mira, _ = two
    for wrong, why in (
        ({"on": "2026-03-09"}, "Choose today or a later day."),
        ({"on": "2027-03-15"}, "Choose a day within a year."),
        ({"on": "soon"}, "This is no day of the calendar."),
        ({"may_notice": "Kari of Field"}, "We know nobody, or more than one, by the name of Kari of Field here."),
        ({"may_notice": "Tomasz Wilk"}, "We know nobody, or more than one, by the name of Tomasz Wilk here."),
        ({"will": " "}, "Something is still missing here."),
    ):
        typed = PLAYED | {"keeping": [ideas[1].pk], "got": "pointer", "may_notice": "Kari Nilsen"} | wrong
        told = page(mira.post(at("playback", challenge), typed), 422)
        assert why in told
        assert [words for words in (WHEN, typed["may_notice"], typed["will"].strip()) if words not in told] == []
        form = told.split(f'action="{at("playback", challenge)}"')[1].split("</form>")[0]
        chips = [chip.split("</label>")[0] for chip in form.split("<label><input")[1:]]
        assert [
            ("checked" in chip, text) for chip in chips for text in (IDEA, OTHER_IDEA, "a pointer") if text in chip
        ] == [
            (False, IDEA),
            (True, OTHER_IDEA),
            (True, "a pointer"),
        ]
    assert not hasattr(again(challenge), "playback")


def test_what_is_missing_is_said_warmly_in_german_too(two, world):
    challenge, _, _, mira, _ = two
    Person.objects.filter(pk=world.mira.pk).update(language="de")
    told = page(mira.post(at("playback", challenge), {"when": WHEN}), 422)
    assert told.count("Hier fehlt noch etwas.") == 4  # "I will" and the day: in the summary, and beside the field
    assert ("Dieses Feld" in told, "missing" in told) == (False, False)


def test_an_idea_of_another_talk_cannot_be_kept(two, world):
    challenge, _, _, mira, _ = two
    elsewhere = actions.offer_idea(by=world.kari, challenge=talk(world.olav, world.kari), words="Not yours.")
    told = page(mira.post(at("playback", challenge), PLAYED | {"keeping": [elsewhere.pk]}), 422)
    assert "Not yours." not in told


def test_under_an_alias_the_helper_is_not_invited_to_notice(world, door):
    challenge, mira = talk(world.mira, world.sanne, alias="a blue heron"), door(world.mira)
    told = page(mira.post(at("playback", challenge), PLAYED | {"may_notice": "Sanne Vik"}), 422)
    assert "They know you by another name here." in told
    assert led(mira.post(at("playback", challenge), PLAYED | {"may_notice": "Kari Nilsen"}))[0] == 302
    seen = page(door(world.sanne).get(at("challenge", challenge)))
    assert ("a blue heron" in seen, "Mira" in seen, "Lindqvist" in seen) == (True, False, False)
    assert reverse("person", args=[world.mira.pk]) not in seen


def test_the_commitment_is_moved_from_the_page_or_from_today(two):
    challenge, _, _, mira, _ = two
    commitment = play_back(challenge).commitment
    here, today = challenge.get_absolute_url(), reverse("today")
    for name, next_, to in (
        ("commitment-confirm", "", here),
        ("commitment-confirm", "today", today),
        ("commitment-put-off", "", here),
        ("commitment-put-off", "https://elsewhere.example/", here),
    ):
        assert led(mira.post(at(name, commitment), {"next": next_})) == (302, to)
    start = page(mira.get(at("commitment-change", commitment)))
    on = Commitment.objects.get().on
    assert (WHEN in start, WILL in start, f'value="{on}"' in start) == (True, True, True)
    typed = {"when": "the trace is clean", "will": FAR_TOO_LONG, "on": "2026-03-20"}
    told = page(mira.post(at("commitment-change", commitment), typed), 422)
    assert [kept in told for kept in ("the trace is clean", FAR_TOO_LONG.strip(), 'value="2026-03-20"')] == [True] * 3
    assert led(mira.post(at("commitment-change", commitment), typed | {"will": "ask"})) == (302, here)
    told = page(mira.post(at("outcome", commitment), {"words": "Ten minutes."}), 422)
    assert ("Ten minutes." in told, Outcome.objects.count()) == (True, 0)
    assert led(mira.post(at("outcome", commitment), {"kind": "changed", "next": "today"})) == (302, today)


def test_keeping_together_and_closing(two, world):
    challenge, _, _, mira, sanne = two
    here = at("challenge", challenge)
    assert led(sanne.post(at("keep-together", challenge))) == (302, here)
    assert "You would keep all ideas." in page(sanne.get(here))
    answer = mira.post(at("challenge-close", challenge))
    assert led(answer) == (302, here)
    assert [str(m) for m in get_messages(answer.wsgi_request)] == ["Closed. What you kept is still yours."]
    assert Closing.objects.get().challenge == challenge
    told = page(sanne.get(here))
    assert (IDEA in told, "Closed, " in told, at("challenge-idea", challenge) in told) == (False, True, False)
    refused = [at(name, challenge) for name in ("keep-together", "challenge-close", "playback")]
    assert [mira.post(url, PLAYED).status_code for url in refused] == [403] * 3
    assert sanne.post(at("challenge-ask", challenge), {"words": "?"}).status_code == 403


def test_who_helped_is_named_in_open_words(two, world):
    challenge, _, _, mira, sanne = two
    where = at("challenge-topic", challenge)
    assert mira.get(where).status_code == 403
    play_back(challenge)
    assert "Let others find Sanne Vik" in page(mira.get(where))
    assert sanne.get(where).status_code == 403
    told = page(mira.post(where, {"topic": "clocks " * 30, "learned": "on"}), 422)
    assert ("clocks clocks" in told, "checked" in told, Evidence.objects.count()) == (True, True, 0)
    assert led(mira.post(where, {"topic": "clocks", "learned": "on"})) == (302, at("challenge", challenge))
    assert {(e.person, e.kind, e.words) for e in Evidence.objects.all()} == {
        (world.sanne, "helped", "clocks"),
        (world.mira, "learned", "clocks"),
    }


def test_noticing_is_a_page_of_two(world, door):
    commitment = played_back(world.mira, world.sanne, may_notice=world.kari)
    noticing = commitment.noticings.get()
    where, kari = noticing.get_absolute_url(), door(world.kari)
    told = page(kari.get(where))
    assert (f"When {WHEN}, I will {WILL}" in told, TITLE in told, IDEA in told) == (True, False, False)
    assert page(kari.post(where, {"words": FAR_TOO_LONG}), 422).count(FAR_TOO_LONG.strip()) == 1
    assert door(world.mira).post(where, {"words": "I saw myself"}).status_code == 403
    assert led(kari.post(where, {"words": "You asked first."})) == (302, where)
    assert "You asked first." in page(door(world.mira).get(where))
    assert kari.post(where, {"words": "Twice."}).status_code == 403
    assert Noticing.objects.get().saw_at is not None
    here = page(door(world.sanne).get(at("challenge", commitment.playback.challenge)))
    assert ("Kari Nilsen may notice." in here, where in here) == (False, False)  # whom she invited is hers to tell


def test_nobody_else_finds_an_address_and_no_title_tells_a_word(world, door, client):
    challenge = talk(world.mira, world.sanne)
    question = actions.ask_clarifying(by=world.sanne, challenge=challenge, words="?")
    commitment = play_back(challenge, may_notice=world.kari).commitment
    noticing = commitment.noticings.get()
    gets = [at("challenge", challenge), at("challenge-story", challenge), at("noticing", noticing)]
    gets += [at("challenge-topic", challenge), at("commitment-change", commitment)]
    posts = [
        at(name, challenge)
        for name in ("challenge-ask", "challenge-idea", "playback", "keep-together", "challenge-close")
    ]
    posts += [at(name, commitment) for name in ("commitment-confirm", "commitment-put-off", "outcome")]
    posts += [at("question-answer", question), *gets[2:]]
    jonas, others = door(world.jonas), [door(who) for who in (world.lene, world.tomasz, world.eva)]
    answers = [jonas.get(url) for url in gets] + [jonas.post(url, {"words": "!"}) for url in posts]
    answers += [other.get(url) for other in others for url in gets[:1]]
    assert {answer.status_code for answer in answers} == {404}
    assert [w for w in (TITLE, WHEN, WILL) if any(w in answer.content.decode() for answer in answers)] == []
    assert [visitor.get(gets[0]).status_code for visitor in (client, door(world.left))] == [302, 302]
    sanne, mira = door(world.sanne), door(world.mira)
    assert {sanne.post(at(name, commitment), {}).status_code for name in ("commitment-confirm", "outcome")} == {403}
    assert {
        mira.post(at(name, challenge), {"words": "!"}).status_code for name in ("challenge-ask", "challenge-idea")
    } == {403}
    assert {mira.get(url).status_code for url in posts[:5]} == {405}
    assert [mira.get(f"/challenges/{pk}/").status_code for pk in ("999999", "9" * 40)] == [404, 404]


def test_two_presses_of_one_form_say_it_once(two):
    challenge, _, _, _, sanne = two
    for _ in range(2):
        answer = sanne.post(at("challenge-idea", challenge), {"words": "Once.", "once": "the same press"})
        assert led(answer) == (302, at("challenge", challenge))
    assert challenge.ideas.count() == 3


def test_the_pages_ask_as_often_for_three_as_for_one(world, door, django_assert_num_queries):
    visitor, grown = door(world.mira), talk(world.mira, world.sanne)
    talk(world.kari, world.olav)
    for count in (1, 3):
        while grown.ideas.count() < count:
            question = actions.ask_clarifying(by=world.sanne, challenge=grown, words="?")
            actions.answer(by=world.mira, question=question, words=".")
            actions.offer_idea(by=world.sanne, challenge=grown, words=IDEA)
        while Challenge.objects.filter(brought_by=world.mira).count() < count:
            talk(world.mira, world.sanne)
        with django_assert_num_queries(10):
            assert page(visitor.get(at("challenge", grown))).count(IDEA) == 2 * count  # said, and to choose from
        with django_assert_num_queries(4):
            assert page(visitor.get(reverse("challenges"))).count(TITLE) == count
    commitment = play_back(grown, *grown.ideas.all(), may_notice=world.kari).commitment
    actions.report(by=world.mira, commitment=commitment, kind="used", words="Ten minutes.")
    with django_assert_num_queries(12):
        page(visitor.get(at("challenge", grown)))


def test_what_is_not_due_waits_folded_until_its_day(world, door):
    here, mira = played_back(world.mira, world.sanne).playback.challenge.get_absolute_url(), door(world.mira)
    folded = "Did it happen already?"
    assert folded in page(mira.get(here))
    Commitment.objects.update(on=date(2026, 3, 10))
    due = page(mira.get(here))
    assert (folded in due, "What happened?" in due, "Tell it" in due) == (False, True, True)
