"""The database: how it is opened so that no update is lost, and the base of all tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every table; constraints have names, so that migrations can speak of them."""

    metadata = MetaData(naming_convention=NAMING)


class Database:
    """One database of an installation, with a way to read and a way to write.

    SQLite as SQLAlchemy opens it by default lets two writers overwrite each other without an error. Here writers take
    the write lock when they begin (BEGIN IMMEDIATE) and readers go on beside them (WAL). PostgreSQL needs neither.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"

    @cached_property
    def writer(self) -> Engine:
        """The engine whose transactions may write."""
        if not self.is_sqlite:
            return create_engine(self.url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
        return _open_sqlite(self, "BEGIN IMMEDIATE")

    @cached_property
    def reader(self) -> Engine:
        """The engine for reading; on SQLite it never waits for a writer."""
        return _open_sqlite(self, "BEGIN") if self.is_sqlite else self.writer

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits when the block ends well and takes everything back when it does not."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking; what it would change is never written."""
        with Session(self.reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    def close(self) -> None:
        """Give all connections back."""
        for name in ("writer", "reader"):
            if name in self.__dict__:
                self.__dict__.pop(name).dispose()


def _open_sqlite(database: Database, begin: str) -> Engine:
    if database.url.database and database.url.database != ":memory:":
        Path(database.url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(database.url, connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", lambda connection: _begin(connection, begin))
    return engine


def _prepare_sqlite(connection: SQLiteConnection, _record: object) -> None:
    # None takes the transaction away from the driver, which would begin it too late: after the first read.
    connection.isolation_level = None
    # synchronous=FULL: what was said to be saved survives a power cut, not only a killed process.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
