"""Columns that are not read: a slip of the pen is refused, the others are named, so that nothing is lost unnoticed."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.kernel.text import clean
from grapevine.people.importing.cells import CELLS
from grapevine.people.importing.lines import Rejected

ALIKE = 0.85
SHOWN, LENGTH_SHOWN = 10, 40


def misspelt(columns: Sequence[str]) -> list[Rejected]:
    """Names that look like a column the file does not have otherwise."""
    told = _("column '%(found)s' is not known; did you mean '%(meant)s'? Rename it, or take it out.")
    return [
        Rejected(1, name, told % {"found": name, "meant": meant})
        for name in _unknown(columns)
        if (meant := _meant(name, columns))
    ]


def not_read(columns: Sequence[str]) -> list[str]:
    """The names that mean nothing here and look like nothing that does, each once, in their order."""
    return [name for name in _unknown(columns) if not _meant(name, columns)]


def told(ignored: Sequence[str]) -> str:
    """`column 'shoe' is not read`, for people; of many columns the first ones, of a long name its beginning."""
    names = [f"'{name[:LENGTH_SHOWN]}'" for name in ignored[:SHOWN]] + ["…"] * (len(ignored) > SHOWN)
    words = ngettext("column %(names)s is not read", "columns %(names)s are not read", len(ignored))
    return words % {"names": ", ".join(names)}


def _unknown(columns: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name for column in columns if (name := clean(column)) and name not in CELLS))


def _meant(name: str, columns: Sequence[str]) -> str:
    missing = {_bare(column): column for column in CELLS if column not in columns}
    alike = get_close_matches(_bare(name), missing, 1, ALIKE)
    return missing[alike[0]] if alike else ""


def _bare(name: str) -> str:
    return re.sub(r"[\W_]", "", name)
