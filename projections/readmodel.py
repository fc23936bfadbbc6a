"""What all read models share: how they are declared, and the one position they have reached together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from projections.changes import Change
from projections.database import Database, Execute

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


@dataclass(frozen=True, slots=True)
class Projection:
    """A read model: its tables, and how changes reach their rows, a batch at a time, in the order of the log."""

    name: str
    tables: Sequence[str]
    apply: Callable[[Execute, Sequence[Change]], None]


@dataclass(frozen=True, slots=True)
class Reached:
    """The position that all read models have reached, and when its fact was recorded, in microseconds since 1970."""

    position: int
    recorded_at: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment on the reported clock, in microseconds since 1970, and a position of the log: together they pin a view."""

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
