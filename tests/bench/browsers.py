"""People in rooms, as their browsers behave: `room-stage.js` and `live-region.js` without a screen.

A socket hints; hinted, a browser asks for the stage, one answer at a time: hints that come meanwhile make one more round.
After ten seconds of quiet it asks anyhow, which is how it says that somebody is there. What is pressed is answered with the
stage.
"""

import asyncio
import contextlib
import gzip
import json
import re
import time
from dataclasses import dataclass, field
from secrets import token_urlsafe
from urllib.parse import urlencode

import websockets

ROUNDS, QUIET = 5, 9  # seconds
MARK = re.compile(rb'data-src="[^"]*\?seq=(\d+)([.\d]*)"')
WORD = re.compile(rb"word\d+x\d+")
STEP = re.compile(rb'name="step" value="(\d+)"')
KIND = re.compile(rb'name="kind" value="(question|idea|line)"')
TOKEN = "b" * 32
NOTHING_NEW, UNCLEAR = 204, 422


@dataclass(eq=False)
class Browser:
    """Somebody's page of a room: which signs (words and numbers of events) it held since when."""

    port: int
    room: int
    cookie: str
    is_chair: bool
    mark: str = ""
    kind: str = ""
    step: str = ""
    held: dict[str, float] = field(default_factory=dict)
    hinted: dict[str, float] = field(default_factory=dict)
    looks: list[tuple[int, float]] = field(default_factory=list)
    asked_at: float = 0.0
    is_asking: bool = False
    is_wanted: bool = False

    async def stay(self, opened: asyncio.Event) -> None:
        """Come in, and be there until told to go."""
        await self.look()
        line = f"ws://127.0.0.1:{self.port}/live/room/{self.room}/"
        headers = {"Cookie": f"grapevine={self.cookie}", "Origin": self.origin}
        async with websockets.connect(line, additional_headers=headers, ping_interval=None) as hints, asyncio.TaskGroup() as tasks:  # fmt: skip
            opened.set()
            tasks.create_task(self._ask_anyhow())
            async for hint in hints:
                self.hinted.setdefault(str(json.loads(hint)["seq"]), time.perf_counter())
                tasks.create_task(self.look())

    async def look(self) -> None:
        """Ask for the stage; asked meanwhile, ask once more."""
        if self.is_asking:
            self.is_wanted = True
            return
        self.is_asking = True
        began = self.asked_at = time.perf_counter()
        status, page = await self._fetch("GET", f"stage/?seq={self.mark}")
        self.looks.append((status, time.perf_counter() - began))
        if status not in {200, NOTHING_NEW}:
            raise SystemExit(f"the stage answered {status}")
        self._show(page)
        self.is_asking = False
        if self.is_wanted:
            self.is_wanted = False
            await self.look()

    async def press(self, part: str, **typed: str) -> str:
        """Send a form; gives the number of what happened by it, or nothing where the step had moved on meanwhile."""
        status, page = await self._fetch("POST", part, urlencode(typed | {"once": token_urlsafe(16)}).encode())
        if status >= 400 and status != UNCLEAR:
            raise SystemExit(f"{part} answered {status}")
        return self._show(page) if status < 400 else ""

    @property
    def origin(self) -> str:
        """Where the page is from."""
        return f"http://127.0.0.1:{self.port}"

    async def _ask_anyhow(self) -> None:
        while True:
            await asyncio.sleep(ROUNDS)
            if time.perf_counter() - self.asked_at > QUIET:
                await self.look()

    def _show(self, page: bytes) -> str:
        """Take note of what is on the page; gives the number of the last event."""
        now, found = time.perf_counter(), MARK.search(page)
        if not found:
            return ""
        before, last = int(self.mark.partition(".")[0] or 0), int(found[1])
        self.mark = (found[1] + found[2]).decode()
        self.kind, self.step = (box[1].decode() if box else "" for box in (KIND.search(page), STEP.search(page)))
        for sign in (*(word.decode() for word in WORD.findall(page)), *map(str, range(before + 1, last + 1))):
            self.held.setdefault(sign, now)
        return str(last)

    async def _fetch(self, method: str, part: str, body: bytes = b"") -> tuple[int, bytes]:
        """A line of its own for each: browsers and server close quiet ones after five seconds."""
        read, write = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            write.write(self._head(method, part, len(body)) + body)
            head, _, page = (await read.read()).partition(b"\r\n\r\n")
        finally:
            write.close()
            with contextlib.suppress(OSError):
                await write.wait_closed()
        return int(head.split(b" ", 2)[1]), gzip.decompress(page) if b"gzip" in head.lower() else page

    def _head(self, method: str, part: str, length: int) -> bytes:
        lines = [
            f"{method} /rooms/{self.room}/{part} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Cookie: grapevine={self.cookie}; csrftoken={TOKEN}",
            "Accept-Encoding: gzip",
            "HX-Request: true",
            "Connection: close",
        ]
        if method == "POST":
            lines += [f"X-CSRFToken: {TOKEN}", f"Origin: {self.origin}", f"Content-Length: {length}"]
            lines += ["Content-Type: application/x-www-form-urlencoded"]
        return "\r\n".join([*lines, "", ""]).encode()
