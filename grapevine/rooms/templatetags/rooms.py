"""Small words for the templates of rooms."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def newest(said: Sequence[Any] | None) -> Any:
    """The last one, or None."""
    return said[-1] if said else None


@register.filter
def at(found: Mapping[Any, Any] | None, key: Any) -> Any:
    """What a mapping has under a key that the template knows only by its name."""
    return found.get(key) if found else None


@register.filter
def how_many(people: Sequence[Any]) -> str:
    """`the six of you`, in words as long as they are short."""
    words: tuple[str, ...] = (
        _("you alone"),
        _("the two of you"),
        _("the three of you"),
        _("the four of you"),
        _("the five of you"),
    )
    words += (_("the six of you"), _("the seven of you"), _("the eight of you"))
    many = len(people)
    return words[many - 1] if 0 < many <= len(words) else _("the %(many)s of you") % {"many": many}
