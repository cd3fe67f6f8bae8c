"""What stands beside a session: the host's card, questions to borrow, what a role does, and a circle's charter and defaults."""

from functools import cache
from typing import Any

import yaml

from grapevine.rooms.formats import DATA, in_language


def host_card(language: str) -> tuple[str, ...]:
    """Lines for the host's eyes only."""
    return _lines("host_card", language)


def good_questions(language: str) -> tuple[str, ...]:
    """Clarifying questions anybody may borrow."""
    return _lines("good_questions", language)


def role_names(language: str) -> dict[str, str]:
    """What each role of our formats does, by its key: “keeps the time”."""
    return {role: in_language(text, language) for role, text in _file("cards")["roles"].items()}


def charter(language: str) -> dict[str, str]:
    """The lines of the agreement a circle starts from, in order, by key."""
    return {line["key"]: in_language(line, language) for line in _file("circle")["charter"]}


def circle_defaults(language: str) -> dict[str, Any]:
    """The settings a circle starts with; `leave_any_time_text` in the language asked for."""
    found = _file("circle")["defaults"]
    return {**found, "leave_any_time_text": in_language(found["leave_any_time_text"], language)}


def _lines(name: str, language: str) -> tuple[str, ...]:
    return tuple(in_language(text, language) for text in _file("cards")[name])


@cache
def _file(name: str) -> dict[str, Any]:
    """One of our own files: what is wrong in it is a bug and raises."""
    book: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return book
