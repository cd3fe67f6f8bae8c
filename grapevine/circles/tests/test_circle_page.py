"""The page of a circle: what is next, my turn, the season, those who sit there; and the presses on it."""

from datetime import timedelta

import pytest

from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import agreeing, ending
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Duty, Rsvp, Swap
from grapevine.circles.tests.circling import again, bringer, circle, fresh, hold, meeting, minutes_before
from grapevine.circles.tests.test_agreement import sign_all
from grapevine.circles.tests.test_meetings import LINES
from grapevine.kernel import clock
from grapevine.people import actions as people
from grapevine.rooms.models import Session

pytestmark = pytest.mark.django_db


def main_of(words):
    return words.split("<main")[1].split("</main")[0]


def test_mira_opens_her_circle(world, door, django_assert_num_queries):
    of = circle(world)
    sign_all(world, of, "sanne", "tomasz")
    visitor = door(world.mira)
    with django_assert_num_queries(13):
        words = page(visitor.get(of.get_absolute_url()))
    assert "Leading without a title" in words
    assert "Tuesday 17 March 2026, 15:00" in words
    assert "time in Oslo" in words
    assert "This is the draft" not in words  # somebody has signed it
    assert words.count("Come to me for numbers.") == 2


def test_a_full_circle_costs_no_more(world, door, django_assert_num_queries):
    of = circle(world, "mira", "sanne", "kari", "olav", "lene", "ravi", "tomasz", "aiko")
    sign_all(world, of, "sanne", "tomasz", "lene", "ravi", "aiko")
    who = Duty.objects.filter(meeting__circle=of, meeting__number=2, role="bringer")[0].person
    meetings.bring(by=who, meeting=meeting(of, 2), **LINES)
    for name in ("sanne", "kari", "lene"):
        meetings.say_whether_i_come(by=getattr(world, name), meeting=meeting(of, 1), comes=True)
    visitor = door(world.mira)
    with django_assert_num_queries(13):
        page(visitor.get(of.get_absolute_url()))


def test_of_people_from_elsewhere_nothing_shows_but_name_and_face(world, door):
    of = circle(world)
    seen = main_of(page(door(world.aiko).get(of.get_absolute_url())))
    assert "Mira Lindqvist" in seen
    for hidden in ("Halden", "Grid Control", "Engineer", "@halden", f"/people/{world.mira.pk}/", "St Brigid"):
        assert hidden not in seen
    at_home = main_of(page(door(world.mira).get(of.get_absolute_url())))
    assert world.sanne.get_absolute_url() in at_home
    assert world.tomasz.get_absolute_url() not in at_home


def test_the_first_meeting_takes_longer_than_an_hour(world, door, run_jobs):
    of = circle(world, minutes=60)
    visitor = door(world.mira)
    assert "75 minutes to keep free · time in Oslo" in page(visitor.get(of.get_absolute_url()))
    hold(of, 1, world.mira, world.sanne)
    run_jobs()
    assert "60 minutes to keep free · time in Oslo" in page(visitor.get(of.get_absolute_url()))


def test_i_come_and_the_way_in_opens_in_time(world, door):
    of = circle(world)
    first, visitor = meeting(of, 1), door(world.tomasz)
    assert visitor.post(f"/circles/meetings/{first.pk}/come/", {"comes": "yes"}).status_code == 302
    assert [(r.person, r.comes) for r in Rsvp.objects.all()] == [(world.tomasz, True)]
    minutes_before(first, 16)
    assert "Come in" not in page(visitor.get(of.get_absolute_url()))
    assert visitor.post(f"/circles/meetings/{first.pk}/room/").status_code == 403
    minutes_before(first, 15)
    assert "Come in" in page(visitor.get(of.get_absolute_url()))
    answer = visitor.post(f"/circles/meetings/{first.pk}/room/")
    assert answer.url == Session.objects.get().get_absolute_url()


def test_a_link_elsewhere_or_one_room(world, door):
    of = circle(world)
    visitor, address = door(world.mira), f"/circles/{of.pk}/place/"
    assert "Paste the link" in page(visitor.post(address, {"where": "link"}), status=422)
    visitor.post(address, {"where": "link", "link": "https://meet.example/x"})
    assert (fresh(of).link, fresh(of).is_one_room) == ("https://meet.example/x", False)
    visitor.post(address, {"where": "room", "link": "https://meet.example/x"})
    assert (fresh(of).link, fresh(of).is_one_room) == ("", True)


def test_three_lines_and_a_swap_by_hand(world, door):
    of = circle(world)
    who, other = bringer(of, 2), bringer(of, 5)
    second = meeting(of, 2)
    visitor = door(who)
    assert "Write the three lines" in page(visitor.get(of.get_absolute_url()))
    duty = Duty.objects.get(meeting=second, role="bringer")
    theirs = Duty.objects.get(meeting__circle=of, meeting__number=5, role="bringer")
    assert visitor.post(f"/circles/turns/{duty.pk}/swap/", {"theirs": theirs.pk}).status_code == 302
    asked = door(other)
    assert "would change turns with you" in page(asked.get(of.get_absolute_url()))
    asked.post(f"/circles/swaps/{Swap.objects.get().pk}/answer/", {"agree": "no"})
    assert bringer(of, 2) == who
    told = {"situation": "A", "why_now": "B", "would_help": "C", "help_kind": "stories"}
    assert visitor.post(f"/circles/meetings/{second.pk}/bring/", told).status_code == 302
    words = page(visitor.get(second.brought.get().challenge.get_absolute_url()))
    assert "Kind of help: stories like mine" in words


def test_a_month_later_the_page_still_stands(world, door, run_jobs):
    of = circle(world)
    hold(of, 1, world.mira, world.sanne)
    run_jobs()
    clock.freeze(meeting(of, 2).at + timedelta(days=3))
    words = page(door(world.mira).get(of.get_absolute_url()))
    assert ("held" in words, "not held" in words) == (True, True)


def test_stepping_out_by_hand(world, door):
    of = circle(world)
    agreeing.sign(by=world.tomasz, circle=fresh(of), seen=0)
    visitor, address = door(world.tomasz), f"/circles/{of.pk}/leave/"
    assert "I need to step out. Thank you, and go well." in page(visitor.get(address))
    goodbye = visitor.post(address, follow=True).content.decode()
    assert "Thank you, Tomasz, and go well." in goodbye
    assert visitor.get(of.get_absolute_url()).status_code == 404
    assert visitor.get(address).status_code == 404
    words = main_of(page(door(world.mira).get(of.get_absolute_url())))
    assert "Tomasz stepped out:" in words
    assert "I need to step out. Thank you, and go well." in words
    clock.freeze(clock.now() + timedelta(days=7))
    assert "Tomasz" not in main_of(page(door(world.mira).get(of.get_absolute_url())))


def test_who_left_the_organisation_has_said_nothing(world, door, run_jobs):
    of = circle(world)
    people.leave(by=world.eva, person=again(world.olav))
    run_jobs()
    assert "stepped out:" not in page(door(world.mira).get(of.get_absolute_url()))


def test_what_was_held_stays_the_turn_of_who_stepped_out_since(world, door, run_jobs):
    of = circle(world)
    who = bringer(of, 2)
    helper = world.mira if who != world.mira else world.kari
    hold(of, 2, who, helper)
    run_jobs()
    ending.step_out(by=who, circle=fresh(of))
    season = page(door(helper).get(of.get_absolute_url())).split('class="circle-season"')[1].split("</ol>")[0]
    held = next(line for line in season.split("<li") if meeting(of, 2).get_absolute_url() in line)
    assert f"{who.short_name} brings" in held


def test_told_and_told_in_other_words(world, door, run_jobs):
    of = circle(world)
    who, second = bringer(of, 2), meeting(of, 2)
    visitor, told = door(who), {"situation": "A", "why_now": "B", "would_help": "C", "help_kind": "stories"}
    words = visitor.post(f"/circles/meetings/{second.pk}/bring/", told, follow=True).content.decode()
    assert "Told. Your circle can read it now; nobody else does." in words
    brought = second.brought.get()
    address = f"/circles/meetings/{second.pk}/bring/"
    assert f'href="{address}"' in main_of(words)
    assert "B\n\nC\n\nKind of help: stories like mine" in page(visitor.get(address)).replace("\r", "")
    assert visitor.post(address, {"words": "Something else.\n\nNow."}).status_code == 302
    other = world.mira if who != world.mira else world.kari
    read = page(door(other).get(brought.challenge.get_absolute_url()))
    assert ("Something else." in read, "stories like mine" in read) == (True, False)
    assert door(other).get(address).status_code == 403
    hold(of, 2, who, other, closes=False)
    assert visitor.get(address).status_code == 403
