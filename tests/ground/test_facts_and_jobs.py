"""A fact is written with what made it true, delivered at least once, and heard exactly once."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from grapevine.kernel import facts, jobs, tasks
from grapevine.kernel.models import Effect, Fact, Receipt
from grapevine.people.facts import HelpGiven, PersonLeft

GIVEN = HelpGiven(helper=1, helped=2, kind="idea", occasion="", on=date(2026, 3, 9))


@pytest.fixture
def heard(monkeypatch):
    """What a subscriber of ours heard; the others are silent meanwhile."""
    said = []
    monkeypatch.setattr(facts, "_subscribers", {HelpGiven: {"tests.one": said.append}})
    return said


def test_a_fact_arrives_as_it_was_said(db, heard, run_jobs):
    with transaction.atomic():
        facts.emit(GIVEN)
    run_jobs()
    assert heard == [GIVEN]


def test_twice_delivered_is_once_heard(db, heard, run_jobs):
    with transaction.atomic():
        facts.emit(GIVEN)
    run_jobs()
    facts.deliver(Fact.objects.get().pk)
    assert (heard, Receipt.objects.count()) == ([GIVEN], 1)


def test_what_is_undone_was_never_said(db, heard, run_jobs):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        facts.emit(GIVEN)
        raise ZeroDivisionError
    run_jobs()
    assert (heard, Fact.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_said():
    with pytest.raises(facts.OutsideTransactionError, match=r"people\.HelpGiven"):
        facts.emit(GIVEN)


def test_a_subscriber_that_stumbles_hears_it_again_and_the_others_are_not_disturbed(db, monkeypatch, clock, run_jobs):
    said, trouble = [], [True]

    def stumbles(fact):
        if trouble.pop() if trouble else False:
            raise RuntimeError("once")
        said.append("second")

    monkeypatch.setattr(
        facts, "_subscribers", {HelpGiven: {"tests.first": lambda fact: said.append("first"), "tests.second": stumbles}}
    )
    with transaction.atomic():
        facts.emit(GIVEN)
    run_jobs()
    assert said == ["first"]  # and the task is kept as failed
    clock.set_offset(timedelta(minutes=3))
    run_jobs()
    assert said == ["first", "second"]


def test_facts_nobody_can_deliver_keep_none_of_the_others_waiting(db, heard, clock, run_jobs, monkeypatch, caplog):
    """An unknown kind, from a slice that is gone, and a body of an older form; more of them than one tick looks at."""
    monkeypatch.setattr(tasks, "FACTS_PER_TICK", 2)
    given = {"helper": 1, "helped": 2, "kind": "idea", "occasion": "", "on": "2026-03-09"}
    for kind, body in (
        ("gone.Vanished", {}),
        ("people.HelpGiven", {"said": "a secret"}),
        ("people.HelpGiven", {"on": "a secret"}),
        ("people.HelpGiven", given),
        ("people.HelpGiven", given | {"helper": 3}),
    ):
        Fact.objects.create(kind=kind, body=body, at=clock.now())
    for minutes in (3, 4, 4.5):
        clock.set_offset(timedelta(minutes=minutes))
        run_jobs()
    assert [fact.helper for fact in heard] == [1, 3]  # in the order in which it happened
    assert Fact.objects.filter(delivered_at__isnull=True).count() == 3
    assert "waits for its next turn: KeyError" in caplog.text
    assert "a secret" not in caplog.text


def test_facts_hold_ids_and_dates_only():
    plain = {int, str, date, bool, tuple[int, ...]}
    kinds = {name: set(kind.__annotations__.values()) - plain for name, kind in facts.kinds().items()}
    assert {name: odd for name, odd in kinds.items() if odd} == {}
    assert facts.name_of(PersonLeft) == "people.PersonLeft"


def test_an_effect_is_done_once(db):
    done = []
    assert [jobs.once("letter:1", lambda: done.append(1)) for _ in range(3)] == [True, False, False]
    assert (done, Effect.objects.count()) == ([1], 1)


def test_an_effect_that_fails_may_be_tried_again(db):
    def fails():
        raise OSError("no line")

    with pytest.raises(OSError, match="no line"):
        jobs.once("letter:1", fails)
    assert jobs.once("letter:1", lambda: None)


def test_a_tick_that_fails_does_not_stop_the_others(db, monkeypatch):
    ran = []

    def fails():
        raise RuntimeError("broken")

    monkeypatch.setattr(jobs, "_ticks", {"one": fails, "two": lambda: ran.append("two")})
    jobs.run_ticks()
    assert ran == ["two"]
