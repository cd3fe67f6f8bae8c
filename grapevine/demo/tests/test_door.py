"""The door: everybody can be somebody, but only in the demo."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from grapevine.demo import queries, travel
from grapevine.demo.models import Visitor
from grapevine.demo.personas import PERSONAS
from grapevine.people.models import Person

pytestmark = pytest.mark.django_db
PAGES = ["demo-door", "demo-time"]
PRESSES = ["demo-enter", "demo-move", "demo-hush"]
MONDAY = date(2026, 3, 9)


@pytest.fixture
def machine(settings, tmp_path, clock):
    """A time machine of this test's own."""
    settings.GRAPEVINE_CLOCK_FILE = str(tmp_path / "clock")
    return tmp_path / "clock"


def turn(machine, clock, moment):
    """The demo's clock goes on from this moment, as if one had looked in then."""
    clock.release()
    machine.write_text(str((moment - datetime.now(UTC)).total_seconds()))


def enter(client, key, **more):
    return client.post(reverse("demo-enter"), {"persona": key, **more})


def test_no_two_faces_at_the_door_are_of_one_tone():
    tones = sorted(Person(name=persona.name).hue for persona in PERSONAS)
    gaps = [after - before for before, after in zip(tones, [*tones[1:], tones[0] + 360], strict=True)]
    assert (len(gaps), min(gaps)) == (6, 30)


def test_the_door_shows_faces_and_a_line_of_story(client, world):
    page = client.get("/demo/").content.decode()
    assert all(f'value="{p.key}"' in page for p in PERSONAS)
    assert str(PERSONAS[0].story) in page


def test_a_persona_that_is_not_there_is_not_shown(client, world):
    world.aiko.delete()
    assert 'value="aiko"' not in client.get("/demo/").content.decode()


def test_an_empty_demo_says_so(client, db):
    assert "Nobody is here yet." in client.get("/demo/").content.decode()


def test_one_press_and_one_is_somebody(client, world):
    answer = enter(client, "mira")
    assert (answer.status_code, answer["Location"]) == (302, reverse("today"))
    assert client.get("/demo/time/").context["person"] == world.mira
    assert set(queries.visitors()) == {world.mira.pk}


def test_being_somebody_else_ends_being_the_first(client, world):
    enter(client, "mira")
    session = client.session.session_key
    enter(client, "sanne")
    assert client.get("/demo/time/").context["person"] == world.sanne
    assert client.session.session_key != session
    assert set(queries.visitors()) == {world.mira.pk, world.sanne.pk}


def test_the_door_leads_on_to_where_one_wanted_to_go(client, world):
    assert 'name="next" value="/ask/"' in client.get("/demo/?next=/ask/").content.decode()
    assert enter(client, "mira", next="/ask/")["Location"] == "/ask/"
    assert enter(client, "mira", next="https://elsewhere.example/")["Location"] == reverse("today")
    assert enter(client, "mira", next="//elsewhere.example/")["Location"] == reverse("today")


@pytest.mark.parametrize("key", ["", "left", "nobody"])
def test_nobody_else_can_be_entered(client, world, key):
    assert enter(client, key).status_code == 404
    assert not Visitor.objects.exists()


@pytest.mark.parametrize("name", PAGES + PRESSES)
def test_with_real_people_none_of_it_is_there(door, world, settings, name):
    settings.GRAPEVINE_DEMO = False
    visitor = door(world.mira)
    answer = visitor.get(reverse(name)) if name in PAGES else visitor.post(reverse(name), {"persona": "mira"})
    assert answer.status_code == 404


@pytest.mark.parametrize("name", PRESSES)
def test_nothing_happens_by_looking(door, world, name):
    assert door(world.mira).get(reverse(name)).status_code == 405


def test_the_clock_moves_to_monday_and_back(door, world, machine, clock):
    clock.release()
    visitor = door(world.mira)
    before = clock.now()
    assert visitor.post("/demo/time/move/", {"to": "monday"}).status_code == 302
    local = clock.local(clock.now(), world.mira.timezone)
    assert (local.weekday(), local.hour, local.minute) == (0, 8, 45)
    assert clock.now() > before
    visitor.post("/demo/time/move/", {"to": "now"})
    assert clock.now() - before < timedelta(minutes=1)
    assert machine.read_text() == "0"


@pytest.mark.parametrize("wall", ["2026-03-08 23:50", "2026-03-09 00:10", "2026-03-09 08:44"])
@pytest.mark.parametrize("zone", ["Europe/Oslo", "America/Los_Angeles", "Pacific/Auckland"])
def test_monday_is_the_one_at_hand_on_the_wall_of_who_goes_there(door, world, machine, clock, zone, wall):
    """Also in the night in which Los Angeles turns its clocks, and where Greenwich still has Sunday."""
    Person.objects.filter(pk=world.mira.pk).update(timezone=zone)
    turn(machine, clock, datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)))
    visitor, arrival = door(world.mira), clock.instant(MONDAY, time(8, 45), zone)
    shown = visitor.get("/demo/time/")
    assert {shown.context["journeys"][name] for name in ("morning", "monday")} == {arrival}
    assert "Monday morning" not in shown.content.decode()  # the next working morning is the same
    visitor.post("/demo/time/move/", {"to": "monday"})
    assert timedelta(0) <= clock.now() - arrival < timedelta(minutes=1)
    assert "Good morning, Mira." in visitor.get("/today/").content.decode()


def test_two_personas_in_two_zones_each_go_to_their_own_monday(door, world, machine, clock):
    turn(machine, clock, datetime(2026, 3, 9, 0, 10, tzinfo=ZoneInfo("Europe/Oslo")))  # 23:10 on Sunday in London
    for person in (world.mira, world.tomasz):
        door(person).post("/demo/time/move/", {"to": "monday"})
        here = clock.local(clock.now(), person.timezone)
        assert (here.date(), here.hour, here.minute) == (MONDAY, 8, 45)


@pytest.mark.parametrize("to", ["morning", "monday", "ten_days"])
def test_every_journey_goes_forward_into_a_morning(door, world, machine, clock, to):
    clock.release()
    before = clock.now()
    door(world.mira).post("/demo/time/move/", {"to": to})
    local = clock.local(clock.now(), world.mira.timezone)
    assert (clock.now() > before, local.hour, local.minute) == (True, 8, 45)
    assert local.weekday() < 5


def test_ten_days_after_a_friday_it_is_monday(door, world, machine, clock):
    clock.set_offset(clock.instant(date(2026, 3, 6), time(12), world.mira.timezone) - clock.now())
    assert clock.local(travel.ten_days(world.mira.timezone), world.mira.timezone).date() == date(2026, 3, 16)


def test_who_travels_is_still_here(client, world, machine, clock):
    clock.release()
    enter(client, "mira")
    client.post("/demo/time/move/", {"to": "ten_days"})
    assert set(queries.visitors()) == {world.mira.pk}
    client.post("/demo/time/move/", {"to": "now"})
    assert set(queries.visitors()) == {world.mira.pk}
    assert travel.ahead() == timedelta(0)


def test_colleagues_keep_quiet_and_speak_again(door, world):
    visitor = door(world.mira)
    visitor.post("/demo/time/quiet/", {"quiet": "yes"})
    visitor.post("/demo/time/quiet/", {"quiet": "yes"})
    assert queries.is_quiet()
    visitor.post("/demo/time/quiet/", {"quiet": "no"})
    assert not queries.is_quiet()


def test_the_menu_leads_to_the_door(door, world):
    page = door(world.mira).get("/demo/time/").content.decode()
    assert all(reverse(name) in page for name in ("demo-door", "demo-time", "mail-room"))


def test_the_words_to_try_are_written_already(door, world):
    page = door(world.mira).get("/demo/time/").content.decode()
    assert "/ask/?words=Our+test+bench+loses" in page
