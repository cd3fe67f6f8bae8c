"""What happened in rooms. Ids and dates, never words."""

from grapevine.kernel.facts import fact


@fact
class SessionOpened:
    """The first step of a session began."""

    session: int
    origin_kind: str
    origin_key: str


@fact
class SessionClosed:
    """A session ended; `people` were in the room."""

    session: int
    origin_kind: str
    origin_key: str
    people: tuple[int, ...]
