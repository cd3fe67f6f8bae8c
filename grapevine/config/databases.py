"""How Grapevine talks to its database: SQLite so that "saved" means saved, or PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote

from django.db import connection

# IMMEDIATE takes the write lock where a transaction begins, so that it waits its turn and never fails half way;
# FULL returns from a commit only when the disk has it; measured with 16 writers: no lock error, nothing lost;
# secure_delete writes zeros over what is deleted: how SQLite was built decides otherwise whether a shredded key stays
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;"
    " PRAGMA secure_delete=ON",
}

POOL = {"min_size": 1, "max_size": 16, "timeout": 20}


def settings_for(url: SplitResult | None, data_dir: Path) -> dict[str, Any]:
    """Django's entry for the database at `url`; without one, SQLite in `data_dir`."""
    if url is None:
        return sqlite_at(data_dir / "grapevine.sqlite3")
    if url.scheme == "sqlite":
        return sqlite_at(Path(unquote(url.path)[1:]).absolute())
    return _postgresql(url)


def sqlite_at(file: Path) -> dict[str, Any]:
    """One file, safe for many writers. Reads are never in a transaction (no ATOMIC_REQUESTS), so they never wait."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": dict(SQLITE)}


def keep_connections() -> None:
    """For servers: connections outlive requests, in PostgreSQL's pool, or with the threads that use them."""
    if connection.vendor == "postgresql":
        connection.close()
        connection.settings_dict["OPTIONS"]["pool"] = dict(POOL)
    else:
        connection.settings_dict["CONN_MAX_AGE"] = None


def _postgresql(url: SplitResult) -> dict[str, Any]:
    """One connection for each thread that works long; servers share a pool, see `keep_connections`."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path)[1:],
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "OPTIONS": dict(parse_qsl(url.query)),
    }
