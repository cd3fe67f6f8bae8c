"""`bin/bench`: how fast it is at size, in one process, against the limits we set ourselves.

10,000 people and 200,000 lines of evidence on SQLite, in a directory that is thrown away; then, unless SCALE makes the
world smaller, two starts of the demo, circles formed of up to 5,000 people, 100,000 meetings on the calendar, twenty
rooms of eight and three browsers of which one is cut off. Prints tables; ends with 1 when a limit is missed. Figures of
one machine show direction; what counts is the distance to the limit in the same run.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PEOPLE, EVIDENCE, UNITS, RUNS = 10_000, 200_000, 120, 200
LIMITS = {"suggestions": (None, 150), "today": (25, 40), "challenge": (25, 40), "directory": (25, 40)}
MOST_QUERIES = 12


def main() -> int:
    """Build, measure, print."""
    scale = float(os.environ.get("SCALE", "1"))
    with tempfile.TemporaryDirectory(prefix="grapevine-bench-") as where:
        _start(where)
        began = time.perf_counter()
        person = _world(int(PEOPLE * scale), int(EVIDENCE * scale))
        print(
            f"world of {int(PEOPLE * scale):,} people, {int(EVIDENCE * scale):,} lines: {time.perf_counter() - began:.1f} s"
        )
        print(_machine())
        missed = _measure(person)
    return max(missed, _starts(), _circles(), _meetings(), _rooms(), _returns()) if scale == 1 else missed


def _start(where: str) -> None:
    for name in [name for name in os.environ if name.startswith("GRAPEVINE_")]:
        del os.environ[name]
    os.environ |= {
        "GRAPEVINE_DATA_DIR": where,
        "GRAPEVINE_SECRET_KEY": "only for the bench, and long enough",
        "DJANGO_SETTINGS_MODULE": "grapevine.config.settings",
        "GRAPEVINE_HOSTS": "testserver",
        "DATABASE_URL": f"sqlite:///{Path(where, 'bench.sqlite3')}",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _world(people: int, lines: int) -> object:
    from django.db import connection, transaction

    from tests.bench import world

    with transaction.atomic():
        person = world.build(people, lines, UNITS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return person


def _measure(person: object) -> int:
    from django.conf import settings
    from django.test import Client

    from grapevine.asks.queries import suggest_people
    from grapevine.challenges.models import Challenge
    from tests.bench import world

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    client = Client()
    client.force_login(person.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    talk = Challenge.objects.filter(brought_by=person).first()
    questions = random.Random(5)
    rows = [
        _row("suggestions", lambda: suggest_people(person, world.question(questions))),
        _row("today", lambda: _page(client, "/today/")),
        _row("challenge", lambda: _page(client, f"/challenges/{talk.pk}/")),
        _row("directory", lambda: _page(client, "/people/?q=an")),
    ]
    print(f"{'':14}{'p50 ms':>9}{'p95 ms':>9}{'of limit':>10}{'queries':>9}")
    return max(rows)


def _starts() -> int:
    from tests.bench import starts

    return starts.measure()


def _circles() -> int:
    from tests.bench import forming

    return forming.main()


def _meetings() -> int:
    from tests.bench import schedules

    return schedules.measure()


def _rooms() -> int:
    from tests.bench import sockets

    return sockets.measure()


def _returns() -> int:
    from tests.bench import returns

    return returns.measure()


def _row(name: str, act: Callable[[], object]) -> int:
    act()
    taken = [_milliseconds(act) for _ in range(RUNS)]
    p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[18]
    queries = _queries(act)
    most50, most95 = LIMITS[name]
    missed = p95 > most95 or bool(most50 and p50 > most50) or queries > MOST_QUERIES + (name == "suggestions") * 8
    print(f"{name:14}{p50:9.1f}{p95:9.1f}{p95 / most95:10.2f}{queries:9}{'  MISSED' if missed else ''}")
    return int(missed)


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _queries(act: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def _page(client: object, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")


def _machine() -> str:
    import platform
    import sqlite3

    return f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.platform()}"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(main())
