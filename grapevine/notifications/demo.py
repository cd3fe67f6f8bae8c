"""Inboxes of the demo world, as `tell` would have left them. What is read needs no mail; what is new gets one."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F

from grapevine.notifications.kinds import KINDS
from grapevine.notifications.models import Letter, Notice
from grapevine.notifications.queries import address_of
from grapevine.people.models import Person

BATCH = 500
READ_AFTER = timedelta(minutes=140)


@dataclass
class Rows:
    """Everything of this slice, in memory until `store`."""

    notices: dict[tuple[int, str, str], Notice] = field(default_factory=dict)

    def tell(  # noqa: PLR0913 - a notice has this many sides
        self,
        person: Person,
        kind: str,
        about: object,
        page: str,
        at: datetime,
        *,
        by: Person | None = None,
        alias: str = "",
        key: str = "",
        page_of: object = None,
        part: str = "",
        read_at: datetime | None = None,
    ) -> None:
        """A line in somebody's inbox; what happens again to the same thing makes the line fresh."""
        url = address_of(page, page_of or about, part)
        notice = Notice(
            person=person,
            kind=kind,
            about=str(about),
            key=key or str(about),
            by=None if alias else by,
            alias=alias,
            url=url,
            at=at,
            read_at=read_at,
        )
        before = self.notices.get((person.pk, kind, notice.key))
        if before is None or before.at <= at:
            self.notices[person.pk, kind, notice.key] = notice

    def store(self, now: datetime, new_since: datetime) -> None:
        """Everything into the database; letters about what is new leave as soon as somebody works."""
        Notice.objects.bulk_create(self.notices.values(), batch_size=BATCH)
        unread = [n for n in self.notices.values() if n.read_at is None and KINDS[n.kind].is_mailed]
        Letter.objects.bulk_create(_letter(notice, now if notice.at > new_since else None) for notice in unread)


def last_line() -> int:
    """The newest line of all inboxes; 0 when there is none."""
    return Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def let_be_past(after: int, *, new_since: datetime, kept_since: datetime, waiting: Collection[str]) -> None:
    """What was told after the line `after` at past moments: the old was mailed, and read unless its kind is `waiting`.

    The very old is gone, as from an inbox that somebody tidied.
    """
    told = Notice.objects.filter(pk__gt=after)
    told.filter(at__lt=kept_since).delete()
    old = told.filter(at__lt=new_since)
    Letter.objects.filter(notice__in=old, sent_at__isnull=True).update(sent_at=F("due_at"), attempts=1)
    old.filter(read_at__isnull=True).exclude(kind__in=waiting).update(read_at=F("at") + READ_AFTER)


def _letter(notice: Notice, due_at: datetime | None) -> Letter:
    """One that leaves when it is due, or one that has been sent long ago."""
    key = f"{notice.kind}:{notice.key}:{notice.person_id}"
    if due_at:
        return Letter(notice=notice, key=key, due_at=due_at)
    return Letter(notice=notice, key=key, due_at=notice.at, sent_at=notice.at, attempts=1)
