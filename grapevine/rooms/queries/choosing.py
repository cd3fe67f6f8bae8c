"""Which sessions are mine, and which formats a group may choose from."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.people.models import Person
from grapevine.rooms.formats import Format, own_copy, read, shipped_in
from grapevine.rooms.models import FormatCopy, Session
from grapevine.vaults.models import Vault

STAYS_IN_SIGHT = timedelta(days=30)


@dataclass(frozen=True)
class Way:
    """A format one may choose: `key` is ours (`trio`) or names a group's own copy (`own-12`)."""

    key: str
    format: Format
    copy: FormatCopy | None = None

    @property
    def body(self) -> dict[str, Any]:
        """What a session keeps of it."""
        return self.copy.body if self.copy else own_copy(self.format.key)


def my_rooms(person: Person) -> "QuerySet[Session]":
    """Sessions the person may enter or has been in, those that are not over first; no older than a month."""
    since = clock.now() - STAYS_IN_SIGHT
    found = visible(person, Session).filter(Q(closed_at__isnull=True) | Q(closed_at__gte=since))
    return found.select_related("vault").order_by("-closed_at", "planned_at")


def formats_for(person: Person, vault: Vault | None = None) -> list[Way]:
    """Our formats, the shortest first, and before them the own ways of the group that has `vault`."""
    ours = [Way(key, found) for key, found in shipped_in(get_language() or "en").items()]
    ours.sort(key=lambda way: (way.format.minutes, way.format.name))
    return [*(ways_of(person, vault) if vault else []), *ours]


def minutes_of(key: str) -> int:
    """How long one of our formats takes, whoever reads it in whatever language."""
    return shipped_in("en")[key].minutes


def ways_of(person: Person, vault: Vault) -> list[Way]:
    """A group's own copies, as they read in the language spoken now."""
    copies = visible(person, FormatCopy).filter(vault=vault)
    return [Way(f"own-{copy.pk}", read(copy.body, get_language() or "en"), copy) for copy in copies]
