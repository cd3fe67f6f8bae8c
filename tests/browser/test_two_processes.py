"""One room on two processes that share rows and a Redis: what is said on one is hinted on the other."""

import socket
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.server import Server, running
from tests.browser.test_call import Room
from tests.browser.test_session import button, said, say
from tests.browser.visitors import Visitors

REDIS = ("127.0.0.1", 6379)


@pytest.fixture
def two(browser, tmp_path):
    """Visitors of the one process, and visitors of the other."""
    with closing(socket.socket()) as trial:
        if trial.connect_ex(REDIS):
            pytest.skip("no Redis answers at 127.0.0.1:6379")
    shared = {"GRAPEVINE_REDIS_URL": f"redis://{REDIS[0]}:{REDIS[1]}/15"}
    with running(tmp_path / "data", **shared) as one:
        other = Server(one.place, **shared).start()
        visitors = [Visitors(browser, server) for server in (one, other)]
        yield visitors
        for each in visitors:
            each.leave()
        other.kill()


def test_a_word_said_on_one_process_is_seen_on_the_other(two):
    here, there = two
    room = Room(here, ("Mira", "Sanne"))
    mira = room.enter("Mira")
    sanne = there.enter("Sanne")
    hints = []
    sanne.on("websocket", lambda line: line.on("framereceived", lambda frame: hints.append((line.url, frame))))
    sanne.goto(f"/rooms/{room.pk}/")
    button(sanne, "Come in").click()
    expect(mira.locator(".room-people")).to_contain_text("Sanne")
    button(mira, "Begin").click()
    expect(sanne.get_by_label("Your line")).to_be_visible()
    hints.clear()
    say(mira, "Your line", "curious", "Add it")
    expect(said(sanne)).to_have_text(["curious"])
    assert any(f"/live/room/{room.pk}/" in url for url, _frame in hints)
