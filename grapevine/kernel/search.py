"""Full text behind one question, in SQLite (FTS5) and PostgreSQL (tsvector).

A model names its columns once, in a migration: `FullText("challenges_example", ["title", "body"])`. Triggers
(SQLite) or a generated column (PostgreSQL) keep the index; nothing has to remember to index anything.
`matching` asks it: any of the words, best first, by the beginnings that `text.stems` gives.
"""

from typing import Any, TypeVar, cast

from django.db import connection
from django.db.migrations.operations.base import Operation
from django.db.models import FloatField, Model, QuerySet
from django.db.models.expressions import RawSQL

from grapevine.kernel.text import stems

M = TypeVar("M", bound=Model)
STEMS_ASKED = 24
FTS5 = "tokenize=\"unicode61 remove_diacritics 2\", prefix='3 4 5'"
ACCENTED, PLAIN = "äöüéèêáàâíóôúñçå", "aoueeeaaaioounca"


def matching(rows: "QuerySet[M]", words: str, *, every: bool = False) -> "QuerySet[M]":
    """`rows` that contain any (or every) word of `words`, with `.match` (higher is better), best first.

    Words that tell nothing match nothing.
    """
    asked = stems(words)[:STEMS_ASKED]
    if not asked:
        return rows.none()
    table = rows.model._meta.db_table
    if connection.vendor == "sqlite":
        return _in_sqlite(rows, table, asked, " AND " if every else " OR ")
    return _in_postgresql(rows, table, asked, " & " if every else " | ")


def _in_sqlite(rows: "QuerySet[M]", table: str, asked: list[str], joined: str) -> "QuerySet[M]":
    query = joined.join(f'"{stem}"*' for stem in asked)
    found = rows.extra(
        tables=[f"{table}_text"],
        where=[f'"{table}_text".rowid = "{table}".id AND "{table}_text" MATCH %s'],
        params=[query],
    )
    rank = RawSQL(f'-bm25("{table}_text")', (), output_field=FloatField())
    return cast("QuerySet[M]", found.annotate(match=rank).order_by("-match", "pk"))


def _in_postgresql(rows: "QuerySet[M]", table: str, asked: list[str], joined: str) -> "QuerySet[M]":
    query = joined.join(f"{stem}:*" for stem in asked)
    found = rows.extra(where=[f"\"{table}\".searched @@ to_tsquery('simple', %s)"], params=[query])
    rank = RawSQL(f"ts_rank(\"{table}\".searched, to_tsquery('simple', %s))", (query,), output_field=FloatField())
    return cast("QuerySet[M]", found.annotate(match=rank).order_by("-match", "pk"))


class FullText(Operation):
    """Migration: index these columns of this table for `matching`."""

    reversible = True
    atomic = True

    def __init__(self, table: str, columns: list[str]) -> None:
        """`columns` are plain text columns; the table's key is `id`."""
        self.table = table
        self.columns = columns

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the index and fill it."""
        for statement in self._make(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the index away."""
        for statement in self._unmake(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """One line for the list of migrations."""
        return f"Index {', '.join(self.columns)} of {self.table} for full text search"

    def _make(self, vendor: str) -> list[str]:
        t, cols = self.table, ", ".join(self.columns)
        if vendor == "postgresql":
            joined = " || ' ' || ".join(f"coalesce({c}, '')" for c in self.columns)
            plain = f"to_tsvector('simple', translate(lower({joined}), '{ACCENTED}', '{PLAIN}'))"
            return [
                f"ALTER TABLE {t} ADD COLUMN searched tsvector GENERATED ALWAYS AS ({plain}) STORED",
                f"CREATE INDEX {t}_searched ON {t} USING gin (searched)",
            ]
        new, old = (", ".join(f"{row}.{c}" for c in self.columns) for row in ("new", "old"))
        drop = f"INSERT INTO {t}_text({t}_text, rowid, {cols}) VALUES ('delete', old.id, {old});"
        add = f"INSERT INTO {t}_text(rowid, {cols}) VALUES (new.id, {new});"
        return [
            f"CREATE VIRTUAL TABLE {t}_text USING fts5({cols}, content='{t}', content_rowid='id', {FTS5})",
            f"INSERT INTO {t}_text({t}_text) VALUES ('rebuild')",
            f"CREATE TRIGGER {t}_text_ai AFTER INSERT ON {t} BEGIN {add} END",
            f"CREATE TRIGGER {t}_text_ad AFTER DELETE ON {t} BEGIN {drop} END",
            f"CREATE TRIGGER {t}_text_au AFTER UPDATE OF {cols} ON {t} BEGIN {drop} {add} END",
        ]

    def _unmake(self, vendor: str) -> list[str]:
        t = self.table
        if vendor == "postgresql":
            return [f"ALTER TABLE {t} DROP COLUMN searched"]
        return [f"DROP TRIGGER {t}_text_{e}" for e in ("ai", "ad", "au")] + [f"DROP TABLE {t}_text"]
