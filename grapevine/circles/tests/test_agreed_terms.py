"""What people agreed to when they applied stays, what never began is let go, and a season begins when it can."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from grapevine.challenges.tests.talking import facts, page
from grapevine.circles.actions import applying, proposing
from grapevine.circles.actions import cohort as cohorts
from grapevine.circles.models import Application, Circle, Cohort, PairMark
from grapevine.circles.tests.applying import STARTS, again, apply, propose, terms
from grapevine.circles.tests.circling import circle
from grapevine.circles.tests.test_applying import PROPOSED
from grapevine.kernel.policy import may
from grapevine.people.models import WorkingHours

SIX = ("mira", "sanne", "kari", "dev", "tomasz", "aiko")
LONG_OVER = timedelta(days=60)


def formed(world, run_jobs, **terms):
    cohort = propose(world.aiko, **terms)
    for name in SIX:
        apply(getattr(world, name), cohort, **({"apart": (world.olav,)} if name == "sanne" else {}))
    proposing.ask_for_proposal(by=world.aiko, cohort=cohort)
    run_jobs()
    return cohort.proposals.get()


def test_who_may_apply_and_the_dates_stay_once_somebody_applied(world, door):
    inside, aiko = propose(world.aiko, is_across=False), door(world.aiko)
    address = reverse("cohort-change", args=[inside.pk])
    assert "Who may apply?" in page(aiko.get(address))
    apply(world.aiko, inside)
    told = page(aiko.get(address))
    assert ("Who may apply?" in told, "People have applied." in told) == (False, True)
    late = aiko.post(address, PROPOSED)  # from a page that was open before
    assert "Somebody has applied meanwhile" in page(late, 422)
    for other in ({"is_across": True}, {"is_whole_chain": True}, {"starts_on": STARTS + timedelta(days=7)}):
        with pytest.raises(ValidationError, match="Nothing was changed"):
            cohorts.change_cohort(by=world.aiko, cohort=inside, terms=terms(**{"is_across": False} | other))
    aiko.post(address, {"theme": "Plain words", "words": "For all"})
    kept = again(inside)
    assert (kept.theme, kept.is_across, kept.starts_on, kept.weeks) == ("Plain words", False, STARTS, 13)


def test_before_anybody_applied_everything_can_be_changed(world):
    inside = propose(world.aiko, is_across=False)
    applying.withdraw_application(by=world.aiko, application=apply(world.aiko, inside))
    cohorts.change_cohort(by=world.aiko, cohort=inside, terms=terms(is_across=True, weeks=9))
    assert (again(inside).is_across, again(inside).weeks) == (True, 9)


def test_too_few_applied_and_nothing_of_it_stays(world, clock, run_jobs):
    cohort = propose(world.aiko)
    both = [apply(world.mira, cohort, apart=(world.jonas,)), apply(world.sanne, cohort)]
    clock.freeze(clock.instant(STARTS + timedelta(days=20), time(9), "UTC"))
    run_jobs()
    assert again(cohort).called_off_at is None
    clock.freeze(clock.now() + timedelta(days=9))
    run_jobs()
    assert again(cohort).called_off_at == clock.now()
    assert [again(each).vault.wrapped_key for each in both] == [None, None]
    assert (PairMark.objects.count(), facts("circles.CohortCalledOff")) == (
        0,
        [{"cohort": cohort.pk, "people": [world.mira.pk, world.sanne.pk]}],
    )


def test_formed_and_never_shown_it_is_let_go_as_well(world, clock, run_jobs):
    proposal = formed(world, run_jobs)
    clock.freeze(clock.now() + LONG_OVER)
    run_jobs()
    assert again(proposal.cohort).called_off_at == clock.now()
    assert {each.vault.wrapped_key for each in Application.objects.all()} == {None}
    assert PairMark.objects.count() == 0


def test_founded_circles_are_not_let_go(world, clock, run_jobs):
    shown = proposing.show(by=world.aiko, proposal=formed(world, run_jobs))
    clock.freeze(shown.veto_until)
    run_jobs()
    clock.freeze(clock.now() + LONG_OVER)
    run_jobs()
    assert (again(shown.cohort).called_off_at, may(world.aiko, "call_off", shown.cohort)) == (None, False)


def test_it_can_be_called_off_until_circles_are_founded(world, door, clock, run_jobs):
    shown, aiko = proposing.show(by=world.aiko, proposal=formed(world, run_jobs)), door(world.aiko)
    assert "Call it off" in page(aiko.get(reverse("cohort", args=[shown.cohort_id])))
    aiko.post(reverse("cohort-call-off", args=[shown.cohort_id]))
    mine = Application.objects.get(person=world.mira)
    assert may(world.mira, "be_moved", mine) is False
    assert "Called off." in page(door(world.mira).get(reverse("application", args=[mine.pk])))
    clock.freeze(shown.veto_until)
    run_jobs()
    assert Circle.objects.count() == 0


def test_who_waits_after_founding_may_take_it_back(world, door, clock, run_jobs):
    cohort = propose(world.aiko)
    nights = [(day, "06:00", "18:00") for day in range(5)]
    for name in SIX:
        apply(getattr(world, name), cohort)
    waits = apply(world.lene, cohort, never=nights)
    proposing.ask_for_proposal(by=world.aiko, cohort=cohort)
    run_jobs()
    shown = proposing.show(by=world.aiko, proposal=cohort.proposals.get())
    clock.freeze(shown.veto_until)
    run_jobs()
    assert may(world.mira, "withdraw", Application.objects.get(person=world.mira)) is False
    lene = door(world.lene)
    assert "Take it back?" in page(lene.get(reverse("application", args=[waits.pk])))
    lene.post(reverse("application-withdraw", args=[waits.pk]))
    assert (again(waits).withdrawn_at, again(waits).vault.wrapped_key) == (clock.now(), None)


def test_founded_after_its_first_week_a_season_begins_the_next_time_they_can_meet(world, run_jobs):
    """It is Tuesday, the 10th of March; they meet on Tuesdays."""
    of = circle(world, starts_on=date(2026, 2, 24), apply_until=date(2026, 2, 23))
    run_jobs()
    assert of.starts_on == date(2026, 3, 11)
    first, second = of.meetings.all()[:2]
    assert [(each.on, each.called_off_at) for each in (first, second)] == [
        (date(2026, 3, 17), None),
        (date(2026, 3, 24), None),
    ]


def test_a_week_is_left_to_form_circles(world, door):
    answer = door(world.aiko).post(reverse("cohort-new"), PROPOSED | {"apply_until": "2026-04-02"})
    assert (answer.status_code, list(answer.context["form"].errors), Cohort.objects.count()) == (
        422,
        ["apply_until"],
        0,
    )
    assert door(world.aiko).post(reverse("cohort-new"), PROPOSED | {"apply_until": "2026-03-30"}).status_code == 302


def test_hours_that_changed_while_lists_were_shown_move_the_meeting(world, clock, run_jobs):
    shown = proposing.show(by=world.aiko, proposal=formed(world, run_jobs))
    day, _hour = divmod(shown.circles.get().slot, 24)
    WorkingHours.objects.filter(person=world.mira).delete()
    for weekday in {0, 1, 2, 3, 4} - {day}:
        WorkingHours.objects.create(person=world.mira, weekday=weekday, starts=time(8), ends=time(17))
    clock.freeze(shown.veto_until)
    run_jobs()
    of = Circle.objects.get()
    assert of.weekday != day
    assert WorkingHours.objects.filter(person=world.mira, weekday=of.weekday).exists()
