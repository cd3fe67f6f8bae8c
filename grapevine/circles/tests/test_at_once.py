"""Two windows, or two people in one moment: who comes second meets the circle as it is by then."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from grapevine.challenges.tests.talking import facts
from grapevine.circles.actions import after, agreeing, applying, ending, session, welcoming
from grapevine.circles.actions import cohort as cohorts
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.actions.cohort import Terms
from grapevine.circles.models import Application, Brought, Circle, CircleSeat, Duty, Meeting, Swap
from grapevine.circles.tests.circling import FIVE_AT_HOME, again, applied, circle, cohort, fresh, meeting
from grapevine.circles.tests.test_meetings import LINES
from grapevine.kernel import clock
from grapevine.rooms.models import Session
from tests.moments import PATIENCE, at_the_same_moment, in_the_middle

FREE = 7  # a meeting that five people need not


def seen(of, number):
    """A meeting as somebody's page had it, with everything on it."""
    rows = Meeting.objects.select_related("circle__cohort", "circle__vault", "session")
    return rows.prefetch_related("brought", "duties").get(circle=of, number=number)


def call_off(world, of):
    row = seen(of, 3)
    return lambda: meetings.call_off(by=world.mira, meeting=row)


def move(world, of):
    row = seen(of, 3)
    return lambda: meetings.move(by=world.mira, meeting=row, on=row.on, hour=time(9))


def bring(world, of):
    row = seen(of, FREE)
    return lambda: meetings.bring(by=world.mira, meeting=row, **LINES)


def come(world, of):
    row = seen(of, 3)
    return lambda: meetings.say_whether_i_come(by=world.kari, meeting=row, comes=True)


def choose_way(world, of):
    row = seen(of, 3)
    return lambda: meetings.choose_way(by=world.kari, meeting=row, key="circle_questions_only")


def settle(world, of):
    row = fresh(of)
    return lambda: agreeing.settle(by=world.kari, circle=row, is_one_room=True)


def join(world, of):
    late = applied(of.cohort, world.tomasz)
    chair = welcoming.offer_chair(by=world.mira, circle=fresh(of), application=late)
    return lambda: welcoming.take_chair(by=world.tomasz, chair=chair)


def end(world, of):
    return lambda: ending.end(circle=fresh(of))


REFUSED = (PermissionDenied, Http404, ValidationError)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (call_off, call_off),
        (call_off, move),
        (call_off, come),
        (call_off, choose_way),
        (bring, bring),
        (end, join),
        (end, bring),
        (end, settle),
    ],
    ids=lambda verb: verb.__name__,
)
def test_who_presses_on_an_old_page_is_refused(world, first, second):
    of = circle(world, *FIVE_AT_HOME)
    late = second(world, of)
    (late if first is second else first(world, of))()
    with pytest.raises(REFUSED):
        late()


@pytest.mark.django_db
def test_a_swap_is_answered_once(world):
    of = circle(world)
    mine, theirs = (Duty.objects.get(meeting__circle=of, meeting__number=n, role="bringer") for n in (2, 5))
    meetings.ask_to_swap(by=mine.person, mine=mine, theirs=theirs)
    old, now = (Swap.objects.select_related("mine__meeting", "theirs__person").get() for _ in range(2))
    meetings.answer_swap(by=theirs.person, swap=now, is_agreed=False)
    with pytest.raises(PermissionDenied):
        meetings.answer_swap(by=theirs.person, swap=old, is_agreed=True)


@pytest.mark.django_db
def test_a_cohort_is_called_off_once(world):
    of = cohort(world.mira)
    old = again(of)
    cohorts.call_off_cohort(by=world.mira, cohort=again(of))
    with pytest.raises(PermissionDenied):
        cohorts.call_off_cohort(by=world.mira, cohort=old)
    assert len(facts("circles.CohortCalledOff")) == 1


@pytest.mark.django_db
def test_a_season_ends_once_and_nobody_goes_twice(world):
    of = circle(world)
    before = fresh(of)
    for _ in range(2):
        ending.let_go(person=world.kari, circle=before)
        ending.end(circle=before)
    assert [len(facts(f"circles.{name}")) for name in ("SteppedOut", "CircleEnded")] == [1, 1]


@pytest.mark.django_db
def test_what_was_moved_meanwhile_is_not_called_off(world):
    of = circle(world)
    before = seen(of, 2)
    meetings.move(by=world.mira, meeting=meeting(of, 2), on=date(2026, 3, 26), hour=time(9))
    clock.freeze(before.at + timedelta(hours=25))
    session.note_missed(meeting=before)
    assert meeting(of, 2).called_off_at is None


class TestInOneMoment:
    """What one does begins while the other is in the middle of it."""

    pytestmark = at_the_same_moment

    def test_who_steps_out_gets_no_turn_back(self, world, monkeypatch):
        of = circle(world)
        gone = in_the_middle(
            monkeypatch, meetings, "plan_of", lambda: ending.step_out(by=world.tomasz, circle=fresh(of))
        )
        meetings.call_off(by=world.mira, meeting=meeting(of, 3))
        gone.result(PATIENCE)
        ahead = Duty.objects.filter(meeting__circle=of, meeting__called_off_at=None)
        assert not ahead.filter(person=world.tomasz).exists()

    def test_two_of_three_go_and_one_alone_is_no_circle(self, world, monkeypatch):
        of = circle(world, "mira", "sanne", "kari")
        gone = in_the_middle(
            monkeypatch, ending, "member_ids", lambda: ending.step_out(by=world.kari, circle=fresh(of))
        )
        ending.step_out(by=world.sanne, circle=fresh(of))
        gone.result(PATIENCE)
        assert Circle.objects.get().ended_at == clock.now()

    def test_a_free_meeting_is_taken_once(self, world, monkeypatch):
        of = circle(world, *FIVE_AT_HOME)
        late = in_the_middle(
            monkeypatch, meetings, "members", lambda: meetings.bring(by=world.kari, meeting=seen(of, FREE), **LINES)
        )
        meetings.bring(by=world.mira, meeting=seen(of, FREE), **LINES)
        with pytest.raises(PermissionDenied):
            late.result(PATIENCE)
        assert [again(brought).challenge.brought_by for brought in Brought.objects.all()] == [world.mira]

    def test_of_two_windows_one_opens_the_room(self, world, monkeypatch):
        of = circle(world)
        ending.end(circle=fresh(of))
        call = after.call_alumni(by=world.aiko, circle=fresh(of), words="I am stuck.")
        for person in (world.mira, world.tomasz):
            after.have_an_hour(by=person, call=again(call))
        late = in_the_middle(
            monkeypatch, after, "those_with_an_hour", lambda: after.gather(by=world.aiko, call=again(call))
        )
        after.gather(by=world.aiko, call=again(call))
        with pytest.raises(PermissionDenied):
            late.result(PATIENCE)
        assert Session.objects.count() == 1

    def test_of_two_chairs_one_is_taken(self, world, monkeypatch):
        first, second = (circle(world, *FIVE_AT_HOME) for _ in range(2))
        late = applied(first.cohort, world.tomasz)
        Circle.objects.filter(pk=second.pk).update(cohort=first.cohort, number=2)
        chairs = [welcoming.offer_chair(by=world.mira, circle=fresh(of), application=late) for of in (first, second)]
        other = in_the_middle(
            monkeypatch, welcoming, "is_free_for", lambda: welcoming.take_chair(by=world.tomasz, chair=again(chairs[1]))
        )
        welcoming.take_chair(by=world.tomasz, chair=again(chairs[0]))
        with pytest.raises(ValidationError):
            other.result(PATIENCE)
        assert CircleSeat.objects.get(person=world.tomasz).circle == first

    def test_nobody_applies_to_what_was_changed_meanwhile(self, world, monkeypatch):
        of = cohort(world.mira)
        terms = Terms(theme="Ours", words="At home.", starts_on=of.starts_on, apply_until=of.apply_until)
        answers = applying.Answers(bring="a", gift="b", help="c", languages=("en",), never=[])
        late = in_the_middle(
            monkeypatch,
            cohorts,
            "has_applicants",
            lambda: applying.apply_for_circle(by=world.tomasz, cohort=again(of), answers=answers),
        )
        cohorts.change_cohort(by=world.mira, cohort=again(of), terms=terms)
        with pytest.raises(Http404):
            late.result(PATIENCE)
        assert Application.objects.exists() is False
