"""Bytes to lines of text, counted, with everything refused that is no text of ours."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Self

from django.utils.translation import gettext as _

SIZE_MAX = 20_000_000
LINE_MAX = 100_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
LOST = "\N{REPLACEMENT CHARACTER}"
# bytes that are no UTF-8 travel as these, so that it is still known where they stood
ESCAPED = range(0xDC80, 0xDD00)


@dataclass(frozen=True)
class Rejected:
    """What is wrong, and where: the line of the file (the header is 1) and the name of the column."""

    line: int
    column: str
    reason: str


class UnreadableError(Exception):
    """The file cannot be read on from here."""

    def __init__(self, line: int, column: str, reason: str) -> None:
        super().__init__(reason)
        self.rejected = Rejected(line, column, reason)


class Lines(Iterator[str]):
    """The decoded lines of a file. A line with bytes that are no text is told in `rejected` and comes out empty."""

    def __init__(self, file: BinaryIO, rejected: list[Rejected]) -> None:
        self.number = 0
        self.columns: Sequence[str] = ()
        self.delimiter = ","
        self.rejected = rejected
        self._size = 0
        self._text = _decoded(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        """The file stays open: it belongs to whoever opened it."""
        self._text.detach()

    def __next__(self) -> str:
        words = self._text.readline(LINE_MAX + 1)
        if not words:
            raise StopIteration
        self.number += 1
        self._size += len(words)
        self._refuse_endless(words)
        return "\n" if self._is_broken(words) else words

    def _refuse_endless(self, words: str) -> None:
        if self._size > SIZE_MAX:
            raise too_large(self._size)
        if len(words) > LINE_MAX:
            told = _("This line has more than %(most)d characters. Is it a list of people?") % {"most": LINE_MAX}
            raise UnreadableError(self.number, "", told)

    def _is_broken(self, words: str) -> bool:
        broken = next((place for place, sign in enumerate(words) if ord(sign) in ESCAPED or sign == LOST), None)
        if broken is None:
            return False
        where = {"place": broken + 1, "byte": f"0x{ord(words[broken]) - 0xDC00:02X}"}
        told = _(
            "Character %(place)d of this line was lost when the file was saved before. Export the file anew, as CSV UTF-8."
        )
        if words[broken] != LOST:
            told = _(
                "Character %(place)d of this line is the byte %(byte)s, which is no UTF-8. Save the file as CSV UTF-8 (in Excel: Save as, CSV UTF-8) and try again."
            )
        self.rejected.append(Rejected(self.number, self._column_at(words[:broken]), told % where))
        return True

    def _column_at(self, words: str) -> str:
        """The column in which a line goes on after these words."""
        cells = max(1, len(next(csv.reader([words], delimiter=self.delimiter), [])))
        return self.columns[cells - 1] if cells <= len(self.columns) else str(cells)


def too_large(size: int) -> UnreadableError:
    """A file that is not even begun."""
    told = _(
        "The file has %(size)d MB; up to %(most)d MB are read. Leave out columns that are not needed, or split it."
    )
    return UnreadableError(0, "", told % {"size": -(-size // 1_000_000), "most": SIZE_MAX // 1_000_000})


def _decoded(file: BinaryIO) -> io.TextIOWrapper:
    buffered = io.BufferedReader(file) if not hasattr(file, "peek") else file  # type: ignore[type-var]
    start = buffered.peek(4)[:4]
    if start.startswith(SPREADSHEETS):
        told = _("This is a spreadsheet. Save it as CSV (in Excel: Save as, CSV UTF-8) and bring in that file.")
        raise UnreadableError(1, "", told)
    if start.startswith(UTF_16):
        return io.TextIOWrapper(buffered, encoding="utf-16", errors="replace", newline="")
    if b"\0" in start:
        raise UnreadableError(1, "", _("This looks like UTF-16 without its mark. Save the file as CSV UTF-8."))
    return io.TextIOWrapper(buffered, encoding="utf-8-sig", errors="surrogateescape", newline="")
