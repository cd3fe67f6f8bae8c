"""A real server for tests: the demo as anybody starts it, in a directory and on a port of its own.

Every test begins in the same world at the same moment: a Monday morning in Oslo. The world is built once and copied.
"""

import fcntl
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import httpx

from tests.browser.seeding import MONDAY
from tests.databases import KEPT, ROOT

PATIENCE = 90
A_DAY = timedelta(days=1)
ROWS = "demo.sqlite3"
MAILS = "mailroom"
MADE_FROM = ("*.py", "*.yaml", "*.json", "*.po")


class Server:
    """`grapevine demo` in a process of its own, with a clock that the test turns."""

    def __init__(self, place: Path, **settings: str) -> None:
        self.place = place
        self.settings = settings
        self.clock = place / "clock"
        self.address = ""
        self._wanted_port = unused_port()

    @classmethod
    def in_the_demo_world(cls, place: Path, **settings: str) -> "Server":
        """Not yet started; its directory is a copy of the one world."""
        shutil.copytree(_world(), place)
        return cls(place, **settings)

    def start(self) -> "Server":
        """Until it answers."""
        if not self.clock.exists():
            self.turn_to(MONDAY)
        log = self.log.open("a")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "grapevine.config.cli", "demo", "--no-open", "--port", str(self._wanted_port)],
            cwd=ROOT, env=_environ(self.place) | self.settings, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        log.close()
        try:
            self.address = self._said_address()
            self._until_it_answers()
        except BaseException:
            self.kill()
            raise
        return self

    def stop(self) -> None:
        """As Ctrl-C would."""
        self._process.terminate()
        self._ended()

    def kill(self) -> None:
        """As a power cut would."""
        self._process.kill()
        self._ended()

    def begin_again(self) -> None:
        """The world and the clock as they were at the start, while the server runs on."""
        with closing(sqlite3.connect(_world() / ROWS)) as world, closing(self.rows()) as mine:
            world.backup(mine)
        shutil.rmtree(self.place / MAILS)
        shutil.copytree(_world() / MAILS, self.place / MAILS)
        self.turn_to(MONDAY)

    def turn_to(self, moment: datetime) -> None:
        """From now on the server's clock goes on from `moment`."""
        draft = self.clock.with_suffix(".draft")
        draft.write_text(str((moment - datetime.now(UTC)).total_seconds()))
        draft.replace(self.clock)

    def rows(self) -> sqlite3.Connection:
        """Its database, from outside."""
        return sqlite3.connect(self.place / ROWS, timeout=20)

    @property
    def log(self) -> Path:
        """What it said of errors."""
        return self.place / "server.log"

    def _said_address(self) -> str:
        for line in self._process.stdout:
            if " is at " in line:
                return line.split(" is at ")[1].split()[0]
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")

    def _until_it_answers(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            try:
                return httpx.get(f"{self.address}/healthz").raise_for_status()
            except httpx.TransportError:
                time.sleep(0.02)
        raise RuntimeError(f"the server does not answer:\n{self.log.read_text()}")

    def _ended(self) -> None:
        self._process.wait(PATIENCE)
        self._process.stdout.close()


@contextmanager
def running(place: Path, **settings: str) -> Iterator[Server]:
    """A server in the demo world, as long as the block lasts."""
    server = Server.in_the_demo_world(place, **settings).start()
    try:
        yield server
    finally:
        server.kill()


def _environ(place: Path) -> dict[str, str]:
    ours = ("GRAPEVINE_", "DATABASE_", "DJANGO_", "PYTEST_")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
    return kept | {
        "GRAPEVINE_DATA_DIR": str(place),
        "GRAPEVINE_CLOCK_FILE": str(place / "clock"),
        "GRAPEVINE_TICKER": "0",
    }


@cache
def _world() -> Path:
    """The data directory of a demo that has just begun; made once for each state of the product."""
    kept = KEPT / f"demo-{_state()}"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / ".demo-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _make_world(kept)
    return kept


def _make_world(kept: Path) -> None:
    for old in KEPT.glob("demo-*"):
        if old.stat().st_mtime < time.time() - A_DAY.total_seconds():
            shutil.rmtree(old)
    draft = kept.with_name("draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    subprocess.run([sys.executable, "-m", "tests.browser.seeding"], cwd=ROOT, env=_environ(draft), check=True)
    # one file, with no log beside it, can be copied
    with closing(sqlite3.connect(draft / ROWS)) as rows:
        rows.execute("PRAGMA journal_mode=DELETE")
    draft.rename(kept)


def _state() -> str:
    product = ROOT / "grapevine"
    files = [
        ROOT / "requirements" / "app.txt",
        ROOT / "tests/browser/seeding.py",
        *sorted(file for kind in MADE_FROM for file in product.rglob(kind)),
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def unused_port() -> int:
    """Free a moment ago."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
