"""A circle is founded: seats, dates, turns; later somebody takes a free seat."""

from datetime import UTC, datetime

import pytest

from grapevine.challenges.tests.talking import facts
from grapevine.circles.models import Duty
from grapevine.circles.tests.circling import SIX, circle

pytestmark = pytest.mark.django_db


def duties(of):
    told = Duty.objects.filter(meeting__circle=of).order_by("meeting__number", "role")
    found = {}
    for number, role, name in told.values_list("meeting__number", "role", "person__name"):
        found.setdefault(number, []).append(f"{role} {name.split()[0]}")
    return found


def test_six_people_get_a_season_and_turns(world):
    of = circle(world)
    assert of.is_across
    assert list(of.seats.values_list("person__number", flat=True)) == list(SIX)
    meetings = list(of.meetings.values_list("number", "kind", "format", "at"))
    assert meetings[0] == (1, "kickoff", "circle_kickoff", datetime(2026, 3, 17, 14, tzinfo=UTC))
    assert meetings[3] == (4, "challenge", "circle_challenge", datetime(2026, 4, 21, 13, tzinfo=UTC))
    assert meetings[-1] == (8, "closing", "circle_closing", datetime(2026, 6, 9, 13, tzinfo=UTC))
    brings = Duty.objects.filter(meeting__circle=of, role="bringer").values_list("person__number", flat=True)
    assert sorted(brings) == sorted(SIX)
    assert duties(of)[1] == ["host Mira", "timekeeper Sanne"]
    assert duties(of)[2] == ["bringer Olav", "host Sanne", "note_taker Tomasz", "timekeeper Kari"]
    assert duties(of)[8] == ["host Sanne"]
    assert [told["people"] for told in facts("circles.CircleFormed")] == [[p.person_id for p in of.seats.all()]]


def test_seven_people_need_two_challenges_in_some_meetings(world):
    of = circle(world, *SIX, "ravi")
    formats = list(of.meetings.values_list("format", flat=True))
    assert formats.count("circle_two_challenges") == 3
    brings = Duty.objects.filter(meeting__circle=of, role="bringer").values_list("person__number", flat=True)
    assert sorted(brings) == sorted([*SIX, "ravi"])


def test_a_short_season_leaves_somebody_waiting_for_a_free_meeting(world):
    of = circle(world, *SIX, "ravi", weeks=5)
    brings = Duty.objects.filter(meeting__circle=of, role="bringer").values_list("person__number", flat=True)
    assert (of.meetings.count(), len(brings), len(set(brings))) == (4, 4, 4)
