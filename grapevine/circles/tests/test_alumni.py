"""Those who sat there: names, dates, and a way to call each other."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge
from grapevine.challenges.tests.talking import facts, page, story
from grapevine.circles.actions import after, ending
from grapevine.circles.models import Call, CallAnswer
from grapevine.circles.queries import alumni
from grapevine.circles.tests.circling import again, circle, cohort, fresh
from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.rooms.models import Session
from grapevine.vaults import actions as vaults
from grapevine.vaults import keys
from grapevine.vaults.models import SealedText, Vault
from grapevine.vaults.queries import key_of

pytestmark = pytest.mark.django_db
CALL = "The new plan has to be ready in June, and I am stuck."
IDEA, LINE = "Ask the roofers first.", "We looked at the drawing together."


@pytest.fixture
def ended(world):
    of = circle(world)
    ending.end(circle=fresh(of))
    return fresh(of)


def test_two_have_an_hour_and_a_room_is_open(world, ended, door):
    call = after.call_alumni(by=world.aiko, circle=ended, words=CALL)
    after.have_an_hour(by=world.mira, call=again(call))
    with pytest.raises(PermissionDenied):
        after.gather(by=world.aiko, call=again(call))
    after.have_an_hour(by=world.tomasz, call=again(call))
    room = after.gather(by=world.aiko, call=again(call))
    assert (room.origin_kind, room.is_relay_only) == ("alumni", True)
    assert {seat.person for seat in room.vault.seats.all()} == {world.aiko, world.mira, world.tomasz}
    assert story(world.tomasz, room.stories.get().challenge).words == CALL
    words = page(door(world.tomasz).get(ended.get_absolute_url()))
    assert CALL in words
    assert "St Brigid" not in words.split("<main")[1].split("</main")[0]
    assert [(t["by"], t["to"]) for t in facts("circles.CallAnswered")] == [
        (world.mira.pk, world.aiko.pk),
        (world.tomasz.pk, world.aiko.pk),
    ]


def test_a_call_that_is_not_needed_is_gone(world, ended):
    call = after.call_alumni(by=world.aiko, circle=ended, words=CALL)
    after.have_an_hour(by=world.mira, call=again(call))
    after.end_call(by=world.aiko, call=again(call))
    assert alumni.page(world.mira, ended).calls == []
    assert (CALL in readable(), Call.objects.count(), CallAnswer.objects.count()) == (False, 0, 0)


def test_an_hour_is_taken_back_until_the_room_is_open(world, ended, door):
    call = after.call_alumni(by=world.aiko, circle=ended, words=CALL)
    visitor, address = door(world.mira), f"/circles/calls/{call.pk}/back/"
    assert visitor.post(address).status_code == 403
    after.have_an_hour(by=world.mira, call=again(call))
    assert "Something came up" in page(visitor.get(ended.get_absolute_url()))
    assert visitor.post(address).status_code == 302
    words = page(visitor.get(ended.get_absolute_url()))
    assert ("Something came up" in words, "I have an hour" in words) == (False, True)
    for name in ("mira", "tomasz", "kari"):
        after.have_an_hour(by=getattr(world, name), call=again(call))
    assert "Mira, Kari and Tomasz" in page(door(world.aiko).get(ended.get_absolute_url()))
    after.gather(by=world.aiko, call=again(call))
    assert visitor.post(address).status_code == 403


def gathered(world, ended, by="aiko"):
    """A call that became a room, with words in each of its places: the room of it."""
    call = after.call_alumni(by=getattr(world, by), circle=ended, words=CALL)
    for name in ("mira", "tomasz"):
        after.have_an_hour(by=getattr(world, name), call=again(call))
    room = after.gather(by=getattr(world, by), call=again(call))
    challenges.offer_idea(by=world.tomasz, challenge=room.stories.get().challenge, words=IDEA)
    vaults.write(by=world.mira, vault=room.vault, kind="line", words=LINE)
    return room


def test_thirty_days_after_its_room_a_call_is_gone_and_its_challenge_is_with_its_bringer(world, ended, run_jobs):
    clock.freeze(ended.ended_at + timedelta(days=60))
    room = gathered(world, ended)
    clock.freeze(ended.ended_at + timedelta(days=89))
    run_jobs()
    assert {CALL, IDEA, LINE} <= set(readable())
    clock.freeze(ended.ended_at + timedelta(days=90, minutes=1))
    run_jobs()
    assert [words for words in readable() if words in {IDEA, LINE}] == []
    assert story(world.aiko, room.stories.get().challenge).words == CALL
    assert not visible(world.tomasz, Challenge).exists()
    assert room.events.count() == 0
    assert set(Vault.objects.filter(shredded_at=None).exclude(kind="application").values_list("kind", flat=True)) == {
        "home"
    }


def test_a_call_that_nobody_gathered_is_gone_after_thirty_days(world, ended, run_jobs):
    call = after.call_alumni(by=world.aiko, circle=ended, words=CALL)
    clock.freeze(call.at + timedelta(days=29))
    run_jobs()
    assert CALL in readable()
    clock.freeze(call.at + timedelta(days=30))
    run_jobs()
    assert (CALL in readable(), Call.objects.count()) == (False, 0)


def test_who_steps_out_reads_nothing_of_calls_either(world, ended):
    room = gathered(world, ended)
    ending.step_out(by=world.tomasz, circle=ended)
    assert not visible(world.tomasz, Session).exists()
    assert not visible(world.tomasz, Challenge).exists()
    ending.step_out(by=world.aiko, circle=ended)
    assert story(world.aiko, room.stories.get().challenge).words == CALL
    assert [visible(world.aiko, Session).exists(), visible(world.mira, Session).exists()] == [False, True]
    assert not visible(world.mira, Challenge).exists()


def readable():
    """All words that a key still opens, whoever has a seat."""
    kept = SealedText.objects.filter(vault__wrapped_key__isnull=False).select_related("vault")
    return [keys.unseal(key_of(text.vault), text.nonce, text.blob, text.bound_to) for text in kept]


def test_ninety_days_later_one_question_shown_from_four_answers(world, ended, run_jobs):
    with pytest.raises(PermissionDenied):
        after.say_in_touch(by=world.mira, circle=ended, is_in_touch=True)
    clock.freeze(ended.ended_at + timedelta(days=90))
    run_jobs()
    run_jobs()
    assert [len(t["people"]) for t in facts("circles.TouchAsked")] == [6]
    for name in ("mira", "sanne", "kari"):
        after.say_in_touch(by=getattr(world, name), circle=ended, is_in_touch=True)
    assert alumni.page(world.mira, ended).in_touch is None
    after.say_in_touch(by=world.olav, circle=ended, is_in_touch=False)
    assert alumni.page(world.mira, ended).in_touch == (3, 4)


def test_another_season_with_the_same_people(world, ended, door):
    address = reverse("cohort-new")
    words = page(door(world.mira).get(f"{address}?from={ended.pk}"))
    assert 'value="Leading without a title"' in words
    assert "Leading without a title" not in page(door(world.jonas).get(f"{address}?from={ended.pk}"))
    cohort(world.mira, theme="Leading, once more", starts_on=date(2026, 4, 13), apply_until=date(2026, 4, 6))
    assert "Mira proposed “Leading, once more”." in page(door(world.aiko).get(ended.get_absolute_url()))


def test_those_who_sat_there_read_the_goodbye_too(world, ended, door):
    assert "Your turns go to them" not in page(door(world.kari).get(f"/circles/{ended.pk}/leave/"))
    ending.step_out(by=world.kari, circle=ended)
    words = page(door(world.mira).get(ended.get_absolute_url()))
    assert "Kari stepped out:" in words
    clock.freeze(clock.now() + timedelta(days=7))
    assert "Kari" not in page(door(world.mira).get(ended.get_absolute_url()))
