"""A group's own way of doing a format: copied, changed, dropped."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from grapevine.kernel import clock
from grapevine.kernel.policy import check
from grapevine.people.models import Person
from grapevine.rooms.formats import own_copy, read
from grapevine.rooms.models import FormatCopy, Session
from grapevine.vaults.models import Vault


@transaction.atomic
def copy_format(*, by: Person, vault: Vault, key: str) -> FormatCopy:
    """One of our formats, for the group that has `vault` to change. KeyError when we ship none of that key."""
    return FormatCopy.objects.create(vault=vault, of=key, body=own_copy(key), by=by, at=clock.now())


@transaction.atomic
def change_way(*, by: Person, way: FormatCopy, body: dict[str, Any]) -> FormatCopy:
    """Another body for it. Raises FormatError, which names step and field, and changes nothing."""
    check(by, "change", way)
    read(body, by.language)
    way.body, way.by, way.at = body, by, clock.now()
    way.save(update_fields=["body", "by", "at"])
    return way


@transaction.atomic
def drop_way(*, by: Person, way: FormatCopy) -> None:
    """It is not offered any more; sessions that were planned with it keep theirs."""
    check(by, "change", way)
    way.delete()


def forget_own_words(*, sessions: "QuerySet[Session]") -> None:
    """What a group called its steps, and where it met: gone from these sessions. The format it began from stays."""
    for session in sessions:
        session.format, session.link = own_copy(session.format["format"]), ""
        session.save(update_fields=["format", "link"])
