"""Tells a socket who is at its other end, without the ground having to know the people."""

from collections.abc import Awaitable, Callable
from typing import Any

from grapevine.people.queries import person_of

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def knowing(application: Application) -> Application:
    """`scope["find_person"]()` asks anew each time: who left an hour ago hears nothing now. `scope["account"]` is its key."""

    async def known(scope: dict[str, Any], receive: Any, send: Any) -> None:
        account = scope["user"]
        key = account.pk if account.is_authenticated else None
        find = lambda: person_of(key) if key else None  # noqa: E731 - it is passed on
        await application(scope | {"account": key, "find_person": find}, receive, send)

    return known
