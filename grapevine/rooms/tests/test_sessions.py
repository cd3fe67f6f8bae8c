"""Aiko hosts, Dana brings, Luis asks: a session from coming in to closing, and what is refused on the way."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from grapevine.challenges.models import Challenge, Idea
from grapevine.people import actions as people
from grapevine.rooms import actions
from grapevine.rooms.actions import ChangedMeanwhileError, NotNowError
from grapevine.rooms.models import Contribution, Event, Session
from grapevine.rooms.tests.meeting import Meeting
from grapevine.vaults.models import SealedText


def test_an_hour_for_dana(circle, clock):
    circle.begins()
    assert circle.state.chair == circle.aiko.pk
    circle.comes_to("bringer")
    actions.bring_story(by=circle.dana, role="bringer", title="Nobody reads us", words="The campaign is silent.")
    circle.comes_to("ask")
    question = actions.contribute(by=circle.luis, kind="question", words="Who would notice first?")
    actions.contribute(by=circle.mira, kind="question", words="And since when?")
    actions.answer(by=circle.dana, question=question, words="The drivers.")
    assert [(s.words, s.answer, s.is_answered, s.face.name) for s in circle.scene("jarek").said["question"]] == [
        ("Who would notice first?", "The drivers.", True, "Luis"),
        ("And since when?", "", False, "Mira"),
    ]
    circle.comes_to("ideas")
    for who, words in (("luis", "I might ask the drivers."), ("mira", "I might wait.")):
        actions.contribute(by=getattr(circle, who), kind="idea", words=words)
    circle.comes_to("playback")
    kept = Idea.objects.earliest("pk")
    day = clock.today("Europe/Berlin") + timedelta(days=6)
    actions.play_back(by=circle.dana, keeping=[kept], when="I meet a driver", will="ask what they read", on=day)
    challenge = Challenge.objects.get()
    assert challenge.playback.commitment.on == day
    assert [i.kept_at is not None for i in challenge.ideas.order_by("pk")] == [True, False]
    assert set(challenge.vault.seats.values_list("person", flat=True)) == {p.pk for p in circle.people.values()}
    actions.close(by=circle.aiko)
    assert Session.objects.get().closed_at is not None


def test_a_question_in_ideas_and_an_idea_in_ask_are_refused(circle):
    circle.begins().comes_to("ask")
    with pytest.raises(NotNowError, match="step has moved on"):
        actions.contribute(by=circle.luis, kind="idea", words="I might ...")
    circle.comes_to("ideas")
    with pytest.raises(NotNowError, match="Your words are still here"):
        actions.contribute(by=circle.luis, kind="question", words="Why?")
    assert Contribution.objects.count() == 0


def test_of_two_who_press_next_one_step_is_taken(circle):
    circle.begins()
    actions.advance(by=circle.aiko, step=0)
    actions.advance(by=circle.priya, step=0)
    assert circle.state.step == 1
    assert list(Event.objects.values_list("seq", flat=True)) == list(range(1, Event.objects.count() + 1))


def test_the_host_vanishes_and_luis_takes_the_chair(circle, clock):
    circle.begins()
    with pytest.raises(NotNowError):
        actions.take_chair(by=circle.luis)
    clock.set_offset(timedelta(seconds=30))
    actions.be_seen(by=circle.luis)
    actions.take_chair(by=circle.luis)
    assert circle.state.chair == circle.luis.pk
    with pytest.raises(NotNowError):
        actions.advance(by=circle.aiko, step=0)


def test_two_sessions_at_once_know_nothing_of_each_other(circle, world):
    other = Meeting({"mira": world.mira, "sanne": world.sanne}, "coffee").begins()
    circle.begins().comes_to("ask")
    actions.contribute(by=circle.mira, kind="question", words="Here?")
    assert other.state.step == 0
    assert other.scene("mira").said == {}


def test_a_text_that_somebody_changed_meanwhile_is_not_lost(world):
    start = Meeting({"mira": world.mira, "sanne": world.sanne}, "experiment_start").begins().comes_to("edit")
    first = actions.write_together(by=start.mira, words="We try it for a month.", seen=0)
    with pytest.raises(ChangedMeanwhileError):
        actions.write_together(by=start.sanne, words="We try it for a week.", seen=0)
    actions.write_together(by=start.sanne, words="We try it for two weeks.", seen=first.pk)
    assert [s.words for s in start.scene("mira").texts] == ["We try it for two weeks."]


def test_a_vote_counts_once_and_may_change(world):
    room = Meeting({"mira": world.mira, "sanne": world.sanne}, "experiment_start").begins().comes_to("vote")
    on, off = (actions.contribute(by=room.mira, kind="option", words=words) for words in ("go on", "stop"))
    for option in (on, off, off):
        actions.vote(by=room.sanne, option=option.pk)
    actions.vote(by=room.mira, option=off.pk)
    assert [(s.words, s.votes, s.is_mine) for s in room.scene("mira").said["option"]] == [
        ("go on", 0, False),
        ("stop", 2, True),
    ]


def test_a_note_is_for_its_writer_alone(circle):
    circle.begins()
    actions.keep_note(by=circle.luis, words="Call the drivers.")
    actions.keep_note(by=circle.luis, words="Call the drivers on Monday.")
    assert (circle.scene("luis").note, circle.scene("mira").note) == ("Call the drivers on Monday.", "")
    assert SealedText.objects.filter(kind="note").count() == 1


def test_sealed_words_rest_sealed(circle):
    circle.begins()
    actions.contribute(by=circle.luis, kind="line", words="arrived-in-clear")
    assert not Contribution.objects.exclude(open_words="").exists()
    assert all(b"arrived-in-clear" not in bytes(text.blob) for text in SealedText.objects.all())
    assert [s.words for s in circle.scene("mira").said["line"]] == ["arrived-in-clear"]


@pytest.mark.django_db(transaction=True)  # each press has a connection of its own
def test_everybody_presses_in_the_same_moment(circle):
    circle.begins()
    ready = threading.Barrier(8)

    def press(number):
        try:
            ready.wait()
            if number % 2:
                actions.advance(by=circle.aiko, step=0)
            else:
                actions.contribute(by=circle.luis, kind="line", words=f"word {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(press, range(8)))
    seqs = list(Event.objects.values_list("seq", flat=True))
    assert circle.state.step == 1
    assert seqs == list(range(1, len(seqs) + 1))
    assert Contribution.objects.count() == 4


def test_who_leaves_the_organisation_leaves_open_rooms_too(world, run_jobs):
    """Sanne hosts a brown bag and is gone: she has neither chair nor word, and others can have both."""
    room = Meeting({"sanne": world.sanne, "mira": world.mira}, "brownbag").begins()
    assert room.state.present == (room.sanne.pk, room.mira.pk)
    people.leave(by=world.sanne, person=world.sanne)
    run_jobs()
    assert room.state.present == (room.mira.pk,)
    actions.take_chair(by=room.mira)
    assert room.state.chair == room.mira.pk
