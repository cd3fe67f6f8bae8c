"""A circle chooses how it meets: a format that suits, or its own way of one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from grapevine.challenges.tests.talking import page
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.actions import session
from grapevine.circles.actions.agreeing import settle
from grapevine.circles.actions.ending import shred
from grapevine.circles.models import Duty
from grapevine.circles.queries.turns import plan_of
from grapevine.circles.queries.ways import LINES, ways_for
from grapevine.circles.tests.circling import circle, fresh, meeting, minutes_before
from grapevine.rooms import actions as rooms
from grapevine.rooms.formats import own_copy, shipped

pytestmark = pytest.mark.django_db

EIGHT = ("mira", "sanne", "kari", "olav", "lene", "ravi", "tomasz", "aiko")


def keys(reader, of, number):
    return [way.key for way in ways_for(reader, meeting(of, number))]


def turns(of, number):
    return list(Duty.objects.filter(meeting__circle=of, meeting__number=number).values_list("role", "person"))


def test_six_choose_among_what_suits_six(world):
    of = circle(world)
    assert keys(world.mira, of, 2) == [
        "circle_challenge",
        "circle_questions_only",
        "circle_pick_a_method",
        "circle_deep_listening",
    ]
    assert keys(world.mira, of, 1) == ["circle_kickoff"]
    assert keys(world.mira, of, 8) == ["circle_closing"]


def test_three_may_meet_as_a_trio(world):
    of = circle(world, "mira", "sanne", "kari")
    assert keys(world.mira, of, 2) == ["circle_challenge", "trio", "circle_goals_weekly"]


def test_where_two_bring_something_both_are_heard(world):
    of = circle(world, *EIGHT)
    assert keys(world.mira, of, 2) == ["circle_two_challenges"]


def test_every_format_that_may_be_offered_has_a_line():
    assert {key for key in shipped() if key.startswith("circle_")} | {"trio"} == set(LINES)


def test_one_chooses_and_the_others_see_it(world, door):
    of = circle(world)
    visitor, address = door(world.tomasz), f"/circles/meetings/{meeting(of, 2).pk}/way/"
    before = turns(of, 2)
    assert "The others only ask. Nobody gives advice." in page(visitor.get(address))
    assert address in page(visitor.get(meeting(of, 2).get_absolute_url()))
    page(visitor.post(address, {"way": "brownbag"}), status=422)
    assert visitor.post(address, {"way": "circle_questions_only"}).url == meeting(of, 2).get_absolute_url()
    assert turns(of, 2) == before
    others = door(world.mira)
    assert "Only questions" in page(others.get(of.get_absolute_url()))
    assert "This time: Only questions, 40 minutes." in page(others.get(meeting(of, 2).get_absolute_url()))
    visitor.post(address, {"way": "circle_challenge"})
    assert "Only questions" not in page(others.get(of.get_absolute_url()))


def test_its_own_way_stands_among_them_and_is_what_the_room_runs(world, django_assert_num_queries, door):
    of, visitor = circle(world), door(world.kari)
    with django_assert_num_queries(11):
        page(visitor.get(of.get_absolute_url()))
    copy = rooms.copy_format(by=world.sanne, vault=of.vault, key="circle_questions_only")
    rooms.change_way(by=world.sanne, way=copy, body=copy.body | {"name": "Only questions, our way"})
    assert keys(world.mira, of, 2)[:2] == ["circle_challenge", f"own-{copy.pk}"]
    assert f"own-{copy.pk}" not in keys(world.mira, of, 1)
    meetings.choose_way(by=world.mira, meeting=meeting(of, 2), key=f"own-{copy.pk}")
    with django_assert_num_queries(12):
        assert "Only questions, our way" in page(visitor.get(of.get_absolute_url()))
    minutes_before(meeting(of, 2))
    room = session.open_room(by=world.mira, meeting=meeting(of, 2))
    assert room.format["name"] == "Only questions, our way"


def test_what_was_dropped_meanwhile_gives_way_to_the_usual_one(world):
    of = circle(world)
    copy = rooms.copy_format(by=world.sanne, vault=of.vault, key="circle_kickoff")
    meetings.choose_way(by=world.mira, meeting=meeting(of, 1), key=f"own-{copy.pk}")
    rooms.drop_way(by=world.sanne, way=copy)
    with pytest.raises(ValidationError, match="does not suit"):
        meetings.choose_way(by=world.mira, meeting=meeting(of, 1), key=f"own-{copy.pk}")
    minutes_before(meeting(of, 1))
    assert session.open_room(by=world.mira, meeting=meeting(of, 1)).format["format"] == "circle_kickoff"


def test_nobody_else_chooses_and_nobody_when_its_room_is_there(world, door):
    of = circle(world)
    second = meeting(of, 2)
    with pytest.raises(Http404):
        meetings.choose_way(by=world.eva, meeting=second, key="circle_questions_only")
    minutes_before(second)
    session.open_room(by=world.mira, meeting=second)
    with pytest.raises(PermissionDenied):
        meetings.choose_way(by=world.mira, meeting=meeting(of, 2), key="circle_questions_only")
    visitor, address = door(world.mira), f"/circles/meetings/{second.pk}/way/"
    assert visitor.get(address).status_code == 403
    assert address not in page(visitor.get(second.get_absolute_url()))


def test_turns_are_two_a_meeting_whatever_way_they_choose(world):
    of = circle(world, *EIGHT)
    copy = rooms.copy_format(by=world.mira, vault=of.vault, key="circle_two_challenges")
    for row in of.meetings.filter(format="circle_two_challenges"):
        meetings.choose_way(by=world.mira, meeting=meeting(of, row.number), key=f"own-{copy.pk}")
    assert plan_of(fresh(of)).rota.per_session == 2


def test_its_own_words_for_it_go_with_the_words_of_the_circle(world):
    """How they meet is no secret, and yet nothing of it stays behind."""
    of = circle(world)
    way = rooms.copy_format(by=world.mira, vault=of.vault, key="circle_questions_only")
    body = way.body | {"name": "Only Mondays at the harbour"}
    rooms.change_way(by=world.mira, way=way, body=body)
    meetings.choose_way(by=world.mira, meeting=meeting(of, 2), key=f"own-{way.pk}")
    settle(by=world.mira, circle=of, link="https://meet.example/harbour")
    minutes_before(meeting(of, 2))
    room = session.open_room(by=world.mira, meeting=meeting(of, 2))
    assert (room.format["name"], room.link) == ("Only Mondays at the harbour", "https://meet.example/harbour")
    shred(circle=fresh(of))
    room.refresh_from_db()
    assert (room.format, room.link) == (own_copy("circle_questions_only"), "")
