"""Each page in the words that matter, with its queries counted."""

import re
from datetime import UTC, date, datetime, time

import pytest

from grapevine.people import actions as people
from grapevine.people.models import Block, Consent, Person, Rest
from grapevine.skills import actions
from grapevine.skills.actions import load_starter
from grapevine.skills.models import Evidence, Interest, Offer, Skill


def said(answer):
    """What a person reads of the page's main part, without the tags."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def note(person, key="1", **more):
    about = {
        "kind": Evidence.Kind.HELPED,
        "words": "reading relay logs",
        "on": date(2026, 3, 9),
        "origin_kind": "challenge",
    }
    return actions.note_evidence(person=person, origin_key=key, **about | more)


# --- the directory --------------------------------------------------------------------------------


def test_the_directory_begins_with_ones_own_unit(world, door, django_assert_num_queries):
    visitor = door(world.mira)
    visitor.get("/people/")
    with django_assert_num_queries(8):
        words = said(visitor.get("/people/"))
    assert "Your unit, Grid Control" in words
    assert [name in words for name in ("Sanne Vik", "Kari Nilsen", "This is you")] == [True, False, True]
    for n in range(3):
        actions.offer(by=world.sanne, words=f"log number {n}")
    with django_assert_num_queries(8):
        assert "log number 2" in said(visitor.get("/people/"))


def test_rows_lead_to_the_page_and_to_asking(world, door):
    people.rest(by=world.kari, kind=Rest.Kind.RESTING, until_on=date(2026, 3, 12))
    answer = door(world.mira).get("/people/?q=kari")
    assert "resting until Thursday" in said(answer)
    assert f'href="/people/{world.kari.pk}/"' in answer.text
    assert f'?to={world.kari.pk}"' in answer.text
    assert "@" not in said(answer)


@pytest.mark.parametrize(
    ("zone", "now", "until", "told"),
    [
        ("America/Los_Angeles", datetime(2026, 3, 10, 1, tzinfo=UTC), 15, "resting until Sunday"),  # Monday 18:00
        ("America/Los_Angeles", datetime(2026, 3, 10, 1, tzinfo=UTC), 16, "resting until 16 March"),
        ("Pacific/Auckland", datetime(2026, 3, 9, 20, tzinfo=UTC), 16, "resting until Monday"),  # Tuesday 09:00
        ("Pacific/Auckland", datetime(2026, 3, 9, 20, tzinfo=UTC), 17, "resting until 17 March"),
    ],
)
def test_a_day_of_the_week_is_within_a_week_of_whoever_rests(world, door, clock, zone, now, until, told):
    clock.freeze(now)
    Person.objects.filter(pk=world.kari.pk).update(timezone=zone)
    people.rest(by=world.kari, kind=Rest.Kind.RESTING, until_on=date(2026, 3, until))
    visitor = door(world.mira)
    assert told in said(visitor.get("/people/?q=kari"))
    assert told in said(visitor.get(f"/people/{world.kari.pk}/"))


def test_nobody_found_is_no_dead_end(world, door):
    answer = door(world.mira).get("/people/?skill=quokkas&page=3")
    assert "Nobody yet." in said(answer)
    assert 'value="quokkas"' in answer.text


def test_every_filter_at_once_stays_within_twelve_queries(world, door, django_assert_max_num_queries):
    load_starter()
    actions.offer(by=world.sanne, words="asking early")
    actions.seek(by=world.sanne, words="diving")
    visitor = door(world.mira)
    path = f"/people/?q=sa&unit={world.mira.unit_id}&skill=asking+early&interest=diving&language=en&zone=Europe/Oslo&overlap=2"
    assert "Sanne Vik" in said(visitor.get(path))
    with django_assert_max_num_queries(12):
        visitor.get(path)


def test_a_filter_that_cannot_be_is_said_beside_its_field(world, door):
    answer = door(world.mira).get("/people/?unit=999999")
    assert answer.status_code == 200
    assert "This cannot be chosen, or not any more." in said(answer)


def test_names_for_the_palette(world, door):
    visitor = door(world.mira)
    assert visitor.get("/people/find/?q=kar").json() == [
        {"name": "Kari Nilsen", "title": "Technician · Field", "url": f"/people/{world.kari.pk}/"}
    ]
    assert visitor.get("/people/find/?q=k").json() == visitor.get("/people/find/").json() == []


# --- a colleague ----------------------------------------------------------------------------------


def test_a_colleagues_page(world, door):
    load_starter()
    actions.offer(by=world.kari, words="climbing in winter", skill=Skill.objects.get(key="ask-early"))
    actions.seek(by=world.kari, words="reading relay logs")
    people.rest(by=world.kari, kind=Rest.Kind.SHORT)
    people.set_hours(by=world.kari, hours=[(day, time(7, 30), time(15)) for day in (0, 1, 2, 3)])
    words = said(door(world.mira).get(f"/people/{world.kari.pk}/"))
    for part in ("Kari Nilsen", "Technician · Field", "Ask Kari", "climbing in winter", "Asking while it is still small",
                 "reading relay logs", "only short things until Monday", "It is 09:15 there, as it is here.",
                 "Works Monday to Thursday, roughly from 07:30 to 15:00.", "English", "rather not hear from Kari"):  # fmt: skip
        assert part in words
    assert "@" not in words


def test_a_colleagues_page_in_german_and_from_afar(world, door):
    people.choose_look(by=world.joanna, scheme="auto", language="de")
    people.set_hours(by=world.tomasz, hours=[(1, time(8), time(12)), (4, time(8), time(16))])
    answer = door(world.joanna).get(f"/people/{world.tomasz.pk}/")
    assert answer.status_code == 200
    assert "08:15" in said(answer)


def test_a_colleagues_page_takes_so_many_queries(world, door, django_assert_num_queries):
    visitor, path = door(world.mira), f"/people/{world.kari.pk}/"
    actions.offer(by=world.kari, words="climbing 0")
    visitor.get(path)
    with django_assert_num_queries(PERSON):
        visitor.get(path)
    for n in (1, 2):
        actions.offer(by=world.kari, words=f"climbing {n}")
        actions.seek(by=world.kari, words=f"diving {n}")
    with django_assert_num_queries(PERSON):
        visitor.get(path)


PERSON = 11  # one of them for a panel that shows thanks


@pytest.mark.parametrize("who", ["tomasz", "left"])
def test_others_have_no_page(world, door, who):
    assert door(world.mira).get(f"/people/{getattr(world, who).pk}/").status_code == 404


def test_rather_not_hear_from_somebody(world, door):
    visitor = door(world.mira)
    answer = visitor.post(f"/people/{world.kari.pk}/block/", follow=True)
    assert Block.objects.filter(person=world.mira, blocked=world.kari).exists()
    assert "You would rather not hear from Kari" in said(answer)
    assert "rather not hear" not in said(door(world.kari).get(f"/people/{world.kari.pk}/"))
    visitor.post(f"/people/{world.mira.pk}/block/")
    assert Block.objects.count() == 1
    assert visitor.post(f"/people/{world.tomasz.pk}/block/").status_code == 404


# --- oneself --------------------------------------------------------------------------------------


def test_ones_own_page(world, door, django_assert_num_queries):
    visitor = door(world.sanne)
    assert "Nothing yet." in said(visitor.get("/me/"))
    note(world.sanne, by=world.mira)
    with django_assert_num_queries(MINE):
        words = said(visitor.get("/me/"))
    assert "Mira would let others find you for" in words
    for n in (2, 3):
        note(world.sanne, str(n), by=world.ravi, agreed=True, words=f"relay {n}")
        actions.offer(by=world.sanne, words=f"offer {n}")
        actions.seek(by=world.sanne, words=f"wish {n}")
    with django_assert_num_queries(MINE):
        words = said(visitor.get("/me/"))
    for part in ("Ravi Berg said that you helped with it, yesterday", "relay 3", "You offer this, until 9 September", "offer 2",
                 "wish 3", "You can be found", "Hide everything about this topic"):  # fmt: skip
        assert part in words, part


MINE = 7


def test_offers_by_form(world, door):
    load_starter()
    skill = Skill.objects.get(key="ask-early")
    visitor = door(world.sanne)
    assert visitor.post("/me/offers/", {"offer-words": "reading logs", "offer-skill": skill.pk}).status_code == 302
    offer = Offer.objects.get()
    assert (offer.words, offer.skill) == ("reading logs", skill)
    wrong = visitor.post("/me/offers/", {"offer-words": "  "})
    assert wrong.status_code == 422
    assert "Nothing you typed is lost" in said(wrong)
    assert visitor.post(f"/me/offers/{offer.pk}/renew/").status_code == 302
    assert door(world.mira).post(f"/me/offers/{offer.pk}/withdraw/").status_code == 403
    assert visitor.post(f"/me/offers/{offer.pk}/withdraw/").status_code == 302
    assert Offer.objects.get().withdrawn_at is not None


def test_wishes_by_form(world, door):
    visitor = door(world.sanne)
    visitor.post("/me/interests/", {"interest-words": "diving"})
    wish = Interest.objects.get()
    assert (wish.words, wish.person) == ("diving", world.sanne)
    assert visitor.post("/me/interests/", {}).status_code == 422
    visitor.post(f"/me/interests/{wish.pk}/withdraw/")
    assert Interest.objects.get().withdrawn_at is not None


def test_lines_by_button(world, door):
    visitor, line = door(world.sanne), note(world.sanne)
    for verb, field in (("agree", "agreed_at"), ("hide", "hidden_at")):
        assert visitor.post(f"/me/evidence/{line.pk}/{verb}/").status_code == 302
        line.refresh_from_db()
        assert getattr(line, field) is not None
    assert "hidden" in said(visitor.get("/me/"))
    visitor.post(f"/me/evidence/{line.pk}/show/")
    assert visitor.post(f"/me/evidence/{line.pk}/show/").status_code == 403
    assert door(world.mira).post(f"/me/evidence/{line.pk}/delete/").status_code == 404
    visitor.post(f"/me/evidence/{line.pk}/delete/")
    assert not Evidence.objects.exists()


def test_a_whole_topic_takes_two_taps(world, door):
    visitor = door(world.sanne)
    line, other = note(world.sanne, agreed=True), note(world.sanne, "2", agreed=True, words="climbing")
    actions.offer(by=world.sanne, words="relay logs")
    first = said(visitor.get(f"/me/evidence/{line.pk}/no-longer-me/"))
    assert "reading relay logs" in first
    assert "You do not offer this any more" in first
    assert "climbing" not in first
    answer = visitor.post(f"/me/evidence/{line.pk}/no-longer-me/", follow=True)
    assert "Nobody finds you by this any more." in answer.text
    assert list(Evidence.objects.filter(hidden_at__isnull=True)) == [other]
    assert "All of it is hidden already." in said(visitor.get(f"/me/evidence/{line.pk}/no-longer-me/"))


def test_being_found_is_ones_own_choice(world, door):
    visitor = door(world.sanne)
    assert "You cannot be found" in said(visitor.post("/me/found/", {"found": "no"}, follow=True))
    assert not Consent.objects.filter(person=world.sanne, withdrawn_at__isnull=True).exists()
    assert "You can be found" in said(visitor.post("/me/found/", {"found": "yes"}, follow=True))


# --- a skill --------------------------------------------------------------------------------------


def test_a_skills_page(world, door, django_assert_num_queries):
    load_starter()
    skill = Skill.objects.get(key="ask-early")
    visitor = door(world.mira)
    assert "Nobody has offered it yet." in said(visitor.get(f"/skills/{skill.pk}/"))
    actions.offer(by=world.kari, words="how to begin", skill=skill)
    with django_assert_num_queries(SKILL):
        words = said(visitor.get(f"/skills/{skill.pk}/"))
    for part in ("Asking while it is still small", "Ask someone before the hour is lost", "Names a size", "Kari Nilsen",
                 "how to begin", "Ask Kari", "Working together"):  # fmt: skip
        assert part in words
    for person in (world.olav, world.lene):
        actions.offer(by=person, words="how to go on", skill=skill)
    with django_assert_num_queries(SKILL):
        visitor.get(f"/skills/{skill.pk}/")


SKILL = 5


def test_a_skills_page_in_german(world, door):
    load_starter()
    people.choose_look(by=world.aiko, scheme="auto", language="de")
    words = said(door(world.aiko).get(f"/skills/{Skill.objects.get(key='ask-early').pk}/"))
    assert "Fragen, solange es klein ist" in words
    assert "Nennt eine Größe" in words


def test_nobody_without_a_seat_gets_in(world, client):
    for path in ("/people/", "/people/find/", f"/people/{world.mira.pk}/", "/me/", "/skills/1/"):
        assert client.get(path).status_code == 302
