"""The server is killed while people press: nothing that was acknowledged is lost, and nothing is there twice.

`KILLS=50 bin/test --sqlite -k kills` is the long form; docs/benchmarks.md has its figures.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from random import Random

import pytest

from tests.browser.seeding import MONDAY
from tests.browser.server import Server, running
from tests.browser.walking import Walker
from tests.faults.ledger import PATIENCE, Ledger, Press, asks, column, letters, marks_on, questions, visits

KILLS = int(os.environ.get("KILLS", "5"))
ASKERS = ("mira", "sanne", "jonas", "ravi", "kari", "dev", "lene", "tomas", "ana", "priya")
ASKS_EACH = 9
LATER = MONDAY + timedelta(hours=3)
# colleagues without a story who can take on an ask
FREE = """
    SELECT p.id FROM people_person p JOIN people_organisation o ON o.id = p.organisation_id
    WHERE o.name = 'Halden Grid' AND p.number LIKE '%-%' AND p.left_on IS NULL
      AND NOT EXISTS (SELECT 1 FROM asks_request r WHERE r.to_id = p.id AND r.sent_at > '2026-02-20')
      AND NOT EXISTS (SELECT 1 FROM people_rest t WHERE t.person_id = p.id)
    ORDER BY p.id
"""
WAITING = """
    SELECT r.id FROM asks_request r JOIN people_person p ON p.id = r.to_id JOIN asks_ask a ON a.id = r.ask_id
    WHERE p.number = 'sanne' AND a.closed_at IS NULL AND r.went_on_at IS NULL AND r.taken_back_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM asks_reply y WHERE y.request_id = r.id) ORDER BY r.id DESC
"""
ROWS = {
    "visit": "network_visit",
    "question": "challenges_clarifyingquestion",
    "letter": "recognition_thanks",
    "ask": "asks_ask",
}
VISITS = "SELECT v.id FROM network_visit v JOIN people_person p ON p.id = v.person_id WHERE p.number = 'mira'"
LEFT_BEHIND = "SELECT id FROM kernel_fact WHERE delivered_at IS NULL AND at < ?"

pytestmark = pytest.mark.once


@pytest.fixture
def server(tmp_path):
    """A server of its own: it will not live long."""
    with running(tmp_path / "data") as server:
        yield server


@pytest.fixture
def known(server):
    """People who press, by name."""
    with ExitStack() as doors:
        yield {name: doors.enter_context(Walker(server, name)) for name in ASKERS}


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(server, known):
    talk, helpers = open_a_talk(server, known["sanne"]), column(server, FREE)
    before = {table: newest(server, table) for table in (*ROWS.values(), "notifications_notice")}
    ledger = Ledger()
    kill_while_they_press(
        server,
        ledger,
        visits(known["mira"], "visit"),
        questions(known["sanne"], "question", talk),
        letters(known["jonas"], "letter", helpers),
        asks(list(known.values()), "ask", helpers[: len(ASKERS) * ASKS_EACH]),
    )
    catch_up(server)
    tell(ledger)

    assert ledger.refused == []
    notes = addresses(server, "/network/visits/{}/", VISITS)
    assert marks_on(known["mira"], notes, "visit") == ledger.marks("visit")
    assert marks_on(known["sanne"], [talk], "question") == ledger.marks("question")
    assert marks_on(known["jonas"], pages_of_letters(known["jonas"]), "letter") == ledger.marks("letter")
    assert marks_of_asks(server, known, before["asks_ask"]) == ledger.marks("ask")
    for kind, table in ROWS.items():
        assert len(newer(server, table, before[table])) == ledger.marks(kind).total()
    told = newer(server, "notifications_notice", before["notifications_notice"], "kind IN ('asked', 'thanked')")
    assert len(told) == ledger.marks("ask").total() + ledger.marks("letter").total()
    assert column(server, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'") == [0]


def open_a_talk(server: Server, sanne: Walker) -> str:
    """The page she shares with somebody she has just said yes to."""
    answer = sanne.press(f"/requests/{column(server, WAITING)[0]}/reply/", kind="yes", words="At eleven.")
    return answer.headers["location"]


def kill_while_they_press(server: Server, ledger: Ledger, *decks: Iterator[Press]) -> None:
    """Each deck in a thread of its own; the server dies after a few presses, again and again."""
    chance = Random(20)
    ledger.up.set()
    with ThreadPoolExecutor(len(decks)) as hands:
        work = [hands.submit(ledger.work, deck) for deck in decks]
        try:
            for _ in range(KILLS):
                for _ in range(chance.randint(3, 12)):
                    assert ledger.told.acquire(timeout=PATIENCE)
                ledger.up.clear()
                server.kill()
                server.start()
                ledger.up.set()
        except BaseException:
            ledger.up.clear()
            raise
        finally:
            ledger.over.set()
    for each in work:
        each.result()


def catch_up(server: Server) -> None:
    """Later, after one more start, the background work has done what was left behind."""
    server.kill()
    server.turn_to(LATER)
    server.start()
    end = time.monotonic() + PATIENCE
    while column(server, LEFT_BEHIND, f"{LATER:%Y-%m-%d %H:%M}"):
        assert time.monotonic() < end, server.log.read_text()
        time.sleep(0.1)


def addresses(server: Server, pattern: str, query: str, *values: object) -> list[str]:
    """The page of each row."""
    return [pattern.format(number) for number in column(server, query, *values)]


def pages_of_letters(who: Walker) -> list[str]:
    """All pages of what somebody said to others."""
    pages = ["/thanks/?side=said"]
    while earlier := re.search(r'href="(\?side=said&amp;earlier=[^"]+)"', who.get(pages[-1]).text):
        pages.append("/thanks/" + earlier[1].replace("&amp;", "&"))
    return pages


def marks_of_asks(server: Server, known: dict[str, Walker], first: int) -> Counter[str]:
    """What stands on the page of every ask that is new, as its asker reads it."""
    found: Counter[str] = Counter()
    for name, who in known.items():
        query = "SELECT a.id FROM asks_ask a JOIN people_person p ON p.id = a.by_id WHERE p.number = ? AND a.id > ?"
        found += marks_on(who, addresses(server, "/asks/{}/", query, name, first), "ask")
    return found


def newest(server: Server, table: str) -> int:
    """The last row that is there."""
    return column(server, f"SELECT coalesce(max(id), 0) FROM {table}")[0]


def newer(server: Server, table: str, than: int, which: str = "true") -> list[int]:
    """The rows that came since."""
    return column(server, f"SELECT id FROM {table} WHERE id > ? AND {which}", than)


def tell(ledger: Ledger) -> None:
    """The figures, for whoever runs the long form."""
    print(f"{KILLS} kills: {len(ledger.acknowledged)} presses acknowledged, {len(ledger.repeated)} of them sent again")
