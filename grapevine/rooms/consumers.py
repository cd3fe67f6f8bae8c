"""The room's socket: hints to everybody in the room, and between those in its call the messages by which they connect.

Nothing is kept: who is in a call is known to the sockets of those who are in it. Each tells the others that it is there,
and each of them answers; so it works within one process and, by Redis, across several.

In  `{"call": "join" | "here" | "leave"}`, `{"to": id, "signal": {...}}`
Out `{"seq": n}`, `{"call": [ids], "left": id}`, `{"call": "full" | "elsewhere" | "over"}`, `{"from": id, "signal": {...}}`
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from channels.exceptions import ChannelFull

from grapevine.kernel.live import REFUSED, Listener
from grapevine.rooms.calls import MOST_FACES
from grapevine.rooms.together import participant_of

TOO_MUCH = 4429
LONGEST_MESSAGE = 32_000  # letters; a description of picture and voice has six to ten thousand
MOST_AT_ONCE, MOST_A_SECOND = 400, 30  # joining seven others takes about two hundred
SILENT_FOR = 50  # seconds after which somebody is taken to be gone; a page says "here" every fifteen
ASK_AGAIN = 4  # seconds for which a seat once seen is taken to be there still


@dataclass
class Peer:
    """Somebody else in the call: where their socket is, and when it was last heard of."""

    channel: str
    at: float


class Allowance:
    """How much may be said: a lot at once, then so much a second."""

    def __init__(self) -> None:
        self.left, self.at = float(MOST_AT_ONCE), monotonic()

    def take(self) -> bool:
        """Whether one more message is fine."""
        now = monotonic()
        self.left = min(MOST_AT_ONCE, self.left + (now - self.at) * MOST_A_SECOND)
        self.at = now
        self.left -= 1
        return self.left >= 0


class RoomSocket(Listener):
    """One open room."""

    async def connect(self) -> None:
        """Let in whoever may be in the room."""
        self.me, self.is_open, self.is_in_call, self.peers = "", False, False, dict[str, Peer]()
        self.allowance, self.seen_at = Allowance(), 0.0
        await super().connect()

    async def disconnect(self, code: int) -> None:
        """Out of the call, and out of the room."""
        await self._go(left=False)
        await super().disconnect(code)

    async def something_changed(self, event: dict[str, Any]) -> None:
        """Pass the hint on, or close when the room is not open to them any more."""
        if await self._still_sees(after=0):
            await self._say(seq=event.get("seq"))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:  # noqa: ARG002 - the signature is Channels'
        """A word about the call, or a message for one of the others in it."""
        if not self.allowance.take() or len(text_data or "") > LONGEST_MESSAGE:
            await self._go(left=False)
            await self.close(code=TOO_MUCH)
        elif await self._still_sees(after=ASK_AGAIN):
            await self._heed(_read(text_data))

    async def call_here(self, event: dict[str, Any]) -> None:
        """Somebody says that they are in the call."""
        who, channel = event["who"], event["channel"]
        if not self.is_in_call or channel == self.channel_name:
            return
        if who == self.me:
            await self._yield_to_another_window(is_new=event["is_new"])
        elif who not in self.peers and len(self.peers) >= MOST_FACES - 1:
            await self.channel_layer.send(channel, {"type": "call.full"})
        else:
            await self._note(who, channel)
            if event["is_new"]:
                await self.channel_layer.send(channel, self._here(is_new=False))

    async def call_gone(self, event: dict[str, Any]) -> None:
        """Somebody is not in the call any more; `left` when they meant it."""
        known = self.peers.get(event["who"])
        if self.is_in_call and known and known.channel == event["channel"]:
            del self.peers[event["who"]]
            await self._say_who_is_here(left=event["who"] if event["left"] else None)

    async def call_full(self, event: dict[str, Any]) -> None:  # noqa: ARG002 - the same
        """There are eight already."""
        if self.is_in_call:
            await self._go(left=True)
            await self._say(call="full")

    async def call_signal(self, event: dict[str, Any]) -> None:
        """A message of somebody who is in the same call, and of nobody else."""
        known = self.peers.get(event["who"])
        if self.is_in_call and known and known.channel == event["channel"]:
            await self.send(text_data=event["text"])

    async def _heed(self, message: dict[str, Any]) -> None:
        match message:
            case {"call": "join"} if self.is_open:
                await self._join()
            case {"call": "join"}:
                await self._say(call="over")
            case {"call": "here"} if self.is_in_call:
                await self._stay()
            case {"call": "leave"}:
                await self._go(left=True)
            case {"to": str(who), "signal": dict(signal)} if self.is_in_call and who in self.peers:
                await self._pass_on(who, json.dumps({"from": self.me, "signal": signal}))

    async def _pass_on(self, who: str, text: str) -> None:
        told = {"type": "call.signal", "who": self.me, "channel": self.channel_name, "text": text}
        with suppress(ChannelFull):  # who is drowned in messages makes the line anew
            await self.channel_layer.send(self.peers[who].channel, told)

    async def _join(self) -> None:
        self.is_in_call = True
        self.peers.clear()
        await self.channel_layer.group_add(self._call, self.channel_name)
        await self._say_who_is_here()
        await self.channel_layer.group_send(self._call, self._here(is_new=True))

    async def _stay(self) -> None:
        silent = [who for who, peer in self.peers.items() if monotonic() - peer.at > SILENT_FOR]
        for who in silent:
            del self.peers[who]
        if silent:
            await self._say_who_is_here()
        await self.channel_layer.group_send(self._call, self._here(is_new=False))

    async def _go(self, *, left: bool) -> None:
        if self.is_in_call:
            await self._be_out()
            gone = {"type": "call.gone", "who": self.me, "channel": self.channel_name, "left": left}
            await self.channel_layer.group_send(self._call, gone)

    async def _be_out(self) -> None:
        self.is_in_call = False
        self.peers.clear()
        await self.channel_layer.group_discard(self._call, self.channel_name)

    async def _yield_to_another_window(self, *, is_new: bool) -> None:
        if is_new:
            await self._be_out()
            await self._say(call="elsewhere")

    async def _note(self, who: str, channel: str) -> None:
        known = self.peers.get(who)
        self.peers[who] = Peer(channel, monotonic())
        if known is None or known.channel != channel:
            await self._say_who_is_here()

    async def _still_sees(self, *, after: float) -> bool:
        if monotonic() - self.seen_at < after or await self._sees():
            return True
        await self._go(left=True)
        await self.close(code=REFUSED)
        return False

    async def _sees(self) -> bool:
        participant = await participant_of(self.scope, self.pk)
        if participant:
            self.me, self.seen_at = str(participant.pk), monotonic()
            self.is_open = participant.session.closed_at is None
        return participant is not None

    async def _say_who_is_here(self, left: str | None = None) -> None:
        await self._say(call=[self.me, *self.peers], **({"left": left} if left else {}))

    async def _say(self, **message: Any) -> None:
        await self.send(text_data=json.dumps(message))

    def _here(self, *, is_new: bool) -> dict[str, Any]:
        return {"type": "call.here", "who": self.me, "channel": self.channel_name, "is_new": is_new}

    @property
    def _call(self) -> str:
        return f"room.{self.pk}.call"


def _read(text: str | None) -> dict[str, Any]:
    """What was said, or nothing where it is not a message."""
    try:
        message = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}
