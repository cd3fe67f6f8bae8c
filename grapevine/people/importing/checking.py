"""Good rows against those who are here already: whose address, whose number, who leads whom. Pure: no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from grapevine.people.importing.lines import Rejected
from grapevine.people.importing.reading import Row

SHOWN = 10


@dataclass(frozen=True)
class Known:
    """Who is here, by the organisation's own numbers."""

    addresses: Mapping[str, str] = field(default_factory=dict)  # address -> number, of people who are here
    left: Mapping[str, str] = field(default_factory=dict)  # number -> last address, of people who left
    leads: Mapping[str, str] = field(default_factory=dict)  # number -> number of the lead
    elsewhere: frozenset[str] = frozenset()  # addresses in other organisations, where they may be told

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers of those who are here."""
        return frozenset(self.addresses.values())


def check(rows: Iterable[Row], known: Known) -> tuple[list[Row], list[Rejected]]:
    """The rows that may be written together, and what is wrong with the others."""
    rows = list(rows)
    rejected = [wrong for row in rows for wrong in _belongs_to_another(row, known)]
    rows = _without(rows, rejected)
    while wrong := _without_lead(rows, known) or _in_circles(rows, known):
        rejected += wrong
        rows = _without(rows, wrong)
    return rows, rejected


def _without(rows: list[Row], rejected: Iterable[Rejected]) -> list[Row]:
    lines = {wrong.line for wrong in rejected}
    return [row for row in rows if row.line not in lines]


def _belongs_to_another(row: Row, known: Known) -> list[Rejected]:
    """An address opens a door, so it never passes to somebody else in silence; nor does the number of who left."""
    words = {"email": row.email, "id": row.id, "other": known.addresses.get(row.email, "")}
    if known.addresses.get(row.email, row.id) != row.id:
        told = _("%(email)s belongs to the person with the id %(other)s.")
        return [Rejected(row.line, "email", told % words)]
    if row.email in known.elsewhere:
        told = _("%(email)s is in use elsewhere in this installation; an address opens one door.")
        return [Rejected(row.line, "email", told % words)]
    if known.left.get(row.id, row.email) != row.email:
        told = _(
            "The id %(id)s belonged to somebody who left, with another address. Somebody new needs a new id; who comes back comes with the old address."
        )
        return [Rejected(row.line, "id", told % words)]
    return []


def _without_lead(rows: list[Row], known: Known) -> list[Rejected]:
    numbers = known.numbers | {row.id for row in rows}
    told = _("Nobody with the id %(manager)s is here or comes in with this file.")
    return [
        Rejected(row.line, "manager", told % {"manager": row.manager})
        for row in rows
        if row.manager and row.manager not in numbers
    ]


def _in_circles(rows: list[Row], known: Known) -> list[Rejected]:
    """Every row of this file that is part of a circle of leads, with the circle's names."""
    leads = {**known.leads} | {row.id: row.manager for row in rows if row.manager is not None}
    circle_of = {number: circle for circle in _circles(leads) for number in circle}
    told = _("People would lead each other in a circle: %(circle)s.")
    return [
        Rejected(row.line, "manager", told % {"circle": _drawn(circle_of[row.id], row.id)})
        for row in rows
        if row.manager and row.id in circle_of
    ]


def _circles(leads: Mapping[str, str]) -> list[list[str]]:
    """Each circle once. Everybody has at most one lead, so one walk upwards from everybody finds them all."""
    circles: list[list[str]] = []
    walked: set[str] = set()
    for start in leads:
        path: dict[str, int] = {}
        number = start
        while number and number not in walked and number not in path:
            path[number] = len(path)
            number = leads.get(number, "")
        if number in path:
            circles.append(list(path)[path[number] :])
        walked.update(path)
    return circles


def _drawn(circle: list[str], start: str) -> str:
    """`7 → 9 → 7`, beginning with the one whose line it is; a long circle in short."""
    at = circle.index(start)
    turned = [*circle[at:], *circle[:at], start]
    if len(turned) > SHOWN:
        turned = [*turned[: SHOWN - 2], "…", start]
    return " → ".join(turned)
