"""Read models in PostgreSQL."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from domain.errors import Refused
from projections.database import INSERTED, NONE, UNDER_WAY, Execute, Params, Row, chunks
from projections.search import Dialect


class _PostgresExecute:
    dialect: Dialect = "postgres"

    def __init__(self, cursor: psycopg.Cursor[Row]) -> None:
        self._cursor = cursor

    def rows(self, sql: str, params: Params = NONE) -> list[Row]:
        self._cursor.execute(for_psycopg(sql), params, binary=True)
        return self._cursor.fetchall() if self._cursor.description else []

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Rows to insert go as an array for each column: one statement instead of one for each row."""
        if not INSERTED.search(sql):
            self._cursor.executemany(positional(sql), rows)
            return
        for some in chunks(rows, TOGETHER):
            columns = list(map(list, zip(*some, strict=True)))
            arrays = ", ".join(f"?::{_type_of(column)}[]" for column in columns)
            self._cursor.execute(positional(INSERTED.sub(f"SELECT * FROM unnest({arrays})", sql)), columns)


def _do_not_wait_for_the_disk(connection: psycopg.Connection[Any]) -> None:
    """Read models can be made again from the log: after a crash they are whole, if a moment behind."""
    connection.execute("SET synchronous_commit = off")


MIGRATING, REBUILDING = 20250217, 20250218
"""Numbers of the advisory locks that one process at a time has."""
TOGETHER = 5_000
"""Rows of one statement; bounds memory."""
_TYPES = {str: "text", int: "bigint", bytes: "bytea"}


def _type_of(column: Sequence[Any]) -> str:
    """The type of a column's values; of one without any, text, as all columns are that may have none."""
    return next((_TYPES[type(value)] for value in column if value is not None), "text")


class Postgres:
    """Read models in PostgreSQL: up to two connections write, a pool of asynchronous ones reads."""

    dialect: Dialect = "postgres"

    def __init__(self, url: str, pool_size: int = 4) -> None:
        self._url, self._pool_size = url, pool_size
        self.kept: dict[str, Any] = {}
        self._writers = ConnectionPool(
            url, min_size=0, max_size=2, open=True, kwargs={"autocommit": True}, configure=_do_not_wait_for_the_disk
        )
        self._readers: AsyncConnectionPool | None = None

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        with self._writers.connection() as connection, connection.transaction(), connection.cursor() as cursor:
            yield _PostgresExecute(cursor)

    async def read(self, sql: str, params: Params = NONE) -> list[Row]:
        """A connection may have been cut since it was last used; the pool drops it then, and another one is tried.

        Results come in binary: as text, the bytes of a page are twice as many, and are converted twice.
        """
        try:
            return await self._read(sql, params)
        except psycopg.OperationalError:
            return await self._read(sql, params)

    async def _read(self, sql: str, params: Params) -> list[Row]:
        async with (await self._pool()).connection() as connection:
            return await (await connection.execute(for_psycopg(sql), params, binary=True)).fetchall()

    async def _pool(self) -> AsyncConnectionPool:
        if self._readers is None:
            options = {"autocommit": True, "options": "-c default_transaction_read_only=on"}
            self._readers = AsyncConnectionPool(
                self._url, min_size=1, max_size=self._pool_size, open=False, timeout=5, kwargs=options
            )
            await self._readers.open()
        return self._readers

    async def scan(self, sql: str, params: Params = NONE) -> list[Row]:
        """The server works on it meanwhile."""
        return await self.read(sql, params)

    def create(self, find: Callable[[Execute], Sequence[str]]) -> None:
        with self.transaction() as execute:
            execute.rows(f"SELECT pg_advisory_xact_lock({MIGRATING})")
            for statement in find(execute):
                execute.rows(_words_of_postgres(statement))

    @contextmanager
    def beside(self) -> Iterator["Postgres"]:
        """A lock of the session keeps others out, of any process: it goes with the connection, whatever ends that."""
        with psycopg.connect(self._url, autocommit=True) as session:
            if session.execute(f"SELECT pg_try_advisory_lock({REBUILDING})".encode()).fetchone() != (True,):
                raise Refused(UNDER_WAY)
            session.execute("DROP SCHEMA IF EXISTS rebuild CASCADE")
            session.execute("CREATE SCHEMA rebuild")
            beside = Postgres(make_conninfo(self._url, options="-c search_path=rebuild"))
            try:
                yield beside
            finally:
                beside._writers.close()
                session.execute("DROP SCHEMA rebuild CASCADE")

    @contextmanager
    def swapping(self, beside: "Postgres") -> Iterator[Execute]:
        with self.transaction() as execute:
            execute.rows("LOCK TABLE positions IN EXCLUSIVE MODE")
            yield execute

    async def close(self) -> None:
        self._writers.close()
        if self._readers:
            await self._readers.close()


@lru_cache(maxsize=2_000)
def for_psycopg(sql: str) -> bytes:
    """`:name` becomes `%(name)s`; a double colon (a cast) is left alone."""
    return re.sub(r"(?<!:):([a-z]\w*)", r"%(\1)s", sql.replace("%", "%%")).encode()


def positional(sql: str) -> bytes:
    """`?` becomes `%s`."""
    return sql.replace("%", "%%").replace("?", "%s").encode()


def _words_of_postgres(statement: str) -> str:
    """Text compares by code point on both databases, whatever locale the server has."""
    for ours, theirs in (("WITHOUT ROWID", ""), ("BLOB", "BYTEA"), ("INTEGER", "BIGINT"), ("TEXT", 'TEXT COLLATE "C"')):
        statement = statement.replace(ours, theirs)
    return statement
