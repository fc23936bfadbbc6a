"""Reading versions in the order of a clock: from the index of that clock, or from the few that a rare filter leaves."""

import re

from projections.database import Database
from projections.filters import Conditions
from projections.search import Dialect

FEW = 1_000
"""Versions that are gathered and sorted sooner than a range of a clock is looked through."""
_INDEXED: dict[Dialect, str] = {"sqlite": " INDEXED BY versions_{}", "postgres": ""}
_INDEXES = {"known_from": "known", "from_position": "recorded"}


async def way_in(database: Database, wanted: Conditions, clock: str) -> str:
    """What stands after FROM, to be narrowed by more conditions: versions `w` by the column of a clock.

    Where the filters ask for what few have, those of the actions that ever had it.
    """
    by_clock = lane_of_all(database.dialect, "w", _INDEXES[clock])
    states = lane_of_all(database.dialect, "x", "state")
    sets = [f"SELECT x.action FROM {states} AND x.state IN ({sql})" for _, sql in wanted.postings]
    if wanted.lanes:
        lanes = ", ".join(map(wanted.value, wanted.lanes))
        sets.append(f"SELECT x.action FROM versions x WHERE x.lane IN ({lanes})")
    if not sets:
        return by_clock
    counted = [f"(SELECT COUNT(*) FROM (SELECT 1 FROM ({sql}) y LIMIT {FEW + 1}) z)" for sql in sets]
    numbers = (await database.read(f"SELECT {', '.join(counted)}", wanted.params))[0]
    number, rarest = min(zip(numbers, sets, strict=True))
    return f"{lane_of_all(database.dialect, 'w', 'action')} AND w.action IN ({rarest})" if number <= FEW else by_clock


def lane_of_all(dialect: Dialect, row: str, index: str) -> str:
    """Versions in the lane of all, by an index over it: SQLite would rather read the whole lane, and sort it."""
    return f"versions {row}{_INDEXED[dialect].format(index)} WHERE {row}.lane = ''"


def of(row: str, sql: str) -> str:
    """Conditions on `v` as conditions on another row."""
    return re.sub(r"\bv\.", f"{row}.", sql)
