"""Commands that keep Grapevine well."""

import argparse

import django as framework
from django.core.management import call_command, execute_from_command_line


def migrate(options: argparse.Namespace) -> None:
    """Bring the database up to date."""
    framework.setup()
    bring_up_to_date()


def new_key(options: argparse.Namespace) -> None:
    """A key file although there are vaults; what was sealed before stays closed for good, unless the old file is found."""
    framework.setup()
    from grapevine.vaults.keys import make_key_file  # noqa: PLC0415 - needs the apps to be ready

    print(f"The key file is {make_key_file()}; one that was there stays as it was.")


def django(options: argparse.Namespace) -> None:
    """Any management command, for developers."""
    execute_from_command_line(["grapevine django", *options.words])


def bring_up_to_date() -> None:
    """Apply what migrations are missing, and our own skills; quick when there is nothing to do."""
    from grapevine.skills.actions import load_starter  # noqa: PLC0415 - needs the apps to be ready

    call_command("migrate", interactive=False, verbosity=0)
    load_starter()
