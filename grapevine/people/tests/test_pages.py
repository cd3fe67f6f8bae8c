"""Settings and running the place, as people use them."""

import re
from datetime import UTC, date, datetime, time

import pytest
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile

from grapevine.people import actions, queries
from grapevine.people.models import Account, Administrator, Consent, NewAddress, PeopleList, Person
from tests.personas import TUESDAY

ONE = "id,name,email\n90,Ida Falk,ida@halden.example\n"
SETTINGS = ["/settings/", "/settings/hours/", "/settings/consent/", "/settings/blocks/", "/settings/door/"]


@pytest.fixture
def mira(world, door):
    return door(world.mira)


@pytest.fixture
def eva(world, door):
    return door(world.eva)


def text(answer):
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- who comes in ---------------------------------------------------------------------------------------------------


def test_the_front_door(client, mira):
    assert client.get("/").headers["Location"] == "/accounts/login/"
    assert mira.get("/").headers["Location"] == "/today/"


@pytest.mark.parametrize("page", [*SETTINGS, "/organisation/"])
def test_strangers_and_those_who_left_are_led_to_the_door(client, world, door, page):
    for visitor in (client, door(world.left)):
        assert visitor.get(page).headers["Location"] == f"/accounts/login/?next={page}"


def test_who_is_not_active_stays_outside(world, mira):
    Account.objects.filter(person=world.mira).update(is_active=False)
    assert mira.get("/settings/").status_code == 302


def test_only_administrators_run_the_place(world, door, eva):
    assert eva.get("/organisation/").status_code == 200
    for person in (world.mira, world.jonas, world.tomasz):
        assert door(person).get("/organisation/").status_code == 404
        assert door(person).post("/organisation/leavers/", {"leaver-who": "Sanne Vik"}).status_code == 404
        assert door(person).post(f"/organisation/leavers/{world.sanne.pk}/see-off/").status_code == 404


def test_the_person_is_known_in_two_queries(world, mira, django_assert_num_queries):
    with django_assert_num_queries(2):  # session; account with person, organisation, unit and office
        mira.get("/")


def test_words_and_hours_are_the_persons_own(world, door):
    actions.choose_look(by=world.aiko, scheme="dark", language="de")
    page = door(world.aiko).get("/settings/", headers={"Accept-Language": "en"})
    assert page.headers["Content-Language"] == "de"
    assert b'data-scheme="dark"' in page.content


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", SETTINGS)
def test_pages_of_settings_show(mira, page):
    assert mira.get(page).status_code == 200


def test_mira_introduces_herself(world, mira):
    said = {
        "title": " Engineer,  protection ",
        "location": "Halden",
        "timezone": "Europe/Oslo",
        "languages": ["en", "nb"],
    }
    assert mira.post("/settings/", said).headers["Location"] == "/settings/"
    world.mira.refresh_from_db()
    assert (world.mira.title, world.mira.location) == ("Engineer,  protection", "Halden")
    assert [row.code for row in world.mira.languages.all()] == ["en", "nb"]


def test_what_was_typed_stays_when_something_is_missing(world, mira):
    answer = mira.post("/settings/", {"title": "Engineer", "timezone": "Oslo"})
    assert answer.status_code == 422
    assert b'value="Engineer"' in answer.content
    world.mira.refresh_from_db()
    assert world.mira.title == "Engineer"  # as before: nothing was kept of it
    assert [row.code for row in world.mira.languages.all()] == ["en"]


def test_the_look_holds_everywhere(world, mira):
    mira.cookies["scheme"] = "light"
    mira.post("/settings/look/", {"scheme": "contrast", "language": "en"})
    world.mira.refresh_from_db()
    assert world.mira.scheme == "contrast"
    assert b'data-scheme="contrast"' in mira.get("/settings/").content
    assert mira.post("/settings/look/", {"scheme": "pink", "language": "en"}).status_code == 422
    answer = mira.get("/settings/look/")  # who comes back to it by hand finds the settings
    assert (answer.status_code, answer.headers["Location"]) == (302, "/settings/")


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Europe/Berlin", "Berlin"), ("America/Argentina/Buenos_Aires", "Buenos Aires"), ("UTC", "UTC")],
)
def test_a_zone_is_said_as_people_say_it(world, mira, zone, said):
    Person.objects.filter(pk=world.mira.pk).update(timezone=zone)
    assert f"On the clock of {said}. Leave days off empty." in mira.get("/settings/hours/").content.decode()


def week(**changed):
    usual = {f"{part}_{day}": at for day in range(5) for part, at in (("from", "08:00"), ("to", "16:00"))}
    return {**usual, **changed}


def test_hours(world, mira):
    assert b'value="08:00"' in mira.get("/settings/hours/").content
    mira.post("/settings/hours/", week(from_4="", to_4=""))
    usual = queries.hours_of([world.mira])[world.mira.pk].usual
    assert usual == {day: ((time(8), time(16)),) for day in range(4)}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"from_2": ""}, "Say both, or neither on a day off."),
        ({"from_2": "17:00"}, "The end comes after the beginning. Nights go in as shifts."),
        ({"from_2": "noon"}, "This is no time of day. Please write it like 08:30."),
    ],
)
def test_hours_that_cannot_be(world, mira, changed, told):
    answer = mira.post("/settings/hours/", week(**changed))
    assert (answer.status_code, told in text(answer)) == (422, True)
    assert not world.mira.working_hours.exists()


def test_shifts(world, mira):
    night = {"on": "2026-03-11", "starts": "22:00", "ends": "06:00", "weeks": 2}
    mira.post("/settings/shifts/", night)
    mira.post("/settings/shifts/", night)
    shifts = queries.shifts_to_come(world.mira)
    assert [(s.starts_at, s.ends_at) for s in shifts] == [
        (datetime(2026, 3, 11, 21, tzinfo=UTC), datetime(2026, 3, 12, 5, tzinfo=UTC)),
        (datetime(2026, 3, 18, 21, tzinfo=UTC), datetime(2026, 3, 19, 5, tzinfo=UTC)),
    ]
    mira.post(f"/settings/shifts/{shifts[0].pk}/remove/")
    assert len(queries.shifts_to_come(world.mira)) == 1
    assert mira.post("/settings/shifts/", {**night, "weeks": 99}).status_code == 422


def test_nobody_takes_out_the_shifts_of_others(world, mira):
    actions.set_shifts(by=world.sanne, shifts=[(TUESDAY, datetime(2026, 3, 11, tzinfo=UTC))])
    assert mira.post(f"/settings/shifts/{world.sanne.shifts.get().pk}/remove/").status_code == 404


def test_rest(world, mira):
    mira.post("/settings/rest/", {"kind": "resting", "until_on": "2026-03-20"})
    assert (queries.rest_now(world.mira).kind, queries.rest_now(world.mira).until_on) == ("resting", date(2026, 3, 20))
    assert "You are back on Friday 20 March." in text(mira.get("/settings/hours/"))
    mira.post("/settings/rest/end/")
    assert queries.rest_now(world.mira) is None
    assert mira.post("/settings/rest/", {"kind": "short", "until_on": "2026-03-10"}).status_code == 422


LOS_ANGELES, AUCKLAND = "America/Los_Angeles", "Pacific/Auckland"
MONDAY_EVENING = datetime(2026, 3, 10, 1, tzinfo=UTC)  # Monday 18:00 in Los Angeles
TUESDAY_MORNING = datetime(2026, 3, 9, 20, tzinfo=UTC)  # Tuesday 09:00 in Auckland


@pytest.mark.parametrize(
    ("zone", "now", "back_on", "holds"),
    [
        (LOS_ANGELES, MONDAY_EVENING, "2026-03-09", False),
        (LOS_ANGELES, MONDAY_EVENING, "2026-03-10", True),
        (AUCKLAND, TUESDAY_MORNING, "2026-03-10", False),
        (AUCKLAND, TUESDAY_MORNING, "2026-03-11", True),
    ],
)
def test_a_day_to_come_is_one_of_the_calendar_of_whoever_rests(world, mira, clock, zone, now, back_on, holds):
    clock.freeze(now)
    Person.objects.filter(pk=world.mira.pk).update(timezone=zone)
    answer = mira.post("/settings/rest/", {"kind": "resting", "until_on": back_on})
    world.mira.refresh_from_db()
    assert (answer.status_code, queries.rest_now(world.mira) is not None) == (302 if holds else 422, holds)


def test_consent(world, mira):
    mira.post("/settings/consent/", {"about": "found", "answer": "no"})
    assert queries.consents_of(world.mira).keys() == set()
    mira.post("/settings/consent/", {"about": "found", "answer": "yes"})
    assert queries.consents_of(world.mira).keys() == {"found"}


def test_nothing_is_asked_for_that_changes_nothing(world, mira):
    assert re.findall(r'name="about" value="(\w+)"', mira.get("/settings/consent/").text) == ["found"]
    for about in ("map", "everything"):
        mira.post("/settings/consent/", {"about": about, "answer": "yes"})
    assert set(Consent.objects.values_list("about", flat=True)) == {"found"}


def test_rather_not(world, mira, door):
    assert mira.post("/settings/blocks/", {"who": "Olav Haug"}).status_code == 302
    assert queries.blocked_pairs(world.mira) == {world.olav.pk}
    assert "Hear from Olav again" in text(mira.get("/settings/blocks/"))
    assert "Mira" not in text(door(world.olav).get("/settings/blocks/"))
    mira.post(f"/settings/blocks/{world.olav.pk}/end/")
    assert queries.blocked_pairs(world.mira) == set()


def test_rather_not_needs_a_colleague(world, mira):
    answer = mira.post("/settings/blocks/", {"who": "Tomasz Wilk"})
    assert (answer.status_code, b'value="Tomasz Wilk"' in answer.content) == (422, True)


@pytest.mark.parametrize("count", [1, 3])
def test_blocks_take_the_same_queries_for_one_and_three(world, mira, count, django_assert_num_queries):
    for person in (world.olav, world.kari, world.lene)[:count]:
        actions.block(by=world.mira, person=person)
    with django_assert_num_queries(3):
        mira.get("/settings/blocks/")


# --- the door -------------------------------------------------------------------------------------------------------


def test_a_browser_is_signed_out_from_another(world, mira, door):
    other = door(world.mira)
    UserSession.objects.create(
        user=world.mira.account,
        ip="192.0.2.7",
        user_agent="Mozilla/5.0 (X11; Linux) Firefox/150.0",
        session_key=other.session.session_key,
    )
    assert "Firefox, Linux" in text(mira.get("/settings/door/"))
    session = UserSession.objects.get(session_key=other.session.session_key)
    door(world.sanne).post(f"/settings/door/sessions/{session.pk}/end/")
    assert other.get("/settings/").status_code == 200
    mira.post(f"/settings/door/sessions/{session.pk}/end/")
    assert (other.get("/settings/").status_code, mira.get("/settings/").status_code) == (302, 200)


def test_a_new_address_waits_until_it_is_taken(world, mira):
    NewAddress.objects.create(person=world.mira, email="m.lind@halden.example", at=TUESDAY)
    assert "m.lind@halden.example" in text(mira.get("/settings/door/"))
    assert mira.post("/settings/door/address/", {"answer": "take"}).headers["Location"] == "/accounts/login/"
    assert mira.get("/settings/").status_code == 302
    assert Account.objects.get(person=world.mira).email == "m.lind@halden.example"


def test_a_new_address_may_be_left(world, mira):
    NewAddress.objects.create(person=world.mira, email="m.lind@halden.example", at=TUESDAY)
    mira.post("/settings/door/address/", {"answer": "keep"})
    assert (Account.objects.get(person=world.mira).email, NewAddress.objects.count()) == (world.mira.email, 0)


def test_a_new_address_of_somebody_else_is_not_taken(world, mira):
    NewAddress.objects.create(person=world.mira, email=world.olav.email, at=TUESDAY)
    mira.post("/settings/door/address/", {"answer": "take"})
    assert Account.objects.get(person=world.mira).email == "mira@halden.example"


# --- running the place ----------------------------------------------------------------------------------------------


def file(words):
    return {"file": SimpleUploadedFile("people.csv", words.encode(), "text/csv")}


def test_eva_sees_numbers_and_what_she_cannot_see(eva):
    said = text(eva.get("/organisation/"))
    assert "Running Halden Grid" in said
    assert "9 people in 4 units. 1 has been here at least once." in said
    assert "whom anybody asked, who said no, and why" in said


def test_a_list_is_looked_at_before_it_is_brought_in(world, eva):
    looked = eva.post("/organisation/lists/", file(ONE))
    page = looked.headers["Location"]
    assert not Person.objects.filter(number="90").exists()
    assert "New people 1 Changed 0 As they were 0" in text(eva.get(page))
    assert eva.post(f"{page}bring/").headers["Location"] == "/organisation/"
    assert Person.objects.get(number="90").organisation == world.halden
    assert PeopleList.objects.count() == 0


def test_eva_does_not_come_in_as_mira_by_seeing_her_off_and_moving_her(world, eva):
    eva.post(f"/organisation/leavers/{world.mira.pk}/see-off/")
    for address in (world.mira.email, "mine@halden.example"):
        page = eva.post("/organisation/lists/", file(f"id,name,email\nmira,Mira,{address}\n")).headers["Location"]
        said = text(eva.get(page))
        eva.post(f"{page}bring/")
    assert "One person has a new mail address and will be asked to take it" in said
    assert "grapevine import people" in said  # the way out for an address that was wrong from the start
    assert [queries.person_at(f"{who}@halden.example") for who in ("mine", "mira")] == [None, world.mira]


def test_wrong_lines_are_shown_and_the_good_ones_may_come_in(eva):
    page = eva.post("/organisation/lists/", file(ONE + "91,,x\n")).headers["Location"]
    said = text(eva.get(page))
    assert "3 email This is not a mail address: x 3 name This cell must not be empty." in said
    assert eva.post(f"{page}bring/").headers["Location"] == page
    assert not Person.objects.filter(number="90").exists()
    eva.post(f"{page}bring/", {"keep_good": "yes"})
    assert Person.objects.filter(number="90").exists()


def test_the_same_words_for_the_same_faults_as_on_the_server(eva):
    page = eva.post("/organisation/lists/", file("id;name\n1;Ida\n")).headers["Location"]
    assert "1 email The column email is missing. The first line has: id, name." in text(eva.get(page))


def test_columns_that_are_not_read_are_named_before_anything_is_written(eva):
    page = eva.post("/organisation/lists/", file("id,name,email,shoe\n90,Ida,ida@halden.example,39\n"))
    assert "Column &#x27;shoe&#x27; is not read." in eva.get(page.headers["Location"]).text
    page = eva.post("/organisation/lists/", file("id,name,email,manger\n90,Ida,ida@halden.example,\n"))
    assert "did you mean &#x27;manager&#x27;?" in eva.get(page.headers["Location"]).text


def test_a_list_belongs_to_whoever_looks_at_it(world, eva, door):
    page = eva.post("/organisation/lists/", file(ONE)).headers["Location"]
    actions.make_administrator(by=world.eva, person=world.jonas)
    assert door(world.jonas).get(page).status_code == 404
    assert eva.post("/organisation/lists/", {}).status_code == 422


def test_lists_are_forgotten_after_a_day(eva, clock, run_jobs):
    eva.post("/organisation/lists/", file(ONE))
    clock.freeze(datetime(2026, 3, 11, 9, tzinfo=UTC))
    run_jobs()
    assert PeopleList.objects.count() == 0


def test_offices(world, eva, door):
    eva.post("/organisation/administrators/", {"administrator-who": "Jonas Eide"})
    office = Administrator.objects.get(person=world.jonas)
    assert office.by == world.eva
    assert eva.post("/organisation/administrators/", {"administrator-who": "Nobody"}).status_code == 422
    door(world.jonas).post(f"/organisation/administrators/{world.eva.administrator.pk}/withdraw/")
    assert eva.get("/organisation/").status_code == 404
    assert door(world.jonas).post(f"/organisation/administrators/{office.pk}/withdraw/").status_code == 403


def test_somebody_left(world, eva, mira):
    page = eva.post("/organisation/leavers/", {"leaver-who": "mira@halden.example"}).headers["Location"]
    said = text(eva.get(page))
    assert (
        f"Mira Lindqvist , {world.mira.unit.name} (mira@halden.example) will not be able to come in any more." in said
    )
    assert mira.get("/settings/").status_code == 200  # nothing has happened yet
    assert eva.post(f"{page}see-off/").headers["Location"] == "/organisation/"
    assert "Mira Lindqvist cannot come in any more." in eva.get("/organisation/").text
    assert mira.get("/settings/").status_code == 302
    assert eva.get(page).status_code == 404


def test_nobody_sees_themselves_off_or_anybody_of_another_house(world, eva):
    for leaver, answer in ((world.eva, 403), (world.tomasz, 404)):
        assert eva.get(f"/organisation/leavers/{leaver.pk}/").status_code == answer
        assert eva.post(f"/organisation/leavers/{leaver.pk}/see-off/").status_code == answer
    for words in ("eva  vogt", "Eva@halden.example"):
        answer = eva.post("/organisation/leavers/", {"leaver-who": words})
        assert answer.status_code == 422
        assert "You cannot see yourself off; somebody else who runs the place can." in text(answer)


def test_somebody_of_the_same_name_as_eva_can_be_seen_off(world, eva):
    Person.objects.filter(pk=world.olav.pk).update(name="Eva Vogt")
    answer = eva.post("/organisation/leavers/", {"leaver-who": "Eva Vogt"})
    assert answer.headers["Location"] == f"/organisation/leavers/{world.olav.pk}/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_the_place_takes_the_same_queries_for_one_and_three(world, eva, count, django_assert_num_queries):
    for person in (world.jonas, world.ravi)[: count - 1]:
        actions.make_administrator(by=world.eva, person=person)
    with django_assert_num_queries(7):
        eva.get("/organisation/")
