"""What nobody can be faster than: the same rows, bytes and commits without any of our code."""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import psycopg
from psycopg import sql

from domain.instants import FOREVER
from projections import search
from service.store.log import TABLES

COMMITS = 100
MOST = 1_000_000
"""Rows of one table that are copied; of more it is reckoned from these."""
_LOG = {"stored_events", *(statement.split()[5] for statement in TABLES)}
"""Tables that hold no read models."""


def copied(database: str, whole: bool) -> float:
    """Seconds to insert all rows anew into tables with the same indexes, those of the read models or the log too.

    On SQLite by INSERT ... SELECT, on PostgreSQL by COPY.
    """
    if "://" in database:
        return _copied_by_postgres(database, whole)
    return sum(
        _copied_by_sqlite(Path(database) / f"{name}.sqlite") for name in ("views", "log") if whole or name != "log"
    )


def _copied_by_sqlite(path: Path) -> float:
    beside = path.with_name("raw.sqlite")
    with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("ATTACH ? AS old", (str(path),))
        found = connection.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'old'").fetchall()
        kinds = {name: kind for name, kind in found if not name.startswith("sqlite_")}
        made = connection.execute("SELECT name, sql FROM old.sqlite_master WHERE sql IS NOT NULL").fetchall()
        for name, statement in made:
            if kinds.get(name) != "shadow" and not name.startswith("sqlite_"):
                connection.execute(statement)
        seconds = sum(_copied_table(connection, name) for name, kind in kinds.items() if kind == "table")
        if "virtual" in kinds.values():
            seconds += _timed(lambda: [connection.execute(statement) for statement in search.REFILL["sqlite"]])
    beside.unlink()
    return seconds


def _copied_table(connection: sqlite3.Connection, name: str) -> float:
    rows: int = connection.execute(f"SELECT COUNT(*) FROM old.{name}").fetchone()[0]
    copy = f"INSERT INTO main.{name} SELECT * FROM old.{name} LIMIT {MOST}"
    return _timed(lambda: connection.execute(copy)) * max(1, rows / MOST)


def _copied_by_postgres(url: str, whole: bool) -> float:
    seconds = 0.0
    with psycopg.connect(url, autocommit=True) as source, psycopg.connect(url, autocommit=True) as target:
        tables = [row[0] for row in source.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        target.execute("CREATE SCHEMA raw")
        for name in (name for name in tables if whole or name not in _LOG):
            old, new = sql.Identifier("public", name), sql.Identifier("raw", name)
            target.execute(sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(new, old))
            found = source.execute(sql.SQL("SELECT COUNT(*) FROM {}").format(old)).fetchone()
            taken = _timed(partial(_copy, source, target, old, new))
            seconds += taken * max(1, (found[0] if found else 0) / MOST)
        target.execute("DROP SCHEMA raw CASCADE")
    return seconds


def _copy(
    source: psycopg.Connection[Any], target: psycopg.Connection[Any], old: sql.Identifier, new: sql.Identifier
) -> None:
    out = sql.SQL("COPY (SELECT * FROM {} LIMIT {}) TO STDOUT (FORMAT binary)").format(old, MOST)
    into = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(new)
    with source.cursor() as reader, target.cursor() as writer, reader.copy(out) as rows, writer.copy(into) as copy:
        for part in rows:
            copy.write(part)


def commit(database: str) -> float:
    """The median of milliseconds until one small row is on disk for good."""
    if "://" in database:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("CREATE TABLE raw (value TEXT)")
            found = _median(lambda: connection.execute("INSERT INTO raw VALUES ('one')"))
            connection.execute("DROP TABLE raw")
        return found
    beside = Path(database) / "raw.sqlite"
    with closing(sqlite3.connect(beside, isolation_level=None)) as embedded:
        embedded.execute("PRAGMA journal_mode = WAL")
        embedded.execute("PRAGMA synchronous = FULL")
        embedded.execute("CREATE TABLE raw (value TEXT)")
        found = _median(lambda: embedded.execute("INSERT INTO raw VALUES ('one')"))
    beside.unlink()
    return found


def _median(act: Callable[[], Any]) -> float:
    return statistics.median(1_000 * _timed(act) for _ in range(COMMITS))


def _timed(act: Callable[[], Any]) -> float:
    """Seconds."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


@contextmanager
def page_reader(path: Path, *asked: str) -> Iterator[Callable[[], bytes]]:
    """Reads a page of rows as `benchmarks/rows.py` writes them, through one connection."""
    statement = "SELECT json FROM now WHERE country = ? AND day BETWEEN ? AND ? ORDER BY day, action LIMIT 100"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA mmap_size = 4294967296")
        yield lambda: ",".join([row[0] for row in connection.execute(statement, asked)]).encode()


@contextmanager
def rows_of_postgres(url: str, actions: Sequence[str]) -> Iterator[Callable[[], bytes]]:
    """Reads the JSON of what these actions are now, through one connection, by a statement that is prepared."""
    asked = "SELECT state FROM versions WHERE lane = '' AND action = ANY(%s) AND to_position = %s AND known_to = %s"
    with psycopg.connect(url, autocommit=True) as connection:
        states = [row[0] for row in connection.execute(asked, (list(actions), FOREVER, FOREVER))]
        statement = "SELECT json FROM states WHERE state = ANY(%s)"
        yield lambda: b",".join(
            row[0] for row in connection.execute(statement, (states,), prepare=True, binary=True).fetchall()
        )


def serialiser(page: bytes) -> Callable[[], bytes]:
    """Writes the JSON of a page that is there as objects."""
    found = orjson.loads(page)
    return lambda: orjson.dumps(found)


def rate_of(act: Callable[[], Any], seconds: float = 0.5) -> float:
    """How often a second something can be done, one after the other."""
    started, done = time.perf_counter(), 0
    while (now := time.perf_counter()) < started + seconds:
        act()
        done += 1
    return done / (now - started)
