"""A migrated database in no time: made once for each state of the migrations, copied for every test process.

`bin/test` says which engine through DATABASE_URL: nothing for SQLite, a PostgreSQL server for the other.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "tests"


def state_of_migrations() -> str:
    """Changes with every migration, ours or a package's."""
    files = [ROOT / "requirements" / "app.txt", *sorted(ROOT.glob("grapevine/*/migrations/*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


@contextmanager
def own_database(directory: Path) -> Iterator[None]:
    """This process's own copy, as long as the block lasts."""
    copy = _own_sqlite if connection.vendor == "sqlite" else _own_postgresql
    with copy(directory):
        yield


def migrated_sqlite(target: Path) -> Path:
    """A migrated, empty SQLite file at `target`; also for a server that a test starts."""
    template = KEPT / f"{state_of_migrations()}.sqlite3"
    with _alone():
        if not template.exists():
            _make_sqlite(template)
    shutil.copy(template, target)
    return target


def drop_template() -> None:
    """Leave a PostgreSQL server as it was found."""
    if connection.vendor == "postgresql":
        with _alone():
            _administer(f'DROP DATABASE IF EXISTS "{_template_name()}"')


@contextmanager
def _own_sqlite(directory: Path) -> Iterator[None]:
    with _using(migrated_sqlite(directory / "tests.sqlite3")):
        yield


@contextmanager
def _own_postgresql(directory: Path) -> Iterator[None]:
    own, template = f"grapevine_test_{os.getpid()}", _template_name()
    with _alone():
        if not _administer(f"SELECT 1 FROM pg_database WHERE datname = '{template}'"):
            _administer(f'CREATE DATABASE "{template}"')
            _migrate(template)
        _administer(f'DROP DATABASE IF EXISTS "{own}"')
        _administer(f'CREATE DATABASE "{own}" TEMPLATE "{template}"')
    with _using(own):
        yield
    _administer(f'DROP DATABASE "{own}" WITH (FORCE)')


def _make_sqlite(template: Path) -> None:
    for old in KEPT.glob("*.sqlite3*"):
        old.unlink()
    draft = template.with_suffix(".sqlite3-draft")
    _migrate(draft)
    # one file, with no log beside it, can be copied
    with closing(sqlite3.connect(draft)) as file:
        file.execute("PRAGMA journal_mode=DELETE")
    draft.rename(template)


def _migrate(name: Path | str) -> None:
    with _using(name):
        call_command("migrate", interactive=False, verbosity=0)


def _template_name() -> str:
    return f"grapevine_template_{state_of_migrations()}"


def _administer(statement: str) -> list[tuple[Any, ...]]:
    """One statement in the database that DATABASE_URL names; PostgreSQL makes and drops others from there."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        answer = server.execute(statement)
        return answer.fetchall() if answer.description else []


@contextmanager
def _using(name: Path | str) -> Iterator[None]:
    """Every thread's connection goes to this database, as long as the block lasts."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(name)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def _alone() -> Iterator[None]:
    """Of several test processes, one at a time."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
