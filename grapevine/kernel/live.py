"""Sockets are hints. A socket says "something changed"; the page then asks again, through the same policy.

No words ever travel through a socket. Whether somebody may listen is asked when they come and again before each
hint, so that a seat taken away is felt at once. Without sockets pages ask every five seconds.
"""

import asyncio
import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import transaction
from django.db.models import Model

from grapevine.kernel import policy

log = logging.getLogger(__name__)
REFUSED = 4404
HINT: dict[str, Any] = {"type": "something.changed"}
_watched: dict[str, type[Model]] = {}
_loops: set[asyncio.AbstractEventLoop] = set()


def watch(kind: str, model: type[Model]) -> None:
    """Rows of `model` may be listened to at `/live/<kind>/<pk>/` by whoever sees them."""
    _watched[kind] = model


def changed(kind: str, pk: object, **numbers: int) -> None:
    """Tell everybody who listens, once the change is in the database; with `numbers`, where the listener wants some."""
    transaction.on_commit(lambda: _hint(f"{kind}.{pk}", HINT | numbers))


class Listener(AsyncWebsocketConsumer):
    """One open page."""

    async def connect(self) -> None:
        """Let in whoever sees the row; nobody else learns whether it exists."""
        kind, self.pk = (self.scope["url_route"]["kwargs"][name] for name in ("kind", "pk"))
        self.model: type[Model] | None = _watched.get(kind)
        if not await self._sees():
            await self.close(code=REFUSED)
            return
        self.group = f"{kind}.{self.pk}"
        _loops.add(asyncio.get_running_loop())
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:  # noqa: ARG002 - the signature is Channels'
        """Leave the group."""
        if hasattr(self, "group"):
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def something_changed(self, event: dict[str, Any]) -> None:  # noqa: ARG002 - the same
        """Pass the hint on, or close when the row is not visible any more."""
        if await self._sees():
            await self.send(text_data="changed")
        else:
            await self.close(code=REFUSED)

    @database_sync_to_async
    def _sees(self) -> bool:
        person = self.scope["find_person"]()
        return self.model is not None and policy.visible(person, self.model).filter(pk=self.pk).exists()


def _hint(group: str, hint: dict[str, Any]) -> None:
    """A hint that does not arrive costs five seconds, never the change: pages ask again by themselves."""
    layer = get_channel_layer()
    try:
        if isinstance(layer, InMemoryChannelLayer):
            _to_loops(layer, group, hint)
        else:
            async_to_sync(layer.group_send)(group, hint)
    except OSError as trouble:
        log.warning("no hint to %s: %s", group, type(trouble).__name__)


def _to_loops(layer: InMemoryChannelLayer, group: str, hint: dict[str, Any]) -> None:
    # the layer of one process lives in the loops of its listeners; a worker thread must not touch it directly
    for loop in _loops.copy():
        if loop.is_running():
            asyncio.run_coroutine_threadsafe(layer.group_send(group, hint), loop)
        elif loop.is_closed():
            _loops.discard(loop)
