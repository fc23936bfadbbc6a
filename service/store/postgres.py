"""The event store in PostgreSQL, for any number of processes.

Appends hold the library's table lock from before they decide until they commit, so positions appear in order, the
recorded clock never goes back, and nobody decides on facts that another process is about to change. The library's own
pipelined insert is not used: it hangs once a batch exceeds the socket's buffers.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Lock
from typing import Any

import psycopg
from eventsourcing.persistence import InterfaceError, OperationalError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow

from projections.database import NONE, Params, Row
from projections.postgres import MIGRATING, for_psycopg, positional
from projections.search import Dialect

UNAVAILABLE = (InterfaceError, OperationalError, psycopg.OperationalError)
"""What is raised where PostgreSQL does not answer."""


class _Execute:
    dialect: Dialect = "postgres"

    def __init__(self, cursor: psycopg.Cursor[DictRow]) -> None:
        self.cursor = cursor

    def rows(self, sql: str, params: Params = NONE) -> list[Row]:
        self.cursor.execute(for_psycopg(sql), params)
        return [tuple(row.values()) for row in self.cursor.fetchall()] if self.cursor.description else []

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self.cursor.executemany(positional(sql), rows)


class PostgresRecorder(PostgresApplicationRecorder):
    """The library's table, appended to under one lock."""

    position_column = "notification_id"

    def __init__(self, url: str) -> None:
        given = conninfo_to_dict(url)
        psycopg.connect(url).close()  # fails at once and says why; the pool would try for seconds and not say
        self._url, self._one_at_a_time = url, Lock()
        self._listener: psycopg.Connection[Any] | None = None
        datastore = PostgresDatastore(
            str(given.get("dbname", "")), "", "", "", "", pool_size=1, max_overflow=4, pre_ping=True,
            originator_id_type="text",
        )  # fmt: skip
        datastore.pool.kwargs = {**given, "row_factory": psycopg.rows.dict_row}
        super().__init__(datastore)

    def migrate(self, statements: Sequence[str]) -> None:
        """Creates this table and the given ones where they are missing; safe from several processes at once."""
        with psycopg.connect(self._url, autocommit=True) as one_at_a_time:
            one_at_a_time.execute(f"SELECT pg_advisory_lock({MIGRATING})".encode())
            self.create_table()
            with self.datastore.transaction(commit=True) as cursor:
                for statement in statements:
                    cursor.execute(statement.encode())

    @contextmanager
    def appending(self) -> Iterator[_Execute]:
        """One transaction that holds the append lock; others of this process wait without taking a connection."""
        with self._one_at_a_time:
            self.datastore.register_type_adapters()
            with self.datastore.transaction(commit=True) as cursor:
                self._lock_table(cursor)
                yield _Execute(cursor)

    @contextmanager
    def reading(self) -> Iterator[_Execute]:
        """Each statement by itself sees what is committed."""
        with self.datastore.get_connection() as connection, connection.cursor() as cursor:
            yield _Execute(cursor)

    def insert(self, execute: _Execute, events: Sequence[StoredEvent]) -> Sequence[int]:
        self._insert_stored_events(execute.cursor, events)
        return sorted(self._fetch_ids_after_insert_events(execute.cursor, events) or ())

    def max_notification_id(self) -> int:
        return super().max_notification_id() or 0

    def wait(self, seconds: float, stop: Event) -> None:
        """Returns when any process has appended, or after so many seconds: a notification can be lost."""
        if self._listener is None:
            self._listener = psycopg.connect(self._url, autocommit=True)
            self._listener.execute(f"LISTEN {self.channel_name}")
            return
        try:
            for _ in self._listener.notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.Error:
            self._listener = None  # the connection is lost: listen anew the next time
            raise

    def close(self) -> None:
        if self._listener:
            self._listener.close()
        self.datastore.close()
