"""`grapevine doctor`: looks at everything an operator answers for, and says the way out where it is not well."""

import argparse
import os
import platform
import shutil
import smtplib
import socket
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

import django
from django.conf import settings
from django.core import checks, mail
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from grapevine.config import env

GIGABYTE = 1024**3
LEAST_FREE = 1 * GIGABYTE
SECONDS_APART = 30
ASK_SECONDS = 5
SOURCE_DATE = 1_767_225_600  # 1 January 2026: an earlier clock is a clock that was never set
JOIN = (
    "nothing is lost while you have the file that does: put it back, or name it in GRAPEVINE_KEY_FILE. "
    'If this one opens others, write the lines of both under "keys" in one file'
)
FIXED = ((3, 51, 3),)
BACKPORTED = ((3, 44, 6), (3, 50, 7))


@dataclass(frozen=True)
class Finding:
    """One line of the doctor: how it stands, what was seen, what to do."""

    state: str
    seen: str
    way_out: str = ""


def ok(seen: str) -> Finding:
    """As it should be."""
    return Finding("ok", seen)


def warn(seen: str, way_out: str) -> Finding:
    """It works, and should not stay so."""
    return Finding("warn", seen, way_out)


def fail(seen: str, way_out: str) -> Finding:
    """It does not work."""
    return Finding("fail", seen, way_out)


def doctor(options: argparse.Namespace) -> int:
    """Print each finding and every setting; 1 when something fails."""
    django.setup()
    found = list(dict.fromkeys(findings()))
    for finding in found:
        print(f"{finding.state:>4}  {finding.seen}")
        if finding.way_out:
            print(f"      -> {finding.way_out}")
    print("\nSettings and where they come from (docs/settings.md)")
    for line in settings_in_force():
        print(f"      {line}")
    return 1 if any(finding.state == "fail" for finding in found) else 0


def findings() -> Iterator[Finding]:
    """Every finding, in the order in which one would repair; without a database, all that can be found without."""
    for look in LOOKS:
        try:
            yield from look()
        except DatabaseError as reason:
            yield fail(
                f"the database does not answer ({type(reason).__name__})",
                "look at DATABASE_URL, and whether the server runs",
            )


def python() -> Iterator[Finding]:
    """The interpreter, and what knows about daylight saving."""
    yield ok(f"Python {platform.python_version()}, Django {django.get_version()}")
    known = len(available_timezones())
    yield ok(f"{known} time zones known") if known else fail("no time zone data", "install the package tzdata")


def sound() -> Iterator[Finding]:
    """What the slices and Django itself have to say."""
    for message in checks.run_checks():
        say = fail if message.is_serious() else warn
        yield say(str(message.msg), str(message.hint or "see above"))


def database() -> Iterator[Finding]:
    """Reachable, and up to date."""
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    yield ok(f"{connection.vendor} answers: {connection.settings_dict['NAME']}")
    yield (
        fail(f"{missing} migrations are missing", "grapevine migrate") if missing else ok("every migration is applied")
    )


def sqlite() -> Iterator[Finding]:
    """Whether this SQLite can lose a commit when two connections reset the write-ahead log at once (3.7.0 to 3.51.2)."""
    if connection.vendor != "sqlite":
        return
    version = sqlite3.sqlite_version_info
    is_mended = version >= min(FIXED) or any(version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTED)
    yield (
        ok(f"SQLite {sqlite3.sqlite_version}")
        if is_mended
        else warn(
            f"SQLite {sqlite3.sqlite_version} has the rare write-ahead-log reset bug, mended in 3.51.3",
            "a Python with a newer SQLite; or PostgreSQL (DATABASE_URL) before many people write at once",
        )
    )


def key_file() -> Iterator[Finding]:
    """Without this file the sealed words are gone; with it and the database they are open."""
    file = Path(settings.GRAPEVINE_KEY_FILE)
    if not file.exists():
        yield _no_key_file(file)
        return
    yield ok(f"key file {file}")
    others = stat.S_IMODE(file.stat().st_mode) & 0o077
    yield (
        fail("others may read the key file", f"chmod 600 {file}") if others else ok("only its owner reads the key file")
    )
    yield from _key_beside_database(file)


def _no_key_file(file: Path) -> Finding:
    from grapevine.vaults import keys, models  # noqa: PLC0415 - needs the apps

    if _keeps_vaults() and models.Vault.objects.exists():
        return fail(keys.MISSED.format(file), f"nothing is lost: {keys.PUT_BACK}")
    return warn(
        f"no key file yet at {file}", "the first start makes it; if there was one, put it back before you start"
    )


def _key_beside_database(file: Path) -> Iterator[Finding]:
    keep = "keep one copy where neither the database nor its backups are (a safe, a password vault, a sealed envelope)"
    if connection.vendor == "sqlite" and file.is_relative_to(Path(connection.settings_dict["NAME"]).parent):
        yield warn(
            "the key lies beside the rows it opens",
            f"set GRAPEVINE_KEY_FILE to another place, leave it out of backups, and {keep}",
        )
    else:
        yield Finding("ok", "the key lies apart from the rows", keep)


def vault_keys() -> Iterator[Finding]:
    """The file there is may be another one's, or an older copy."""
    if not (Path(settings.GRAPEVINE_KEY_FILE).exists() and _keeps_vaults()):
        return
    from grapevine.vaults import keys  # noqa: PLC0415 - needs the apps

    try:
        count = keys.not_opened()
    except keys.KeyFileError as reason:
        yield fail(str(reason), "put back the copy you keep of it; nothing in the database is lost")
    else:
        yield fail(f"the key file does not open {count} of the vaults", JOIN) if count else ok("it opens every vault")


def _keeps_vaults() -> bool:
    """Not before the rows are in shape: the first start does that."""
    return "vaults_vault" in connection.introspection.table_names()


def mail_server() -> Iterator[Finding]:
    """Somebody takes the mail, when one is named."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        server = mail.get_connection(timeout=ASK_SECONDS)
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as reason:
        yield fail(
            f"the mail server {place} does not take mail ({type(reason).__name__})", "look at GRAPEVINE_MAIL_URL"
        )
    else:
        yield ok(f"the mail server {place} answers")


def redis() -> Iterator[Finding]:
    """Live pages across processes; pages work without."""
    address = env.all_found(os.environ)["GRAPEVINE_REDIS_URL"].value
    if not address:
        yield ok("no Redis: fine for one process")
        return
    import redis as client  # noqa: PLC0415 - only where it is used

    try:
        client.Redis.from_url(address, socket_connect_timeout=ASK_SECONDS).ping()
    except client.RedisError as reason:
        yield warn(
            f"Redis does not answer ({type(reason).__name__})",
            "pages work, live updates wait; look at GRAPEVINE_REDIS_URL",
        )
    else:
        yield ok("Redis answers")


def disk() -> Iterator[Finding]:
    """Room for the rows to grow."""
    place = Path(settings.GRAPEVINE_DATA_DIR)
    there = place if place.exists() else Path.cwd()
    free = shutil.disk_usage(there).free
    seen = f"{free / GIGABYTE:.1f} GB free at {there}"
    yield ok(seen) if free >= LEAST_FREE else warn(seen, "make room: a full disk stops every change")


def the_clock() -> Iterator[Finding]:
    """A wrong clock moves every Monday."""
    if time.time() < SOURCE_DATE:
        yield fail("the clock of this machine was never set", "set it, and keep it with NTP")
    elif connection.vendor == "postgresql" and (apart := _seconds_apart()) > SECONDS_APART:
        yield warn(f"this machine and the database are {apart:.0f} seconds apart", "keep both with NTP")
    else:
        yield ok(f"the clock says {time.strftime('%Y-%m-%d %H:%M %Z')} on {socket.gethostname()}")


def _seconds_apart() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        return abs(float(cursor.fetchone()[0]) - time.time())


def settings_in_force() -> Iterator[str]:
    """`NAME = value  (where it came from)`; secrets are not shown."""
    for name, found in env.all_found(os.environ).items():
        value = ", ".join(found.value) if isinstance(found.value, list) else found.value
        shown = "(hidden)" if found.setting.secret and value else "" if value is None else value
        yield f"{name} = {shown}  ({found.came_from})"


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    python,
    sound,
    database,
    sqlite,
    key_file,
    vault_keys,
    mail_server,
    redis,
    disk,
    the_clock,
)
