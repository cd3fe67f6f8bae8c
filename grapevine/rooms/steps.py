"""A format as a row of steps that people edit: what stands on the page goes in, a body of a format comes out.

The page carries everything, so that steps may be moved, added and taken away before anything is kept. A text that was
not touched keeps its other languages; a text that was is what the group wrote.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from grapevine.rooms.formats import BLOCKS, MODES, MOST_STEPS, FormatError, in_language, read

TEXTS = ("title", "say")
NEW = "new"


@dataclass
class Row:
    """A step, or a block with its inner steps. `was` is where it stood in the kept body, `place` where it stands now."""

    was: str
    title: str
    say: str
    minutes: str
    mode: str
    inner: list[Self] = field(default_factory=list)
    place: str = ""

    @property
    def is_block(self) -> bool:
        """Whether it only holds others together; its minutes are theirs."""
        return self.mode in BLOCKS


class StepsForm:
    """The steps of `body` as somebody who reads `language` edits them; `typed` is what they sent."""

    def __init__(self, body: Mapping[str, Any], language: str, typed: QueryDict | None = None) -> None:
        self.kept, self.language = body, language
        self.name = in_language(body["name"], language)
        self.minutes = str(body["minutes"])
        self.rows = [_row(step, str(n), language) for n, step in enumerate(body["steps"])]
        self.wrong = ""
        self.is_wanted = typed is not None and "keep" in typed
        self.body: dict[str, Any] = {}
        if typed is not None:
            self._take(typed)
        _number(self.rows)

    def is_valid(self) -> bool:
        """Whether the steps make a format; `body` is then what is to be kept, else `wrong` says step and field."""
        self.body = self._made()
        try:
            read(self.body, self.language)
        except FormatError as wrong:
            self.wrong = str(wrong)
        return not self.wrong

    @property
    def modes(self) -> dict[str, str]:
        """What a step may be, in words."""
        return mode_words()

    @property
    def total(self) -> int:
        """What the steps add up to now."""
        return sum(_minutes(row) for row in self.rows)

    def _take(self, typed: QueryDict) -> None:
        self.name = typed.get("name", self.name).strip()
        self.minutes = typed.get("minutes", self.minutes).strip()
        if sent := _sent(typed):
            self.rows = sent
        for act, change in CHANGES.items():
            if place := typed.get(act):
                _number(self.rows)
                change(*_found(self.rows, place))

    def _made(self) -> dict[str, Any]:
        made = {**deepcopy(dict(self.kept)), "minutes": _number_or_words(self.minutes)}
        made["name"] = _text(self.kept["name"], self.name, self.language)
        made["steps"] = [self._step(row) for row in self.rows]
        return made

    def _step(self, row: Row) -> dict[str, Any]:
        kept = _at(self.kept["steps"], row.was)
        made = {key: deepcopy(value) for key, value in kept.items() if key not in {"steps", *TEXTS}}
        made |= {name: _text(kept.get(name), getattr(row, name), self.language) for name in TEXTS}
        made["mode"] = row.mode
        if row.is_block:
            return {**made, "steps": [self._step(one) for one in row.inner], "m": _minutes(row)}
        return {**made, "m": _number_or_words(row.minutes)}


def mode_words() -> dict[str, str]:
    """What happens in a step, by its mode."""
    return {
        "host": _("the host speaks"),
        "round": _("each in turn"),
        "quiet": _("quiet, notes for oneself"),
        "bringer": _("somebody tells what they bring"),
        "ask": _("questions only"),
        "ideas": _("ideas"),
        "open": _("open talk"),
        "pairs": _("in pairs"),
        "story": _("somebody tells, the others listen"),
        "write": _("everybody writes"),
        "pick": _("everybody chooses a line"),
        "vote": _("a vote"),
        "edit": _("a text written together"),
        "show": _("somebody shows something"),
        "look": _("looking at something together"),
        "act": _("doing something"),
        "note": _("somebody takes notes for all"),
        "playback": _("playing back"),
        "plan": _("planning"),
        "pause": _("a break"),
    }


def _row(step: Mapping[str, Any], was: str, language: str) -> Row:
    inner = [_row(one, f"{was}.{n}", language) for n, one in enumerate(step.get("steps", []))]
    title, say = (in_language(step.get(name), language) for name in TEXTS)
    return Row(was, title, say, str(step.get("m", "")), step["mode"], inner)


def _sent(typed: QueryDict) -> list[Row]:
    """The rows as they came; one whose place has a dot belongs to the block before it."""
    lists = [typed.getlist(name)[: MOST_STEPS * 2] for name in ("was", "place", "title", "say", "m", "mode")]
    rows: list[Row] = []
    for was, place, title, say, minutes, mode in zip(*lists, strict=False):
        row = Row(was, title.strip(), say.strip(), minutes.strip(), mode if mode in {*MODES, *BLOCKS} else "open")
        within = rows[-1].inner if "." in place and rows and rows[-1].is_block else rows
        within.append(row)
    return rows


def _number(rows: Iterable[Row], within: str = "") -> None:
    for n, row in enumerate(rows):
        row.place = f"{within}{n}"
        _number(row.inner, f"{row.place}.")


def _found(rows: list[Row], place: str) -> tuple[list[Row], int]:
    """The list in which a place lies, and the number in it; (rows, -1) for one that is not there."""
    for n, row in enumerate(rows):
        if row.place == place:
            return rows, n
        if place.startswith(f"{row.place}."):
            return _found(row.inner, place)
    return rows, -1


def _swap(rows: list[Row], at: int, other: int) -> None:
    if min(at, other) >= 0 and max(at, other) < len(rows):
        rows[at], rows[other] = rows[other], rows[at]


def _remove(rows: list[Row], at: int) -> None:
    if at >= 0 and len(rows) > 1:
        del rows[at]


def _add(rows: list[Row], at: int) -> None:
    rows.insert(at + 1, Row(NEW, "", "", "5", "open"))


CHANGES: dict[str, Callable[[list[Row], int], None]] = {
    "up": lambda rows, at: _swap(rows, at, at - 1),
    "down": lambda rows, at: _swap(rows, at, at + 1),
    "remove": _remove,
    "add": _add,
}


def _at(steps: Any, was: str) -> Mapping[str, Any]:
    """The kept step a row came from; nothing for a new one or an address that was made up."""
    found: Mapping[str, Any] = {}
    for number in was.split("."):
        if not number.isdecimal() or int(number) >= len(steps):
            return {}
        found = steps[int(number)]
        steps = found.get("steps", [])
    return found


def _text(kept: Any, words: str, language: str) -> Any:
    return kept if in_language(kept, language) == words and words else words


def _number_or_words(typed: str) -> int | str:
    return int(typed) if typed.isdecimal() and len(typed) <= 4 else typed  # noqa: PLR2004 - minutes


def _minutes(row: Row) -> int:
    if row.is_block:
        return sum(_minutes(one) for one in row.inner)
    found = _number_or_words(row.minutes)
    return found if isinstance(found, int) else 0
