"""Mira's passkey: one touch instead of a code, and from then on no code alone."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from grapevine.people import actions, queries
from grapevine.people.tests.device import Device
from grapevine.people.tests.test_signing_in import code_in

HERE = Path(__file__).parent
NODE = shutil.which("node")
ADD, SHOW = "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/login/"


@pytest.fixture(autouse=True)
def no_limits_from_other_tests():
    cache.clear()


@pytest.fixture
def mira(world, door):
    return door(world.mira)


def options_on(page, kind):
    kept = re.search(r'<script id="passkey-options" type="application/json">(.*?)</script>', page.content.decode())
    return json.loads(kept[1])[kind]["publicKey"]


def with_key(visitor, name="Laptop"):
    """Add a passkey: (the device, where one is led)."""
    device = Device()
    options = options_on(visitor.get(ADD), "creation_options")
    answer = visitor.post(ADD, {"name": name, "credential": device.make(options), "passwordless": "on"})
    return device, answer.headers["Location"]


def shown(visitor, device):
    """Show the passkey at the door."""
    options = visitor.get(SHOW, headers={"Accept": "application/json"}).json()["request_options"]["publicKey"]
    return visitor.post(SHOW, {"credential": device.show(options)})


def test_mira_adds_a_passkey_and_gets_spare_codes(world, mira, mailoutbox, run_jobs):
    _, led_to = with_key(mira, "Work laptop")
    assert led_to == "/accounts/2fa/recovery-codes/"
    codes = re.findall(r"<li>(\d{8})</li>", mira.get(led_to).content.decode())
    assert len(codes) == 10
    assert [key.name for key in queries.passkeys_of(world.mira)] == ["Work laptop"]
    assert b"Work laptop" in mira.get("/settings/door/").content
    run_jobs()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([world.mira.email], "A passkey was added")]


def test_the_device_calls_the_key_by_her_address(mira):
    assert options_on(mira.get(ADD), "creation_options")["user"]["name"] == "mira@halden.example"


def test_one_touch_opens_the_door(world, mira):
    device, _ = with_key(mira)
    visitor = Client()
    assert shown(visitor, device).headers["Location"] == "/"
    assert visitor.get("/settings/").context["person"] == world.mira


def test_a_key_without_finger_face_or_pin_opens_nothing(mira):
    device, _ = with_key(mira)
    device.is_verified = False
    visitor = Client()
    assert shown(visitor, device).headers["Location"] == "/accounts/login/"
    assert visitor.get("/settings/").status_code == 302


def test_a_strange_key_opens_nothing(mira):
    with_key(mira)
    visitor = Client()
    shown(visitor, Device())
    assert visitor.get("/settings/").status_code == 302


def test_with_a_passkey_a_code_alone_does_not_open(mira, run_jobs, mailoutbox):
    device, led_to = with_key(mira)
    spare = re.findall(r"<li>(\d{8})</li>", mira.get(led_to).content.decode())[0]
    visitor = Client()
    confirm = visitor.post("/accounts/login/", {"login": "mira@halden.example"}).headers["Location"]
    run_jobs()
    second = visitor.post(confirm, {"code": code_in(mailoutbox[-1])}).headers["Location"]
    assert (second, visitor.get("/settings/").status_code) == ("/accounts/2fa/authenticate/", 302)
    options = options_on(visitor.get(second), "request_options")
    assert visitor.post(second, {"credential": device.show(options)}).headers["Location"] == "/"
    other = Client()
    confirm = other.post("/accounts/login/", {"login": "mira@halden.example"}).headers["Location"]
    run_jobs()
    other.post(confirm, {"code": code_in(mailoutbox[-1])})
    assert other.post(second, {"code": spare}).headers["Location"] == "/"


def test_keys_are_changed_only_by_whoever_shows_one(world, mira):
    device, _ = with_key(mira)
    key = queries.passkeys_of(world.mira)[0]
    visitor = Client()
    shown(visitor, device)
    again = visitor.get(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/").headers["Location"]
    assert again.startswith("/accounts/2fa/webauthn/reauthenticate/")
    options = options_on(visitor.get(again), "request_options")
    remove = visitor.post(again, {"credential": device.show(options)}).headers["Location"]
    assert visitor.post(remove, {"next": "/settings/door/"}).headers["Location"] == "/settings/door/"
    assert queries.passkeys_of(world.mira) == []


def test_a_key_is_renamed(world, mira):
    with_key(mira)
    key = queries.passkeys_of(world.mira)[0]
    mira.post(f"/accounts/2fa/webauthn/keys/{key.pk}/edit/", {"name": "Desk"})
    assert [key.name for key in queries.passkeys_of(world.mira)] == ["Desk"]


def test_nobody_touches_the_keys_of_others(world, mira, door):
    with_key(mira)
    key = queries.passkeys_of(world.mira)[0]
    for page in ("edit", "remove"):
        assert door(world.sanne).post(f"/accounts/2fa/webauthn/keys/{key.pk}/{page}/", {}).status_code == 404


def test_the_key_of_somebody_who_left_opens_nothing(world, mira):
    device, _ = with_key(mira)
    actions.leave(by=world.eva, person=world.mira)
    visitor = Client()
    shown(visitor, device)
    assert visitor.get("/settings/").status_code == 302


def test_the_key_of_somebody_not_active_opens_nothing_and_says_so(world, mira):
    device, _ = with_key(mira)
    type(world.mira.account).objects.filter(pk=world.mira.account_id).update(is_active=False)
    visitor = Client()
    assert shown(visitor, device).headers["Location"] == "/accounts/login/"
    assert b"This does not open Grapevine any more." in visitor.get("/accounts/login/").content


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_the_logic_in_the_browser(tmp_path):
    (tmp_path / "lib").mkdir()
    lib = HERE.parent / "static" / "people" / "js" / "lib" / "passkey.js"
    shutil.copy(lib, tmp_path / "lib" / "passkey.mjs")
    shutil.copy(HERE / "js" / "passkey.test.mjs", tmp_path)
    run = subprocess.run(
        [NODE, "--test", str(tmp_path / "passkey.test.mjs")], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stdout
