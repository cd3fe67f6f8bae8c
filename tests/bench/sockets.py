"""Twenty rooms of eight on one process: how long until what one says is on everybody's screen.

Own clients on the loopback: each of the 160 keeps a socket, and asks for the stage of its room when hinted. Somebody in
each room says something every few seconds; the clock runs from the press until the others hold a stage with those words.
Run alone: `python -m tests.bench.sockets`. Ends by itself after `SECONDS`.
"""

import asyncio
import contextlib
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOMS, SEATS, SECONDS, PAUSE, LIMIT = 20, 8, 30, 10.0, 500
ROOT = Path(__file__).resolve().parents[2]
FORMAT = "circle_challenge"


@dataclass
class Visitor:
    """One browser: its cookie, its room, when it held which words."""

    room: int
    cookie: str
    held: dict[str, float] = field(default_factory=dict)
    mark: str = ""


def measure() -> int:
    """Build, run, print; 1 when the limit is missed."""
    with tempfile.TemporaryDirectory(prefix="grapevine-bench-rooms-") as where:
        made = subprocess.run([sys.executable, "-m", "tests.bench.sockets", "build"], env=_environ(where), check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)  # fmt: skip
        visitors = [
            Visitor(int(room), cookie) for room, cookie in (line.split() for line in made.stdout.split("\n") if line)
        ]
        with _server(where) as address:
            taken, missing = asyncio.run(_run(address, visitors))
    p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[18]
    missed = p95 > LIMIT or missing
    print(f"{'':14}{'p50 ms':>9}{'p95 ms':>9}{'of limit':>10}{'seen':>9}{'not seen':>9}")
    print(
        f"{'room to room':14}{p50:9.1f}{p95:9.1f}{p95 / LIMIT:10.2f}{len(taken):9}{missing:9}{'  MISSED' if missed else ''}"
    )
    return int(missed)


def build() -> None:
    """Rooms in their first step, everybody in them; prints room and session cookie of each."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from grapevine.vaults.keys import ensure_key_file

    call_command("migrate", verbosity=0)
    ensure_key_file()
    with transaction.atomic():
        for number in range(ROOMS):
            _room(number)


def _room(number: int) -> None:
    from grapevine.kernel import clock
    from grapevine.people.models import Organisation
    from grapevine.rooms import actions
    from grapevine.rooms.formats import own_copy
    from tests.personas import make_person

    organisation, _ = Organisation.objects.get_or_create(name="Bench")
    people = [make_person(organisation, f"r{number}s{n}", f"Person {number} {n}", "Unit") for n in range(SEATS)]
    room = actions.plan_session(by=people[0], format=own_copy(FORMAT), planned_at=clock.now(), people=people[1:])
    seats = [actions.enter(by=actions.sit_down(by=person, session=room)) for person in people]
    actions.open_session(by=seats[0])
    for person in people:
        print(room.pk, _cookie(person))


def _cookie(person: object) -> str:
    from django.conf import settings
    from django.test import Client

    visitor = Client()
    visitor.force_login(person.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return visitor.cookies[settings.SESSION_COOKIE_NAME].value


async def _run(address: str, visitors: list[Visitor]) -> tuple[list[float], int]:
    import httpx

    limits = httpx.Limits(max_connections=len(visitors), max_keepalive_connections=len(visitors))
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=20) as web:
        listening = [asyncio.create_task(_listen(web, address, visitor)) for visitor in visitors]
        await asyncio.sleep(5)
        rooms = [visitors[n : n + SEATS] for n in range(0, len(visitors), SEATS)]
        said = await asyncio.gather(*(_talk(web, n, room) for n, room in enumerate(rooms)))
        await asyncio.sleep(3)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    taken = [(o.held[w] - at) * 1000 for room, words in zip(rooms, said, strict=True) for w, at, by in words for o in room if o is not by and w in o.held]  # fmt: skip
    return taken, sum(len(words) for words in said) * (SEATS - 1) - len(taken)


async def _listen(web: object, address: str, visitor: Visitor) -> None:
    """As the page does: hinted, ask for the stage."""
    import websockets

    await _look(web, visitor)
    headers = {"Cookie": f"grapevine={visitor.cookie}", "Origin": address}
    url = f"{address.replace('http', 'ws')}/live/room/{visitor.room}/"
    async with websockets.connect(url, additional_headers=headers) as line:
        async for _hint in line:
            await _look(web, visitor)


async def _look(web: object, visitor: Visitor) -> None:
    answer = await web.get(f"/rooms/{visitor.room}/stage/?seq={visitor.mark}", headers={"Cookie": f"grapevine={visitor.cookie}"})  # fmt: skip
    now = time.perf_counter()
    if answer.status_code == 200:
        for word in set(answer.text.split()) & WORDS[visitor.room]:
            visitor.held.setdefault(word, now)
    elif answer.status_code != 204:
        raise SystemExit(f"the stage answered {answer.status_code}")


WORDS: dict[int, set[str]] = {}


async def _talk(web: object, number: int, room: list[Visitor]) -> list[tuple[str, float, Visitor]]:
    """Somebody says something every few seconds; the rooms are not in step."""
    chance, said = random.Random(number), []
    WORDS[room[0].room] = set()
    await asyncio.sleep(PAUSE * number / ROOMS)
    for turn in range(int(SECONDS / PAUSE)):
        visitor, word = chance.choice(room), f"word{number}x{turn}"
        WORDS[visitor.room].add(word)
        began = time.perf_counter()
        said.append((word, began, visitor))
        await _say(web, visitor, word)
        await asyncio.sleep(max(0.0, PAUSE - (time.perf_counter() - began)))
    return said


async def _say(web: object, visitor: Visitor, word: str) -> None:
    token = "b" * 32
    headers = {"Cookie": f"grapevine={visitor.cookie}; csrftoken={token}", "X-CSRFToken": token, "HX-Request": "true", "Origin": str(web.base_url).rstrip("/")}  # fmt: skip
    answer = await web.post(f"/rooms/{visitor.room}/say/", data={"kind": "line", "words": f"I say {word} now"}, headers=headers)  # fmt: skip
    if answer.status_code >= 400:
        raise SystemExit(f"saying something answered {answer.status_code}")


@contextlib.contextmanager
def _server(where: str) -> object:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "grapevine.config.cli", "serve", "--worker", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=_environ(where) | {"GRAPEVINE_BASE_URL": address}, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:  # fmt: skip
        try:
            _until_it_answers(address)
            yield address
        finally:
            server.terminate()


def _until_it_answers(address: str) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def _environ(where: str) -> dict[str, str]:
    plain = {
        name: text for name, text in os.environ.items() if not name.startswith(("GRAPEVINE_", "DATABASE_", "DJANGO_"))
    }
    return plain | {
        "GRAPEVINE_DATA_DIR": where,
        "GRAPEVINE_SECRET_KEY": "only for the bench, and long enough",
        "DJANGO_SETTINGS_MODULE": "grapevine.config.settings",
        "DATABASE_URL": f"sqlite:///{Path(where, 'rooms.sqlite3')}",
    }


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(build() if sys.argv[1:] == ["build"] else measure())
