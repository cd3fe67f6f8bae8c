"""A circle is founded: seats, dates, turns; later somebody takes a free seat."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grapevine.challenges.models import Challenge
from grapevine.challenges.tests.talking import facts, page
from grapevine.circles.actions import founding
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Application, Duty
from grapevine.circles.queries import circle as queries
from grapevine.circles.tests.circling import SIX, applied, bringer, circle, fresh, hold, meeting
from grapevine.circles.tests.test_agreement import sign_all
from grapevine.circles.tests.test_meetings import LINES
from grapevine.kernel.policy import visible
from grapevine.rooms.models import Session

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


def test_somebody_who_waited_takes_a_free_seat_and_reads_nothing_of_before(world, run_jobs):
    of = circle(world)
    sign_all(world, of)
    who = bringer(of, 2)
    meetings.bring(by=who, meeting=meeting(of, 2), **LINES)
    held = [hold(of, number, world.mira, world.sanne, world.kari) for number in (1, 2)]
    run_jobs()
    with pytest.raises(PermissionDenied):
        founding.welcome(by=world.jonas, circle=fresh(of), application=applied(of.cohort, world.lene))
    founding.welcome(by=world.mira, circle=fresh(of), application=applied(of.cohort, world.ravi))
    assert not visible(world.ravi, Session).filter(pk__in=[room.pk for room in held]).exists()
    assert not visible(world.ravi, Challenge).exists()
    shown = queries.page(world.ravi, fresh(of))
    assert (shown.next.meeting.number, len(shown.members), len(shown.agreed.waiting)) == (3, 7, 7)
    assert [told["person"] for told in facts("circles.Welcomed")] == [world.ravi.pk]
    with pytest.raises(ValidationError):  # Jonas leads Mira
        founding.welcome(by=world.mira, circle=fresh(of), application=applied(of.cohort, world.jonas))
    with pytest.raises(ValidationError):
        founding.welcome(by=world.mira, circle=fresh(of), application=Application.objects.get(person=world.olav))


def test_the_proposer_offers_a_free_chair_by_hand(world, door):
    of = circle(world)
    application = applied(of.cohort, world.ravi)
    visitor, address = door(world.mira), f"/circles/cohorts/{of.cohort_id}/welcome/"
    words = page(visitor.get(address))
    assert "Ravi Berg" in words
    assert "Circle 1, Tuesday at 15:00" in words
    assert visitor.post(address, {"who": application.pk, "where": of.pk}).status_code == 302
    assert page(door(world.ravi).get(of.get_absolute_url()))
    assert "Nobody waits" in page(visitor.get(address))
    assert door(world.sanne).get(address).status_code == 403
