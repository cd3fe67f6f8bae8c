"""The command `grapevine`: what operators and the curious type."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

ORGANISATION_MAX = 120
PORTS = range(1, 65_536)
Command = Callable[[argparse.Namespace], int | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grapevine.config.settings")
    options = parser().parse_args(arguments)
    try:
        return command(options.runs)(options) or 0
    except ImproperlyConfigured as reason:
        print(f"grapevine: {reason}", file=sys.stderr)
        return 2
    except OperationalError as reason:
        print(
            f"grapevine: the database says: {str(reason).splitlines()[0]}. `grapevine doctor` looks closer.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        return 130


def command(place: str) -> Command:
    """`module:function`, imported only when it is asked for: `--help` needs no database."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"grapevine.{module}"), name)  # type: ignore[no-any-return]


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="grapevine", description="Peer-led professional development: who do I ask?")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _serving(commands)
    _importing(commands)
    _forming(commands)
    _caring(commands)
    return top


def _serving(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = _add(commands, "serve", "config.serving:serve", "answer people's browsers")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=port, default=8000, help="port to listen on (8000)")
    serve.add_argument("--worker", action="store_true", help="do the background work in this process, too")
    _add(commands, "worker", "config.serving:worker", "do the background work: mails, reminders, what is due")
    demo = _add(commands, "demo", "config.serving:demo", "a lively world to look around in, on this machine only")
    demo.add_argument("--port", type=port, default=8000, help="port to listen on (8000, or the next free one)")
    demo.add_argument("--no-open", action="store_true", help="do not open a browser")
    demo.add_argument("--fresh", action="store_true", help="forget what was done in the demo and begin again")


def _importing(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    kinds = commands.add_parser("import", help="bring in people or a framework of skills").add_subparsers(
        required=True, metavar="KIND"
    )
    people = _add(kinds, "people", "config.bringing:people", "people from a CSV file")
    framework = _add(kinds, "framework", "config.bringing:framework", "skills from a published framework")
    framework.add_argument("--format", required=True, choices=["gdad", "esco", "case", "csv"])
    for kind, needs_organisation in ((people, True), (framework, False)):
        kind.add_argument("file", metavar="FILE")
        kind.add_argument("--organisation", required=needs_organisation, type=name_of_organisation, metavar="NAME")
        kind.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        kind.add_argument("--json", action="store_true", help="print the outcome as JSON")
    people.add_argument("--keep-good", action="store_true", help="write the good lines although others are rejected")


def _forming(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verbs = commands.add_parser("circles", help="try how circles would be formed").add_subparsers(
        required=True, metavar="VERB"
    )
    form = _add(verbs, "form", "config.forming:form", "form circles of a cohort in a file, and print them as JSON")
    form.add_argument("cohort", metavar="COHORT.json")
    form.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed gives the same circles (0)")
    form.add_argument("--seconds", type=seconds, default=60.0, metavar="S", help="the most time it may take (60)")


def seconds(words: str) -> float:
    """Some time, 0 or more."""
    try:
        length = float(words)
    except ValueError:
        length = -1.0
    if not 0 <= length < float("inf"):
        raise argparse.ArgumentTypeError(f"{words} is no time; say seconds, 0 or more")
    return length


def port(words: str) -> int:
    """A number there is a port for."""
    if not words.isascii() or not words.isdigit() or int(words) not in PORTS:
        raise argparse.ArgumentTypeError(f"{words} is not a port; say a number from 1 to {PORTS[-1]}")
    return int(words)


def name_of_organisation(words: str) -> str:
    """A name on one line; argparse tells why it is none."""
    name = " ".join(words.split())
    if not name:
        raise argparse.ArgumentTypeError("an organisation needs a name; this one is empty")
    if len(name) > ORGANISATION_MAX:
        raise argparse.ArgumentTypeError(f"the name has {len(name)} characters; up to {ORGANISATION_MAX} fit")
    return name


def _caring(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    first = _add(commands, "administrator", "config.bringing:administrator", "name who runs an organisation's place")
    first.add_argument("address", metavar="ADDRESS", help="the mail address of somebody who was imported")
    _add(commands, "migrate", "config.caring:migrate", "bring the database up to date")
    _add(commands, "doctor", "config.doctor:doctor", "look whether all is well, and say the way out where it is not")
    _add(commands, "new-key", "config.caring:new_key", "begin a new key file; only when the old one is gone for good")
    django = _add(commands, "django", "config.caring:django", "for developers: any command of Django's", add_help=False)
    django.add_argument("words", nargs=argparse.REMAINDER)


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    runs: str,
    says: str,
    *,
    add_help: bool = True,
) -> argparse.ArgumentParser:
    added = commands.add_parser(name, help=says, description=says[0].upper() + says[1:] + ".", add_help=add_help)
    added.set_defaults(runs=runs)
    return added


if __name__ == "__main__":
    sys.exit(main())
