"""The helper hears first what came of it; thanks reach the one they are for, and nobody else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from grapevine.kernel.models import Fact
from grapevine.people.models import Block
from grapevine.recognition import actions, queries
from grapevine.recognition.models import HelperStory, Showing, Thanks
from grapevine.recognition.queries import Heard
from grapevine.recognition.tests.telling import HAPPENED, THANKS, played_back, reported
from grapevine.vaults.queries import Voice

MONDAY = "2026-03-09"


def facts(kind):
    return list(Fact.objects.filter(kind=kind).order_by("pk").values_list("body", flat=True))


def test_the_helper_hears_what_happened_in_the_words_of_the_outcome(world, run_jobs):
    reported(world.mira, world.sanne)
    run_jobs()
    story = HelperStory.objects.get()
    by, person = Voice("Mira Lindqvist", world.mira, "by"), Voice("Sanne Vik", world.sanne, "person")
    assert queries.unheard(world.sanne) == [
        Heard(story, "story", HAPPENED, "Whose clock is wrong?", by, person, by, Showing.BETWEEN_US, may_show=True)
    ]
    assert (story.outcome, queries.unheard(world.mira)) == ("used", [])
    assert facts("recognition.StoryTold") == [{"story": story.pk, "by": world.mira.pk, "person": world.sanne.pk}]


def test_each_helper_hears_it_once_however_often_it_is_told(world, run_jobs):
    challenge = reported(world.mira, world.sanne, world.ravi)
    run_jobs()
    actions.tell_story(challenge=challenge, helper=world.sanne)
    assert sorted(s.person.name for s in HelperStory.objects.all()) == ["Ravi Berg", "Sanne Vik"]
    assert len(facts("recognition.StoryTold")) == 2


def test_an_outcome_without_words_is_a_story_that_cannot_be_shown(world, run_jobs):
    reported(world.mira, world.sanne, words="")
    run_jobs()
    [heard] = queries.unheard(world.sanne)
    assert (heard.words, heard.may_show) == ("", False)
    with pytest.raises(PermissionDenied):
        actions.propose_showing(by=world.sanne, recognition=heard.recognition)


def test_hearing_it_once_is_enough(world, run_jobs, clock):
    reported(world.mira, world.sanne)
    run_jobs()
    story = actions.hear(by=world.sanne, recognition=HelperStory.objects.get())
    first = story.heard_at
    clock.release()
    actions.hear(by=world.sanne, recognition=story)
    assert (story.heard_at, queries.unheard(world.sanne)) == (first, [])
    with pytest.raises(PermissionDenied):
        actions.hear(by=world.mira, recognition=story)


def test_thanks_are_help_and_the_fact_names_the_week_alone(world):
    challenge = played_back(world.mira, world.sanne)
    thanks = actions.thank(by=world.mira, person=world.sanne, challenge=challenge, words=THANKS)
    assert queries.unheard(world.sanne)[0].words == THANKS
    assert facts("recognition.ThanksSaid") == [{"thanks": thanks.pk, "by": world.mira.pk, "person": world.sanne.pk}]
    assert facts("people.HelpGiven")[-1] == {
        "helper": world.sanne.pk,
        "helped": world.mira.pk,
        "kind": "thanks",
        "occasion": "",
        "on": MONDAY,
    }


def test_only_the_bringer_thanks_for_a_challenge_and_only_who_was_there_and_once(world):
    challenge = played_back(world.mira, world.sanne)
    for by, person in (
        (world.sanne, world.mira),
        (world.jonas, world.sanne),
        (world.mira, world.jonas),
        (world.mira, world.mira),
    ):
        with pytest.raises(PermissionDenied):
            actions.thank(by=by, person=person, challenge=challenge, words=THANKS)
    actions.thank(by=world.mira, person=world.sanne, challenge=challenge, words=THANKS)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.thank(by=world.mira, person=world.sanne, challenge=challenge, words=THANKS)
    assert queries.ending(world.mira, challenge).to_thank == []


def test_thanks_outside_a_challenge_lie_in_a_vault_of_two(world):
    thanks = actions.thank(by=world.mira, person=world.olav, words=THANKS)
    seats = thanks.words.vault.seats.values_list("person__name", "role")
    assert sorted(seats) == [("Mira Lindqvist", "thanks"), ("Olav Haug", "thanked")]
    assert [h.words for h in queries.unheard(world.olav)] == [THANKS]
    with pytest.raises(PermissionDenied):
        actions.thank(by=world.mira, person=world.tomasz, words=THANKS)


def test_whom_one_blocked_says_thanks_into_the_wind_and_does_not_know(world, clock):
    Block.objects.create(person=world.olav, blocked=world.mira, at=clock.now())
    actions.thank(by=world.mira, person=world.olav, words=THANKS)
    assert queries.unheard(world.olav) == []
    assert [h.words for h in queries.opened(world.mira, queries.said(world.mira))] == [THANKS]
    assert facts("recognition.ThanksSaid") == facts("people.HelpGiven") == []


def test_under_an_alias_no_help_is_told_and_the_helper_reads_the_alias(world, run_jobs):
    challenge = reported(world.mira, world.sanne, alias="a blue heron")
    actions.thank(by=world.mira, person=world.sanne, challenge=challenge, words=THANKS)
    run_jobs()
    thanks, story = sorted(queries.unheard(world.sanne), key=lambda h: h.kind, reverse=True)
    assert [(h.by, h.other, h.may_show) for h in (thanks, story)] == [
        (Voice("a blue heron", None, "by"), Voice("a blue heron", None, "by"), False)
    ] * 2
    assert facts("people.HelpGiven") == []
    for said in (Thanks.objects.get(), HelperStory.objects.get()):
        with pytest.raises(PermissionDenied):
            actions.propose_showing(by=world.sanne, recognition=said)


def test_an_alias_outlives_the_seat(world, run_jobs, clock):
    challenge = reported(world.mira, world.sanne, alias="a blue heron")
    run_jobs()
    challenge.vault.seats.filter(person=world.mira).update(until_at=clock.now())
    assert queries.unheard(world.sanne)[0].by == Voice("a blue heron", None, "by")


def test_nothing_said_stands_in_a_fact(world, run_jobs):
    challenge = reported(world.mira, world.sanne)
    actions.thank(by=world.mira, person=world.sanne, challenge=challenge, words=THANKS)
    run_jobs()
    told = " ".join(str(body) for body in Fact.objects.values_list("body", flat=True))
    assert [words for words in (THANKS, HAPPENED) if words[:10] in told] == []
