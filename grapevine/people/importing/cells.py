"""What may stand in a cell of a file of people, column by column."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from django.utils.translation import gettext as _

from grapevine.kernel.text import clean

NUMBER_MAX, NAME_MAX, EMAIL_MAX = 64, 120, 254
LANGUAGES_MAX = 10
UNITS_DEEP = 8
# a spreadsheet would run these: ASCII and full-width forms
FORMULA_SIGNS = "=+-@＝＋－＠"
NOTHING = {"-", "–", "—"}
# signs that turn the direction of what follows and make a name look like another
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile("[\u200b\u200e\u200f\u00ad\ufeff]")
ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*/=?^_`{|}~+-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEARS = range(1900, 2101)


class CellError(ValueError):
    """What stands in the cell cannot be meant. The words say why and what would do."""


def plain(cell: str) -> str:
    """The cell as one clean line; a lone dash means nothing. Refuses what a spreadsheet would run."""
    if cell[:1] in {"\t", "\r"}:
        raise CellError(_("A cell may not begin with a tab or a line break."))
    if odd := next((sign for sign in cell if unicodedata.category(sign) == "Cc"), ""):
        raise CellError(_("There is a control character (%(sign)s) in this cell.") % {"sign": f"U+{ord(odd):04X}"})
    if TURNING.search(cell):
        raise CellError(_("There is a sign in this cell that turns the direction of writing."))
    words = " ".join(clean(INVISIBLE.sub("", cell)).split())
    if words in NOTHING:
        return ""
    if words[:1] and words[0] in FORMULA_SIGNS:
        raise CellError(
            _("A cell may not begin with %(sign)s: a spreadsheet would take it for a formula.") % {"sign": words[0]}
        )
    return words


def _short(most: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        words = plain(cell)
        if len(words) > most:
            raise CellError(_("%(found)d characters; up to %(most)d fit here.") % {"found": len(words), "most": most})
        return words

    return read


def _needed(read: Callable[[str], str]) -> Callable[[str], str]:
    def insist(cell: str) -> str:
        words = read(cell)
        if not words:
            raise CellError(_("This cell must not be empty."))
        return words

    return insist


def _name(cell: str) -> str:
    words = _needed(_short(NAME_MAX))(cell)
    if not any(sign.isalpha() for sign in words):
        raise CellError(_("A name has letters."))
    return words


def _address(cell: str) -> str:
    """In lower case, and of plain letters: look-alikes of other scripts would be other people's doors."""
    words = _needed(_short(EMAIL_MAX))(cell).lower()
    if not words.isascii():
        raise CellError(
            _("A mail address has only the letters a to z. Write a domain with other letters in its xn-- form.")
        )
    if not ADDRESS.fullmatch(words):
        raise CellError(_("This is not a mail address: %(words)s") % {"words": words})
    return words


def _unit(cell: str) -> tuple[str, ...]:
    """`Grid / Control / Bench`, from the top; a slash without spaces belongs to the name."""
    words = plain(cell)
    parts = tuple(part.strip() for part in re.split("(?<= )/(?= )", f" {words} ")) if words else ()
    if not all(parts):
        raise CellError(_("A part of the unit's path is empty: %(words)s") % {"words": words})
    if len(parts) > UNITS_DEEP:
        raise CellError(_("A unit has up to %(most)d levels.") % {"most": UNITS_DEEP})
    return tuple(_short(NAME_MAX)(part) for part in parts)


def _timezone(cell: str) -> str:
    words = plain(cell)
    if words and words not in _zones():
        raise CellError(_("%(words)s is not a time zone. Write it like Europe/Oslo.") % {"words": words})
    return words


def _languages(cell: str) -> tuple[str, ...]:
    """Codes of ISO 639, parted by ; , or a space. Where a language is spoken does not matter: en-GB is en."""
    codes = [re.split("[-_]", word)[0] for word in re.split(r"[;,\s]+", plain(cell).lower()) if word]
    for code in codes:
        if code not in _known_languages():
            raise CellError(_("%(words)s is not the code of a language. Write codes like en de nb.") % {"words": code})
    if len(set(codes)) > LANGUAGES_MAX:
        raise CellError(_("Up to %(most)d languages can be named.") % {"most": LANGUAGES_MAX})
    return tuple(sorted(set(codes)))


def _day(cell: str) -> date | None:
    words = plain(cell)
    if not words:
        return None
    try:
        day = date.fromisoformat(words if DAY.fullmatch(words) else "")
    except ValueError:
        raise CellError(_not_a_day(words)) from None
    if day.year not in YEARS:
        far = _("%(words)s is too far back.") if day.year < YEARS[0] else _("%(words)s is too far in the future.")
        raise CellError(far % {"words": words})
    return day


def _not_a_day(words: str) -> str:
    if DAY.fullmatch(words):
        return _("There is no %(words)s in the calendar.") % {"words": words}
    return _("%(words)s is not a day. Write it like 2024-03-31.") % {"words": words}


@cache
def _zones() -> frozenset[str]:
    return frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


@cache
def _known_languages() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages if "_" not in str(code))


CELLS: dict[str, Callable[[str], Any]] = {
    "id": _needed(_short(NUMBER_MAX)),
    "name": _name,
    "email": _address,
    "unit": _unit,
    "manager": _short(NUMBER_MAX),
    "title": _short(NAME_MAX),
    "timezone": _timezone,
    "languages": _languages,
    "location": _short(NAME_MAX),
    "joined_on": _day,
}
