"""Those who sat there: names, dates, and a way to call each other."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grapevine.challenges.tests.talking import facts, page, story
from grapevine.circles.actions import after, ending
from grapevine.circles.queries import alumni
from grapevine.circles.tests.circling import again, circle, cohort, fresh
from grapevine.kernel import clock
from grapevine.vaults.models import Vault

pytestmark = pytest.mark.django_db
CALL = "The new plan has to be ready in June, and I am stuck."


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
    after.end_call(by=world.aiko, call=again(call))
    assert alumni.page(world.mira, ended).calls == []
    assert not Vault.objects.filter(kind="call", shredded_at=None).exists()


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
