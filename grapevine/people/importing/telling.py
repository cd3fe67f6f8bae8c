"""The command `grapevine import people`: the outcome in words, or as JSON."""

import argparse
import json
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.people.importing import columns
from grapevine.people.importing.lines import Rejected
from grapevine.people.importing.writing import Outcome, bring_in
from grapevine.people.models import Organisation

SHOWN = 50


def main(options: argparse.Namespace) -> int:
    """Bring in the people of a file. 0 when it could be (or, dry, would have been) written; 1 otherwise."""
    organisation = organisation_called(options.organisation)
    outcome = bring_in(
        Path(options.file), organisation=organisation, dry_run=options.dry_run, keep_good=options.keep_good
    )
    is_well = not outcome.rejected or (options.keep_good and outcome.good > 0)
    if options.json:
        sys.stdout.write(
            json.dumps(
                (outcome if is_well else Outcome(rejected=outcome.rejected, ignored=outcome.ignored)).as_json,
                ensure_ascii=False,
            )
            + "\n"
        )
    else:
        sys.stdout.write("\n".join(told(outcome, organisation.name, is_well=is_well)) + "\n")
    return 0 if is_well else 1


def organisation_called(name: str) -> Organisation:
    """The organisation of this name, whatever its case; a new one, not saved yet, when there is none."""
    name = " ".join(name.split())
    found = Organisation.objects.filter(name__iexact=name).first()
    return found or Organisation(name=name, timezone=settings.TIME_ZONE, language=settings.LANGUAGE_CODE)


def told(outcome: Outcome, organisation: str, *, is_well: bool) -> list[str]:
    """The outcome for a person at a terminal."""
    wrong = [columns.told(outcome.ignored)] if outcome.ignored else []
    wrong += [line_told(rejected) for rejected in outcome.rejected[:SHOWN]]
    more = len(outcome.rejected) - SHOWN
    if more > 0:
        wrong.append(ngettext("… and %(count)d more", "… and %(count)d more", more) % {"count": more})
    if not is_well:
        way_out = _("With --keep-good the lines with nothing wrong come in all the same.") if outcome.good else ""
        return [*wrong, f"{_('Nothing was written.')} {way_out}".strip()]
    counts = {
        "name": organisation,
        "created": outcome.created,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
    }
    done = _("%(name)s: %(created)d new, %(updated)d changed, %(unchanged)d as they were.") % counts
    alone = _("People who are not in the file were left alone.")
    return [*wrong, done, alone if outcome.is_written else _("Nothing was written: this was a dry run.")]


def line_told(rejected: Rejected) -> str:
    """`line 7, email: what is wrong`; a column beyond the named ones goes by its number."""
    column = _("column %(number)s") % {"number": rejected.column} if rejected.column.isdigit() else rejected.column
    where = {"line": rejected.line, "column": column, "reason": rejected.reason}
    if not rejected.line:
        return rejected.reason
    return (_("line %(line)d, %(column)s: %(reason)s") if rejected.column else _("line %(line)d: %(reason)s")) % where
