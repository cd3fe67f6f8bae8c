"""The lines of Today. Each builder turns one sort of what waits into lines, in the order in which they are shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from grapevine.challenges.models import Commitment
from grapevine.challenges.queries import NUDGE_AT
from grapevine.kernel import clock
from grapevine.kernel.text import END, cut
from grapevine.notifications.models import Notice
from grapevine.notifications.queries import Waiting
from grapevine.recognition.models import Showing

STILL_RIGHT_FOR = timedelta(days=7)
ASK_AFTER, ASK_UNTIL = timedelta(days=10), timedelta(days=17)
MONDAY = 0
TWO_SENTENCES, BEGINNING = 2, 240
DOOR_OPENS = timedelta(minutes=15)
NEW_FOR = timedelta(days=14)  # a circle
IN_A_TALK = {"question", "answer", "idea"}


@dataclass(frozen=True)
class Line:
    """One sentence and what can be done about it. `kind` names its template, `shown` is what stands in it."""

    kind: str
    about: Any
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """Where its words are."""
        return f"notifications/lines/{self.kind}.html"

    @property
    def name(self) -> str:
        """For its id on the page."""
        return f"{self.kind}-{self.about.pk}"


Builder = Callable[[Waiting], Iterator[Line]]


def monday(waiting: Waiting) -> Iterator[Line]:
    """My own words, on the day I spoke of."""
    for row in reversed(waiting.rows["commitments"]):
        since = clock.now() - day_of(row)
        if timedelta(0) <= since < STILL_RIGHT_FOR and row.confirmed_at is None and waiting.words(row.will_id):
            yield Line("monday", row, {"opening": _opening(row), **_own(waiting, row)})


def happened(waiting: Waiting) -> Iterator[Line]:
    """From the tenth day on, for a week: what happened?"""
    for row in reversed(waiting.rows["commitments"]):
        since = clock.now() - day_of(row)
        if ASK_AFTER <= since < ASK_UNTIL and waiting.words(row.will_id):
            yield Line("happened", row, _own(waiting, row))


def meetings(waiting: Waiting) -> Iterator[Line]:
    """My circle meets: when, what my part is, and the door when it is time."""
    for row in waiting.rows["meetings"]:
        mine = [duty.role for duty in row.duties.all() if duty.person_id == waiting.person.pk]
        yield Line("meeting", row, {"roles": mine, "is_time": clock.now() >= row.at - DOOR_OPENS})


def gathered(waiting: Waiting) -> Iterator[Line]:
    """Somebody I have an hour for has opened the room."""
    for row in waiting.rows["gathered"]:
        yield Line("gathered", row)


def around_circles(waiting: Waiting) -> Iterator[Line]:
    """With whom I would sit, who calls, what I have not said yet."""
    for notice in waiting.rows["circle_news"]:
        yield Line("seating" if notice.kind == "circle-shown" else "called", notice)
    for row in waiting.rows["circles"]:
        yield Line("touch" if row.ended_at else "unsigned", row, {"is_new": clock.now() - row.formed_at < NEW_FOR})


def requests(waiting: Waiting) -> Iterator[Line]:
    """Who asks, why me, and how their words begin; the whole of it is on its page."""
    for row in waiting.rows["requests"]:
        alias = waiting.alias(row.vault_id, row.ask.by)
        words = waiting.words(row.message_id)
        first = beginning(words)
        yield Line(
            "request",
            row,
            {
                "name": alias or row.ask.by.name,
                "face": None if alias else row.ask.by,
                "words": first,
                "there_is_more": first != words.strip(),
            },
        )


def beginning(message: str) -> str:
    """The first two sentences of a message, without the greeting above them."""
    said = [line.strip() for line in message.split("\n") if line.strip()]
    has_greeting = len(said) > 1 and said[0].endswith((",", "!"))
    return cut(" ".join(END.split("".join(said[has_greeting : has_greeting + 1]))[:TWO_SENTENCES]), BEGINNING)


def introductions(waiting: Waiting) -> Iterator[Line]:
    """Who would be introduced to whom."""
    for row in waiting.rows["introductions"]:
        yield Line(
            "introduction",
            row,
            {
                "is_through": row.through_id == waiting.person.pk,
                "name": row.ask.alias or row.ask.by.name,
                "face": row.through if row.through_id != waiting.person.pk else None if row.ask.alias else row.ask.by,
                "words": waiting.words(row.hint_id),
            },
        )


def heard_first(waiting: Waiting) -> Iterator[Line]:
    """What became of my help, and thanks."""
    for row in _told(waiting):
        if row.person_id == waiting.person.pk and row.heard_at is None:
            yield Line("heard", row, _between(waiting, row))


def decisions(waiting: Waiting) -> Iterator[Line]:
    """May it be shown, may I be found for it, may I be named?"""
    for row in _told(waiting):
        is_heard = row.heard_at or row.person_id != waiting.person.pk
        if is_heard and row.showing_to(waiting.person) is Showing.ASKED:
            yield Line("show", row, _between(waiting, row))
    for row in waiting.rows["found"]:
        yield Line("found", row)
    for row in waiting.rows["named"]:
        yield Line("named", row)


def yeses(waiting: Waiting) -> Iterator[Line]:
    """Who said yes to me, and when."""
    for row in waiting.rows["yeses"]:
        yield Line("yes", row, {"words": waiting.words(row.words_id)})


BUILDERS: tuple[Builder, ...] = (
    gathered,
    meetings,
    monday,
    happened,
    requests,
    introductions,
    heard_first,
    decisions,
    around_circles,
    yeses,
)
# which notices say the same as a line that is there already
SAID_BY = {
    "monday": {"monday"},
    "happened": {"happened"},
    "meeting": {"meeting-today"},
    "seating": {"circle-shown"},
    "called": {"circle-call"},
    "unsigned": {"circle-formed", "circle-joined", "circle-agreement"},
    "touch": {"circle-touch"},
    "request": {"asked"},
    "introduction": {"introduce", "meet"},
    "heard": {"story", "thanked", "circle-story", "circle-thanked"},
    "show": {"show", "show-story"},
    "found": {"found"},
    "named": {"named"},
    "yes": {"accepted"},
    "tie": {"tie"},
    "talk": IN_A_TALK,
}


def from_notices(notices: list[Notice]) -> Iterator[Line]:
    """What is new in a talk, and a neighbour's question: may the tie be shown?"""
    new = [notice for notice in notices if notice.read_at is None]
    yield from (Line("tie", notice) for notice in new if notice.kind == "tie")
    talks = {notice.about: notice for notice in reversed(new) if notice.kind in IN_A_TALK}
    yield from (Line("talk", notice) for notice in talks.values())


def unsaid(notices: list[Notice], shown: list[Line]) -> list[Notice]:
    """Notices that no line says already."""
    said = set().union(*(SAID_BY.get(line.kind, set()) for line in shown))
    return [notice for notice in notices if notice.read_at or notice.kind not in said]


def you_helped(waiting: Waiting) -> dict[str, Any] | None:
    """The last good news about my help, for the margin."""
    heard = [row for row in _told(waiting) if row.person_id == waiting.person.pk and row.heard_at]
    newest = max(heard, key=lambda row: row.heard_at, default=None)
    return {"row": newest, **_between(waiting, newest)} if newest else None


def day_of(commitment: Commitment) -> datetime:
    """08:30 on its day, where it was said."""
    return clock.instant(commitment.on, NUDGE_AT, commitment.zone)


def _told(waiting: Waiting) -> list[Any]:
    return sorted([*waiting.rows["stories"], *waiting.rows["thanks"]], key=lambda row: row.at)


def _between(waiting: Waiting, row: Any) -> dict[str, Any]:
    other = row.by if row.person_id == waiting.person.pk else row.person
    alias = waiting.alias(row.challenge.vault_id, other) if row.challenge else ""
    return {"name": alias or other.name, "face": None if alias else other, "words": waiting.words(row.words_id)}


def _own(waiting: Waiting, row: Commitment) -> dict[str, str]:
    return {"when": waiting.words(row.when_id), "will": waiting.words(row.will_id)}


def _opening(row: Commitment) -> str:
    today: date = clock.today(row.zone)
    if row.on != today:
        return _("You wanted to begin. You said:")
    return (
        _("It is the Monday you spoke of. You said:")
        if today.weekday() == MONDAY
        else _("It is the day you spoke of. You said:")
    )
