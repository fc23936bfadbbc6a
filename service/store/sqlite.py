"""The event store in one SQLite file: one writing connection, which also owns the checkpoints; others only read.

SQLite 3.7.0 to 3.51.2 can corrupt a file in WAL mode that two connections write or checkpoint at the same time, so the
pool holds a single writing connection, and service/store/folder.py keeps other processes out.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor, SQLiteDatastore

from projections.database import NONE, Params, Row
from projections.search import Dialect


class _Execute:
    dialect: Dialect = "sqlite"

    def __init__(self, cursor: SQLiteCursor) -> None:
        self.cursor = cursor

    def rows(self, sql: str, params: Params = NONE) -> list[Row]:
        self.cursor.execute(sql, params)
        return list(self.cursor.fetchall())

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self.cursor.executemany(sql, rows)


class SQLiteRecorder(SQLiteApplicationRecorder):
    """The library's table, with positions that survive VACUUM and are never used twice."""

    position_column = "rowid"

    def __init__(self, path: Path) -> None:
        self._uri = path.resolve().as_uri()
        super().__init__(_datastore(self._uri, connections=1))
        self.insert_events_statement = (
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
        )
        self._readers: SQLiteDatastore | None = None

    def construct_create_table_statements(self) -> list[str]:
        return [
            "CREATE TABLE IF NOT EXISTS stored_events (rowid INTEGER PRIMARY KEY AUTOINCREMENT,"
            " originator_id TEXT NOT NULL, originator_version INTEGER NOT NULL, topic TEXT NOT NULL,"
            " state BLOB NOT NULL, UNIQUE (originator_id, originator_version))"
        ]

    def migrate(self, statements: Sequence[str]) -> None:
        """Creates this table and the given ones where they are missing."""
        with self.datastore.get_connection(commit=True) as connection:
            connection.cursor().execute("PRAGMA synchronous = FULL")  # what was answered 201 survives a power cut
        self.create_table()
        with self.appending() as execute:
            for statement in statements:
                execute.rows(statement)

    @contextmanager
    def appending(self) -> Iterator[_Execute]:
        """One transaction that holds the append lock."""
        with self.datastore.transaction(commit=True) as cursor:
            yield _Execute(cursor)

    @contextmanager
    def reading(self) -> Iterator[_Execute]:
        """A consistent look at what is committed."""
        with self._reader().transaction(commit=False) as cursor:
            yield _Execute(cursor)

    def insert(self, execute: _Execute, events: Sequence[StoredEvent]) -> Sequence[int]:
        return self._insert_events(execute.cursor, events) or ()

    def select_notifications(self, *args: Any, **kwargs: Any) -> Sequence[Notification]:
        return SQLiteApplicationRecorder(self._reader()).select_notifications(*args, **kwargs)

    def max_notification_id(self) -> int:
        return SQLiteApplicationRecorder(self._reader()).max_notification_id() or 0

    def wait(self, seconds: float, stop: Event) -> None:
        """Waits so long, or until `stop`. Whoever appends is in this process and tells the projector himself."""
        stop.wait(seconds)

    def close(self) -> None:
        if self._readers:
            self._readers.close()
        self.datastore.close()

    def _reader(self) -> SQLiteDatastore:
        if self._readers is None:
            self._readers = _datastore(f"{self._uri}?mode=ro", connections=4)
        return self._readers


def _datastore(uri: str, connections: int) -> SQLiteDatastore:
    return SQLiteDatastore(
        uri, pool_size=connections, max_overflow=0, pool_timeout=60, lock_timeout=10, originator_id_type="text"
    )
