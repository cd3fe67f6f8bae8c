"""What was shredded is gone from the file of the database, not only from its tables."""

from pathlib import Path

import pytest
from django.db import connection

from grapevine.vaults import actions
from grapevine.vaults.models import SealedText, Vault

pytestmark = [
    pytest.mark.django_db(transaction=True),  # only what is committed comes into the file
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL decides by itself when it overwrites (VACUUM)"
    ),
]


def in_the_file(*secrets):
    """Which of these stand in the file, once the log beside it is folded in."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(connection.settings_dict["NAME"])
    rows, beside = file.read_bytes(), Path(f"{file}-wal").read_bytes()
    return [secret in rows + beside for secret in secrets]


def test_a_shredded_key_and_its_texts_leave_the_file(world):
    vault = actions.open_vault(kind="talk", seats=[(world.mira, "asker")])
    for n in range(5):
        actions.write(by=world.mira, vault=vault, kind="idea", words=f"{n} nobody but me")
    key = bytes(Vault.objects.get().wrapped_key)
    texts = [bytes(text.blob) for text in SealedText.objects.all()]
    assert in_the_file(key, *texts) == [True] * 6
    actions.shred(vault=vault)
    assert in_the_file(key, *texts) == [False] * 6


def test_every_connection_asks_for_it_however_sqlite_was_built():
    assert "PRAGMA secure_delete=ON" in connection.settings_dict["OPTIONS"]["init_command"]
