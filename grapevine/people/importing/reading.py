"""A file of people: its good rows, and what is wrong with the others. Knows no database.

Nothing here trusts the file: size, encoding, quotes, delimiters and every cell are looked at, and whatever is wrong
is told with its line, its column and the way out.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from grapevine.people.importing.cells import CELLS, CellError
from grapevine.people.importing.columns import misspelt, not_read
from grapevine.people.importing.lines import SIZE_MAX, Lines, Rejected, UnreadableError, too_large

REQUIRED = ("id", "name", "email")
DELIMITERS = ",;\t"
WRONG_MAX = 5_000


@dataclass(frozen=True)
class Row:
    """One good line. None: the file has no such column. Empty: it has, and says nothing there."""

    line: int
    id: str
    name: str
    email: str
    unit: tuple[str, ...] | None = None
    manager: str | None = None
    title: str | None = None
    timezone: str | None = None
    languages: tuple[str, ...] | None = None
    location: str | None = None
    joined_on: date | None = None


def read_people(path: Path | str, *, ignored: list[str] | None = None) -> tuple[list[Row], list[Rejected]]:
    """The good rows of the file, and everything that is wrong with it, in the order of its lines.

    `ignored` takes the names of columns that are not read.
    """
    path = Path(path)
    try:
        if path.is_file() and path.stat().st_size > SIZE_MAX:
            raise too_large(path.stat().st_size)
        with path.open("rb") as file:
            return read_file(file, ignored=ignored)
    except OSError as error:
        told = _("%(file)s cannot be opened: %(why)s.") % {"file": path, "why": error.strerror}
        return [], [Rejected(0, "", told)]
    except UnreadableError as error:
        return [], [error.rejected]


def read_file(file: BinaryIO, *, ignored: list[str] | None = None) -> tuple[list[Row], list[Rejected]]:
    """The same, from an open file."""
    rows: list[Row] = []
    rejected: list[Rejected] = []
    try:
        with Lines(file, rejected) as lines:
            for line, cells, wrong in _lines_read(lines, [] if ignored is None else ignored):
                rejected += wrong
                rows += [] if wrong else [_row(line, cells)]
    except UnreadableError as error:
        rejected.append(error.rejected)
    rows, twice = _each_once(rows)
    return rows, sorted([*rejected, *twice], key=lambda wrong: (wrong.line, wrong.column))


def _lines_read(lines: Lines, ignored: list[str]) -> Iterator[tuple[int, dict[str, Any], list[Rejected]]]:
    """(line, cells by column, what is wrong with them) of every line with something on it."""
    _read_header(lines, ignored)
    somebody = bool(lines.rejected)
    for number, cells in () if somebody else _rows(lines):
        if any(cell.strip() for cell in cells):
            somebody = True
            yield number, *_cells_read(number, lines.columns, cells)
        if len(lines.rejected) > WRONG_MAX:
            raise UnreadableError(number, "", _("So much is wrong that nothing after this line was read."))
    if not somebody and not lines.rejected:
        raise UnreadableError(1, "", _("There is a first line with the names of columns, and nobody below it."))


def _read_header(lines: Lines, ignored: list[str]) -> None:
    head = next(lines, "")
    if lines.rejected:
        return
    if not head.strip():
        raise UnreadableError(1, "", _("The file is empty. Its first line names the columns: id, name, email."))
    lines.delimiter = max(DELIMITERS, key=head.count)
    lines.columns = [" ".join(name.split()).lower() for name in next(csv.reader([head], delimiter=lines.delimiter))]
    found = ", ".join(filter(None, lines.columns))
    for name in REQUIRED:
        if name not in lines.columns:
            told = _("The column %(name)s is missing. The first line has: %(found)s.")
            raise UnreadableError(1, name, told % {"name": name, "found": found})
    for name in CELLS:
        if list(lines.columns).count(name) > 1:
            raise UnreadableError(1, name, _("Two columns are called %(name)s.") % {"name": name})
    lines.rejected += misspelt(lines.columns)
    ignored += not_read(lines.columns)


def _rows(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=lines.delimiter, strict=True)
    while True:
        begins = lines.number + 1
        try:
            yield begins, next(reader)
        except StopIteration:
            return
        except csv.Error:
            told = _("The quotes on this line do not match. Nothing after it was read.")
            raise UnreadableError(begins, "", told) from None


def _cells_read(line: int, columns: Any, cells: list[str]) -> tuple[dict[str, Any], list[Rejected]]:
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        column = columns[len(cells)] if len(cells) < len(columns) else str(len(columns) + 1)
        told = _("%(found)d cells where the first line has %(wanted)d. A cell with the delimiter in it needs quotes.")
        return {}, [Rejected(line, column, told % {"found": len(cells), "wanted": len(columns)})]
    read: dict[str, Any] = {}
    wrong: list[Rejected] = []
    for column, cell in zip(columns, cells, strict=False):
        try:
            read |= {column: CELLS[column](cell)} if column in CELLS else {}
        except CellError as error:
            wrong.append(Rejected(line, column, str(error)))
    return read, wrong


def _row(line: int, cells: dict[str, Any]) -> Row:
    """Whoever leads themselves has nobody above them: that is how many lists mark the head."""
    return Row(line, **{**cells, "manager": ""} if cells.get("manager") == cells["id"] else cells)


def _each_once(rows: list[Row]) -> tuple[list[Row], list[Rejected]]:
    """Of several lines with the same id or mail address the first one stands."""
    good: list[Row] = []
    rejected: list[Rejected] = []
    lines: dict[tuple[str, str], int] = {}
    for row in rows:
        keys = [("id", row.id), ("email", row.email)]
        told = _("%(words)s stands on line %(line)d already.")
        twice = [
            Rejected(row.line, column, told % {"words": words, "line": lines[column, words]})
            for column, words in keys
            if (column, words) in lines
        ]
        rejected += twice
        if not twice:
            good.append(row)
            lines |= dict.fromkeys(keys, row.line)
    return good, rejected
