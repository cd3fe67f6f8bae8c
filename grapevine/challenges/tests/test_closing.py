"""What nobody kept vanishes when it is over; nothing said in confidence lies about for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from grapevine.challenges import actions, tasks
from grapevine.challenges.models import Challenge, Closing, Commitment, Idea
from grapevine.challenges.tests.talking import IDEA, OTHER_IDEA, again, facts, play_back, played_back, story, talk
from grapevine.kernel import jobs
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


@pytest.mark.parametrize(
    ("agree", "leave", "stay"),
    [
        (("mira", "sanne"), ("sanne",), [IDEA, OTHER_IDEA]),
        (("mira", "sanne"), ("mira",), [IDEA, OTHER_IDEA]),
        (("mira", "sanne"), ("mira", "sanne"), [IDEA, OTHER_IDEA]),
        (("mira",), ("sanne",), [IDEA]),
        (("mira",), ("mira", "sanne"), [IDEA]),
        ((), ("mira", "sanne"), [IDEA]),
    ],
)
def test_what_both_agreed_to_outlives_their_leaving_and_nothing_else_does(
    world, advised, clock, run_jobs, agree, leave, stay
):
    for who in agree:
        actions.keep_together(by=getattr(world, who), challenge=advised)
    for who in leave:
        people.leave(by=getattr(world, who), person=getattr(world, who))
    run_jobs()
    clock.set_offset(timedelta(days=37))
    run_jobs()
    assert Closing.objects.get().challenge == advised
    assert SealedText.objects.filter(kind="idea").count() == Idea.objects.count() == len(stay)
    for reader in {"mira", "sanne"} - set(leave):
        assert ideas(getattr(world, reader), advised) == stay


def test_nobody_else_closes_it_and_nobody_twice(world, advised):
    for person, refusal in ((world.sanne, PermissionDenied), (world.jonas, Http404), (world.eva, Http404)):
        with pytest.raises(refusal):
            actions.close(by=person, challenge=again(advised))
    actions.close(by=world.mira, challenge=advised)
    with pytest.raises(PermissionDenied):
        actions.close(by=world.mira, challenge=again(advised))


@pytest.mark.parametrize(
    ("on", "open_for", "closed_after"),
    [
        (date(2026, 3, 10), timedelta(days=30), timedelta(days=30, hours=16)),  # the day of the playback itself
        (date(2026, 4, 27), timedelta(days=78), timedelta(days=79)),  # 48 days ahead
    ],
)
def test_it_ends_by_itself_thirty_days_after_the_day_that_was_named(world, clock, run_jobs, on, open_for, closed_after):
    challenge = talk(world.mira, world.sanne)
    keep, _ = (actions.offer_idea(by=world.sanne, challenge=challenge, words=words) for words in (IDEA, OTHER_IDEA))
    play_back(challenge, keep, on=on)
    clock.set_offset(open_for)
    run_jobs()
    assert Closing.objects.count() == 0
    clock.set_offset(closed_after)
    run_jobs()
    run_jobs()
    assert [(c.challenge, c.by) for c in Closing.objects.all()] == [(challenge, world.mira)]
    assert ideas(world.sanne, challenge) == [IDEA]


def test_a_commitment_put_off_again_and_again_keeps_its_talk(world, clock, run_jobs):
    commitment = played_back(world.mira, world.sanne)
    for week in range(1, 9):
        clock.set_offset(timedelta(weeks=week))
        actions.put_off_commitment(by=world.mira, commitment=commitment)
        run_jobs()
    assert Closing.objects.count() == 0


def test_no_day_ends_it_earlier_than_thirty_days_after_the_playback(world, clock, run_jobs):
    commitment = played_back(world.mira, world.sanne)
    Commitment.objects.filter(pk=commitment.pk).update(on=date(2026, 1, 5))
    clock.set_offset(timedelta(days=30))
    run_jobs()
    assert Closing.objects.count() == 0
    clock.set_offset(timedelta(days=30, seconds=1))
    run_jobs()
    assert Closing.objects.count() == 1


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
    clock.set_offset(timedelta(days=37))
    for _ in range(2):
        run_jobs()
    assert {c.challenge for c in Closing.objects.all()} == {old.playback.challenge, young.playback.challenge}
    assert ideas(world.sanne, old.playback.challenge) == [IDEA]


def test_a_shredded_talk_has_nothing_to_close(world, clock, run_jobs):
    vaults.shred(vault=talk(world.mira, world.sanne).vault)
    clock.set_offset(timedelta(days=91))
    run_jobs()
    assert (Challenge.objects.count(), Closing.objects.count()) == (0, 0)


def test_one_that_cannot_end_stops_no_other_and_no_word_is_logged(world, clock, caplog, monkeypatch):
    bad, good = talk(world.mira, world.sanne), talk(world.kari, world.sanne)
    for challenge in (bad, good):
        actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA)

    def stumbles(*, challenge):
        actions.let_end(challenge=challenge)
        if challenge == bad:
            raise ValueError(IDEA)

    monkeypatch.setattr(tasks, "let_end", stumbles)
    clock.set_offset(timedelta(days=91))
    tasks.close_what_is_over()
    assert [closing.challenge for closing in Closing.objects.all()] == [good]
    assert (ideas(world.sanne, bad), ideas(world.sanne, good)) == ([IDEA], [])  # half done is not done
    [record] = caplog.records
    assert f"failed: Challenge {bad.pk}" in record.getMessage()
    assert record.exc_info[0] is ValueError


@pytest.mark.django_db(transaction=True)
def test_two_workers_end_each_talk_once(world, clock, monkeypatch):
    challenges, at_once = {talk(world.mira, world.sanne) for _ in range(3)}, Barrier(2, timeout=30)

    def one_by_one(rows, act):
        at_once.wait()  # both have seen the same talks open
        jobs.one_by_one(rows, act)

    def work():
        tasks.close_what_is_over()
        connection.close()

    monkeypatch.setattr(tasks, "one_by_one", one_by_one)
    clock.set_offset(timedelta(days=91))
    with ThreadPoolExecutor(2) as workers:
        for done in [workers.submit(work) for _ in range(2)]:
            done.result()
    assert {closing.challenge for closing in Closing.objects.all()} == challenges
    assert len(facts("challenges.ChallengeClosed")) == len(challenges)
