"""Read models in one SQLite file."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from projections.database import NONE, Execute, Params, Row
from projections.search import Dialect


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
        self.kept: dict[str, Any] = {}
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
