"""`grapevine import` and `grapevine administrator`: the slice that owns the rows does it."""

import argparse

import django

from grapevine.config import caring
from grapevine.config.cli import command


def people(options: argparse.Namespace) -> int | None:
    """People from a CSV file, idempotent by `id`."""
    return _read_by("people.importing:main", options)


def framework(options: argparse.Namespace) -> int | None:
    """Skills and their levels from a published framework."""
    return _read_by("skills.importing:main", options)


def administrator(options: argparse.Namespace) -> int | None:
    """The first administrator is named here; that one names the others."""
    return _read_by("people.appointing:main", options)


def _read_by(place: str, options: argparse.Namespace) -> int | None:
    django.setup()
    caring.bring_up_to_date()
    return command(place)(options)
