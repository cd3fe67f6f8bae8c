"""Small words for the templates of rooms."""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
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


@register.tag
def kept(parser: Parser, token: Token) -> "Kept":
    """`{% kept "dock" state.step scene.verbs %}...{% endkept %}`: a part of the stage and all that it shows.

    A page that has it already, by `has` in the context, is told to keep it: nothing of it is made again. A part under a
    name has that name's place on the page, whatever it shows.
    """
    name, *shows = (parser.compile_filter(word) for word in token.split_contents()[1:])
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(name, shows, inside)


class Kept(template.Node):
    """What `kept` makes."""

    def __init__(self, name: FilterExpression, shows: Sequence[FilterExpression], inside: NodeList) -> None:
        self.name, self.shows, self.nodelist = name, shows, inside

    def render(self, context: template.Context) -> SafeString:
        """The part, or its place."""
        name = f"kept-{self.name.resolve(context)}"
        shows = [_plain(each.resolve(context)) for each in self.shows]
        key = f"{crc32(repr((get_language(), shows)).encode()):x}"
        if f"{name}-{key}" in (context.get("has") or ()):
            return format_html('<room-kept id="{}" data-key="{}" hx-morph-skip-children></room-kept>', name, key)
        return format_html('<room-kept id="{}" data-key="{}">{}</room-kept>', name, key, self.nodelist.render(context))


def _plain(shown: Any) -> object:
    return sorted(shown) if isinstance(shown, frozenset) else shown
