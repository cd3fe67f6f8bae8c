"""Sixteen people write at the same moment, to two servers with one SQLite file: nobody is refused, nobody waits in vain."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice

import pytest

from tests.browser.server import Server, running
from tests.browser.walking import Walker
from tests.faults.ledger import Ledger, column, letters, marks_on, visits

WRITERS = 16
PRESSES_EACH = 8
NAMES = ("mira", "sanne", "jonas", "ravi", "kari", "dev", "lene", "tomas")
SOMEBODY = "SELECT id FROM people_person WHERE number = 'olav'"
TROUBLE = ("locked", "OperationalError", "Traceback", "Internal Server Error")

pytestmark = pytest.mark.once


@pytest.fixture
def servers(tmp_path):
    """Two processes, each with a worker of its own, on the same rows."""
    with running(tmp_path / "data") as one:
        other = Server(one.place).start()
        yield one, other
        other.kill()


def test_sixteen_writers(servers):
    ledger = Ledger()
    ledger.up.set()
    [olav] = column(servers[0], SOMEBODY)
    with ExitStack() as doors:
        known = [doors.enter_context(Walker(servers[n % 2], NAMES[n % len(NAMES)])) for n in range(WRITERS)]
        decks = [
            visits(who, f"visit{n}") if n < len(NAMES) else letters(who, f"letter{n}", [olav])
            for n, who in enumerate(known)
        ]
        with ThreadPoolExecutor(WRITERS) as hands:
            for each in [hands.submit(ledger.work, islice(deck, PRESSES_EACH)) for deck in decks]:
                each.result()
        assert (ledger.refused, ledger.repeated) == ([], [])
        assert len(ledger.acknowledged) == WRITERS * PRESSES_EACH
        for n, who in enumerate(known[: len(NAMES)]):
            assert marks_on(who, notes_of(servers[0], NAMES[n]), f"visit{n}") == ledger.marks(f"visit{n}")
    for server in servers:
        assert not [word for word in TROUBLE if word in server.log.read_text()]


def notes_of(server: Server, name: str) -> list[str]:
    """The page of each of their notes."""
    query = "SELECT v.id FROM network_visit v JOIN people_person p ON p.id = v.person_id WHERE p.number = ?"
    return [f"/network/visits/{number}/" for number in column(server, query, name)]
