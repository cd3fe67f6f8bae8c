"""Asking once for all sockets that were hinted in the same moment whether they may be in their rooms still."""

from asyncio import AbstractEventLoop, Future, Task, create_task, get_running_loop, sleep
from typing import Any
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async

from grapevine.rooms.calls import participants_of
from grapevine.rooms.models import Participant

Asked = tuple[dict[str, Any], int, "Future[Participant | None]"]
_waiting: WeakKeyDictionary[AbstractEventLoop, list[Asked]] = WeakKeyDictionary()
_asking: set[Task[None]] = set()


async def participant_of(scope: dict[str, Any], session: int) -> Participant | None:
    """Who is at the other end of a socket, if they may be in this room now."""
    loop = get_running_loop()
    answer: Future[Participant | None] = loop.create_future()
    waiting = _waiting.setdefault(loop, [])
    waiting.append((scope, session, answer))
    if len(waiting) == 1:
        task = create_task(_ask(loop))  # of its own: whoever asks first may go first, too
        _asking.add(task)
        task.add_done_callback(_asking.discard)
    return await answer


async def _ask(loop: AbstractEventLoop) -> None:
    await sleep(0)  # the others have their turn of the loop
    waiting = [one for one in _waiting.pop(loop) if not one[2].done()]
    try:
        found = await database_sync_to_async(participants_of)([(scope, session) for scope, session, _ in waiting])
    except Exception as trouble:  # noqa: BLE001 - it is raised where somebody waits
        for _, _, answer in waiting:
            if not answer.done():
                answer.set_exception(trouble)
        return
    for (_, _, answer), participant in zip(waiting, found, strict=True):
        if not answer.done():
            answer.set_result(participant)
