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
import sys
import time
from dataclasses import dataclass, field
from secrets import token_urlsafe
from urllib.parse import urlencode

import websockets

ROUNDS, QUIET = 5, 9  # seconds
MARK = re.compile(rb'data-src="[^"]*\?seq=(\d+)([.\d]*)"')
PART = re.compile(rb'<room-kept id="([\w-]+)" data-key="(\w+)"( hx-morph-skip-children)?>(.*?)</room-kept>', re.DOTALL)
WORD = re.compile(rb"word\d+x\d+")
STEP = re.compile(rb'name="step" value="(\d+)"')
KIND = re.compile(rb'name="kind" value="(question|idea|line)"')
TOKEN = "b" * 32
NOTHING_NEW, UNCLEAR = 204, 422
ANYTHING = sys.maxsize


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
    parts: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    held: dict[str, float] = field(default_factory=dict)
    hinted: dict[str, float] = field(default_factory=dict)
    looks: list[tuple[int, float]] = field(default_factory=list)
    asked_at: float = 0.0
    ways: int = 0
    wanted: int = 0

    async def stay(self, opened: asyncio.Event) -> None:
        """Come in, and be there until told to go."""
        await self.look()
        line = f"ws://127.0.0.1:{self.port}/live/room/{self.room}/"
        headers = {"Cookie": f"grapevine={self.cookie}", "Origin": self.origin}
        async with websockets.connect(line, additional_headers=headers, ping_interval=None) as hints, asyncio.TaskGroup() as tasks:  # fmt: skip
            opened.set()
            tasks.create_task(self._ask_anyhow())
            async for hint in hints:
                number = json.loads(hint)["seq"]
                self.hinted.setdefault(str(number), time.perf_counter())
                tasks.create_task(self.look(number))

    async def look(self, hinted: int = ANYTHING) -> None:
        """Ask for the stage, unless what was hinted at is here; hinted meanwhile, ask once more."""
        if self._seen >= hinted:
            return
        if self.ways:
            self.wanted = max(self.wanted, hinted)
            return
        self.ways += 1
        began = self.asked_at = time.perf_counter()
        has = ".".join(f"{name}-{key}" for name, (key, _) in self.parts.items())
        status, page = await self._fetch("GET", f"stage/?seq={self.mark}&has={has}")
        self.looks.append((status, time.perf_counter() - began))
        if status not in {200, NOTHING_NEW}:
            raise SystemExit(f"the stage answered {status}")
        self._show(page)
        await self._go_on()

    async def press(self, part: str, **typed: str) -> str:
        """Send a form; gives the number of what happened by it, or nothing where the step had moved on meanwhile."""
        self.ways += 1  # the answer brings the stage
        status, page = await self._fetch("POST", part, urlencode(typed | {"once": token_urlsafe(16)}).encode())
        if status >= 400 and status != UNCLEAR:
            raise SystemExit(f"{part} answered {status}")
        number = self._show(page) if status < 400 else ""
        await self._go_on()
        return number

    async def _go_on(self) -> None:
        self.ways -= 1
        wanted = self.wanted
        if wanted and not self.ways:
            self.wanted = 0
            await self.look(wanted)

    @property
    def _seen(self) -> int:
        return int(self.mark.partition(".")[0] or 0)

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
        before, last = self._seen, int(found[1])
        self.mark = (found[1] + found[2]).decode()
        self.parts = {
            name.decode(): (key.decode(), self.parts[name.decode()][1] if is_there else inside)
            for name, key, is_there, inside in PART.findall(page)
        }
        page += b"".join(inside for _, inside in self.parts.values())
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
