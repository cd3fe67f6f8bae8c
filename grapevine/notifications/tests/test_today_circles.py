"""Today, around circles: one line each, and gone when it is done."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grapevine.circles import facts
from grapevine.circles.actions import after, agreeing, ending
from grapevine.circles.models import Proposal, ProposedCircle, ProposedSeat, Rsvp
from grapevine.circles.tests.circling import again, applied, circle, cohort, fresh, hold, meeting
from grapevine.circles.tests.test_agreement import sign_all
from grapevine.circles.tests.test_circle_page import main_of
from grapevine.kernel.facts import emit
from grapevine.notifications.models import Notice
from grapevine.notifications.today import today_for
from tests.background import run_due

pytestmark = pytest.mark.django_db


def kinds(person):
    return [line.kind for line in today_for(person).lines]


def page(visitor):
    return visitor.get("/today/").content.decode()


def shown(of, clock, *people):
    """A list that everybody sees, for two days."""
    made = Proposal.objects.create(cohort=of, seed=1, at=clock.now(), formed_at=clock.now(), shown_at=clock.now(),
                                   veto_until=clock.now() + timedelta(days=2))  # fmt: skip
    seats = ProposedCircle.objects.create(proposal=made, number=1, slot=15, language="en")
    for person in people:
        ProposedSeat.objects.create(proposal=made, circle=seats, application=applied(of, person))
    emit(facts.ProposalShown(proposal=made.pk, people=tuple(person.pk for person in people)))
    run_due()
    return made


def test_look_with_whom_you_would_sit_until_the_list_holds(world, clock, door):
    shown(cohort(world.mira), clock, world.sanne, world.kari)
    visitor = door(world.sanne)
    words = page(visitor)
    assert "Look with whom you would sit," in words
    assert "until <time" in " ".join(words.split())
    assert kinds(world.kari) == ["seating"]
    address = reverse("notice", args=[Notice.objects.get(person=world.sanne, kind="circle-shown").pk])
    assert f'href="{address}"' in words
    visitor.get(address)
    assert (kinds(world.sanne), kinds(world.kari)) == ([], ["seating"])
    clock.freeze(clock.now() + timedelta(days=2, minutes=1))
    assert kinds(world.kari) == []


def test_your_circle_is_there_until_you_are_in(world, clock, door):
    of = circle(world)
    run_due()
    assert "Your circle is there." in page(door(world.mira))
    sign_all(world, of, "mira", "sanne")
    assert (kinds(world.mira), kinds(world.kari)) == ([], ["unsigned"])
    agreeing.agree(by=world.sanne, circle=fresh(of), seen=1, words="We listen.")
    clock.freeze(clock.now() + timedelta(days=20))
    words = page(door(world.mira))
    assert ("Your circle waits for your yes." in words, "Your circle is there." in words) == (True, False)
    agreeing.sign(by=world.mira, circle=fresh(of), seen=2)
    assert kinds(world.mira) == []


@pytest.fixture
def ended(world, run_jobs):
    of = circle(world)
    ending.end(circle=fresh(of))
    run_jobs()
    return fresh(of)


def test_a_call_of_old_companions_until_it_is_answered_or_over(world, ended, run_jobs):
    call = after.call_alumni(by=world.aiko, circle=ended, words="I am stuck.")
    run_jobs()
    assert [kinds(person) for person in (world.aiko, world.mira, world.kari)] == [[], ["called"], ["called"]]
    after.have_an_hour(by=world.mira, call=again(call))
    run_jobs()
    assert kinds(world.mira) == []
    after.end_call(by=world.aiko, call=again(call))
    assert kinds(world.kari) == []


def test_who_has_an_hour_hears_that_the_room_is_open(world, ended, run_jobs, door):
    call = after.call_alumni(by=world.aiko, circle=ended, words="I am stuck.")
    for person in (world.mira, world.tomasz):
        after.have_an_hour(by=person, call=again(call))
    room = after.gather(by=world.aiko, call=again(call))
    run_jobs()
    words = page(door(world.mira))
    assert "Aiko has opened the room." in words
    assert f'href="{room.get_absolute_url()}"' in words
    assert (kinds(world.kari), kinds(world.aiko)) == ([], [])


def test_still_in_touch_until_it_is_said_and_a_week_at_most(world, ended, clock, door):
    clock.freeze(ended.ended_at + timedelta(days=89))
    assert kinds(world.mira) == []
    clock.freeze(ended.ended_at + timedelta(days=90))
    assert "Still in touch with somebody of “Leading without a title”?" in page(door(world.mira))
    after.say_in_touch(by=world.mira, circle=fresh(ended), is_in_touch=True)
    assert (kinds(world.mira), kinds(world.kari)) == ([], ["touch"])
    clock.freeze(ended.ended_at + timedelta(days=98))
    assert kinds(world.kari) == []


def test_around_circles_today_asks_little(world, ended, clock, door, django_assert_num_queries):
    shown(cohort(world.mira), clock, world.kari)
    after.call_alumni(by=world.aiko, circle=ended, words="I am stuck.")
    circle(world)
    run_due()
    visitor = door(world.kari)
    with django_assert_num_queries(7):
        assert page(visitor).count('class="line"') == 3


def test_tomasz_was_missed_and_has_three_ways_on(world, door, run_jobs):
    of = circle(world)
    for number in (1, 2):
        hold(of, number, world.mira, world.sanne)
        run_jobs()
    notice = Notice.objects.get(person=world.tomasz, kind="meeting-missed")
    assert notice.url == f"/circles/{of.pk}/missed/"
    visitor, third = door(world.tomasz), meeting(of, 3)
    words = main_of(visitor.get(notice.url).content.decode())
    for way in (
        f"/circles/meetings/{third.pk}/come/",
        f"/circles/meetings/{third.pk}/move/",
        f"/circles/{of.pk}/leave/",
    ):
        assert f'"{way}"' in words
    visitor.post(f"/circles/meetings/{third.pk}/come/", {"comes": "yes"})
    assert Rsvp.objects.get().comes
    ending.end(circle=fresh(of))
    assert visitor.get(notice.url).url == of.get_absolute_url()


def test_the_inbox_names_the_circle_and_a_mail_does_not(world, ended, door, post, clock):
    for name in ("inbox", "today"):
        words = door(world.mira).get(f"/{name}/").content.decode()
        assert "Your circle has come to its end: Leading without a title</a>" in words
    clock.freeze(clock.now() + timedelta(days=3))
    mails = [mail for mail in post() if "come to its end" in mail.subject]
    assert (len(mails), [mail for mail in mails if "Leading without" in mail.body + mail.subject]) == (6, [])
    alumni = main_of(door(world.mira).get(ended.get_absolute_url()).content.decode())
    assert "When you met" not in alumni  # they never did
