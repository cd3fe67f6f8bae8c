"""What every page knows: who reads, where they are, how they like it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from grapevine.kernel.ui import places as known

SCHEMES = ("light", "dark", "contrast")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor of every page."""
    person = getattr(request, "person", None)
    return {"person": person, "csp_nonce": getattr(request, "csp_nonce", ""), "frame": Frame(request, person)}


@dataclass
class Frame:
    """The rail, the bar and the menu, worked out only when a template asks."""

    request: HttpRequest
    person: Any

    @cached_property
    def places(self) -> list[known.Place]:
        """Where this person can go; nowhere while not signed in."""
        return known.every() if self.person else []

    @cached_property
    def rail(self) -> list[tuple[known.Place, int]]:
        """Each place with what waits there."""
        return [(p, p.count(self.person) if p.count else 0) for p in self.places]

    @cached_property
    def here(self) -> str:
        """The key of the place whose address this page's address begins with."""
        near = max(self.places, key=lambda p: p.begins(self.request.path), default=None)
        return near.key if near and near.begins(self.request.path) else ""

    @cached_property
    def bar(self) -> tuple[list[known.Place], list[known.Place]]:
        """The phone's bar, and what is behind More."""
        return known.bar(self.places)

    @cached_property
    def me_links(self) -> list[known.MeLink]:
        """The menu under one's own face."""
        return known.of(self.person) if self.person else []

    @property
    def scheme(self) -> str:
        """What this browser was told: light, dark or contrast; empty follows the machine."""
        chosen = self.request.COOKIES.get("scheme", "")
        return chosen if chosen in SCHEMES else ""

    @property
    def palette(self) -> list[dict[str, str]]:
        """Where the command palette can go."""
        links = [*self.places, *(link for link in self.me_links if not link.post)]
        return [{"key": getattr(p, "key", ""), "title": str(p.label), "url": p.url, "icon": p.icon} for p in links]
