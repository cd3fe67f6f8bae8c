"""A real browser before a real server. The rows are never touched from here: what a test knows, it has seen on a page.

Playwright keeps an event loop in the test's thread, in which Django's rows must not be asked for; so the browser tests
come last in every process, and each process has one server and one browser for all of them.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.server import Server, running
from tests.browser.visitors import Visitors

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    # calls: a camera that shows a test picture and beeps, slowly, for all of them are here, and lines within this machine
    "--use-fake-device-for-media-stream=fps=5",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
]
SLOWEST_MS = 15_000

expect.set_options(timeout=SLOWEST_MS)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """The tests beside this file need a browser: known as such before any are chosen, and run when all others have been."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.once)
    yield
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of this process."""
    with running(tmp_path_factory.mktemp("server") / "data") as server:
        yield server


@pytest.fixture
def server(one_server: Server) -> Server:
    """The same server in the world as it began: Monday morning, nothing has happened yet."""
    one_server.begin_again()
    return one_server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, as long as there are browser tests."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium of this machine."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def visitors(browser: Browser, server: Server) -> Iterator[Visitors]:
    """People at their browsers; afterwards each browser is asked what it had to complain about."""
    visitors = Visitors(browser, server)
    yield visitors
    visitors.leave()


@pytest.fixture
def enter(visitors: Visitors) -> Callable[..., Any]:
    """`enter("Mira")` is a page of a browser in which Mira has come through the door."""
    return visitors.enter


def chromium() -> str | None:
    """Where it is; None for Playwright's own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
