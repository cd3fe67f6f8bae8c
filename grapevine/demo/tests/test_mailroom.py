"""The mail room keeps every mail on this machine and shows it so that nothing in it can act."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from grapevine.demo import mailroom


@pytest.fixture
def room(settings, tmp_path, db):
    settings.GRAPEVINE_DATA_DIR = tmp_path
    return get_connection("grapevine.demo.mailroom.MailRoomBackend")


def send(room, subject, html="", to="Mira Lindqvist <mira@halden.example>"):
    mail = EmailMultiAlternatives(subject, "Hello\nhttp://127.0.0.1/today/\n", to=[to], connection=room)
    if html:
        mail.attach_alternative(html, "text/html")
    return mail.send()


def subjects(page):
    return [unescape(subject) for subject in re.findall(r'/demo/mail/\d[^"]+">([^<]+)<', page)]


def test_newest_first(room, clock, client):
    for hour, subject in ((8, "First"), (9, "Grüße")):
        clock.freeze(datetime(2026, 3, 10, hour, tzinfo=UTC))
        assert send(room, subject) == 1
    assert [mailroom.opened(name).subject for name in mailroom.names()] == ["Grüße", "First"]
    page = client.get("/demo/mail/").content.decode()
    assert subjects(page) == ["Grüße", "First"]
    assert "to Mira Lindqvist" in page


def test_whoever_one_is_finds_their_own_mail_with_one_press(room, world, door, clock):
    for n in range(21):
        send(room, f"Sanne's {n}", to="Sanne Vik <sanne@halden.example>")
    clock.set_offset(timedelta(minutes=1))
    send(room, "Mira's")
    mira = door(world.mira)
    everybodys = mira.get("/demo/mail/").content.decode()
    assert '<a class="chip" href="?to=me">To you</a>' in everybodys
    assert '<span class="state leaf">to you</span>' in everybodys
    mine = mira.get("/demo/mail/?to=me").content.decode()
    assert subjects(mine) == ["Mira's"]
    assert '<a class="chip" href="?to=me" aria-current="page">To you</a>' in mine
    assert '<a class="chip" href="?">To everybody</a>' in mine
    assert 'href="?to=me&amp;page=2"' in door(world.sanne).get("/demo/mail/?to=me").content.decode()
    assert "No mail to you yet." in door(world.olav).get("/demo/mail/?to=me").content.decode()


def test_who_is_nobody_yet_sees_everybody_s(room, client):
    send(room, "Mira's")
    page = client.get("/demo/mail/?to=me").content.decode()
    assert subjects(page) == ["Mira's"]
    assert "To you" not in page


def test_one_mail_with_its_links(room, client):
    send(room, "Subject", "<p>hi</p>")
    [name] = mailroom.names()
    page = client.get(f"/demo/mail/{name}/")
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert '<a href="http://127.0.0.1/today/">' in page.content.decode()
    assert "In the real world only Mira Lindqvist gets this mail" in page.content.decode()


def test_the_html_of_a_mail_runs_and_fetches_nothing(room, client):
    send(room, "Subject", "<html><head><style>p { margin: 0 }</style></head><p>hi</p><script>alert(1)</script></html>")
    answer = client.get(f"/demo/mail/{mailroom.names()[0]}/html/")
    rules = answer["Content-Security-Policy"]
    assert rules.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in rules
    assert "; sandbox allow-top-navigation-by-user-activation" in rules
    assert "script-src" not in rules
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("name", ["..", "../secret", "%2e%2e%2fsecret.key", "20260310T081500000000-00000000", "x"])
def test_nothing_else_of_the_folder_can_be_read(room, client, name):
    assert client.get(f"/demo/mail/{name}/").status_code == 404


def test_outside_of_the_demo_there_is_no_such_room(room, client, settings):
    send(room, "Subject")
    [name] = mailroom.names()
    settings.GRAPEVINE_DEMO = False
    for path in ("/demo/mail/", f"/demo/mail/{name}/", f"/demo/mail/{name}/html/"):
        assert client.get(path).status_code == 404
