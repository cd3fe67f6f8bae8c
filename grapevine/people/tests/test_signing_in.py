"""Mira signs in by a code from her mail. Whoever tries addresses learns nothing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from grapevine.people import actions
from grapevine.people.models import Account, Person

CODE = re.compile(r"^ {4}([A-Z]{4}-[A-Z]{4})$", re.MULTILINE)


@pytest.fixture(autouse=True)
def no_limits_from_other_tests():
    cache.clear()


@pytest.fixture
def ask(client):
    """`ask("mira@...")` types an address at the door; (status, where to, the page there)."""

    def asking(address, visitor=client):
        answer = visitor.post("/accounts/login/", {"login": address})
        return answer.status_code, answer.headers["Location"], visitor.get(answer.headers["Location"])

    return asking


def code_in(mail):
    return CODE.search(mail.body)[1]


def without_what_changes(page, address):
    words = page.content.decode().replace(address, "ADDRESS")
    return re.sub(r'(name="(once|csrfmiddlewaretoken)" value=|nonce[=":]+)"?[^"]+"', "", words)


# --- by a code ------------------------------------------------------------------------------------------------------


def test_mira_signs_in(world, client, ask, run_jobs, mailoutbox):
    status, to, page = ask("Mira@Halden.example")
    assert (status, to, page.status_code) == (302, "/accounts/login/code/confirm/", 200)
    assert mailoutbox == []  # the mail leaves after the answer
    run_jobs()
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["mira@halden.example"], "Your code for Grapevine")
    answer = client.post(to, {"code": code_in(mail).lower().replace("-", " ")})
    assert answer.headers["Location"] == "/"
    assert client.get("/settings/").status_code == 200


def test_the_mail(world, ask, run_jobs, mailoutbox):
    ask("mira@halden.example")
    run_jobs()
    assert CODE.sub("    BCDF-GHJK", mailoutbox[0].body) == (
        "Hello,\n\nthis is your code:\n\n    BCDF-GHJK\n\n"
        "Type it on the page where you asked for it. It holds for fifteen minutes and works once.\n\n"
        "You asked for no code? Then do nothing: without it nobody comes in."
    )


def test_back_to_where_one_wanted_to_go(world, client, run_jobs, mailoutbox):
    door = client.get("/settings/hours/").headers["Location"]
    confirm = client.post(door, {"login": "mira@halden.example", "next": "/settings/hours/"}).headers["Location"]
    run_jobs()
    answer = client.post(confirm, {"code": code_in(mailoutbox[0]), "next": "/settings/hours/"})
    assert answer.headers["Location"] == "/settings/hours/"


def test_never_to_a_stranger_s_page(world, client, run_jobs, mailoutbox):
    confirm = client.post("/accounts/login/", {"login": "mira@halden.example", "next": "https://evil.example/"})
    run_jobs()
    answer = client.post(confirm.headers["Location"], {"code": code_in(mailoutbox[0]), "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_a_code_works_once_and_in_one_browser(world, client, ask, run_jobs, mailoutbox):
    _, confirm, _ = ask("mira@halden.example")
    run_jobs()
    code = code_in(mailoutbox[0])
    assert Client().post(confirm, {"code": code}).headers["Location"] == "/accounts/login/code/"
    client.post(confirm, {"code": code})
    client.post("/accounts/logout/")
    assert client.post(confirm, {"code": code}).headers["Location"] == "/accounts/login/code/"


def test_three_wrong_codes_end_it(world, client, ask, run_jobs, mailoutbox):
    _, confirm, _ = ask("mira@halden.example")
    run_jobs()
    wrong = client.post(confirm, {"code": "XXXX-XXXX"})
    assert "This is not the code of the last mail." in wrong.content.decode()
    client.post(confirm, {"code": "XXXX-XXXX"})
    client.post(confirm, {"code": "XXXX-XXXX"})
    client.post(confirm, {"code": code_in(mailoutbox[0])})
    assert client.get("/settings/").status_code == 302


def test_a_code_holds_for_fifteen_minutes(world, client, ask, run_jobs, mailoutbox, time_machine):
    _, confirm, _ = ask("mira@halden.example")
    run_jobs()
    time_machine.move_to(datetime.now(UTC) + timedelta(minutes=15, seconds=1))
    client.post(confirm, {"code": code_in(mailoutbox[0])})
    assert client.get("/settings/").status_code == 302


def test_a_slip_of_the_pen_is_put_right_at_the_door(world, client, ask, run_jobs, mailoutbox):
    ask("mria@halden.example")
    assert client.get("/accounts/login/").status_code == 200
    assert "<b>mira@halden.example</b>" in ask("mira@halden.example")[2].content.decode()
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [["mira@halden.example"]]


def test_another_code(world, client, ask, run_jobs, mailoutbox):
    _, confirm, _ = ask("mira@halden.example")
    client.post(confirm, {"action": "resend"})
    run_jobs()
    first, second = mailoutbox
    assert client.post(confirm, {"code": code_in(first)}).status_code == 200
    assert client.post(confirm, {"code": code_in(second)}).headers["Location"] == "/"


def test_the_code_comes_in_the_language_of_who_gets_it(world, ask, run_jobs, mailoutbox):
    Person.objects.filter(pk=world.aiko.pk).update(language="de")
    with pytest.MonkeyPatch.context() as patch:
        spoken = []
        patch.setattr("grapevine.people.accounts.translation.override", _noting(spoken))
        ask(world.aiko.email)
    assert spoken == ["de"]


def _noting(spoken):
    return lambda language: spoken.append(language) or override(language)


# --- strangers learn nothing ----------------------------------------------------------------------------------------


def test_page_and_answer_are_the_same_for_strangers(world, ask, run_jobs, mailoutbox):
    known, unknown = "mira@halden.example", "nobody@halden.example"
    answers = [ask(address, Client()) for address in (known, unknown)]
    assert answers[0][:2] == answers[1][:2]
    pages = [
        without_what_changes(page, address) for (_, _, page), address in zip(answers, (known, unknown), strict=True)
    ]
    assert pages[0] == pages[1]
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[known]]


def test_the_same_work_is_done_for_strangers(world, ask):
    def asked(address):
        with CaptureQueriesContext(connection) as seen:
            ask(address, Client())
        return [re.sub(r"'[^']*'|\d+", "?", query["sql"])[:60] for query in seen]

    asked("mira@halden.example")
    assert asked("sanne@halden.example") == asked("nobody@halden.example")
    bodies = [len(row.args_kwargs["args"][2]) for row in DBTaskResult.objects.all()]
    assert len(set(bodies)) == 1


def test_whoever_left_is_a_stranger(world, ask, run_jobs, mailoutbox):
    actions.leave(by=world.eva, person=world.kari)
    ask("kari@halden.example")
    ask(world.left.email)
    Account.objects.filter(person=world.olav).update(is_active=False)
    ask("olav@halden.example")
    run_jobs()
    assert mailoutbox == []


def test_a_code_asked_for_before_leaving_opens_nothing(world, client, ask, run_jobs, mailoutbox):
    _, confirm, _ = ask("kari@halden.example")
    run_jobs()
    Person.objects.filter(pk=world.kari.pk).update(left_on="2026-03-10")
    client.post(confirm, {"code": code_in(mailoutbox[0])})
    assert client.get("/settings/").status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "address", ["mırа@halden.example", "MİRA@halden.example", "kari@halden.example\u200b", "\u212aari@halden.example"]
)
def test_look_alikes_open_no_door(world, client, address, run_jobs, mailoutbox):
    client.post("/accounts/login/", {"login": address})
    run_jobs()
    assert [mail.to for mail in mailoutbox if mail.to != ["kari@halden.example"]] == []


def test_too_often(world, client):
    answers = [client.post("/accounts/login/", {"login": "mira@halden.example"}) for _ in range(4)]
    assert [answer.status_code for answer in answers[:3]] == [302, 302, 302]
    assert "Wait a few minutes" in answers[3].content.decode() or answers[3].status_code in {302, 429}


@pytest.mark.parametrize(
    "page",
    [
        "signup",
        "password/reset",
        "password/change",
        "email",
        "inactive",
        "social/connections",
        "3rdparty",
        "3rdparty/signup",
    ],
)
def test_doors_that_stay_shut(client, db, page):
    assert client.get(f"/accounts/{page}/").status_code == 404


# --- out again ------------------------------------------------------------------------------------------------------


def test_signing_out(world, door):
    mira = door(world.mira)
    assert mira.get("/accounts/logout/").status_code == 200
    assert mira.post("/accounts/logout/").headers["Location"] == "/"
    assert mira.get("/settings/").status_code == 302


def test_everywhere_else(world, client, ask, run_jobs, mailoutbox):
    here, there = client, Client()
    for visitor in (here, there):
        confirm = visitor.post("/accounts/login/", {"login": "mira@halden.example"}).headers["Location"]
        run_jobs()
        visitor.post(confirm, {"code": code_in(mailoutbox[-1])})
    assert here.get("/accounts/sessions/").content.decode().count("Signed in at 2 places.") == 1
    here.post("/accounts/sessions/")
    assert (here.get("/settings/").status_code, there.get("/settings/").status_code) == (200, 302)


@pytest.mark.parametrize("page", ["login/", "login/code/"])
def test_pages_for_strangers_show_in_our_frame(client, db, page):
    assert b'class="letter' in client.get(f"/accounts/{page}").content


@pytest.mark.parametrize("page", ["2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "sessions/", "logout/"])
def test_pages_of_the_door_show_in_our_frame(world, door, page):
    answer = door(world.mira).get(f"/accounts/{page}")
    assert (answer.status_code, b'class="letter' in answer.content) == (200, True)


def test_what_is_no_address_is_said_in_our_words(client, db):
    """The summary calls the box what the page calls it."""
    page = client.post("/accounts/login/", {"login": "mira at halden"}).content.decode()
    assert re.search(r'<a href="#[^"]+">Your mail address</a>: This does not read like a mail address\.', page)
    assert "Enter a valid" not in page
