"""Parts that a higher slice lends to a page of a lower one: thanks on a person's page, ties beside a challenge.

The lower page names a place (`{% panels "person" person %}`); higher slices add panels to it in `ready`. A panel's
context is asked for with the reader first and may be None, then nothing is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Context = Callable[[Any, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A template and the function (reader, subject) -> context that fills it."""

    template: str
    context: Context
    order: int = 50


_panels: dict[str, list[Panel]] = {}


def add(place: str, panel: Panel) -> None:
    """Lend `panel` to the place."""
    _panels[place] = sorted([*_panels.get(place, []), panel], key=lambda p: p.order)


def filled(place: str, reader: Any, subject: Any) -> list[tuple[str, dict[str, Any]]]:
    """(template, context) of the panels that have something to show."""
    asked = [(p.template, p.context(reader, subject)) for p in _panels.get(place, [])]
    return [(template, context) for template, context in asked if context is not None]
