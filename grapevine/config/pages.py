"""Pages are made by a few threads that stay, and one of them computes at a time.

Django begins a thread for each request and a second one to end it. Both are begun by the loop that carries everybody's
bytes; when a whole room looks at once, it hardly does anything but wait for them. And Python computes one thing at a time
anyway: threads that take it from each other at each query make all of them slower.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from threading import Lock, local
from typing import Any

import django
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.db import connection
from django.http import HttpResponseBase
from django.urls import set_script_prefix

MOST_LOOKING, MOST_DOING = 12, 4  # most wait: for SQLite's one writer, or for PostgreSQL, whose pool has as many
LOOKS = ("GET", "HEAD")
PATIENCE = 2  # seconds; then somebody computes beside a page that takes long


def get_application() -> "Pages":
    """Once the apps are ready."""
    django.setup(set_prefix=False)
    return Pages()


class Floor:
    """Whoever has it computes. Who does something goes before those who look; while one waits another may have it."""

    def __init__(self) -> None:
        """Nobody has it."""
        self._floor, self._looks, self._thread = Lock(), Lock(), local()

    @contextmanager
    def held(self, *, is_look: bool) -> Iterator[None]:
        """For a page."""
        self._thread.is_look = is_look
        self._take()
        try:
            with connection.execute_wrapper(self._leaving_it):
                yield
        finally:
            self._give()

    def _leaving_it(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - the signature is Django's
        if not _may_wait(sql):
            return execute(sql, params, many, context)
        self._give()
        try:
            return execute(sql, params, many, context)
        finally:
            self._take()

    def _take(self) -> None:
        """Of those who look one alone stands in line."""
        is_next = self._thread.is_look and self._looks.acquire(timeout=PATIENCE)
        self._thread.has_it = self._floor.acquire(timeout=PATIENCE)
        if is_next:
            self._looks.release()

    def _give(self) -> None:
        if self._thread.has_it:
            self._thread.has_it = False
            self._floor.release()


def _may_wait(sql: str) -> bool:
    """On SQLite a query is computed here and now, unless it writes and somebody else is writing."""
    return connection.vendor != "sqlite" or not (connection.in_atomic_block or sql.startswith("SELECT"))


class Pages(ASGIHandler):
    """Django's, but middleware and view of a request run in one go on one thread. None of ours is async."""

    def __init__(self) -> None:
        """As Django's, with the threads."""
        super().__init__()
        self.floor = Floor()
        self.looking = ThreadPoolExecutor(MOST_LOOKING, thread_name_prefix="looking")
        self.doing = ThreadPoolExecutor(MOST_DOING, thread_name_prefix="doing")

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - the signature is Django's
        """All of it for threads."""
        super().load_middleware(is_async=False)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Take the bytes in, have the answer made, give it out. A slow line keeps no thread."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        is_look = scope["method"] in LOOKS
        make = partial(copy_context().run, self._made, scope, body, is_look=is_look)
        threads = self.looking if is_look else self.doing
        await self.send_response(await asyncio.get_running_loop().run_in_executor(threads, make), send)

    def _made(self, scope: Any, body: Any, *, is_look: bool) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        with self.floor.held(is_look=is_look), body:
            request_started.send(sender=type(self), scope=scope)
            request, refused = self.create_request(scope, body)
            answer: Any = self.get_response(request) if request else refused
            answer._handler_class = type(self)  # noqa: SLF001 - it tells Django who is done
            if answer.streaming:  # files; Django would read them whole, too, but on the one thread of all sockets
                answer.streaming_content = _given(list(answer.streaming_content))
            answer.close()
        return answer  # type: ignore[no-any-return]


async def _given(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
