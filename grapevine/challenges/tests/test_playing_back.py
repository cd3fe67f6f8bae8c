"""When ..., I will ...: from Monday on, moved by the bringer alone; and who hears that help was given."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404

from grapevine.challenges import actions, queries
from grapevine.challenges.models import Commitment, Idea, Noticing, Outcome
from grapevine.challenges.tests.talking import (
    IDEA,
    OTHER_IDEA,
    WHEN,
    WILL,
    again,
    facts,
    play_back,
    played_back,
    story,
    talk,
)
from grapevine.kernel.policy import may, visible

MONDAY, A_WEEK_LATER = date(2026, 3, 16), date(2026, 3, 23)


def test_ideas_are_kept_and_a_day_is_named(world):
    challenge = talk(world.mira, world.sanne)
    keep = actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA)
    drop = actions.offer_idea(by=world.sanne, challenge=challenge, words=OTHER_IDEA)
    elsewhere = actions.offer_idea(by=world.kari, challenge=talk(world.mira, world.kari), words="Not of this talk.")
    commitment = play_back(challenge, keep, elsewhere, got="question").commitment
    kept = {idea: idea.kept_at is not None for idea in Idea.objects.all()}
    assert kept == {keep: True, drop: False, elsewhere: False}
    assert (commitment.on, commitment.zone) == (MONDAY, "Europe/Oslo")
    for reader in (world.mira, world.sanne):
        line = story(reader, challenge).line
        assert (line.commitment, line.challenge, line.when, line.will) == (commitment, challenge, WHEN, WILL)
    assert facts("challenges.PlayedBack") == [
        {"challenge": challenge.pk, "bringer": world.mira.pk, "helpers": [world.sanne.pk], "on": "2026-03-16"}
    ]


def test_from_monday_on_means_the_next_monday_where_the_bringer_lives(world, clock):
    committed = {}
    for zone, at in (
        ("Europe/Oslo", "2026-03-15T22:59"),  # Sunday, a minute to midnight
        ("Europe/Berlin", "2026-03-15T23:01"),  # Monday already
        ("America/Los_Angeles", "2026-03-16T06:00"),  # Sunday evening there
        ("Pacific/Auckland", "2026-03-15T12:00"),  # Monday morning there
    ):
        clock.freeze(datetime.fromisoformat(f"{at}+00:00"))
        world.mira.timezone = zone
        commitment = played_back(world.mira, world.sanne)
        committed[commitment.zone] = commitment.on
    assert committed == {
        "Europe/Oslo": MONDAY,
        "Europe/Berlin": A_WEEK_LATER,
        "America/Los_Angeles": MONDAY,
        "Pacific/Auckland": A_WEEK_LATER,
    }


def test_another_day_may_be_named(world):
    assert played_back(world.mira, world.sanne, on=date(2026, 4, 1)).on == date(2026, 4, 1)


def test_only_the_one_invited_learns_what_to_notice(world):
    commitment = played_back(world.mira, world.sanne, may_notice=world.kari)
    noticing = commitment.noticings.get()
    assert [queries.noticing_words(p, noticing) for p in (world.mira, world.kari)] == [(WHEN, WILL, "")] * 2
    others = (world.sanne, world.jonas, world.eva, world.tomasz, world.left)
    assert [queries.noticing_words(p, noticing) for p in others] == [("", "", "")] * 5
    assert [visible(p, Noticing).count() for p in (world.mira, world.kari, *others)] == [1, 1, 0, 0, 0, 0, 0]
    assert visible(world.kari, Commitment).count() == 0
    assert story(world.sanne, commitment.playback.challenge).noticed_by == [(noticing.pk, "Kari Nilsen")]
    with pytest.raises(Http404):
        story(world.kari, commitment.playback.challenge)
    asked = {"noticing": noticing.pk, "by": world.mira.pk, "person": world.kari.pk}
    assert facts("challenges.NoticingAsked") == [asked]


def test_i_saw_you_do_it_is_told_once_and_by_the_one_alone(world):
    noticing = played_back(world.mira, world.sanne, may_notice=world.kari).noticings.get()
    for person, refusal in ((world.mira, PermissionDenied), (world.sanne, Http404), (world.jonas, Http404)):
        with pytest.raises(refusal):
            actions.tell_what_i_saw(by=person, noticing=Noticing.objects.get(), words="!")
    actions.tell_what_i_saw(by=world.kari, noticing=noticing, words="You asked before you touched a cable.")
    assert queries.noticing_words(world.mira, noticing) == (WHEN, WILL, "You asked before you touched a cable.")
    assert facts("challenges.Noticed") == [{"noticing": noticing.pk, "by": world.kari.pk, "person": world.mira.pk}]
    with pytest.raises(PermissionDenied):
        actions.tell_what_i_saw(by=world.kari, noticing=Noticing.objects.get(), words="Again.")


def state(commitment):
    found = Commitment.objects.get(pk=commitment.pk)
    return found.on, bool(found.confirmed_at), bool(found.put_off_at)


def test_still_right_then_said_differently_then_put_off(world, clock):
    commitment = played_back(world.mira, world.sanne)
    actions.confirm_commitment(by=world.mira, commitment=commitment)
    assert state(commitment) == (MONDAY, True, False)
    changed = {"when": "the trace looks clean", "will": "ask who keeps time", "on": date(2026, 3, 18)}
    actions.change_commitment(by=world.mira, commitment=commitment, **changed)
    assert state(commitment) == (date(2026, 3, 18), False, False)
    line = story(world.sanne, commitment.playback.challenge).line
    assert (line.when, line.will) == ("the trace looks clean", "ask who keeps time")
    actions.put_off_commitment(by=world.mira, commitment=commitment)
    assert state(commitment) == (date(2026, 3, 23), False, True)


def test_put_off_means_the_next_monday_after_today_and_after_its_day(world, clock):
    commitment, comes = played_back(world.mira, world.sanne), []
    for at in (
        "2026-03-12T07:40",  # before its day: the Monday after that day
        "2026-03-23T07:40",  # on the morning itself: a week later
        "2026-04-08T07:40",  # days late: the next Monday from today
        "2026-04-12T22:30",  # the evening before in London, the day itself in Oslo
    ):
        clock.freeze(datetime.fromisoformat(f"{at}+00:00"))
        comes.append(actions.put_off_commitment(by=world.mira, commitment=commitment).on)
    assert comes == [A_WEEK_LATER, date(2026, 3, 30), date(2026, 4, 13), date(2026, 4, 20)]


def test_who_moved_away_names_a_day_on_the_new_wall(world):
    commitment = played_back(world.mira, world.sanne)
    world.mira.timezone = "America/New_York"
    actions.change_commitment(by=world.mira, commitment=commitment, when=WHEN, will=WILL, on=MONDAY)
    assert Commitment.objects.get().zone == "America/New_York"


MOVES = (
    lambda by, c: actions.confirm_commitment(by=by, commitment=c),
    lambda by, c: actions.put_off_commitment(by=by, commitment=c),
    lambda by, c: actions.change_commitment(by=by, commitment=c, when="w", will="v", on=MONDAY),
    lambda by, c: actions.report(by=by, commitment=c, kind="used"),
    lambda by, c: actions.invite_to_notice(by=by, commitment=c, person=by, when="w", will="v"),
)


def test_the_bringer_alone_moves_it_until_it_is_over(world):
    commitment = played_back(world.mira, world.sanne)
    for person, refusal in ((world.sanne, PermissionDenied), (world.jonas, Http404), (world.tomasz, Http404)):
        for move in MOVES:
            with pytest.raises(refusal):
                move(person, Commitment.objects.get(pk=commitment.pk))
    actions.report(by=world.mira, commitment=commitment, kind="dropped")
    over = Commitment.objects.get(pk=commitment.pk)
    assert not may(world.mira, "move", over)
    for move in MOVES:
        with pytest.raises(PermissionDenied):
            move(world.mira, over)
    assert (state(commitment), Noticing.objects.count()) == ((MONDAY, False, False), 0)


def test_what_happened_is_told_once_with_or_without_words(world):
    commitment = played_back(world.mira, world.sanne)
    actions.report(by=world.mira, commitment=commitment, kind="changed", words="One clock was enough.")
    told = story(world.sanne, commitment.playback.challenge)
    assert (told.outcome.kind, told.what_happened) == ("changed", "One clock was enough.")
    silent = played_back(world.mira, world.kari)
    actions.report(by=world.mira, commitment=silent, kind="dropped")
    assert story(world.kari, silent.playback.challenge).what_happened == ""
    with pytest.raises(IntegrityError):
        Outcome.objects.create(commitment=silent, kind="used", at=silent.playback.at)


# --- help given: when, and only when, the bringer received something ----------------------------

WEEK = "2026-03-09"


def helped(helper, mira, kind="idea", on=WEEK):
    return {"helper": helper.pk, "helped": mira.pk, "kind": kind, "occasion": "", "on": on}


def given():
    return facts("people.HelpGiven")


def test_talking_alone_is_not_help_given(world):
    challenge = talk(world.mira, world.sanne)
    actions.ask_clarifying(by=world.sanne, challenge=challenge, words="?")
    actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA)
    play_back(challenge)
    actions.report(by=world.mira, commitment=again(challenge).playback.commitment, kind="used")
    assert given() == []


def test_whose_idea_was_kept_helped_and_again_when_it_is_told_what_came_of_it(world, clock):
    challenge = talk(world.mira, world.sanne, world.kari)
    keep = actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA)
    actions.offer_idea(by=world.kari, challenge=challenge, words=OTHER_IDEA)
    commitment = play_back(challenge, keep).commitment
    assert given() == [helped(world.sanne, world.mira)]
    clock.set_offset(timedelta(days=14))
    actions.report(by=world.mira, commitment=commitment, kind="used")
    assert given() == [
        helped(world.sanne, world.mira),
        helped(world.sanne, world.mira, kind="outcome", on="2026-03-23"),
    ]


def test_whoever_spoke_helped_when_the_bringer_got_something(world):
    challenge = talk(world.mira, world.sanne, world.kari, world.olav)
    actions.ask_clarifying(by=world.sanne, challenge=challenge, words="?")
    actions.offer_idea(by=world.kari, challenge=challenge, words=IDEA)
    play_back(challenge, got="question")
    assert given() == [helped(world.sanne, world.mira), helped(world.kari, world.mira)]  # not Olav, who was silent


def test_not_this_time_is_help_from_nobody_but_whose_idea_was_kept(world):
    challenge = talk(world.mira, world.sanne, world.kari)
    actions.ask_clarifying(by=world.sanne, challenge=challenge, words="?")
    keep = actions.offer_idea(by=world.kari, challenge=challenge, words=IDEA)
    play_back(challenge, keep, got="nothing")
    assert given() == [helped(world.kari, world.mira)]


def test_the_day_is_the_monday_of_the_week_where_the_bringer_lives(world, clock):
    clock.freeze(datetime(2026, 3, 15, 23, 30, tzinfo=UTC))  # Sunday in London, Monday in Oslo
    played_back(world.mira, world.sanne)
    played_back(world.tomasz, world.joanna)
    assert given() == [
        helped(world.sanne, world.mira, on="2026-03-16"),
        helped(world.joanna, world.tomasz, on="2026-03-09"),
    ]


def test_under_an_alias_nothing_is_told(world):
    challenge = talk(world.mira, world.sanne, alias="a blue heron")
    keep = actions.offer_idea(by=world.sanne, challenge=challenge, words=IDEA)
    commitment = play_back(challenge, keep, got="solution").commitment
    actions.report(by=world.mira, commitment=commitment, kind="used")
    assert given() == []
    challenge.vault.seats.update(alias="")  # both showed who they are
    actions.acknowledge_help(challenge=challenge, kind="idea")
    assert given() == [helped(world.sanne, world.mira)]
