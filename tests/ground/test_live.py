"""Who has a page open hears that something changed; who has gone is let go."""

import asyncio
from functools import partial

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.contrib.auth.models import AnonymousUser

from grapevine.challenges.tests.talking import talk
from grapevine.config.asgi import live as pages
from grapevine.kernel import live

pytestmark = pytest.mark.django_db(transaction=True)  # a page that is open has a connection of its own


def test_a_hint_arrives_and_a_loop_that_is_over_is_let_go(world, monkeypatch):
    monkeypatch.setattr(live, "_loops", set())
    challenge = talk(world.mira, world.sanne)
    change = partial(live.changed, "challenge", challenge.pk)
    assert asyncio.run(heard(world.sanne.account, challenge, change)) == [True, "changed"]
    assert len(live._loops) == 1
    change()
    assert live._loops == set()


@pytest.mark.parametrize(
    "path", ["challenge/1", "challenge/abc", "challenge/-1", f"challenge/{'9' * 30}", "x/1", "", "a/b/c"]
)
def test_who_may_not_see_it_is_refused_whatever_they_ask_for(world, path):
    answers = [asyncio.run(refused(account, path)) for account in (AnonymousUser(), world.sanne.account)]
    assert answers == [{"type": "websocket.close", "code": live.REFUSED}] * 2


async def refused(account, path):
    """What somebody hears who comes to this address; a trouble in the server would be raised here."""
    page = ApplicationCommunicator(pages, {"type": "websocket", "path": f"/live/{path}/", "user": account})
    await page.send_input({"type": "websocket.connect"})
    answer = await page.receive_output()
    await page.send_input({"type": "websocket.disconnect", "code": live.REFUSED})
    await page.wait()
    return {name: answer[name] for name in ("type", "code")}


async def heard(account, challenge, change):
    """Whether they may listen, and what they hear when it changes."""
    scope = {"type": "websocket", "path": f"/live/challenge/{challenge.pk}/", "user": account}
    page = ApplicationCommunicator(pages, scope)
    await page.send_input({"type": "websocket.connect"})
    came_in = await page.receive_output()
    await database_sync_to_async(change)()
    told = await page.receive_output()
    await page.send_input({"type": "websocket.disconnect", "code": 1000})
    await page.wait()
    return [came_in["type"] == "websocket.accept", told["text"]]
