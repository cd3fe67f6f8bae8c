"""People who press and write down what they were told, to be compared with what is there afterwards."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import httpx

from tests.browser.server import Server
from tests.browser.walking import Walker

MARK = re.compile(r"mark-[a-z0-9]+-\d+")
DONE = httpx.codes.FOUND
PATIENCE = 60


@dataclass
class Press:
    """One form sent once, however often it has to be posted. Its `mark` stands in the words."""

    who: Walker
    path: str
    fields: dict[str, object]
    mark: str


@dataclass
class Ledger:
    """What was acknowledged, and what went wrong. Shared by all who press."""

    up: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    told: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    acknowledged: list[Press] = field(default_factory=list)
    repeated: list[Press] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def work(self, presses: Iterator[Press]) -> None:
        """Press after press until it is over; none is given up half way."""
        for press in presses:
            if self.over.is_set():
                return
            while not self._is_told(press):
                self.repeated.append(press)
                assert self.up.wait(PATIENCE), "the server does not come back"

    def marks(self, kind: str) -> Counter[str]:
        """Every mark of the kind that was acknowledged."""
        return Counter(press.mark for press in self.acknowledged if press.mark.startswith(f"mark-{kind}-"))

    def _is_told(self, press: Press) -> bool:
        try:
            answer = press.who.press(press.path, once=press.mark, **press.fields)
        except httpx.TransportError:
            return False
        if answer.status_code == DONE:
            self.acknowledged.append(press)
        else:
            self.refused.append(f"{answer.status_code} {press.path} {press.fields}")
        self.told.release()
        return True


def visits(who: Walker, kind: str) -> Iterator[Press]:
    """Notes for oneself."""
    for number in count():
        mark = f"mark-{kind}-{number}"
        yield Press(who, "/network/visits/", {"name": "Sanne Vik", "words": mark, "on": "2026-03-02"}, mark)


def questions(who: Walker, kind: str, talk: str) -> Iterator[Press]:
    """Questions in a talk: a fact, a notice and a hint each."""
    for number in count():
        mark = f"mark-{kind}-{number}"
        yield Press(who, f"{talk}questions/", {"words": f"What about {mark}?"}, mark)


def letters(who: Walker, kind: str, to: list[int]) -> Iterator[Press]:
    """Thanks to one after the other: a fact and a notice each."""
    for number in count():
        mark = f"mark-{kind}-{number}"
        yield Press(who, f"/people/{to[number % len(to)]}/thanks/", {"words": f"Thank you for {mark}."}, mark)


def asks(everybody: list[Walker], kind: str, to: list[int]) -> Iterator[Press]:
    """One ask each, until everybody has asked as often as they may in a day."""
    for number, helper in enumerate(to):
        mark = f"mark-{kind}-{number}"
        fields = {"words": f"Where does {mark} come from?", "kind": "think", "to": helper, "send": "1"}
        fields |= {f"message-{helper}-words": f"Hello, do you know {mark}?", f"was-{helper}-words": ""}
        yield Press(everybody[number % len(everybody)], "/ask/", fields, mark)


def marks_on(who: Walker, paths: list[str], kind: str) -> Counter[str]:
    """The marks that can be read on these pages, each counted once a page."""
    found: Counter[str] = Counter()
    for path in paths:
        found.update({mark for mark in MARK.findall(who.get(path).text) if mark.startswith(f"mark-{kind}-")})
    return found


def column(server: Server, query: str, *values: object) -> list[int]:
    """Numbers of rows, which tell nothing of words."""
    rows = server.rows()
    try:
        return [number for (number,) in rows.execute(query, values)]
    finally:
        rows.close()
