"""Read models in one SQLite file."""

import asyncio
import math
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from threading import Lock, RLock, local
from typing import Any, Literal

from domain.errors import Refused
from projections.database import INSERTED, NONE, UNDER_WAY, Execute, Params, Row
from projections.search import Dialect


class _SQLiteExecute:
    dialect: Dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, params: Params = NONE) -> list[Row]:
        return self._connection.execute(sql, params).fetchall()

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Rows to insert go `TOGETHER` in one statement, where each takes half as long; the rest one by one."""
        if len(rows) >= TOGETHER and (row := INSERTED.search(sql)):
            several = INSERTED.sub(f"VALUES {', '.join([row[1]] * TOGETHER)}", sql)
            whole = len(rows) - len(rows) % TOGETHER
            together = (list(chain(*rows[start : start + TOGETHER])) for start in range(0, whole, TOGETHER))
            self._connection.executemany(several, together)
            rows = rows[whole:]
        self._connection.executemany(sql, rows)


TOGETHER = 50
"""Rows of up to 19 columns: SQLite takes 999 parameters before 3.32."""
SCANNERS = 2
"""Threads for queries that take long; each has a read-only connection."""


LONG = 0.01
"""Seconds of one read on the event loop."""
STEPS = 10_000
"""Instructions of SQLite's machine, some tenths of a millisecond, after which the clock is looked at."""


class SQLite:
    """One file, one writing connection that also owns the checkpoints, read-only ones on the event loop and in threads.

    Read models can be rebuilt from the log at any time, so their file is synchronised less strictly than the log.
    """

    dialect: Dialect = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path, self._lock, self._building = path, RLock(), Lock()
        self.kept: dict[str, Any] = {}
        self._writer = _connect(path.resolve().as_uri())
        self._writer.execute("PRAGMA journal_mode = WAL")
        self._writer.execute("PRAGMA synchronous = NORMAL")
        self._reader = _connect(f"{path.resolve().as_uri()}?mode=ro", READING)
        self._until = math.inf
        self._reader.set_progress_handler(self._takes_long, STEPS)
        self._scanners, self._late = ThreadPoolExecutor(SCANNERS, "scan"), ThreadPoolExecutor(1, "late")
        self._own = local()
        self._scanning: list[sqlite3.Connection] = []

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        with self._begun("BEGIN IMMEDIATE") as execute:
            yield execute

    @contextmanager
    def _begun(self, begin: str) -> Iterator[Execute]:
        with self._lock:
            self._writer.execute(begin)
            try:
                yield _SQLiteExecute(self._writer)
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise
            self._writer.execute("COMMIT")

    async def read(self, sql: str, params: Params = NONE) -> list[Row]:
        """On the event loop; what takes longer than was thought begins anew in a thread that waits for no scan."""
        self._until = time.perf_counter() + LONG
        try:
            return self._reader.execute(sql, params).fetchall()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
                raise
        return await asyncio.get_running_loop().run_in_executor(self._late, self._scan, sql, params)

    def _takes_long(self) -> bool:
        return time.perf_counter() > self._until

    async def scan(self, sql: str, params: Params = NONE) -> list[Row]:
        """In a thread with a connection of its own: SQLite lets go of the interpreter while it looks for a row."""
        return await asyncio.get_running_loop().run_in_executor(self._scanners, self._scan, sql, params)

    def _scan(self, sql: str, params: Params) -> list[Row]:
        if not hasattr(self._own, "connection"):
            self._own.connection = _connect(f"{self._path.resolve().as_uri()}?mode=ro", SCANNING, "FILE")
            self._scanning.append(self._own.connection)
        rows: list[Row] = self._own.connection.execute(sql, params).fetchall()
        return rows

    def create(self, find: Callable[[Execute], Sequence[str]]) -> None:
        with self.transaction() as execute:
            for statement in find(execute):
                execute.rows(statement)

    @contextmanager
    def beside(self) -> Iterator["SQLite"]:
        """One at a time in this process; no other one has the folder."""
        if not self._building.acquire(blocking=False):
            raise Refused(UNDER_WAY)
        try:
            beside = SQLite(self._cleared("rebuild.sqlite"))
            try:
                yield beside
            finally:
                beside.remove()
        finally:
            self._building.release()

    def _cleared(self, name: str) -> Path:
        """Where a file of this name may be made: what was left there before is gone."""
        path = self._path.with_name(name)
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return path

    @contextmanager
    def swapping(self, beside: "SQLite") -> Iterator[Execute]:
        with self._lock:
            self._writer.execute("ATTACH :path AS rebuild", {"path": str(beside._path)})
            try:
                with self._begun("BEGIN") as execute:
                    execute.rows("UPDATE main.positions SET position = position")  # IMMEDIATE would lock both files
                    yield execute
            finally:
                self._writer.execute("DETACH rebuild")

    def remove(self) -> None:
        """Closes the file and deletes it."""
        self._close()
        self._path.unlink()

    async def close(self) -> None:
        self._close()

    def _close(self) -> None:
        self._scanners.shutdown()
        self._late.shutdown()
        for connection in (*self._scanning, self._reader, self._writer):
            connection.close()


WRITING, READING, SCANNING = 64, 32, 8
"""MiB of pages that a connection keeps: the one that writes, that of the event loop, those that scan, which pass by
most pages once. With twice as many no read was faster at a million actions, and a server took 35 MB more.
"""


def _connect(uri: str, cache: int = WRITING, sorting: Literal["MEMORY", "FILE"] = "MEMORY") -> sqlite3.Connection:
    """A connection in autocommit mode; `sorting` says where it keeps what a query sorts, a scan millions of rows.

    The file is not mapped into memory: it made no read faster, and a process grew with what it had touched.
    """
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=500)
    connection.execute(f"PRAGMA cache_size = -{cache << 10}")
    connection.execute(f"PRAGMA temp_store = {sorting}")
    return connection
