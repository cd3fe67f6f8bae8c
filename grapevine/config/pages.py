"""Pages are made by a few threads that stay.

Django begins a thread for each request and a second one to end it. Both are begun by the loop that carries everybody's
bytes; when a whole room looks at once, it hardly does anything but wait for them. Python computes one thing at a time anyway.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any

import django
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.http import HttpResponseBase
from django.urls import set_script_prefix

THREADS = 16  # some wait for the one writer of SQLite; PostgreSQL's pool has as many (`databases.POOL`)


def get_application() -> "Pages":
    """Once the apps are ready."""
    django.setup(set_prefix=False)
    return Pages()


class Pages(ASGIHandler):
    """Django's, but middleware and view of a request run in one go on one thread. None of ours is async."""

    def __init__(self) -> None:
        """As Django's, with the threads."""
        super().__init__()
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pages")

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - the signature is Django's
        """All of it for threads."""
        super().load_middleware(is_async=False)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Take the bytes in, have the answer made, give it out. A slow line keeps no thread."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        make = partial(copy_context().run, self._made, scope, body)
        await self.send_response(await asyncio.get_running_loop().run_in_executor(self.threads, make), send)

    def _made(self, scope: Any, body: Any) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        with body:
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
