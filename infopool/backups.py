"""Backing up everything that cannot be rebuilt, and putting it back.

A backup is one zip file: the rows of every table as JSON lines, the same from SQLite and PostgreSQL, and a note of what
it is. The search index is left out on purpose: it is rebuilt, never restored, because an index file is code.
"""

from __future__ import annotations

import base64
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Date, DateTime, LargeBinary, MetaData, Table, func, insert, select, text

from infopool import migrating
from infopool.db import Database
from infopool.messages import N_, Message, Problem

FORMAT = "infopool-backup-1"
CHUNK = 1_000
"""Rows read or put in at once."""
UNCOPIED = frozenset({"alembic_version", "sign_ins", "tickets", "tries", "rare_terms", "month_keys"})
"""Tables that are left out: open sessions and one-time links must not come back, and what is to be forgotten with the
month must not live on in a backup."""


def back_up(database: Database, target: Path) -> None:
    """Write a backup that shows one moment while others go on writing; the file appears complete or not at all."""
    unfinished = target.with_name(target.name + ".part")
    with database.reader.begin() as connection, zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        note = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(),
            "revision": MigrationContext.configure(connection).get_current_revision(),
        }
        archive.writestr("backup.json", json.dumps(note))
        for table in _tables(connection):
            with archive.open(f"{table.name}.jsonl", "w") as out:
                for row in connection.execution_options(yield_per=CHUNK).execute(select(table)).mappings():
                    out.write(json.dumps(dict(row), default=_plain, ensure_ascii=False).encode() + b"\n")
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(target)


def restore(database: Database, source: Path) -> Problem | None:
    """Replace everything by what the backup holds, all or nothing; a Problem, and nothing changed, when it is none.

    A backup of an older version is put in as it was and migrated after that.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            note = json.loads(archive.read("backup.json"))
            if note.get("format") != FORMAT or note.get("revision") not in migrating.revisions():
                return Problem("file", Message(N_("This backup was made by a newer or unknown version of infopool.")))
            with database.writer.begin() as connection:
                migrating.down(connection, "base")
                migrating.up(connection, note["revision"])
                for table in _tables(connection):
                    _fill(connection, table, archive)
                migrating.up(connection)
    except (zipfile.BadZipFile, KeyError, ValueError):
        return Problem("file", Message(N_("This file is not a backup of infopool, or it is damaged.")))
    return None


def _tables(connection: Connection) -> list[Table]:
    """The tables as they are in the database, parents before children; not as today's models would have them."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in UNCOPIED]


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(type(value).__name__)


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> None:
    with archive.open(f"{table.name}.jsonl") as lines:
        for rows in _chunks(json.loads(line) for line in lines):
            connection.execute(insert(table), [_typed(table, row) for row in rows])
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        # The rows brought their numbers along; the next new row must get one after the last of them.
        last = connection.scalar(select(func.max(table.c.id)))
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name})
        if last and sequence:
            connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.columns[name].type, value) for name, value in row.items()}


def _value(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
