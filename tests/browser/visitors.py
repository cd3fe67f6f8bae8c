"""People at their browsers."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.browser.server import Server

SLOWEST_MS = 15_000
WIDE = {"width": 1280, "height": 900}
OVER_THE_WIRE = {"http", "https", "ws", "wss"}


class Visitors:
    """Browsers of their own, in which people come through the demo's door."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser = browser
        self.server = server
        self.complaints: list[str] = []
        self._contexts: list[BrowserContext] = []
        self._here = urlsplit(server.address).netloc

    def arrive(self, **options: Any) -> Page:
        """A fresh browser, signed out."""
        usual = {"base_url": self.server.address, "locale": "en-GB", "timezone_id": "Europe/Oslo", "viewport": WIDE}
        context = self.browser.new_context(**usual | options)
        context.set_default_timeout(SLOWEST_MS)
        context.on("request", self._note_foreign)
        context.on("weberror", lambda error: self.complaints.append(f"{error.page.url}: {error.error}"))
        context.on("console", self._note_console)
        self._contexts.append(context)
        return context.new_page()

    def enter(self, name: str, **options: Any) -> Page:
        """A fresh browser in which somebody of the cast has stepped in; the door shows but some of them."""
        page = self.arrive(**options)
        page.goto("/demo/")
        face = page.get_by_role("button", name=re.compile(rf"\b{name}\b")).first
        if not face.count():
            page.locator("summary").click()
        face.click()
        page.wait_for_url("**/today/")
        return page

    def forgive(self, *words: str) -> None:
        """Complaints that the test itself gave cause for."""
        self.complaints = [each for each in self.complaints if not any(one in each for one in words)]

    def forgive_a_broken_line(self) -> None:
        """A cut line and a killed server fail in many ways."""
        self.forgive("net::ERR_", "WebSocket is closed before", "Error during WebSocket handshake")

    def leave(self) -> None:
        """Close the browsers; they must have had nothing to complain about."""
        for context in self._contexts:
            context.close()
        assert not self.complaints, "\n".join(self.complaints)

    def _note_foreign(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in OVER_THE_WIRE and parts.netloc.replace("localhost", "127.0.0.1") != self._here:
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _note_console(self, message: Any) -> None:
        # what a page may not do by its policy is told here as well
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.page.url if message.page else ''}: {message.text}")
