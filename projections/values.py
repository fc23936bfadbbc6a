"""How many actions have each value of every facet: from the tallies, else in one look at the rows."""

from collections.abc import Sequence

from projections.counts import Count
from projections.database import Database, Row
from projections.filters import Filters
from projections.groups import COLUMNS
from projections.profiles import ranked
from projections.readmodel import Moment
from projections.summed import lane_of, tallied
from projections.wanted import wanted

_OWN = [name for name, column in COLUMNS.items() if column.startswith("v.")]
_OF_PARTIES = [name for name, column in COLUMNS.items() if column.startswith("p.")]
_OF_TERMS = tuple(name for name, column in COLUMNS.items() if column.endswith(".value"))
_SEEN = (
    "WITH seen AS (SELECT {distinct}v.state, v.kind, v.status, v.outcome FROM {source} WHERE {where} ORDER BY v.state) "
)
"""In the order in which parties and terms lie, so that those of the next state are near: half the time."""
_COUNTS = " UNION ALL ".join(
    [
        "SELECT NULL, NULL, COUNT(*) FROM seen",
        *(f"SELECT '{name}', {name}, COUNT(*) FROM seen WHERE {name} IS NOT NULL GROUP BY {name}" for name in _OWN),
        *(
            f"SELECT '{name}', p.{name}, COUNT(DISTINCT v.state) FROM seen v CROSS JOIN parties p"
            f" WHERE p.state = v.state AND p.{name} IS NOT NULL GROUP BY p.{name}"
            for name in _OF_PARTIES
        ),
        "SELECT t.facet, t.value, COUNT(*) FROM seen v CROSS JOIN terms t WHERE t.state = v.state"
        f" AND t.facet IN {_OF_TERMS} GROUP BY t.facet, t.value",
    ]
)
"""Rows of (facet, value, count), and how many there are in all; at a moment each action has one state."""
Values = dict[str, list[Count]]


async def values(database: Database, filters: Filters, at: Moment) -> tuple[int, Values]:
    """How many actions the filters leave, and facet -> how many of them have each value, the most frequent first."""
    lane = lane_of(filters)
    kept = None if lane is None else await _kept(database, lane, at)
    rows = await _read(database, filters, at) if kept is None else kept
    found: Values = {name: [] for name in COLUMNS}
    for facet, value, count in rows:
        if facet is not None:
            found[facet].append(Count(None, (value,), count))
    total: int = next(count for facet, _, count in rows if facet is None)
    return total, {name: ranked(counts) for name, counts in found.items()}


async def _kept(database: Database, lane: str, at: Moment) -> Sequence[Row] | None:
    """The same rows of a lane, from the tallies; None where they are not kept at this position."""
    rows: list[Row] = []
    for name in COLUMNS:
        if (found := await tallied(database, lane, name, at)) is None:
            return None
        rows += ((name, value, count) for value, count in found.items())
    return [*rows, (None, None, sum(count for name, _, count in rows if name == "kind"))]


async def _read(database: Database, filters: Filters, at: Moment) -> Sequence[Row]:
    shown = await wanted(database, filters, at)
    seen = _SEEN.format(distinct=shown.distinct, source=shown.source, where=shown.where)
    return await database.scan(seen + _COUNTS, shown.params)
