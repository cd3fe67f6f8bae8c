"""08:30 on the day somebody spoke of, on the wall where it was said; then the tenth day and the fourteenth."""

from datetime import date, timedelta

import pytest

from grapevine.challenges import actions as challenges
from grapevine.notifications.models import Letter, Notice, Nudge
from grapevine.notifications.queries import what_waits
from grapevine.notifications.tests.conftest import summary
from grapevine.notifications.tests.stories import MONDAY, WHEN, WILL, played_back
from grapevine.notifications.today import today_for
from grapevine.people.models import Person

DUE = [("Mira Lindqvist", "The day you spoke of has come")]


def told(mails):
    """Only those about one's own words."""
    return summary(m for m in mails if "You said" in m.body or "you said" in m.body)


@pytest.mark.parametrize(
    ("zone", "monday", "just_before", "utc"),
    [
        ("Europe/Oslo", date(2026, 3, 16), "08:29", "07:30"),
        ("America/New_York", date(2026, 3, 16), "08:29", "12:30"),
        ("Europe/Oslo", date(2026, 3, 30), "08:29", "06:30"),  # the clocks went forward the night before
        ("America/New_York", date(2026, 3, 9), "08:29", "12:30"),  # the same, three weeks earlier over there
        ("Europe/Oslo", date(2026, 10, 26), "08:29", "07:30"),  # and back
        ("Asia/Kathmandu", date(2026, 3, 16), "08:29", "02:45"),
    ],
)
def test_half_past_eight_where_it_was_said(world, at, clock, post, zone, monday, just_before, utc):
    Person.objects.filter(pk=world.mira.pk).update(timezone=zone)
    world.mira.refresh_from_db()
    said_on = monday - timedelta(days=4)
    at(said_on.year, said_on.month, said_on.day, "10:00", zone)
    played_back(world.mira, world.sanne, on=monday)
    post()
    at(monday.year, monday.month, monday.day, just_before, zone)
    assert told(post()) == []
    clock.freeze(clock.now() + timedelta(minutes=1))
    assert f"{clock.now():%H:%M}" == utc
    assert told(post()) == DUE


def test_it_comes_in_her_own_words_and_once_however_often_one_looks(world, at, post):
    played_back(world.mira, world.sanne)
    post()
    at(2026, 3, 16, "08:30")
    [monday] = [m for m in post() if m.to == ["Mira Lindqvist <mira@halden.example>"]]
    assert f"When {WHEN}, I will {WILL}" in monday.body
    assert "It is the Monday you spoke of. You said:" in monday.body
    at(2026, 3, 16, "11:00")
    assert told(post()) == []
    assert Letter.objects.filter(notice__kind="monday").count() == 1


@pytest.mark.parametrize(("day", "hour", "comes"), [(16, "21:00", True), (17, "08:29", True), (17, "08:31", False)])
def test_a_machine_that_was_down_tells_it_within_a_day_or_lets_it_go(world, at, post, day, hour, comes):
    played_back(world.mira, world.sanne)
    post()
    at(2026, 3, day, hour)
    assert told(post()) == (DUE if comes else [])


def test_a_day_that_is_changed_comes_again_on_the_new_day(world, at, post):
    commitment = played_back(world.mira, world.sanne)
    post()
    at(2026, 3, 16, "08:30")
    assert told(post()) == DUE
    challenges.change_commitment(by=world.mira, commitment=commitment, when="a", will="b", on=date(2026, 3, 18))
    at(2026, 3, 18, "08:30")
    assert told(post()) == DUE


def test_not_now_comes_back_next_monday(world, at, post):
    commitment = played_back(world.mira, world.sanne)
    post()
    at(2026, 3, 16, "08:30")
    post()
    challenges.put_off_commitment(by=world.mira, commitment=commitment)
    at(2026, 3, 17, "08:30")
    assert told(post()) == []
    at(2026, 3, 23, "08:30")
    assert told(post()) == DUE


def test_not_now_on_a_sunday_evening_in_los_angeles_comes_the_next_morning(world, at, post):
    here = "America/Los_Angeles"
    Person.objects.filter(pk=world.mira.pk).update(timezone=here)
    world.mira.refresh_from_db()
    commitment = played_back(world.mira, world.sanne)
    at(2026, 3, 16, "08:30", here)
    post()
    at(2026, 3, 22, "18:00", here)  # Monday already where the worker lives
    challenges.put_off_commitment(by=world.mira, commitment=commitment)
    at(2026, 3, 23, "08:30", here)
    assert told(post()) == DUE
    assert [line.kind for line in today_for(world.mira).lines] == ["monday"]


def test_put_off_today_and_given_another_day_comes_on_that_day(world, at, post):
    commitment = played_back(world.mira, world.sanne)
    post()
    at(2026, 3, 16, "07:00")
    challenges.put_off_commitment(by=world.mira, commitment=commitment)
    challenges.change_commitment(by=world.mira, commitment=commitment, when="a", will="b", on=MONDAY)
    at(2026, 3, 16, "08:30")
    assert told(post()) == DUE


def test_not_now_from_a_tab_left_open_counts_after_still_right(world, at, post):
    commitment = played_back(world.mira, world.sanne)
    at(2026, 3, 16, "08:30")
    post()
    challenges.confirm_commitment(by=world.mira, commitment=commitment)
    challenges.put_off_commitment(by=world.mira, commitment=commitment)
    at(2026, 3, 23, "08:30")
    assert told(post()) == DUE
    assert [line.kind for line in today_for(world.mira).lines] == ["monday"]


def test_who_said_still_right_before_gets_no_mail(world, at, post):
    commitment = played_back(world.mira, world.sanne)
    post()
    challenges.confirm_commitment(by=world.mira, commitment=commitment)
    at(2026, 3, 16, "08:30")
    assert told(post()) == []


def test_what_happened_is_asked_on_day_ten_and_fourteen_and_never_again(world, at, post):
    played_back(world.mira, world.sanne)
    asked_on = []
    for day in range(16, 32):
        at(2026, 3, day, "08:31")
        asked_on += [day for m in post() if m.subject == "What happened?"]
    assert asked_on == [26, 30]


def test_who_told_it_is_not_asked(world, at, post):
    commitment = played_back(world.mira, world.sanne)
    at(2026, 3, 26, "08:31")
    assert ("Mira Lindqvist", "What happened?") in summary(post())
    challenges.report(by=world.mira, commitment=commitment, kind="dropped")
    post()
    at(2026, 3, 30, "08:31")
    assert ("Mira Lindqvist", "What happened?") not in summary(post())
    assert Nudge.objects.get(kind="happened").answered_at
    assert not Notice.objects.filter(person=world.mira, kind="happened", read_at=None).exists()


def test_two_questions_never_come_on_the_same_day(world, at, post):
    for helper in (world.sanne, world.ravi):
        played_back(world.mira, helper)
    at(2026, 3, 26, "08:31")
    assert [m.subject for m in post() if "What happened" in m.subject] == ["What happened?"]
    at(2026, 3, 27, "08:15")
    assert [m.subject for m in post() if "What happened" in m.subject] == ["What happened?"]


def test_nobody_is_reminded_after_leaving(world, at, post):
    played_back(world.mira, world.sanne)
    post()
    Person.objects.filter(pk=world.mira.pk).update(left_on=date(2026, 3, 13))
    at(2026, 3, 16, "08:30")
    assert told(post()) == []


def closes(world, commitment):
    challenges.close(by=world.mira, challenge=commitment.playback.challenge)


def waits(world, commitment):
    pass


@pytest.mark.parametrize("meanwhile", [waits, closes])
def test_a_day_far_ahead_comes_and_is_asked_about_also_when_the_talk_is_closed(world, at, post, meanwhile):
    far = date(2026, 4, 27)  # 48 days ahead
    meanwhile(world, played_back(world.mira, world.sanne, on=far))
    post()
    for days in (31, 40):
        at(*(date(2026, 3, 10) + timedelta(days=days)).timetuple()[:3], "09:00")
        assert told(post()) == []
    at(2026, 4, 27, "08:30")
    assert told(post()) == DUE
    assert [line.kind for line in today_for(world.mira).lines] == ["monday"]
    at(2026, 5, 7, "08:31")
    assert ("Mira Lindqvist", "What happened?") in summary(post())
    assert "happened" in {line.kind for line in today_for(world.mira).lines}


def test_not_now_week_after_week_comes_every_monday(world, at, post):
    commitment, came = played_back(world.mira, world.sanne), []
    post()
    for week in range(8):
        day = MONDAY + timedelta(weeks=week)
        at(day.year, day.month, day.day, "08:30")
        came += told(post())
        commitment.refresh_from_db()
        challenges.put_off_commitment(by=world.mira, commitment=commitment)
    assert came == DUE * 8


def test_what_is_long_over_leaves_room_on_today(world, at):
    played_back(world.mira, world.sanne)
    at(2026, 5, 11, "09:00")
    assert what_waits(world.mira).rows["commitments"] == []
