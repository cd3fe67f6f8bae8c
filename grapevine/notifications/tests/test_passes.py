"""The links of a mail: harmless, shown by GET, done by POST, and without any words."""

import re
from datetime import date, timedelta

import pytest
from django.core.signing import Signer
from django.test import Client

from grapevine.challenges.models import Commitment
from grapevine.notifications import passes
from grapevine.notifications.models import Letter, Wish
from grapevine.notifications.tests.stories import asked, played_back
from grapevine.people.models import Person
from grapevine.vaults.queries import read

ACTS = {"confirm": "Yes, still right", "change": "Move it to this day", "put-off": "Not now"}


@pytest.fixture
def monday(world, at, post):
    """The commitment, its mail's links by act, and the letter."""
    commitment = played_back(world.mira, world.sanne)
    post()
    at(2026, 3, 16, "08:30")
    [letter] = [m for m in post() if "You said" in m.body]
    links = re.findall(r"http://[^/]+(/m/\S+)", letter.body)
    return commitment, dict(zip([*ACTS, "stop"], links, strict=True))


@pytest.fixture
def stranger():
    """A browser without a sign-in that carries no csrf token either, like a mail program."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("act", ACTS)
def test_looking_changes_nothing_and_shows_no_words(monday, stranger, act):
    commitment, links = monday
    for _ in range(2):
        page = stranger.get(links[act])
    assert (page.status_code, page["Referrer-Policy"]) == (200, "no-referrer")
    assert "no-store" in page["Cache-Control"]
    assert ACTS[act] in page.content.decode()
    assert "canary" not in page.content.decode()
    before = (commitment.on, commitment.confirmed_at, commitment.put_off_at)
    commitment.refresh_from_db()
    assert (commitment.on, commitment.confirmed_at, commitment.put_off_at) == before


@pytest.mark.parametrize(
    ("act", "typed", "on", "confirmed"),
    [
        ("confirm", {}, date(2026, 3, 16), True),
        ("change", {"on": "2026-03-18"}, date(2026, 3, 18), False),
        ("put-off", {}, date(2026, 3, 23), False),
    ],
)
def test_one_press_does_it_once(monday, stranger, act, typed, on, confirmed):
    commitment, links = monday
    for _ in range(2):
        page = stranger.post(links[act], typed)
        assert page.status_code == 200
        assert "that is settled" in page.content.decode()
    commitment.refresh_from_db()
    assert (commitment.on, bool(commitment.confirmed_at)) == (on, confirmed)


def test_the_words_stay_as_they_were_when_the_day_is_moved(world, monday, stranger):
    commitment, links = monday
    stranger.post(links["change"], {"on": "2026-03-18"})
    assert read(world.mira, commitment.when) == "canary-when the review goes quiet"


def test_a_day_that_cannot_be_is_said_kindly(monday, stranger):
    page = stranger.post(monday[1]["change"], {"on": "2025-01-01"})
    assert page.status_code == 422
    assert "Choose a day within a year from today." in page.content.decode()


def forged(letter):
    """Links that somebody made, or that are no more."""
    true = passes.token_for("confirm", letter)
    signed, signature = true.split(":")
    yield true[:-1] + ("A" if true[-1] != "A" else "B")
    yield f"{signed[:-2]}xx:{signature}"
    yield signed
    yield ":"
    yield Signer(salt="something else").sign_object(["confirm", letter.pk, 9_999_999_999])
    yield Signer(salt=passes.SALT).sign_object(["confirm", 0, 9_999_999_999])
    yield Signer(salt=passes.SALT).sign_object(["confirm"])
    yield Signer(salt=passes.SALT).sign_object("confirm")


def test_a_forged_link_opens_nothing(monday, stranger):
    commitment, _ = monday
    for token in forged(Letter.objects.get(notice__kind="monday")):
        for answer in (stranger.get(f"/m/{token}/"), stranger.post(f"/m/{token}/")):
            assert answer.status_code == 410
            assert "This link has had its time." in answer.content.decode()
    commitment.refresh_from_db()
    assert commitment.confirmed_at is None


def test_after_two_weeks_a_link_has_had_its_time(monday, stranger, clock):
    clock.freeze(clock.now() + timedelta(days=14, minutes=1))
    assert [stranger.post(monday[1][act]).status_code for act in ACTS] == [410, 410, 410]
    assert stranger.get(monday[1]["stop"]).status_code == 200


def test_a_link_of_a_letter_about_something_else_moves_nothing(world, post, stranger):
    asked(world.ravi, world.mira)
    post()
    token = passes.token_for("confirm", Letter.objects.get())
    assert stranger.post(f"/m/{token}/").status_code == 410


def test_who_left_moves_nothing(world, monday, stranger):
    Person.objects.filter(pk=world.mira.pk).update(left_on=date(2026, 3, 16))
    assert stranger.post(monday[1]["confirm"]).status_code == 410


def test_one_click_in_the_mail_program_ends_this_sort_alone(world, post, stranger):
    asked(world.ravi, world.mira)
    [letter] = post()
    stop = re.sub(r"^<http://[^/]+|>$", "", letter.message()["List-Unsubscribe"])
    assert stranger.get(stop).status_code == 200
    assert not Wish.objects.exists()
    answer = stranger.post(stop, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "No more of these mails." in answer.content.decode()) == (200, True)
    asked(world.kari, world.mira)
    played_back(world.mira, world.sanne)
    assert [m.to[0] for m in post() if "mira@" in m.to[0] and "asks" in m.subject] == []
    assert [(w.topic, w.by_mail) for w in Wish.objects.filter(person=world.mira)] == [("asked", False)]


def test_the_page_speaks_the_language_of_the_reader(world, monday, stranger):
    Person.objects.filter(pk=world.mira.pk).update(language="de")
    assert '<html lang="de"' in stranger.get(monday[1]["confirm"]).content.decode()


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Pacific/Auckland"])
@pytest.mark.parametrize(("days", "is_taken"), [(-1, False), (0, True), (366, True), (367, False)])
def test_the_mail_takes_the_same_days_as_the_page_of_the_talk(world, door, stranger, at, post, zone, days, is_taken):
    Person.objects.filter(pk=world.mira.pk).update(timezone=zone)
    world.mira.refresh_from_db()
    commitment = played_back(world.mira, world.sanne)
    post()
    at(2026, 3, 16, "08:30", zone)
    [letter] = [m for m in post() if "You said" in m.body]
    link = re.findall(r"http://[^/]+(/m/\S+)", letter.body)[list(ACTS).index("change")]
    typed = {"on": date(2026, 3, 16) + timedelta(days=days), "when": "a", "will": "b"}
    talk = door(world.mira).post(f"/commitments/{commitment.pk}/change/", typed).status_code == 302
    Commitment.objects.filter(pk=commitment.pk).update(on=date(2026, 3, 16))
    assert (talk, stranger.post(link, typed).status_code == 200) == (is_taken, is_taken)
