"""Three browsers in a room: how soon all show the same again when a window was cut off, and when the server was gone.

Somebody is cut off for half a minute, in which the two others speak; once so that the browser knows it is offline, once so
that nothing passes and nobody says so. Then the server is killed and started. The clock runs from the moment everything
passes again until step, clock, turn and all words are equal in the three windows.
Run alone: `python -m tests.bench.returns`; CUT=5 cuts for five seconds.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CUT, ROUNDS, LIMIT, LONGEST = float(os.environ.get("CUT", "30")), 2, 3, 60  # seconds, but for the rounds


def measure() -> int:
    """Cut, wait, print; 1 when somebody came back too late."""
    from playwright.sync_api import sync_playwright

    from tests.browser import conftest, server, test_session
    from tests.browser.visitors import Visitors

    with tempfile.TemporaryDirectory(prefix="grapevine-bench-returns-") as where, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=conftest.chromium(), args=conftest.FLAGS)
        with server.running(Path(where, "data")) as running:
            evening = test_session.Evening(Visitors(browser, running))
            talk = Talk(evening, test_session)
            found = {name: [case() for _ in range(ROUNDS)] for name, case in talk.cases().items()}
        browser.close()
    print(f"{'':14}{'worst s':>9}{'limit s':>9}{'of limit':>10}")
    return max(_row(*row) for row in found.items())


def _row(name: str, seconds: list[float]) -> int:
    missed = max(seconds) > LIMIT
    print(f"{name:14}{max(seconds):9.1f}{LIMIT:9}{max(seconds) / LIMIT:10.2f}{'  MISSED' if missed else ''}")
    return int(missed)


class Talk:
    """Three who ask questions, and what can happen to them."""

    def __init__(self, evening: object, story: object) -> None:
        from tests.browser.test_call import EVERYTHING_PASSES, NOTHING_PASSES

        self.evening, self.say, self.words = evening, story.say, 0
        self.wire = evening.peer.context.new_cdp_session(evening.peer)
        self.passes, self.stops = EVERYTHING_PASSES, NOTHING_PASSES
        self._emulate(self.passes)
        story.button(evening.host, "Begin").click()
        evening.host.get_by_text("More for you as host").click()
        story.give(evening.host, "brings", story.BRINGER)
        for title in ("What became of it", "The story", "Clarifying questions"):
            evening.go_on(title)

    def cases(self) -> dict[str, Callable[[], float]]:
        """By name; each gives seconds."""
        return {"line cut": self.cut, "line dead": self.dead, "server gone": self.gone}

    def cut(self) -> float:
        """The browser knows."""
        set_offline = self.evening.peer.context.set_offline
        return self._away(lambda: set_offline(True), lambda: set_offline(False))

    def dead(self) -> float:
        """Nothing passes, and nobody says so."""
        return self._away(lambda: self._emulate(self.stops), lambda: self._emulate(self.passes))

    def gone(self) -> float:
        """The server; somebody speaks before it is back."""
        server = self.evening.visitors.server
        server.kill()
        self._speak(self.evening.host)
        server.start()
        return self._until_equal()

    def _away(self, leave: Callable[[], None], come: Callable[[], None]) -> float:
        leave()
        until = time.monotonic() + CUT
        for page in (self.evening.host, self.evening.bringer):
            self._speak(page)
        self.evening.host.wait_for_timeout(max(0, until - time.monotonic()) * 1000)
        come()
        return self._until_equal()

    def _speak(self, page: object) -> None:
        self.words += 1
        kind = ("Your question", "Add to the queue") if page is self.evening.host else ("Your answer", "Answered")
        self.say(page, kind[0], f"This is word {self.words}.", kind[1])

    def _until_equal(self) -> float:
        from tests.browser.test_session import SHOWN

        began, pages = time.monotonic(), self.evening.pages.values()
        while time.monotonic() < began + LONGEST:
            shown = [page.evaluate(SHOWN) for page in pages]
            if len(shown[0]["words"]) == self.words and all(each == shown[0] for each in shown):
                return time.monotonic() - began
        raise SystemExit(f"not equal after a minute: {shown}")

    def _emulate(self, how: dict[str, object]) -> None:
        self.wire.send("Network.emulateNetworkConditions", how)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(measure())
