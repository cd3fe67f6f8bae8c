"""Naming the first administrator, on the server: `grapevine administrator ADDRESS`."""

import argparse
import sys

from django.utils.translation import gettext as _

from grapevine.people import actions, queries


def main(options: argparse.Namespace) -> int:
    """Whoever signs in with `options.address` runs their organisation's place from now on. 1 when nobody does."""
    person = queries.person_at(options.address)
    if person is None:
        sys.stdout.write(_("Nobody signs in with %(address)s.") % {"address": options.address} + "\n")
        return 1
    actions.make_administrator(by=None, person=person)
    told = {"name": person.name, "organisation": person.organisation.name}
    sys.stdout.write(_("%(name)s runs %(organisation)s now: people and settings, nobody's words.") % told + "\n")
    return 0
