"""As many colleagues' pages a day as a person reads, not as many as a script copies."""

import logging
from datetime import timedelta

import pytest

from grapevine.people.models import Person
from grapevine.skills import tasks
from grapevine.skills.actions import open_profile, profiles
from grapevine.skills.models import ProfileView


@pytest.fixture
def two_a_day(monkeypatch):
    monkeypatch.setattr(profiles, "PROFILES_A_DAY", 2)


def test_pages_of_a_day_come_to_an_end_and_go_on_the_next(world, clock, two_a_day):
    who = [world.sanne, world.kari, world.olav, world.mira, world.sanne]
    assert [open_profile(by=world.mira, person=person) for person in who] == [True, True, False, True, True]
    assert open_profile(by=world.ravi, person=world.olav)
    clock.set_offset(timedelta(hours=14, minutes=44))  # 23:59 in Oslo
    assert not open_profile(by=world.mira, person=world.olav)
    clock.set_offset(timedelta(hours=14, minutes=45))
    assert open_profile(by=world.mira, person=world.olav)


def test_reaching_the_end_leaves_a_line_of_numbers_in_the_log(world, two_a_day, caplog):
    with caplog.at_level(logging.WARNING):
        for person in (world.sanne, world.kari, world.olav):
            open_profile(by=world.mira, person=person)
    assert [record.getMessage() for record in caplog.records] == [
        f"person {world.mira.pk} of organisation {world.halden.pk} reached the 2 profiles of a day"
    ]


def test_a_script_gets_two_hundred(world, door):
    for n in range(230):
        Person.objects.create(organisation=world.halden, number=f"x{n}", name=f"Ann {n}", email=f"{n}@x.example")
    ann = Person.objects.filter(name__startswith="Ann").values_list("pk", flat=True)
    assert sum(open_profile(by=world.mira, person=Person(pk=pk)) for pk in ann) == 200
    visitor = door(world.mira)
    answer = visitor.get(f"/people/{world.kari.pk}/")
    assert answer.status_code == 429
    assert answer["Retry-After"] == str(14 * 3600 + 45 * 60 + 1)
    assert "That is enough pages for today" in answer.text
    assert "Wednesday 11 March 2026, 00:00" in answer.text
    assert world.kari.name not in answer.text
    assert visitor.get(f"/people/{ann[0]}/").status_code == 200
    assert visitor.get(f"/people/{world.mira.pk}/").status_code == 200


def test_whose_page_was_opened_is_soon_forgotten(world, clock, run_jobs):
    open_profile(by=world.mira, person=world.sanne)
    clock.set_offset(timedelta(days=1))
    tasks.forget_opened_profiles()
    assert ProfileView.objects.count() == 1
    clock.set_offset(timedelta(days=2))
    run_jobs()
    assert not ProfileView.objects.exists()
