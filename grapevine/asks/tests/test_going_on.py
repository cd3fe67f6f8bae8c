"""After 48 working hours without a yes the next person who is free is asked, once, and both are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from grapevine.asks import actions, tasks
from grapevine.asks.drafts import draft
from grapevine.asks.models import Ask, Introduction, Request
from grapevine.asks.tests.asking import TIME, WORDS, ask, facts, introduced, later, request, told
from grapevine.challenges.models import Challenge
from grapevine.people import actions as people
from grapevine.people.models import Person
from grapevine.vaults.queries import read


def went_to(made):
    return [r.to.short_name for r in made.requests.all()]


def wait(run_jobs, **time):
    later(**time or {"days": 2})
    run_jobs()


def test_two_working_days_later_and_both_are_told(world, run_jobs):
    made = ask(world.mira, world.sanne, next_to=[world.kari.pk, world.olav.pk])
    run_jobs()
    wait(run_jobs, days=2, seconds=-1)
    assert went_to(made) == ["Sanne"]
    wait(run_jobs, seconds=1)
    first, second = made.requests.all()
    assert (second.to, second.next_to, second.reasons) == (world.kari, [world.olav.pk], [])
    assert read(world.kari, second.message) == draft(first_name="Kari", words=WORDS, kind="think", reason="")
    assert (told(world.mira), told(world.sanne), told(world.kari)) == (
        [("went-on", "Kari Nilsen")],
        [("asked", "Mira Lindqvist"), ("released", "Mira Lindqvist")],
        [("asked", "Mira Lindqvist")],
    )
    gone_on = {"request": first.pk, "asker": world.mira.pk, "to": world.sanne.pk, "next_request": second.pk}
    assert facts("asks.RequestWentOn") == [gone_on]
    actions.reply(by=world.sanne, request=first, kind="yes", words=TIME)  # what the first one did stays theirs
    assert Challenge.objects.get().request == first


def test_a_weekend_is_no_working_time(world, clock, run_jobs):
    later(days=3)  # Friday
    made = ask(world.mira, world.sanne, next_to=[world.kari.pk])
    wait(run_jobs, days=4, seconds=-1)
    assert went_to(made) == ["Sanne"]
    wait(run_jobs, seconds=1)
    assert went_to(made) == ["Sanne", "Kari"]


def test_who_cannot_take_it_on_is_passed_over(world, run_jobs):
    in_order = (world.olav, world.lene, world.dev, world.ravi, world.left, world.tomasz, world.eva, world.kari)
    made = ask(world.mira, world.sanne, next_to=[p.pk for p in in_order])
    people.rest(by=world.olav, kind="resting")
    actions.set_limits(by=world.lene, per_week=0)
    people.block(by=world.dev, person=world.mira)
    people.block(by=world.mira, person=world.ravi)
    wait(run_jobs)
    assert went_to(made) == ["Sanne", "Eva"]
    assert made.requests.last().next_to == [world.kari.pk]


def test_each_of_two_goes_on_to_somebody_else(world, run_jobs):
    made = ask(world.mira, world.sanne, world.olav, next_to=[world.kari.pk, world.lene.pk, world.dev.pk])
    wait(run_jobs)
    assert went_to(made) == ["Sanne", "Olav", "Kari", "Lene"]
    wait(run_jobs, days=4)  # with a weekend
    assert went_to(made) == ["Sanne", "Olav", "Kari", "Lene", "Dev"]


def test_when_nobody_is_left_the_asker_is_told_so(world, run_jobs):
    made = ask(world.mira, world.sanne, next_to=[world.kari.pk])
    for _ in range(3):
        wait(run_jobs)
    assert went_to(made) == ["Sanne", "Kari"]
    assert told(world.mira) == [("elsewhere", "Kari Nilsen"), ("went-on", "Kari Nilsen")]


def test_it_stops_when_somebody_said_yes_or_it_is_over(world, run_jobs):
    accepted = ask(world.mira, world.sanne, world.olav, next_to=[world.kari.pk])
    actions.reply(by=world.sanne, request=accepted.requests.first(), kind="yes")
    closed, taken_back = (ask(who, world.dev, next_to=[world.lene.pk]) for who in (world.ravi, world.jonas))
    actions.close_ask(by=world.ravi, ask=closed)
    actions.take_back(by=world.jonas, request=taken_back.requests.get())
    wait(run_jobs, days=9)
    assert [went_to(made) for made in (accepted, closed, taken_back)] == [["Sanne", "Olav"], ["Dev"], ["Dev"]]
    assert facts("asks.RequestWentOn") == []


def test_the_message_onward_speaks_the_language_of_the_asker(world, run_jobs):
    Person.objects.filter(pk=world.mira.pk).update(language="de")
    made = ask(world.mira, world.sanne, next_to=[world.kari.pk])
    wait(run_jobs)
    assert read(world.kari, made.requests.last().message).startswith("Hallo Kari,\n\n")


def test_a_request_goes_on_once_whoever_else_looks_at_it(world, run_jobs):
    made = ask(world.mira, world.sanne, next_to=[world.kari.pk, world.olav.pk])
    later(days=2)
    one, other = Request.objects.get(), Request.objects.get()
    assert actions.go_on(request=one).to == world.kari
    assert actions.go_on(request=other) is None
    wait(run_jobs, seconds=1)
    assert went_to(made) == ["Sanne", "Kari"]


def test_a_yes_that_came_in_between_stays_a_yes(world):
    seen_by_a_worker = request(world.mira, world.sanne, next_to=[world.kari.pk])
    actions.reply(by=world.sanne, request=Request.objects.get(), kind="yes")
    assert actions.go_on(request=seen_by_a_worker) is None
    assert Request.objects.get().went_on_at is None


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_moves_it(world):
    made = [ask(who, world.sanne, next_to=[world.kari.pk, world.olav.pk]) for who in (world.mira, world.ravi)]
    later(days=2)
    with ThreadPoolExecutor(2) as workers:
        for done in [workers.submit(_one_round) for _ in range(2)]:
            done.result()
    assert [went_to(one) for one in made] == [["Sanne", "Kari"]] * 2
    assert len(facts("asks.RequestWentOn")) == 2


def _one_round():
    try:
        tasks.ask_the_next_person()
    finally:
        connection.close()


def test_two_days_mean_the_working_days_of_the_one_who_was_asked(world):
    later(days=3)
    assert world.kari.working_hours.count() == 0
    friday = request(world.mira, world.kari)
    people.set_hours(
        by=world.olav, hours=[(day, friday.sent_at.time(), friday.sent_at.replace(hour=17).time()) for day in (5, 6, 0)]
    )
    weekend = request(world.ravi, world.olav)
    assert [r.answer_by - r.sent_at for r in (friday, weekend)] == [
        timedelta(days=4),
        timedelta(days=2, hours=14, minutes=45),
    ]
    assert Ask.objects.count() == 2


def test_one_that_cannot_go_on_stops_no_other_and_stays_to_be_tried_again(world, run_jobs):
    stuck, fine = ask(world.mira, world.sanne, next_to=[world.olav.pk]), ask(world.ravi, world.lene)
    introduction = introduced(world.jonas, world.dev, through=world.sanne, next_to=[world.olav.pk])
    zone, olav = world.olav.timezone, Person.objects.filter(pk=world.olav.pk)
    olav.update(timezone="Nowhere/Land")
    wait(run_jobs)
    later_on = [*stuck.requests.all(), *fine.requests.all(), Introduction.objects.get(pk=introduction.pk)]
    assert [row.went_on_at is not None for row in later_on] == [False, True, False]
    olav.update(timezone=zone)
    run_jobs()
    assert went_to(stuck) == ["Sanne", "Olav"]
    assert Introduction.objects.get(pk=introduction.pk).went_on_at is not None
