"""Changing turns: only what the rota takes is offered, and where that is nothing the page says so."""

import re
from datetime import timedelta

import pytest

from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Duty, Swap
from grapevine.circles.queries.turns import plan_of
from grapevine.circles.tests.circling import FIVE_AT_HOME, SIX, again, circle, meeting
from grapevine.circles.tests.test_circle_page import main_of
from grapevine.kernel import clock

pytestmark = pytest.mark.django_db
EIGHT = ("mira", "sanne", "kari", "olav", "lene", "ravi", "tomasz", "aiko")


def turns(of):
    """Every turn at a challenge."""
    return list(Duty.objects.filter(meeting__circle=of, meeting__kind="challenge").select_related("person", "meeting"))


def offered(words):
    return [int(pk) for pk in re.findall(r'name="theirs" value="(\d+)"', words)]


@pytest.mark.parametrize(
    ("who", "roles"), [(SIX, {"bringer", "timekeeper"}), (EIGHT, {"bringer", "host", "timekeeper", "note_taker"})]
)
def test_every_turn_that_is_offered_can_be_asked_for(world, door, who, roles):
    of, taken = circle(world, *who), set()
    for duty in turns(of):
        visitor, address = door(duty.person), f"/circles/turns/{duty.pk}/swap/"
        words = main_of(page(visitor.get(address)))
        for pk in offered(words):
            assert visitor.post(address, {"theirs": pk}).status_code == 302
            assert pk not in offered(page(visitor.get(address)))  # they were asked
            taken.add(duty.role)
        assert bool(offered(words)) != ("Nobody can change with you just now." in words)
        asked = main_of(page(visitor.get(address)))
        assert ("You have asked everybody who could." in asked) is bool(offered(words))
        Swap.objects.all().delete()
    assert taken == roles


def test_in_a_circle_of_five_mira_may_ask_for_another_day(world, door):
    of = circle(world, *FIVE_AT_HOME)
    duty = next(duty for duty in turns(of) if duty.person == world.mira and duty.role == "bringer")
    words = main_of(page(door(world.mira).get(f"/circles/turns/{duty.pk}/swap/")))
    assert (offered(words), 'type="radio"' in words) == ([], False)
    assert f'href="/circles/meetings/{duty.meeting_id}/move/"' in words
    assert "somebody would have a second one before all had their first" in words


@pytest.mark.parametrize("who", [FIVE_AT_HOME, SIX, EIGHT])
def test_a_change_is_offered_only_where_there_is_somebody_to_change_with(world, door, who):
    of = circle(world, *who)
    for duty in turns(of):
        visitor, address = door(duty.person), f"/circles/turns/{duty.pk}/swap/"
        is_open = bool(offered(main_of(page(visitor.get(address)))))
        meetings.say_whether_i_come(by=duty.person, meeting=duty.meeting, comes=False)
        # in what is said to who cannot come, and beside it
        assert page(visitor.get(duty.meeting.get_absolute_url())).count(address) == (2 if is_open else 0)


def test_whom_mira_has_asked_already_is_no_reason_to_offer_it_again(world, door):
    of = circle(world)
    duty = next(duty for duty in turns(of) if duty.role == "bringer" and duty.meeting.number == 2)
    visitor, address = door(duty.person), f"/circles/turns/{duty.pk}/swap/"
    assert f'href="{address}">Change turns</a>' in page(visitor.get(of.get_absolute_url()))
    for pk in offered(page(visitor.get(address))):
        visitor.post(address, {"theirs": pk})
    for where in (of, duty.meeting):
        assert address not in page(visitor.get(where.get_absolute_url()))


def test_where_nobody_else_does_the_same_any_more_that_is_the_reason(world, door):
    of = circle(world)
    last = next(duty for duty in turns(of) if duty.role == "bringer" and duty.meeting.number == 7)
    clock.freeze(meeting(of, 7).at - timedelta(days=1))
    words = main_of(page(door(last.person).get(f"/circles/turns/{last.pk}/swap/")))
    assert "Nobody else does the same in a meeting still ahead. You can ask for another day." in words


def test_hosts_change_with_a_yes(world):
    of = circle(world, *EIGHT)
    everybody = [duty for duty in turns(of) if duty.role == "host"]
    mine, theirs = next(
        (mine, theirs)
        for mine in everybody
        for theirs in everybody
        if mine != theirs and plan_of(of).takes_swap(mine, theirs)
    )
    asked = meetings.ask_to_swap(by=mine.person, mine=mine, theirs=theirs)
    meetings.answer_swap(by=theirs.person, swap=again(asked), is_agreed=True)
    hosts = [Duty.objects.get(meeting=duty.meeting, role="host").person for duty in (mine, theirs)]
    assert hosts == [theirs.person, mine.person]
