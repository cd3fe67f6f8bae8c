"""How pages are made in a server: on threads that stay, one of which computes at a time."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from asgiref.testing import ApplicationCommunicator
from django.db import connection, transaction
from django.http import FileResponse, HttpRequest

from grapevine.config import pages
from grapevine.people.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)  # a page has a connection of its own


def asked(*events, path="/healthz"):
    """What a server sends when it hears these events of a line."""
    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"host", b"localhost")], "query_string": b""}

    async def story():
        line = ApplicationCommunicator(pages.Pages(), scope)
        for event in events:
            await line.send_input({"type": event})
        await line.wait()
        sent = []
        while not line.output_queue.empty():
            sent.append(await line.receive_output())
        return [(message["type"], message.get("status"), message.get("body", b"")) for message in sent]

    return asyncio.run(story())


def test_a_page_is_answered():
    start, body = asked("http.request")
    assert start[:2] == ("http.response.start", 200)
    assert body[0] == "http.response.body"


def test_nobody_answers_a_line_that_went_dead_before_the_question_was_whole():
    assert asked("http.disconnect") == []


def test_a_file_comes_whole(monkeypatch):
    here = Path(__file__)
    monkeypatch.setattr(pages.Pages, "get_response", lambda _self, _request: FileResponse(here.open("rb")))
    _start, *parts = asked("http.request")
    assert b"".join(body for _, _, body in parts) == here.read_bytes()


@contextmanager
def looking_at(floor: pages.Floor) -> Iterator[list[tuple[str, bool]]]:
    """Notes for each query whether its thread has the floor meanwhile."""
    noted: list[tuple[str, bool]] = []

    def look(execute, sql, *rest):
        noted.append((sql.split()[0], floor._floor.locked()))
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield noted


@pytest.mark.skipif(connection.vendor != "sqlite", reason="each query of another engine waits for that engine")
def test_who_may_have_to_wait_lets_others_compute():
    """Looking up is computed here and now, and so is what somebody does who may write at last."""
    floor = pages.Floor()
    with floor.held(is_look=True), looking_at(floor) as noted:
        Unit.objects.first()
        Unit.objects.filter(pk=0).update(name="")
        Unit.objects.first()
        with transaction.atomic():
            Unit.objects.first()
            Unit.objects.filter(pk=0).update(name="")
    writing = [("BEGIN", False), ("SELECT", True), ("UPDATE", True)]
    assert noted == [("SELECT", True), ("UPDATE", False), ("SELECT", True), *writing]
    assert not floor._floor.locked()


def test_a_page_that_takes_long_is_computed_beside(monkeypatch):
    monkeypatch.setattr(pages, "PATIENCE", 0)
    floor = pages.Floor()
    floor._floor.acquire()  # by a page that takes long
    with floor.held(is_look=True):
        assert HttpRequest().GET == {}
    assert floor._floor.locked()
