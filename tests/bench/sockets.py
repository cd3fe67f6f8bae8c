"""Twenty rooms of eight on one process: how long until what one does is on everybody's screen.

Own clients on the loopback (`browsers`): 160 people with a socket each. In every room somebody says something about every
ten seconds, at moments of chance, and the chair moves something twice a minute; the clock runs from the press until each
of the seven others holds a stage with those words, or with that event. Coming in is not measured.
Run alone: `python -m tests.bench.sockets`; with ROOMS=5 FOR=30 some of it.
"""

import asyncio
import contextlib
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

from tests.bench.browsers import Browser

ROOMS, SECONDS = int(os.environ.get("ROOMS", "20")), int(os.environ.get("FOR", "60"))
SEATS, LIMIT = 8, 500
SAYS, MOVES = 10, 30  # seconds between two words and between two moves of the chair in a room, on average
SETTLES, LAST_LOOKS = 12, 5  # seconds
LOOKS_ALONE = 60
ROOT = Path(__file__).resolve().parents[2]
FORMAT, STEPS, EARLIER = "circle_challenge", (1, 3, 5), 10  # telling in turn, questions, ideas


@dataclass
class Happened:
    """Something that was done: when it was pressed, by whom, and by what the others know it."""

    at: float
    by: Browser
    sign: str
    number: str


@dataclass
class Taken:
    """What it took: milliseconds until it was seen, who did not see it, processor seconds of the server a second.

    `alone` are the milliseconds of a look while nobody else looks: what this machine is worth, in the same run.
    """

    seen: list[float]
    hinted: list[float]
    missing: int
    server: float = 0.0
    client: float = 0.0
    looks: list[tuple[int, float]] = field(default_factory=list)
    alone: float = 0.0


def measure() -> int:
    """Build, run, print; 1 when the limit is missed."""
    with tempfile.TemporaryDirectory(prefix="grapevine-bench-rooms-") as where:
        made = subprocess.run([sys.executable, "-m", "tests.bench.sockets", "build"], env=_environ(where), check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)  # fmt: skip
        people = [line.split() for line in made.stdout.splitlines()]
        with _server(where) as (process, port):
            browsers = [Browser(port, int(room), cookie, n % SEATS == 0) for n, (room, cookie) in enumerate(people)]
            taken = asyncio.run(_run(browsers, process.pid))
    return _told(taken)


def _told(taken: Taken) -> int:
    parts = quantiles(taken.seen, n=100)
    p50, p95, p99 = parts[49], parts[94], parts[98]
    missed = p95 > LIMIT or taken.missing > 0
    print(f"{'':14}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'of limit':>10}{'seen':>9}{'not seen':>9}{'cpu/s':>7}{'own':>6}{'load':>6}")  # fmt: skip
    print(f"{f'{ROOMS} rooms of {SEATS}':14}{p50:9.1f}{p95:9.1f}{p99:9.1f}{p95 / LIMIT:10.2f}{len(taken.seen):9}{taken.missing:9}{taken.server:7.2f}{taken.client:6.2f}{os.getloadavg()[0]:6.1f}{'  MISSED' * missed}")  # fmt: skip
    print(
        f"  the hint there: half of them within {median(taken.hinted):.0f} ms, 95 of 100 within {quantiles(taken.hinted, n=20)[18]:.0f} ms"
    )
    print(f"  a look while nobody else looks takes {taken.alone:.0f} ms: the p95 is {p95 / taken.alone:.0f} of them")
    for status in (200, 204):
        times = sorted(1000 * took for found, took in taken.looks if found == status) or [0.0]
        print(f"  {len(times):6} looks answered {status}, half of them within {times[len(times) // 2]:.0f} ms")
    return int(missed)


def build() -> None:
    """Rooms in the middle of a session, everybody in them; prints room and session cookie of each."""
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
    people = [make_person(organisation, f"r{number}s{n}", f"Person{number} No{n}", "Unit") for n in range(SEATS)]
    roles = {"host": people[0], "bringer": people[1]}
    room = actions.plan_session(
        by=people[0], format=own_copy(FORMAT), planned_at=clock.now(), people=people[1:], roles=roles
    )
    seats = [actions.enter(by=actions.sit_down(by=person, session=room)) for person in people]
    actions.open_session(by=seats[0])
    actions.bring_story(by=seats[1], role="bringer", title="Nobody reads us", words="We write and nobody answers. " * 5)
    _until(seats, STEPS[number % len(STEPS)])
    for person in people:
        print(room.pk, _cookie(person))


def _until(seats: list[object], step: int) -> None:
    """Through the session as far as `step`, with what is said on the way."""
    from grapevine.rooms import actions

    for number in range(step + 1):
        if number:
            actions.advance(by=seats[0], step=number - 1)
        kind = {1: "line", 3: "question", 5: "idea"}.get(number)
        for n in range(EARLIER if kind else 0):
            actions.contribute(
                by=seats[2 + n % 6], kind=kind, words=f"What would number {n} change about it, and when?"
            )


def _cookie(person: object) -> str:
    from django.conf import settings
    from django.test import Client

    visitor = Client()
    visitor.force_login(person.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return visitor.cookies[settings.SESSION_COOKIE_NAME].value


async def _run(browsers: list[Browser], server: int) -> Taken:
    staying = [await _come(browser) for browser in browsers]
    await asyncio.sleep(SETTLES)
    alone = [await _alone(browsers[number % len(browsers)]) for number in range(LOOKS_ALONE)]
    for browser in browsers:
        browser.looks.clear()
    before, began = (_processor(server), time.process_time()), time.perf_counter()
    rooms = [browsers[n : n + SEATS] for n in range(0, len(browsers), SEATS)]
    happened = await asyncio.gather(
        *(act(random.Random(n), room) for n, room in enumerate(rooms) for act in (_talk, _chair))
    )
    seconds = time.perf_counter() - began
    spent = [now - then for now, then in zip((_processor(server), time.process_time()), before, strict=True)]
    await asyncio.sleep(LAST_LOOKS)
    await _go(staying)
    there = {browser: room for room in rooms for browser in room}
    pairs = [(one, other) for acts in happened for one in acts for other in there[one.by] if other is not one.by]
    seen = [(other.held[one.sign] - one.at) * 1000 for one, other in pairs if one.sign in other.held]
    hinted = [(other.hinted[one.number] - one.at) * 1000 for one, other in pairs if one.number in other.hinted]
    looks = [look for browser in browsers for look in browser.looks]
    return Taken(seen, hinted, len(pairs) - len(seen), spent[0] / seconds, spent[1] / seconds, looks, median(alone))


async def _come(browser: Browser) -> asyncio.Task[None]:
    """One after the other; gives what goes on until somebody goes."""
    opened = asyncio.Event()
    staying = asyncio.create_task(browser.stay(opened))
    waiting = asyncio.create_task(opened.wait())
    await asyncio.wait({staying, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if staying.done():
        staying.result()
    return staying


async def _alone(browser: Browser) -> float:
    browser.mark, began = "", time.perf_counter()  # as one that has seen nothing yet
    await browser.look()
    return (time.perf_counter() - began) * 1000


async def _go(staying: list[asyncio.Task[None]]) -> None:
    """Everybody goes; what went wrong with one of them is wrong with the figures."""
    for task in staying:
        if task.done():
            task.result()
        task.cancel()
    await asyncio.gather(*staying, return_exceptions=True)


async def _talk(chance: random.Random, room: list[Browser]) -> list[Happened]:
    """Somebody who has a box says something every now and then."""
    said = []
    async for turn in _moments(chance, SAYS):
        by = chance.choice([browser for browser in room if browser.kind])
        at, word = time.perf_counter(), f"word{by.room}x{turn}"
        if number := await by.press("say/", kind=by.kind, words=f"I say {word} now"):
            said.append(Happened(at, by, word, number))
    return said


async def _chair(chance: random.Random, room: list[Browser]) -> list[Happened]:
    """The chair stops the clock, lets it run, adds a minute."""
    done, verbs = [], cycle(("stop", "resume", "extend"))
    async for _ in _moments(chance, MOVES):
        at = time.perf_counter()
        if number := await room[0].press("do/", verb=next(verbs), step=room[0].step):
            done.append(Happened(at, room[0], number, number))
    return done


async def _moments(chance: random.Random, apart: float) -> AsyncIterator[int]:
    """Moments until the time is over, `apart` on average, the first one at any time."""
    end, at, turn = time.perf_counter() + SECONDS, time.perf_counter() + chance.uniform(0, apart), 0
    while at < end:
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        yield turn
        at, turn = at + chance.uniform(apart / 2, apart * 1.5), turn + 1


def _processor(process: int) -> float:
    """Seconds of the processor that a process has used."""
    used = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def _server(where: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "grapevine.config.cli", "serve", "--worker", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=_environ(where) | {"GRAPEVINE_BASE_URL": address}, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:  # fmt: skip
        try:
            _until_it_answers(address)
            yield server, port
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
