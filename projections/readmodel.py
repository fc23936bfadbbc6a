"""What all read models share: how they are declared, and the one position they have reached together."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.fold import Version
from projections.changes import Change
from projections.database import Database, Execute, Row
from projections.search import Dialect

SHAPE = "CREATE TABLE IF NOT EXISTS shape (hash TEXT PRIMARY KEY)"
POSITIONS = (
    "CREATE TABLE IF NOT EXISTS positions (name TEXT PRIMARY KEY, position BIGINT NOT NULL,"
    " recorded_at BIGINT NOT NULL)",
    "INSERT INTO positions VALUES ('live', 0, 0) ON CONFLICT DO NOTHING",
)
_ADVANCE = (
    "UPDATE positions SET position = :new, recorded_at = :recorded_at"
    " WHERE name = 'live' AND position = :old RETURNING position"
)
_REACHED = "SELECT position, recorded_at FROM positions WHERE name = 'live'"


def _nothing(execute: Execute, parts: Sequence[Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class Projection:
    """A read model: its tables, and how changes reach their rows, part by part, in the order of the log.

    `digest` sums up the rows that stand at the newest position, `expected` says what a version of a fresh fold adds to
    that; both are sums of hashes modulo `DIGESTS`, so the order does not matter.
    """

    name: str
    tables: Sequence[str]
    apply: Callable[[Execute, Sequence[Change]], Any]
    """What it returns stays in memory until `settle`; most return nothing."""
    digest: Callable[[Execute], int]
    expected: Callable[[Version], int]
    only: Mapping[Dialect, Sequence[str]] = field(default_factory=dict)
    """Statements beside `tables` that one database alone needs."""
    rules: str = ""
    """What its rows depend on beside the facts; where it changes, they are made anew."""
    refill: Mapping[Dialect, Sequence[str]] = field(default_factory=dict)
    """Statements to be run after all rows of `tables` were replaced."""
    settle: Callable[[Execute, Sequence[Any]], None] = _nothing
    """At the end of a transaction: writes what `apply` did not, given what that returned for each part."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The position that all read models have reached, and when its fact was recorded, in microseconds since 1970."""

    position: int
    recorded_at: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment on the reported clock, in microseconds since 1970, and a position of the log: they pin a view."""

    known: int
    position: int


async def reached(database: Database) -> Reached:
    """How far the read models are."""
    return Reached(*(await database.read(_REACHED))[0])


def reached_by(execute: Execute) -> Reached:
    """How far the read models are, inside a transaction."""
    return Reached(*execute.rows(_REACHED)[0])


def advance(execute: Execute, old: int, new: Reached) -> bool:
    """Moves the position, in the transaction that changes the rows; False where somebody else has moved it."""
    params = {"old": old, "new": new.position, "recorded_at": new.recorded_at}
    return bool(execute.rows(_ADVANCE, params))


def next_id(execute: Execute, table: str, column: str) -> int:
    """The number after the greatest one of a table."""
    greatest: int = execute.rows(f"SELECT COALESCE(MAX({column}), 0) FROM {table}")[0][0]
    return greatest + 1


def create(database: Database, models: Sequence[Projection]) -> None:
    """Creates the tables that are missing. Tables of another shape are dropped: the log fills them again."""
    own = [table for model in models for table in (*model.tables, *model.only.get(database.dialect, ()))]
    statements = [*POSITIONS, *own]
    shape = hashlib.sha256("\n".join([*statements, *(model.rules for model in models)]).encode()).hexdigest()

    def of_this_shape(execute: Execute) -> Sequence[str]:
        execute.rows(SHAPE)
        if not execute.rows("SELECT hash FROM shape WHERE hash = :hash", {"hash": shape}):
            for table in ("positions", *created_by(own)):
                execute.rows(f"DROP TABLE IF EXISTS {table}")
            execute.rows("DELETE FROM shape")
            execute.rows("INSERT INTO shape (hash) VALUES (:hash)", {"hash": shape})
        return statements

    database.create(of_this_shape)


def tables_of(projection: Projection) -> list[str]:
    """The names of the tables that a projection declares."""
    return created_by(projection.tables)


def created_by(statements: Sequence[str]) -> list[str]:
    """The names of the tables that statements create."""
    return re.findall(r"CREATE (?:VIRTUAL )?TABLE IF NOT EXISTS (\w+)", " ".join(statements))


DIGESTS = (1 << 127) - 1
"""How many digests there are: a prime, so that a product of hashes is nothing only where one of them is."""


def hash_of(value: object) -> int:
    """Of bytes, or of what a value is written as."""
    written = value if isinstance(value, bytes) else repr(value).encode()
    return int.from_bytes(hashlib.blake2b(written, digest_size=16).digest())


def hash_sum(values: Iterable[object]) -> int:
    """The same for the same values in any order."""
    return sum(map(hash_of, values)) % DIGESTS


def in_parts(execute: Execute, sql: str) -> Iterator[Row]:
    """The rows of a query in order of their first column, which is greater than `:after`; bounded memory."""
    after = 0
    while rows := execute.rows(f"{sql} LIMIT {READ}", {"after": after}):
        yield from rows
        after = rows[-1][0]


READ = 20_000
"""Rows that are read at once."""
