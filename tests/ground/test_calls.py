"""Those in a call find each other by the room's socket; nobody else hears a word of it, and nothing is kept."""

import asyncio
import json
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from grapevine.config.asgi import live as sockets
from grapevine.kernel import clock, live
from grapevine.rooms import calls, consumers, guests
from grapevine.rooms.actions import coming
from grapevine.rooms.models import Participant, Session
from grapevine.vaults import actions as vaults

ROOMS = Path(calls.__file__).parent
NODE = shutil.which("node")
on_its_own_connection = pytest.mark.django_db(transaction=True)  # a page that is open has a connection of its own


@pytest.fixture
def meet():
    """`meet(mira, sanne)` is a sealed session of theirs, and they have come into the room."""

    def sit(*people, **how):
        vault = vaults.open_vault(kind="circle", seats=[(person, "member") for person in people])
        return _session(people, vault=vault, **how)

    return sit


@pytest.fixture
def meet_openly():
    """The same, without a vault."""
    return lambda *people, **how: _session(people, **how)


def _session(people, **how):
    usual = {"format": {}, "opened_by": people[0], "planned_at": clock.now(), "call_secret": b"s" * 32}
    session = Session.objects.create(**usual | how)
    Participant.objects.bulk_create(Participant(session=session, person=person) for person in people)
    return session


def seat(session, person):
    return session.participants.get(person=person)


class Window:
    """One open page of somebody."""

    def __init__(self, person, session):
        self.me = next((str(one.pk) for one in session.participants.all() if person in {one, one.person}), "")
        account = getattr(person, "account", AnonymousUser())  # a guest has none
        self.scope = {"type": "websocket", "path": f"/live/room/{session.pk}/", "user": account}

    async def open(self):
        self.page = ApplicationCommunicator(sockets, self.scope)
        await self.page.send_input({"type": "websocket.connect"})
        return (await self.page.receive_output())["type"] == "websocket.accept"

    async def join(self):
        assert await self.open()
        await self.say(call="join")
        return await self.hears()

    async def say(self, **message):
        await self.page.send_input({"type": "websocket.receive", "text": json.dumps(message)})

    async def hears(self):
        told = await self.page.receive_output()
        return json.loads(told["text"]) if told["type"] == "websocket.send" else told["code"]

    async def hears_nothing(self):
        return await self.page.receive_nothing(timeout=0.05)

    async def close(self):
        await self.page.send_input({"type": "websocket.disconnect", "code": 1001})
        await self.page.wait()


def told(story):
    """What the story gives back, told in one loop."""
    return asyncio.run(story())


@on_its_own_connection
def test_two_find_each_other_and_a_message_reaches_the_one_it_is_for(world, meet):
    session = meet(world.mira, world.sanne, world.kari)
    mira, sanne, kari = (Window(person, session) for person in (world.mira, world.sanne, world.kari))

    async def story():
        assert await mira.join() == {"call": [mira.me]}
        assert await sanne.join() == {"call": [sanne.me]}
        assert await mira.hears() == {"call": [mira.me, sanne.me]}
        assert await sanne.hears() == {"call": [sanne.me, mira.me]}
        assert await kari.open()
        await mira.say(to=sanne.me, signal={"hello": True})
        assert await sanne.hears() == {"from": mira.me, "signal": {"hello": True}}
        await sanne.say(call="leave")
        assert await mira.hears() == {"call": [mira.me], "left": sanne.me}
        await sanne.close()
        return [await window.hears_nothing() for window in (mira, kari)]

    assert told(story) == [True, True]


@on_its_own_connection
def test_a_closed_window_is_out_of_sight_and_may_come_back(world, meet):
    session = meet(world.mira, world.sanne)
    mira, sanne, again = (Window(person, session) for person in (world.mira, world.sanne, world.sanne))

    async def story():
        await mira.join()
        await sanne.join()
        await mira.hears()
        await sanne.close()
        gone = await mira.hears()
        await again.join()
        return gone, await mira.hears(), await again.hears()

    assert told(story) == ({"call": [mira.me]}, {"call": [mira.me, sanne.me]}, {"call": [sanne.me, mira.me]})


@on_its_own_connection
def test_a_second_window_of_the_same_person_takes_over(world, meet):
    session = meet(world.mira, world.sanne)
    mira, sanne, second = (Window(person, session) for person in (world.mira, world.sanne, world.mira))

    async def story():
        await sanne.join()
        await mira.join()
        await mira.hears()
        await sanne.hears()
        await second.join()
        first = await mira.hears()
        heard = [await second.hears(), await sanne.hears()]
        await mira.say(to=sanne.me, signal={"old": True})
        await second.say(to=sanne.me, signal={"new": True})
        return first, heard, await sanne.hears()

    both = [{"call": [mira.me, sanne.me]}, {"call": [sanne.me, mira.me]}]
    assert told(story) == ({"call": "elsewhere"}, both, {"from": mira.me, "signal": {"new": True}})


@on_its_own_connection
def test_the_ninth_is_told_that_there_are_eight(world, meet):
    people = [
        world.mira,
        world.sanne,
        world.jonas,
        world.ravi,
        world.kari,
        world.olav,
        world.lene,
        world.dev,
        world.eva,
    ]
    session = meet(*people)
    windows = [Window(person, session) for person in people]

    async def story():
        for number, window in enumerate(windows[:8]):
            await window.join()
            for _ in range(number):
                await window.hears()
        *_, last = windows
        await last.join()
        full = await last.hears()
        for number, window in enumerate(windows[:8]):
            here = [await window.hears() for _ in range(7 - number)]
            assert number == 7 or {*here[-1]["call"]} == {w.me for w in windows[:8]}
        return full, [await window.hears_nothing() for window in windows]

    assert told(story) == ({"call": "full"}, [True] * 9)


@on_its_own_connection
def test_words_reach_nobody_who_is_not_in_the_same_call(world, meet):
    session, other = meet(world.mira, world.sanne, world.kari), meet(world.mira, world.sanne)
    mira, sanne, kari = (Window(person, session) for person in (world.mira, world.sanne, world.kari))
    elsewhere = Window(world.sanne, other)

    async def story():
        await mira.join()
        await elsewhere.join()
        assert await sanne.open()
        assert await kari.open()
        for to in (sanne.me, kari.me, elsewhere.me, "", "nobody"):
            await mira.say(to=to, signal={"x": 1})
        await kari.say(to=mira.me, signal={"x": 1})  # not in the call
        await kari.say(call="here")
        for odd in ({"to": mira.me, "signal": "text"}, {"to": 5, "signal": {}}, {"words": "hi"}, {"call": ["join"]}):
            await mira.say(**odd)
        await mira.page.send_input({"type": "websocket.receive", "text": "[" * 20_000})
        await mira.page.send_input({"type": "websocket.receive", "bytes": b"\0"})
        return [await window.hears_nothing() for window in (mira, sanne, kari, elsewhere)]

    assert told(story) == [True] * 4


@on_its_own_connection
def test_who_has_no_seat_does_not_come_in_and_who_loses_it_is_out_at_once(world, meet):
    session = meet(world.mira, world.sanne)
    mira, sanne, jonas = (Window(person, session) for person in (world.mira, world.sanne, world.jonas))
    stranger = ApplicationCommunicator(
        sockets, {"type": "websocket", "path": f"/live/room/{session.pk}/", "user": AnonymousUser()}
    )

    def move_out():
        vaults.leave(vault=session.vault, person=world.sanne)
        live.changed("room", session.pk, seq=7)

    async def story():
        assert not await jonas.open()
        await stranger.send_input({"type": "websocket.connect"})
        refused = await stranger.receive_output()
        await mira.join()
        await sanne.join()
        await mira.hears()
        await sanne.hears()
        await database_sync_to_async(move_out)()
        heard = [await mira.hears(), await mira.hears()]
        return refused["code"], sorted(heard, key=len), await sanne.hears()

    assert told(story) == (live.REFUSED, [{"seq": 7}, {"call": [mira.me], "left": sanne.me}], live.REFUSED)


@on_its_own_connection
def test_when_the_session_is_over_the_last_hint_arrives_and_nobody_joins_any_more(world, meet):
    session = meet(world.mira, world.sanne)
    mira, sanne = (Window(person, session) for person in (world.mira, world.sanne))

    def close():
        Session.objects.filter(pk=session.pk).update(closed_at=clock.now())
        live.changed("room", session.pk, seq=40)

    async def story():
        await mira.join()
        await database_sync_to_async(close)()
        assert await mira.hears() == {"seq": 40}
        assert await sanne.open()
        await sanne.say(call="join")
        return await sanne.hears(), await mira.hears_nothing()

    assert told(story) == ({"call": "over"}, True)


@on_its_own_connection
def test_a_guest_is_in_the_call_of_their_session_and_of_no_other(world, meet_openly):
    session, other = meet_openly(world.mira), meet_openly(world.mira)
    guest, key = coming.join(session=session, name="Lou")
    answer = HttpResponse()
    guests.remember(answer, guest, key)
    cookies = {guests.COOKIE: answer.cookies[guests.COOKIE].value}
    mira, lou, astray = Window(world.mira, session), Window(guest, session), Window(guest, other)
    for window in (lou, astray):
        window.scope["cookies"] = cookies

    async def story():
        await mira.join()
        await lou.join()
        assert not await astray.open()
        return await mira.hears()

    assert told(story) == {"call": [mira.me, lou.me]}
    assert calls.key_of(session, guest) == calls.key_of(session, seat(session, world.mira))


@on_its_own_connection
def test_who_says_too_much_is_let_go(world, meet, monkeypatch):
    monkeypatch.setattr(consumers, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(consumers, "MOST_A_SECOND", 0)
    session = meet(world.mira, world.sanne)
    mira, sanne = (Window(person, session) for person in (world.mira, world.sanne))

    async def story():
        await sanne.join()
        await mira.join()
        await mira.hears()
        await sanne.hears()
        for _ in range(3):
            await mira.say(call="here")
        heard = [await mira.hears(), await sanne.hears()]
        await sanne.say(to=mira.me, signal={"long": "x" * consumers.LONGEST_MESSAGE})
        return [*heard, await sanne.hears()]

    assert told(story) == [consumers.TOO_MUCH, {"call": [sanne.me]}, consumers.TOO_MUCH]


@on_its_own_connection
def test_who_falls_silent_is_out_of_sight_after_a_while(world, meet, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(consumers, "monotonic", lambda: now[0])
    session = meet(world.mira, world.sanne, world.kari)
    mira, sanne, kari = (Window(person, session) for person in (world.mira, world.sanne, world.kari))

    async def story():
        for window in (mira, sanne, kari):
            await window.join()
        heard = [await mira.hears(), await mira.hears()]
        now[0] += consumers.SILENT_FOR - 10
        await kari.say(call="here")
        assert await kari.hears_nothing() is False  # the two who were there before
        now[0] += 20
        await mira.say(call="here")
        return heard[-1], await mira.hears()

    assert told(story) == ({"call": [mira.me, sanne.me, kari.me]}, {"call": [mira.me, kari.me]})


@pytest.mark.django_db
def test_those_in_the_room_share_a_key_and_nobody_else_has_it(world, meet, meet_openly):
    session, other = meet(world.mira, world.sanne), meet(world.mira, world.sanne)
    keys = {calls.key_of(session, seat(session, person)) for person in (world.mira, world.sanne)}
    opened = meet_openly(world.mira, world.sanne)
    keys |= {calls.key_of(opened, seat(opened, person)) for person in (world.mira, world.sanne)}
    keys |= {calls.key_of(other, seat(other, world.mira))}
    assert [len(key) for key in keys] == [32] * 3
    vaults.leave(vault=session.vault, person=world.sanne)
    with pytest.raises(PermissionDenied):
        calls.call_for(session, seat(session, world.sanne))


@pytest.mark.django_db
def test_a_call_is_ours_or_elsewhere_or_one_room(world, meet_openly):
    mine = {"link": "https://meet.example.org/circle"}
    sessions = [meet_openly(world.mira, **how) for how in ({}, mine, {"is_one_room": True}, {"closed_at": clock.now()})]
    sessions.append(meet_openly(world.mira, link="http://meet.example.org/circle"))
    shown = [calls.call_for(session, seat(session, world.mira)) for session in sessions]
    assert [call["kind"] for call in shown] == ["own", "link", "room", "over", "own"]
    assert shown[1] == {"kind": "link", **mine}
    facts = shown[0]["facts"]
    assert (facts["me"], len(b64decode(facts["key"]))) == (str(seat(sessions[0], world.mira).pk), 32)
    assert facts["ice"] == {"iceServers": [], "iceTransportPolicy": "all"}


@pytest.mark.django_db
def test_the_relay_is_the_only_way_where_nobody_shall_learn_an_address(world, meet_openly, settings):
    settings.GRAPEVINE_STUN_URLS, settings.GRAPEVINE_TURN_URLS = ["stun:t.example.org"], ["turns:t.example.org"]
    session = meet_openly(world.mira, is_relay_only=True)
    mira = seat(session, world.mira)
    assert calls.call_for(session, mira)["is_seen"]
    assert calls.ice_servers(session, mira) == {
        "iceServers": [{"urls": ["stun:t.example.org"]}],
        "iceTransportPolicy": "all",
    }
    settings.GRAPEVINE_TURN_SECRET = "north"
    clock_says = int(clock.now().timestamp()) + 12 * 3600
    ice = calls.ice_servers(session, mira)
    relay = ice["iceServers"][1]
    assert (ice["iceTransportPolicy"], calls.call_for(session, mira)["is_seen"]) == ("relay", False)
    assert relay["username"] == f"{clock_says}:{mira.pk}"
    assert relay["credential"] == hmac_by_openssl("north", relay["username"])


def hmac_by_openssl(secret, words):
    """As a TURN server reckons it."""
    run = subprocess.run(
        ["openssl", "dgst", "-sha1", "-hmac", secret, "-binary"], input=words.encode(), capture_output=True, check=True
    )
    return subprocess.run(["base64"], input=run.stdout, capture_output=True, check=True).stdout.decode().strip()


def test_only_the_room_may_use_camera_and_microphone():
    answer = calls.let_use_devices(HttpResponse())
    assert "camera=(self), geolocation=(), gyroscope=(), microphone=(self)" in answer["Permissions-Policy"]


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_the_logic_of_the_call(tmp_path):
    (tmp_path / "lib").mkdir()
    for lib in ROOMS.glob("static/rooms/js/lib/call-*.js"):
        # Node takes a file for a module by its ending; the browser does not care
        shutil.copy(lib, tmp_path / "lib" / f"{lib.stem}.mjs")
    test = shutil.copy(ROOMS / "tests" / "js" / "call.test.mjs", tmp_path)
    run = subprocess.run([NODE, "--test", test], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stdout
