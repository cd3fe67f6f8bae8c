"""The command: read, write, and say what became of it."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.people.models import Organisation
from grapevine.skills.importing.case import read_case
from grapevine.skills.importing.esco import read_esco
from grapevine.skills.importing.gdad import read_gdad
from grapevine.skills.importing.shapes import FrameworkRead, Rejected, UnreadableError
from grapevine.skills.importing.table import read_table
from grapevine.skills.importing.writing import Outcome, bring_in

SHOWN = 50
FORMATS: dict[str, Callable[[Path], FrameworkRead]] = {
    "gdad": read_gdad,
    "esco": read_esco,
    "case": read_case,
    "csv": read_table,
}


def main(options: argparse.Namespace) -> int:
    """`grapevine import framework`: 0 when everything is in (or would be), 1 when something is wrong."""
    outcome = _outcome(options)
    (_print_json if options.json else _print_words)(outcome, options)
    return 1 if outcome.rejected else 0


def read_framework(path: Path | str, shape: str) -> FrameworkRead:
    """The file in one of FORMATS. A file that cannot be read at all is a framework with nothing but what is wrong."""
    try:
        read = FORMATS[shape](Path(path))
    except UnreadableError as error:
        return FrameworkRead(key="", name="", rejected=(error.rejected,))
    if read.skills or read.rejected:
        return read
    return FrameworkRead(read.key, read.name, rejected=(Rejected(_("There is no skill in this file.")),))


def _outcome(options: argparse.Namespace) -> Outcome:
    organisation = Organisation.objects.filter(name=options.organisation).first() if options.organisation else None
    if options.organisation and organisation is None:
        reason = _("There is no organisation named %(name)s.") % {"name": options.organisation}
        return Outcome(rejected=[Rejected(reason, column="--organisation")])
    return bring_in(read_framework(options.file, options.format), organisation=organisation, dry_run=options.dry_run)


def _print_json(outcome: Outcome, options: argparse.Namespace) -> None:
    sys.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")


def _print_words(outcome: Outcome, options: argparse.Namespace) -> None:
    if outcome.rejected:
        sys.stdout.write("".join(f"{rejected}\n" for rejected in outcome.rejected[:SHOWN]))
        if (more := len(outcome.rejected) - SHOWN) > 0:
            sys.stdout.write(ngettext("… and %(count)d more", "… and %(count)d more", more) % {"count": more} + "\n")
        sys.stdout.write(_("Nothing was written.") + "\n")
        return
    sys.stdout.write(_("%(created)d created, %(updated)d updated, %(unchanged)d unchanged.") % vars(outcome) + "\n")
    if options.dry_run:
        sys.stdout.write(_("This was a rehearsal: nothing was written.") + "\n")
