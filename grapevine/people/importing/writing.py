"""What is new and what changed, written in one transaction."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from allauth.account.models import EmailAddress
from django.db import transaction

from grapevine.kernel import clock
from grapevine.people.actions.joining import move_account, open_account
from grapevine.people.importing.checking import check
from grapevine.people.importing.lines import Rejected
from grapevine.people.importing.reading import Row, read_file, read_people
from grapevine.people.importing.standing import Standing, standing_of
from grapevine.people.models import Account, Language, NewAddress, Organisation, Person, ReportingLine, Unit

BATCH = 500
# what a file says about these holds only where it says something; people may have said it themselves
ONLY_WHERE_SAID = ("title", "timezone", "location", "joined_on")


@dataclass(frozen=True)
class Outcome:
    """What a file brought, or would bring.

    `waiting`: new addresses that their people have to take themselves. `ignored`: columns that are not read.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    waiting: int = 0
    is_written: bool = False
    ignored: list[str] = field(default_factory=list)

    @property
    def good(self) -> int:
        """Lines with nothing wrong."""
        return self.created + self.updated + self.unchanged

    @property
    def as_json(self) -> dict[str, Any]:
        """The outcome as the command prints it; `ignored` is there only where a column was not read."""
        counts = {"created": self.created, "updated": self.updated, "unchanged": self.unchanged}
        ignored = {"ignored": self.ignored} if self.ignored else {}
        return {**counts, "rejected": [asdict(wrong) for wrong in self.rejected], **ignored}


@dataclass(frozen=True)
class Change:
    """One row against the person it means: the columns of the person that change, and what changes beside them."""

    row: Row
    person: Person | None
    columns: dict[str, Any]
    languages: bool
    lead: bool
    moves: bool
    waits: bool

    @property
    def is_any(self) -> bool:
        """Whether the row says anything new."""
        return bool(self.columns) or self.languages or self.lead or self.moves or self.waits


def bring_in(
    source: Path | str | BinaryIO,
    *,
    organisation: Organisation,
    dry_run: bool = False,
    keep_good: bool = False,
    by: Person | None = None,
) -> Outcome:
    """Read a file and write it. `by` is the administrator who looks on; empty on the server."""
    ignored: list[str] = []
    rows, rejected = (
        read_people(source, ignored=ignored) if isinstance(source, Path | str) else read_file(source, ignored=ignored)
    )
    brought = apply(
        organisation=organisation, rows=rows, rejected=rejected, dry_run=dry_run, keep_good=keep_good, by=by
    )
    return replace(brought, ignored=ignored)


@transaction.atomic
def apply(
    *,
    organisation: Organisation,
    rows: Iterable[Row],
    rejected: Iterable[Rejected] = (),
    dry_run: bool = False,
    keep_good: bool = False,
    by: Person | None = None,
) -> Outcome:
    """Write the rows unless something is rejected (or `keep_good` says to write the others).

    An administrator (`by`) never moves anybody's door: the person is asked behind the old one. Otherwise whoever runs
    the place could have the codes of others sent to themselves, and read what was not meant for them. Whether somebody
    has been here makes no difference: requests wait for those who have not, and who came back has a new account.

    Nor does an administrator learn that an address opens a door in another organisation: the row is as good as any,
    and its person gets an account when a list comes in while the address is free. Only the server is told.
    """
    standing = standing_of(organisation)
    good, wrong = check(rows, standing.known(tells_of_others=by is None))
    wrong = sorted([*rejected, *wrong], key=lambda w: (w.line, w.column))
    changes = [_change(row, standing, asks=by is not None) for row in good]
    may_write = not dry_run and (keep_good or not wrong)
    if may_write:
        _write(changes, organisation, standing)
    return _outcome(changes, wrong, is_written=may_write)


def _outcome(changes: list[Change], wrong: list[Rejected], *, is_written: bool) -> Outcome:
    created = sum(1 for c in changes if c.person is None)
    updated = sum(1 for c in changes if c.person is not None and c.is_any)
    return Outcome(
        created=created,
        updated=updated,
        unchanged=len(changes) - created - updated,
        rejected=wrong,
        waiting=sum(1 for c in changes if c.waits),
        is_written=is_written,
    )


def _change(row: Row, standing: Standing, *, asks: bool) -> Change:
    person = standing.people.get(row.id)
    if person is None:
        return Change(row, None, {}, languages=bool(row.languages), lead=bool(row.manager), moves=False, waits=False)
    waiting = standing.waiting.get(person.pk, "")
    is_new = row.email != (waiting or person.email) if asks else row.email != person.email or bool(waiting)
    waits = asks and is_new and row.email != person.email
    spoken = standing.languages.get(person.pk, ())
    return Change(
        row,
        person,
        _columns(row, person, standing),
        languages=bool(row.languages) and row.languages != tuple(sorted(spoken)),
        lead=row.manager is not None and row.manager != standing.leads.get(row.id, ""),
        moves=is_new and not waits,
        waits=waits,
    )


def _columns(row: Row, person: Person, standing: Standing) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ONLY_WHERE_SAID if getattr(row, name)}
    said |= {"name": row.name, "left_on": None}
    changed = {name: value for name, value in said.items() if getattr(person, name) != value}
    if row.unit is not None and row.unit != standing.path_of(person):
        changed["unit"] = row.unit
    return changed


# --- writing --------------------------------------------------------------------------------------------------------


def _write(changes: list[Change], organisation: Organisation, standing: Standing) -> None:
    if organisation.pk is None:
        organisation.save()
    units = _with_units(changes, organisation, standing)
    people = dict(standing.people)
    doors = _open_doors((c.row.email for c in changes if c.person is None), standing.elsewhere)
    people |= _create([c.row for c in changes if c.person is None], organisation, units, doors)
    for change in changes:
        if change.person is not None:
            _let_in(change.person, standing.elsewhere)
            _update(change, change.person, units)
    _write_languages([c for c in changes if c.languages], people)
    _write_leads([c for c in changes if c.lead], people)


def _with_units(changes: list[Change], organisation: Organisation, standing: Standing) -> dict[tuple[str, ...], Unit]:
    units = dict(standing.units)
    wanted = {row.unit[:depth] for row in (c.row for c in changes) if row.unit for depth in range(1, len(row.unit) + 1)}
    for path in sorted(wanted - units.keys(), key=len):
        units[path] = Unit.objects.create(organisation=organisation, name=path[-1], parent=units.get(path[:-1]))
    return units


def _open_doors(emails: Iterable[str], elsewhere: frozenset[str]) -> dict[str, Account]:
    """An account for each address, but where it opens a door of another organisation."""
    accounts = [Account(email=email) for email in emails if email not in elsewhere]
    for account in accounts:
        account.set_unusable_password()
    Account.objects.bulk_create(accounts, BATCH)
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=account, email=account.email, verified=True, primary=True) for account in accounts), BATCH
    )
    return {account.email: account for account in accounts}


def _create(
    rows: list[Row], organisation: Organisation, units: dict[tuple[str, ...], Unit], doors: dict[str, Account]
) -> dict[str, Person]:
    people = [_person(row, doors.get(row.email), organisation, units) for row in rows]
    return {person.number: person for person in Person.objects.bulk_create(people, BATCH)}


def _person(
    row: Row, account: Account | None, organisation: Organisation, units: dict[tuple[str, ...], Unit]
) -> Person:
    return Person(
        organisation=organisation,
        account=account,
        number=row.id,
        name=row.name,
        email=row.email,
        unit=units.get(row.unit or ()),
        title=row.title or "",
        location=row.location or "",
        timezone=row.timezone or organisation.timezone,
        language=organisation.language,
        joined_on=row.joined_on,
    )


def _let_in(person: Person, elsewhere: frozenset[str]) -> None:
    """Who comes back gets a new account; so does whose address is free by now."""
    if person.account is None and person.email not in elsewhere:
        person.account = open_account(person.email)
        person.save(update_fields=["account"])


def _update(change: Change, person: Person, units: dict[tuple[str, ...], Unit]) -> None:
    for name, value in change.columns.items():
        setattr(person, name, units.get(value) if name == "unit" else value)
    if change.columns:
        person.save(update_fields=list(change.columns))
    if change.waits:
        NewAddress.objects.update_or_create(person=person, defaults={"email": change.row.email, "at": clock.now()})
    elif change.moves:
        _move(person, change.row.email)


def _move(person: Person, email: str) -> None:
    """To another address, or back to the one they have while another was waiting."""
    if email == person.email:
        NewAddress.objects.filter(person=person).delete()
    else:
        move_account(person=person, email=email)


def _write_languages(changes: list[Change], people: dict[str, Person]) -> None:
    for batch in _batches(changes):
        Language.objects.filter(person__in=[people[c.row.id].pk for c in batch]).delete()
    spoken = (Language(person=people[c.row.id], code=code) for c in changes for code in c.row.languages or ())
    Language.objects.bulk_create(spoken, BATCH)


def _write_leads(changes: list[Change], people: dict[str, Person]) -> None:
    for batch in _batches(changes):
        ReportingLine.objects.filter(person__in=[people[c.row.id].pk for c in batch]).delete()
    lines = (ReportingLine(person=people[c.row.id], lead=people[c.row.manager]) for c in changes if c.row.manager)
    ReportingLine.objects.bulk_create(lines, BATCH)


def _batches(changes: list[Change]) -> Iterable[list[Change]]:
    return (changes[at : at + BATCH] for at in range(0, len(changes), BATCH))
