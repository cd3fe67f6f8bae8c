"""A file as text, as lines of a table, or as a JSON document that knows where everything stands. Trusts nothing."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.kernel.text import clean
from grapevine.skills.importing.shapes import Rejected, UnreadableError

SIZE_MAX = 50_000_000
CELL_MAX = 1_000_000
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",;\t"
KINDS: dict[type, Any] = {str: gettext_lazy("words"), list: gettext_lazy("a list"), dict: gettext_lazy("an object")}


def text_of(path: Path) -> str:
    """The words of the file, whatever common encoding and line ends it has. Raises UnreadableError."""
    try:
        if path.stat().st_size > SIZE_MAX:
            raise UnreadableError(
                _("The file has %(size)d MB; up to %(most)d MB are read.")
                % {"size": path.stat().st_size // 1_000_000, "most": SIZE_MAX // 1_000_000}
            )
        return _decoded(path.read_bytes())
    except OSError as error:
        raise UnreadableError(
            _("%(file)s cannot be opened: %(why)s.") % {"file": path, "why": error.strerror}
        ) from error


def _decoded(raw: bytes) -> str:
    if raw.startswith(SPREADSHEETS):
        raise UnreadableError(_("This is a spreadsheet or an archive. Save it as CSV UTF-8 and bring in that file."))
    try:
        words = raw.decode("utf-16" if raw.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(_("These bytes are no text. Save the file as UTF-8."), line=line) from None
    if "\0" in words:
        line = words.count("\n", 0, words.index("\0")) + 1
        raise UnreadableError(_("There is a character here that no text has. Save the file as UTF-8."), line=line)
    return words


# --- tables ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One line of a table, by the names in its first line."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def table(words: str, required: tuple[str, ...], wrong: list[Rejected]) -> Iterator[Line]:
    """The good lines under the header; what is wrong with others goes to `wrong`. Raises UnreadableError."""
    lines = _split(words)
    _begins, head = next(lines, (1, []))
    columns = [clean(name) for name in head]
    _check_columns(columns, required)
    for number, cells in lines:
        if len(cells) == len(columns):
            yield Line(number, dict(zip(columns, (clean(cell) for cell in cells), strict=True)))
        elif any(cell.strip() for cell in cells):
            wrong.append(_uneven(number, columns, cells))


def _split(words: str) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells) of each record: a cell may go over several lines."""
    first = words.split("\n", 1)[0]
    csv.field_size_limit(CELL_MAX)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            yield begins, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = _("This cannot be read as CSV (%(why)s). Mostly a quote is missing.") % {"why": error}
            raise UnreadableError(reason, line=begins) from None


def _check_columns(columns: list[str], required: tuple[str, ...]) -> None:
    if not any(columns):
        raise UnreadableError(_("The file is empty."), line=1)
    for name in required:
        if columns.count(name) != 1:
            reason = _("Two columns have this name.") if name in columns else _("This column is missing.")
            raise UnreadableError(f"{reason} {_('The first line has:')} {', '.join(columns)}.", line=1, column=name)


def _uneven(number: int, columns: list[str], cells: list[str]) -> Rejected:
    counts = {"found": len(cells), "wanted": len(columns)}
    reason = (
        _("%(found)d cells where the first line has %(wanted)d. A comma inside a cell needs quotes around the cell.")
        % counts
    )
    return Rejected(reason, number, columns[len(cells)] if len(cells) < len(columns) else str(len(columns) + 1))


# --- documents ------------------------------------------------------------------------------------


def document(words: str, wrong: list[Rejected]) -> "Node":
    """The JSON document. Raises UnreadableError with line and column where it is none."""
    try:
        return Node(json.loads(words), "$", wrong)
    except json.JSONDecodeError as error:
        reason = _("This is no JSON: %(why)s.") % {"why": error.msg}
        raise UnreadableError(reason, line=error.lineno, column=str(error.colno)) from None
    except RecursionError:
        raise UnreadableError(_("This is nested too deeply.")) from None


@dataclass(frozen=True)
class Node:
    """A value of the document and its path. What is not as it should be is noted in `wrong` and read as empty."""

    value: Any
    path: str
    wrong: list[Rejected]

    def text(self, name: str, *, required: bool = False) -> str:
        """The words under `name`."""
        return clean(self._part(name, str, required=required) or "")

    def texts(self, name: str) -> list[str]:
        """The list of words under `name`."""
        return [node.said() for node in self.parts(name)]

    def said(self) -> str:
        """The words that this is."""
        return clean(self.read(str) or "")

    def part(self, name: str) -> "Node":
        """The object under `name`; when it is not there, an empty one of which nothing more is noted."""
        found = self._part(name, dict, required=True)
        return Node(found or {}, f"{self.path}.{name}", [] if found is None else self.wrong)

    def parts(self, name: str) -> list["Node"]:
        """Each of the list under `name`."""
        return Node(self._part(name, list) or [], f"{self.path}.{name}", self.wrong).each()

    def each(self) -> list["Node"]:
        """Each of the list that this is."""
        return [Node(one, f"{self.path}[{n}]", self.wrong) for n, one in enumerate(self.read(list) or [])]

    def _part(self, name: str, kind: type, *, required: bool = False) -> Any:
        mine = self.read(dict)
        if mine is None:
            return None
        if mine.get(name) is not None:
            return Node(mine[name], f"{self.path}.{name}", self.wrong).read(kind)
        if required:
            self.wrong.append(Rejected(_("This is missing."), path=f"{self.path}.{name}"))
        return None

    def read(self, kind: type) -> Any:
        """The value, when it is of this kind."""
        if isinstance(self.value, kind):
            return self.value
        reason = Rejected(_("Here should be %(kind)s.") % {"kind": KINDS[kind]}, path=self.path)
        # asked for several of its parts, it is wrong once
        if reason not in self.wrong[-1:]:
            self.wrong.append(reason)
        return None
