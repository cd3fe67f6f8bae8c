"""Who comes and who can't: on both pages, told apart, and what follows from it."""

import pytest

from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Duty, Rsvp
from grapevine.circles.tests.circling import bringer, circle, hold, meeting, minutes_before
from grapevine.circles.tests.test_circle_page import main_of

pytestmark = pytest.mark.django_db


def said(visitor, where):
    return " ".join(main_of(page(visitor.get(where.get_absolute_url()))).split())


def cannot(world, of, *names):
    for name in names:
        meetings.say_whether_i_come(by=getattr(world, name), meeting=meeting(of, 1), comes=False)


def test_names_are_told_apart_on_both_pages(world, door):
    of = circle(world)
    cannot(world, of, "sanne", "aiko")
    meetings.say_whether_i_come(by=world.kari, meeting=meeting(of, 1), comes=True)
    for where in (of, meeting(of, 1)):
        words = said(door(world.mira), where)
        assert "<b>Coming:</b> Kari</p>" in words
        assert "<b>Can&#x27;t come:</b> Sanne and Aiko</p>" in words or "<b>Can't come:</b> Sanne and Aiko</p>" in words
        assert "Fewer than four" not in words


def test_on_the_page_of_the_meeting_one_says_so_as_well(world, door):
    of = circle(world)
    third, visitor = meeting(of, 3), door(world.tomasz)
    answer = visitor.post(f"/circles/meetings/{third.pk}/come/", {"comes": "no", "next": "meeting"})
    assert (answer.url, Rsvp.objects.get().comes) == (third.get_absolute_url(), False)
    assert "I can't ✓" in said(visitor, third)


def test_until_it_begins_one_may_still_say_so(world, door):
    of = circle(world)
    first, visitor = meeting(of, 1), door(world.tomasz)
    told = {}
    for minutes in (16, 15, 1, 0):
        minutes_before(first, minutes)
        words = said(visitor, first)
        told[minutes] = [one for one in ("Come in", "I can't", "The way in opens") if one in words]
    assert told == {
        16: ["I can't", "The way in opens"],
        15: ["Come in", "I can't"],
        1: ["Come in", "I can't"],
        0: ["Come in"],
    }


def test_fewer_than_four(world, door):
    of = circle(world)
    cannot(world, of, "sanne", "aiko", "olav")
    words = said(door(world.mira), of)
    assert "Fewer than four can come." in words
    assert f'<a href="/circles/meetings/{meeting(of, 1).pk}/move/">Move it</a>, or meet all the same?' in words


def test_who_would_bring_and_cannot_is_offered_a_change(world, door, run_jobs):
    of = circle(world)
    hold(of, 1, world.mira, world.sanne)
    run_jobs()
    who, second = bringer(of, 2), meeting(of, 2)
    visitor, duty = door(who), Duty.objects.get(meeting=second, role="bringer")
    assert "Change turns with somebody" not in said(visitor, of)
    meetings.say_whether_i_come(by=who, meeting=second, comes=False)
    for where in (of, second):
        words = said(visitor, where)
        assert "On this day you bring something." in words
        assert f'<a href="/circles/turns/{duty.pk}/swap/">Change turns with somebody</a>' in words
