"""Where one can go: each slice puts its places and its links here when it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse

BAR = 4  # as many as a thumb finds on a phone beside "More"


@dataclass(frozen=True, kw_only=True)
class Link:
    """A word, an icon and where they lead."""

    label: Any
    icon: str
    url_name: str
    order: int

    @property
    def url(self) -> str:
        """The address; empty while nobody serves it, then the link is not shown."""
        try:
            return _address(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True, kw_only=True)
class Place(Link):
    """One entry of the rail. `count` tells a person how much waits there; `narrow=False` puts it behind More.

    `also` names further beginnings of addresses that belong here (`("/challenges/",)`).
    """

    key: str
    also: tuple[str, ...] = ()
    count: Callable[[Any], int] | None = None
    narrow: bool = True

    def begins(self, path: str) -> int:
        """How much of `path` is this place's address; 0 when it lies elsewhere."""
        fits = [a for a in (self.url, *self.also) if path == a or (a != "/" and path.startswith(a))]
        return max(map(len, fits), default=0)


@dataclass(frozen=True, kw_only=True)
class MeLink(Link):
    """One entry of the person's own menu, for those whom `only` lets through."""

    only: Callable[[Any], bool] | None = None
    post: bool = False


_places: dict[str, Place] = {}
_me_links: dict[str, MeLink] = {}


def add(place: Place) -> None:
    """Put a place into the rail."""
    _places[place.key] = place


def add_me_link(link: MeLink) -> None:
    """Put a link into the menu under one's own face."""
    _me_links[link.url_name] = link


def every() -> list[Place]:
    """All places that somebody serves, in order."""
    return sorted((p for p in _places.values() if p.url), key=lambda p: p.order)


def of(person: Any) -> list[MeLink]:
    """The links of this person's menu, in order."""
    links = (link for link in _me_links.values() if link.url and (link.only is None or link.only(person)))
    return sorted(links, key=lambda link: link.order)


def bar(places: list[Place]) -> tuple[list[Place], list[Place]]:
    """The places in a phone's bar, and those behind More."""
    shown = [p for p in places if p.narrow][:BAR]
    return shown, [p for p in places if p not in shown]


@cache
def _address(url_name: str) -> str:
    return reverse(url_name)
