"""What nobody kept vanishes when it is over; nothing said in confidence lies about for ever."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from grapevine.challenges import actions, tasks
from grapevine.challenges.models import Challenge, Closing, Idea
from grapevine.challenges.tests.talking import IDEA, OTHER_IDEA, again, facts, play_back, played_back, story, talk
from grapevine.people import actions as people
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import SealedText


@pytest.fixture
def advised(world):
    """One idea kept, one let go."""
    challenge = talk(world.mira, world.sanne)
    keep = actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA)
    actions.offer_idea(by=world.sanne, challenge=challenge, words=OTHER_IDEA)
    play_back(challenge, keep)
    return challenge


def ideas(person, challenge):
    return [offered.words for offered in story(person, again(challenge)).ideas]


def test_what_nobody_kept_is_gone_and_what_was_kept_stays(world, advised):
    closing = actions.close(by=world.mira, challenge=advised)
    assert (closing.challenge, closing.by) == (advised, world.mira)
    assert [ideas(who, advised) for who in (world.mira, world.sanne)] == [[IDEA], [IDEA]]
    assert (Idea.objects.count(), SealedText.objects.filter(kind="idea").count()) == (1, 1)
    assert facts("challenges.ChallengeClosed") == [{"challenge": advised.pk, "bringer": world.mira.pk}]


def test_all_ideas_stay_when_both_agreed(world, advised):
    for who in (world.mira, world.sanne, world.sanne):
        actions.keep_together(by=who, challenge=advised)
    assert story(world.mira, advised).keeping == {world.mira.pk, world.sanne.pk}
    actions.close(by=world.mira, challenge=advised)
    assert ideas(world.sanne, advised) == [IDEA, OTHER_IDEA]


def test_one_alone_keeps_nothing_for_both(world, advised):
    actions.keep_together(by=world.sanne, challenge=advised)
    actions.close(by=world.mira, challenge=advised)
    assert ideas(world.sanne, advised) == [IDEA]


def test_nobody_else_closes_it_and_nobody_twice(world, advised):
    for person, refusal in ((world.sanne, PermissionDenied), (world.jonas, Http404), (world.eva, Http404)):
        with pytest.raises(refusal):
            actions.close(by=person, challenge=again(advised))
    actions.close(by=world.mira, challenge=advised)
    with pytest.raises(PermissionDenied):
        actions.close(by=world.mira, challenge=again(advised))


def test_it_ends_by_itself_thirty_days_after_the_playback(world, advised, clock, run_jobs):
    clock.set_offset(timedelta(days=30))
    run_jobs()
    assert Closing.objects.count() == 0
    clock.set_offset(timedelta(days=30, seconds=1))
    run_jobs()
    run_jobs()
    assert [(c.challenge, c.by) for c in Closing.objects.all()] == [(advised, world.mira)]
    assert ideas(world.sanne, advised) == [IDEA]


def test_and_ninety_days_after_a_silence(world, clock, run_jobs):
    challenge = talk(world.mira, world.sanne)
    actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA)
    clock.set_offset(timedelta(days=90))
    run_jobs()
    assert ideas(world.sanne, challenge) == [IDEA]
    clock.set_offset(timedelta(days=90, seconds=1))
    run_jobs()
    assert ideas(world.sanne, challenge) == []


def test_who_left_keeps_nothing_open_and_no_round_busy(world, clock, run_jobs, monkeypatch):
    monkeypatch.setattr(tasks, "A_ROUND", 1)
    young, left = played_back(world.mira, world.sanne), talk(world.kari, world.sanne)
    kept, _ = (actions.offer_idea(by=world.sanne, challenge=left, words=words) for words in (IDEA, OTHER_IDEA))
    old = play_back(left, kept).commitment
    people.leave(by=world.kari, person=world.kari)
    run_jobs()
    clock.set_offset(timedelta(days=31))
    for _ in range(2):
        run_jobs()
    assert {c.challenge for c in Closing.objects.all()} == {old.playback.challenge, young.playback.challenge}
    assert ideas(world.sanne, old.playback.challenge) == [IDEA]


def test_a_shredded_talk_has_nothing_to_close(world, clock, run_jobs):
    vaults.shred(vault=talk(world.mira, world.sanne).vault)
    clock.set_offset(timedelta(days=91))
    run_jobs()
    assert (Challenge.objects.count(), Closing.objects.count()) == (0, 0)
