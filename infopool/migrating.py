"""Bringing a database to the newest form, and asking whether it is there."""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from infopool.db import Base, Database
from infopool.paths import MIGRATIONS


def upgrade(database: Database, to: str = "head") -> None:
    """Migrate up to a revision in one transaction; creates the tables of an empty database."""
    with database.writer.begin() as connection:
        up(connection, to)


def downgrade(database: Database, to: str) -> None:
    """Migrate down to a revision ("base": to nothing) in one transaction."""
    with database.writer.begin() as connection:
        down(connection, to)


def up(connection: Connection, to: str = "head") -> None:
    """Migrate up within the caller's transaction."""
    command.upgrade(_config(connection), to)


def down(connection: Connection, to: str) -> None:
    """Migrate down within the caller's transaction."""
    command.downgrade(_config(connection), to)


def is_at_head(database: Database) -> bool:
    """Whether the database has the newest form."""
    with database.reader.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def revisions() -> list[str]:
    """All revisions, oldest first."""
    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


def differences(database: Database) -> list[object]:
    """What the migrations and the models disagree about; empty when they meet."""
    with database.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def write_revision(database: Database, message: str) -> None:
    """Write a new migration from the difference between the database and the models, for developers."""
    with database.writer.connect() as connection:
        command.revision(_config(connection), message, autogenerate=True)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
