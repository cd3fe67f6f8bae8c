"""A call that goes through a relay alone, with coturn where this machine has it: no browser learns another's address."""

import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from tests.browser.server import running, unused_port
from tests.browser.test_call import Room
from tests.browser.visitors import Visitors

COTURN = shutil.which("turnserver")
SECRET = "only for this test"
# the kinds of ways that are in use, ours and theirs, on all lines
WAYS = """async () => {
    const ways = [];
    for (const { pc } of document.querySelector("live-call").call.mesh.lines.values()) {
        const stats = await pc.getStats();
        for (const pair of stats.values()) {
            if (pair.type === "candidate-pair" && pair.nominated && pair.state === "succeeded")
                ways.push(stats.get(pair.localCandidateId).candidateType, stats.get(pair.remoteCandidateId).candidateType);
        }
    }
    return ways;
}"""


@pytest.fixture
def relay(tmp_path):
    """The address of a relay on this machine, with our secret."""
    if COTURN is None:
        pytest.skip("coturn is not on this machine: apt-get install coturn")
    port = unused_port()
    asked = [
        "-n",
        "--no-tls",
        "--no-dtls",
        "--no-cli",
        "--allow-loopback-peers",
        "--use-auth-secret",
        "--realm=grapevine.example",
    ]
    ours = [
        f"--static-auth-secret={SECRET}",
        f"--listening-port={port}",
        "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1",
    ]
    kept = [
        f"--userdb={tmp_path / 'users'}",
        f"--pidfile={tmp_path / 'pid'}",
        f"--log-file={tmp_path / 'log'}",
        "--simple-log",
    ]
    process = subprocess.Popen([COTURN, *asked, *ours, *kept], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"turn:127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


@pytest.fixture
def visitors(browser, relay, tmp_path):
    """People at a server that knows the relay."""
    with running(tmp_path / "data", GRAPEVINE_TURN_URLS=relay, GRAPEVINE_TURN_SECRET=SECRET) as server:
        server.turn_to(datetime.now(UTC))  # passwords for the relay end by the relay's clock
        visitors = Visitors(browser, server)
        yield visitors
        visitors.leave()


def test_two_see_each_other_by_the_relay_alone(visitors):
    room = Room(visitors, ("Mira", "Sanne"), relay_only=True)
    for name in room.seats:
        room.join(name)
    room.all_see_each_other()
    assert [set(room.pages[name].evaluate(WAYS)) for name in room.seats] == [{"relay"}, {"relay"}]
