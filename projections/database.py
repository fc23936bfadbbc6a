"""Both databases behind one small face: plain SQL with `:name` parameters, in the subset that both share."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any, Protocol

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from projections.search import Dialect

Row = tuple[Any, ...]
Params = Mapping[str, Any]
NONE: Params = {}
AT_ONCE = 500
"""Values in one list of a query; SQLite takes 999 parameters before 3.32."""


class Execute(Protocol):
    """Statements inside one transaction."""

    def rows(self, sql: str, params: Params = NONE) -> list[Row]:
        """Runs one statement; its rows, if it has any."""

    def many(self, sql: str, params: Sequence[Params]) -> None:
        """Runs one statement once for each set of parameters."""


class Database(Protocol):
    """Where read models live: one transaction at a time writes, bounded queries read."""

    @property
    def dialect(self) -> Dialect:
        """Which of the two it is, for the few statements that differ."""

    def transaction(self) -> AbstractContextManager[Execute]:
        """All or nothing; one at a time in this process."""

    async def read(self, sql: str, params: Params = NONE) -> list[Row]:
        """The rows of one bounded query."""

    def create(self, statements: Sequence[str]) -> None:
        """Runs statements that create tables and indexes, written with the types TEXT, BLOB and BIGINT."""

    def beside(self) -> "Database":
        """An empty database of the same sort, to build in; what was left there before is gone."""

    def swapping(self, beside: Any) -> AbstractContextManager[Execute]:
        """A transaction that also sees the tables of `beside`, as ``rebuild.<table>``; `beside` is gone after it."""

    async def close(self) -> None: ...


class _SQLiteExecute:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, params: Params = NONE) -> list[Row]:
        return self._connection.execute(sql, params).fetchall()

    def many(self, sql: str, params: Sequence[Params]) -> None:
        self._connection.executemany(sql, params)


class SQLite:
    """One file, one writing connection that also owns the checkpoints, one read-only connection for the event loop.

    Read models can be rebuilt from the log at any time, so their file is synchronised less strictly than the log.
    """

    dialect: Dialect = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, RLock()
        self._writer = _connect(f"{path.resolve().as_uri()}")
        self._writer.execute("PRAGMA journal_mode = WAL")
        self._writer.execute("PRAGMA synchronous = NORMAL")
        self._reader = _connect(f"{path.resolve().as_uri()}?mode=ro")

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        with self._lock:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield _SQLiteExecute(self._writer)
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise
            self._writer.execute("COMMIT")

    async def read(self, sql: str, params: Params = NONE) -> list[Row]:
        return self._reader.execute(sql, params).fetchall()

    def create(self, statements: Sequence[str]) -> None:
        with self.transaction() as execute:
            for statement in statements:
                execute.rows(statement)

    def beside(self) -> "SQLite":
        path = self._path.with_name("rebuild.sqlite")
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return SQLite(path)

    @contextmanager
    def swapping(self, beside: "SQLite") -> Iterator[Execute]:
        with self._lock:
            self._writer.execute("ATTACH :path AS rebuild", {"path": str(beside._path)})
            try:
                with self.transaction() as execute:
                    yield execute
            finally:
                self._writer.execute("DETACH rebuild")
                beside.remove()

    def remove(self) -> None:
        """Closes the file and deletes it."""
        self._reader.close()
        self._writer.close()
        self._path.unlink()

    async def close(self) -> None:
        self._reader.close()
        self._writer.close()


def _connect(uri: str) -> sqlite3.Connection:
    """A connection in autocommit mode; caching 64 MiB of pages and mapping the file halves a page's time."""
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=500)
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA mmap_size = 4294967296")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


class _PostgresExecute:
    def __init__(self, cursor: psycopg.Cursor[Row]) -> None:
        self._cursor = cursor

    def rows(self, sql: str, params: Params = NONE) -> list[Row]:
        self._cursor.execute(for_psycopg(sql), params)
        return self._cursor.fetchall() if self._cursor.description else []

    def many(self, sql: str, params: Sequence[Params]) -> None:
        self._cursor.executemany(for_psycopg(sql), params)


class Postgres:
    """Read models in PostgreSQL: one connection writes, a pool of asynchronous ones reads."""

    dialect: Dialect = "postgres"

    def __init__(self, url: str, pool_size: int = 4) -> None:
        self._url, self._pool_size = url, pool_size
        self._writers = ConnectionPool(url, min_size=0, max_size=2, open=True, kwargs={"autocommit": True})
        self._readers: AsyncConnectionPool | None = None

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        with self._writers.connection() as connection, connection.transaction(), connection.cursor() as cursor:
            yield _PostgresExecute(cursor)

    async def read(self, sql: str, params: Params = NONE) -> list[Row]:
        if self._readers is None:
            options = {"autocommit": True, "options": "-c default_transaction_read_only=on"}
            self._readers = AsyncConnectionPool(
                self._url, min_size=1, max_size=self._pool_size, open=False, kwargs=options
            )
            await self._readers.open()
        async with self._readers.connection() as connection:
            return await (await connection.execute(for_psycopg(sql), params)).fetchall()

    def create(self, statements: Sequence[str]) -> None:
        with self.transaction() as execute:
            execute.rows("SELECT pg_advisory_xact_lock(20250217)")  # several processes may start at once
            for statement in statements:
                execute.rows(_types_of_postgres(statement))

    def beside(self) -> "Postgres":
        with self.transaction() as execute:
            execute.rows("DROP SCHEMA IF EXISTS rebuild CASCADE")
            execute.rows("CREATE SCHEMA rebuild")
        return Postgres(make_conninfo(self._url, options="-c search_path=rebuild"))

    @contextmanager
    def swapping(self, beside: "Postgres") -> Iterator[Execute]:
        try:
            with self.transaction() as execute:
                execute.rows("LOCK TABLE positions IN EXCLUSIVE MODE")
                yield execute
        finally:
            beside._writers.close()
            with self.transaction() as execute:
                execute.rows("DROP SCHEMA rebuild CASCADE")

    async def close(self) -> None:
        self._writers.close()
        if self._readers:
            await self._readers.close()


@cache
def for_psycopg(sql: str) -> bytes:
    """`:name` becomes `%(name)s`; a double colon (a cast) is left alone."""
    return re.sub(r"(?<!:):([a-z]\w*)", r"%(\1)s", sql.replace("%", "%%")).encode()


def _types_of_postgres(statement: str) -> str:
    """Text compares by code point on both databases, whatever locale the server has."""
    return statement.replace("BLOB", "BYTEA").replace("TEXT", 'TEXT COLLATE "C"')


def placeholders(values: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """``:p0, :p1`` and the parameters of these names."""
    params = {f"p{number}": value for number, value in enumerate(values)}
    return ", ".join(f":{name}" for name in params), params


def chunks(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """The values in order, at most `size` at once."""
    return (values[start : start + size] for start in range(0, len(values), size))
