"""Every page somebody can reach: the ones with a fixed address, and what links lead to."""

import fcntl
import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import urljoin, urlsplit

import httpx
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.browser.server import Server

FILLED_IN = {"int:": "0", "recognition:": "thanks"}
ENDS_THE_VISIT = {"demo-enter", "demo-leave", "account_logout"}


@dataclass(frozen=True)
class Page:
    """A page as the server sent it. `route` is its name in the urls."""

    route: str
    path: str
    html: str


class Walks:
    """Walks that were taken, in a folder that all processes of a run share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def pages(self, who: str, language: str, walk: Callable[[], list[Page]]) -> list[Page]:
        """What somebody reaches. `walk` is taken where nobody has taken it before, nor is on the way."""
        with (self._folder / f"{who}-{language}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return self.taken(who, language) or self._keep(who, language, walk())

    def taken(self, who: str, language: str) -> list[Page]:
        """What somebody reached; empty where nobody has walked yet."""
        kept = self._kept(who, language)
        return [Page(*page) for page in json.loads(kept.read_text())] if kept.exists() else []

    def _keep(self, who: str, language: str, pages: list[Page]) -> list[Page]:
        draft = self._kept(who, language).with_suffix(".draft")
        draft.write_text(json.dumps([astuple(page) for page in pages]))
        draft.replace(self._kept(who, language))
        return pages

    def _kept(self, who: str, language: str) -> Path:
        return self._folder / f"{who}-{language}.json"


class Form(HTMLParser):
    """Links and hidden keys of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.token = ""
        self.led_to: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only what leads somewhere."""
        known = dict(attrs)
        if tag == "a" and known.get("href"):
            self.links.append(known["href"] or "")
        if known.get("name") == "csrfmiddlewaretoken":
            self.token = known["value"] or ""


class Walker(httpx.Client):
    """Somebody without a browser: signed out, or come in through the demo's door."""

    def __init__(self, server: Server, name: str = "", language: str = "en") -> None:
        super().__init__(base_url=server.address, headers={"Accept-Language": language}, timeout=30)
        self.name, self.language = name, language
        self.token = ""
        self.led_to: set[str] = set()

    def __enter__(self) -> Self:
        """Through the demo's door; a stranger stays outside."""
        super().__enter__()
        if self.name:
            self.enter(self.name)
            look = self.press("/settings/look/", scheme="auto", language=self.language)
            assert look.status_code == httpx.codes.FOUND, look.text
        return self

    def enter(self, name: str) -> None:
        """Come in by the face with this first name."""
        self.token = self.token_on("/demo/")
        assert self.press("/demo/enter/", persona=name.lower()).status_code == httpx.codes.FOUND, name
        self.token = self.token_on("/today/")

    def press(self, path: str, *, files: Any = None, **fields: object) -> httpx.Response:
        """Send a form of this site, with the token that proves where it came from."""
        answer = self.post(path, data={"csrfmiddlewaretoken": self.token} | fields, files=files)
        self.led_to.add(urlsplit(answer.headers.get("location", "")).path)
        return answer

    def token_on(self, path: str) -> str:
        """What proves that a form came from this page."""
        return Form(self.get(path).text).token

    def pages(self) -> list[Page]:
        """One page of every route, and one more where an address asks for something (`?...`)."""
        waiting = deque(sorted({path for route in routes() if "<" not in (path := route.pattern)} | self.led_to))
        found: dict[tuple[str, bool], Page] = {}
        while waiting:
            path = waiting.popleft()
            kind = (route_of(path), "?" in path)
            if kind[0] and kind not in found and (page := self._page(kind[0], path)):
                found[kind] = page
                waiting.extend(self._inside(page))
        return list(found.values())

    def look_beyond(self, start: str, through: str, to: str) -> None:
        """Walk from `start` to what its links lead to, and keep in mind what those pages lead to."""
        first = Page("", start, self.get(start).text)
        for path in sorted({path for path in self._inside(first) if re.search(through, path)}):
            beyond = self._inside(Page("", path, self.get(path).text))
            self.led_to |= {path for path in beyond if re.search(to, path)}

    def may_get(self, pattern: str) -> bool:
        """Whether the route answers GET at all, be it that there is nothing."""
        path = re.sub(r"<(\w+:)?\w+>", lambda part: FILLED_IN.get(part[1], "x"), pattern)
        return self.get(path).status_code != httpx.codes.METHOD_NOT_ALLOWED

    def _page(self, route: str, path: str) -> Page | None:
        answer = self.get(path)
        is_page = answer.status_code == httpx.codes.OK and answer.headers["content-type"].startswith("text/html")
        return Page(route, path, answer.text) if is_page and "<html" in answer.text else None

    def _inside(self, page: Page) -> Iterator[str]:
        for link in Form(page.html).links:
            parts = urlsplit(urljoin(f"{self.base_url}{page.path}", link))
            if parts.hostname == self.base_url.host:  # mails were written before the server had its port
                yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def route_of(path: str) -> str:
    """The name under which the urls know this path; empty for none, and where a visit would end the visit."""
    try:
        name = resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""
    return "" if name in ENDS_THE_VISIT else name


def get_routes(server: Server) -> set["Route"]:
    """All routes that answer GET, as somebody who runs the place."""
    with Walker(server, "Eva") as walker:
        return {route for route in routes() if route.name not in ENDS_THE_VISIT and walker.may_get(route.pattern)}


class Route(NamedTuple):
    """An address as the urls know it."""

    name: str
    pattern: str
    is_ours: bool


def routes() -> Iterator[Route]:
    """All that the urls know by name, but for patterns that only say what is shut."""
    return _routes(get_resolver().url_patterns, "/", "")


def _routes(patterns: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[Route]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(
                pattern.url_patterns, path, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        elif pattern.name:
            yield Route(space + pattern.name, path, pattern.callback.__module__.startswith("grapevine."))
