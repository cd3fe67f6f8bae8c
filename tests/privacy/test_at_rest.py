"""Somebody has a copy of the database: its file with the log beside it, or a dump. No sealed word stands in it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from grapevine.vaults.models import SealedText
from tests.privacy.everything import MARK

pytestmark = pytest.mark.django_db(transaction=True)  # only what is committed comes into a copy
OPEN_WORDS = "Ask me about frames"
on = {
    vendor: pytest.mark.skipif(connection.vendor != vendor, reason=f"this run is not on {vendor}")
    for vendor in ("sqlite", "postgresql")
}


@on["sqlite"]
def test_the_file_and_its_log_hold_no_word(everything):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(FULL)")
    file = Path(connection.settings_dict["NAME"])
    log = Path(f"{file}-wal").read_bytes()
    assert log
    assert_tight(file.read_bytes() + log)


@on["sqlite"]
def test_a_dump_of_sqlite_holds_no_word(everything):
    assert_tight("\n".join(connection.connection.iterdump()).encode())


@on["postgresql"]
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not installed here")
def test_a_dump_of_postgresql_holds_no_word(everything):
    (_, *where), environ = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    assert_tight(subprocess.run(["pg_dump", *where], env=environ, check=True, capture_output=True).stdout)


def assert_tight(copy):
    """The copy holds what is open and what is sealed; of the marked words none, neither as they are nor as hex digits."""
    sealed = bytes(SealedText.objects.first().blob)
    assert OPEN_WORDS.encode() in copy
    assert sealed in copy or sealed.hex().encode() in copy.lower()
    assert [form for form in (MARK, MARK.encode().hex()) if form.encode() in copy.lower()] == []
