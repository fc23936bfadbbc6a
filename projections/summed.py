"""Counts as of any moment, by one group, from the sums of deltas that projections/tallies.py keeps.

A count is the sum of the months before that of the moment, and of what became known or ceased in its own up to then;
or the sum of its own month too, less what came after. The version rows say which of the two is less to read.
"""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from domain.instants import FOREVER, to_micros
from projections.database import Database
from projections.filters import Filters
from projections.groups import COLUMNS, joins
from projections.readmodel import Moment
from projections.search import Dialect
from projections.tallies import HIDDEN, OF_A_COUNTRY, month_of
from projections.wanted import HELD, instant

_SUMMED = (
    "SELECT reached.position, t.value, t.count FROM positions reached LEFT JOIN"
    " (SELECT value, CAST(SUM(count) AS BIGINT) AS count FROM tallies"
    " WHERE lane = :lane AND facet = :facet AND month < :month GROUP BY value) t ON t.count <> 0"
    " WHERE reached.name = 'live'"
)
_BETWEEN = (
    "SELECT value, COUNT(*) FROM (SELECT DISTINCT v.action, v.known_from, {column} AS value"
    " FROM versions v{indexed}{joins} WHERE v.lane = '' AND v.{end} >= :first AND v.{end} < :last"
    f" AND {HELD} AND v.status NOT IN {HIDDEN}{{more}}) x WHERE value IS NOT NULL GROUP BY value"
)
_FEW = (
    "(SELECT COUNT(*) FROM (SELECT 1 FROM versions v{indexed}"
    " WHERE v.lane = '' AND v.{end} >= :{first} AND v.{end} < :{last}{more} LIMIT :few) x)"
)
_COLUMNS = COLUMNS | {"all": "''", "year": "SUBSTR(v.day, 1, 4)", "own role": "p.role"}
_PART_OF = " AND EXISTS (SELECT 1 FROM parties m WHERE m.state = v.state AND m.country = :lane)"
LEAST = 100
"""Rows on the nearer side of a moment that are too few for a look at how many there are exactly."""


@dataclass(frozen=True, slots=True)
class _End:
    """An end of a version: what it adds to a count there, its index, and a condition that says the index will do."""

    column: str
    sign: int
    index: str
    more: str = ""

    def indexed(self, dialect: Dialect) -> str:
        """SQLite knows nothing of how rows are spread, and would read the whole lane."""
        return f" INDEXED BY {self.index}" if dialect == "sqlite" else ""


_ENDS = (
    _End("known_from", 1, "versions_known"),
    _End("known_to", -1, "versions_until", f" AND v.known_to < {FOREVER}"),
)


@dataclass(frozen=True, slots=True)
class _Remainder:
    """What is read from the rows of a month, from `first` to before `last`: what the sums of the months before it lack,
    or what those that have the `whole` of it have too much.
    """

    first: int
    last: int
    whole: bool


def lane_of(filters: Filters) -> str | None:
    """The lane that is all the filters ask for; None where they ask for more, or for less."""
    if filters == Filters():
        return ""
    if filters == Filters(country=filters.country) and len(filters.country) == 1:
        return filters.country[0]
    return None


async def tallied(database: Database, lane: str, facet: str, at: Moment) -> dict[str, int] | None:
    """value -> count at a moment. None where it is not kept, or not at this position: the rows must be counted then."""
    if lane and facet not in OF_A_COUNTRY:
        return None
    rest = await _nearer(database, at)
    params = {"lane": lane, "facet": facet, "month": month_of(instant(at)) + rest.whole, "position": at.position}
    rows = await database.read(_SUMMED, params)
    if rows[0][0] != at.position:
        return None
    found = Counter({value: count for _, value, count in rows if value is not None})
    between = {**params, "first": rest.first, "last": rest.last}
    for end in _ENDS:
        for value, count in await database.read(_between(database.dialect, lane, facet, end), between):
            found[value] += (-end.sign if rest.whole else end.sign) * count
    return {value: count for value, count in found.items() if count}


async def _nearer(database: Database, at: Moment) -> _Remainder:
    """The side of a moment, within its month, on which less became known or ceased."""
    (start, end), after = _month(instant(at)), at.known + 1
    few, found = LEAST, (LEAST, LEAST)
    while min(found) >= few:
        few *= 10
        params = {"start": start, "after": after, "end": end, "few": few}
        found = (await database.read(_sides(database.dialect), params))[0]
    return _Remainder(start, after, whole=False) if found[0] <= found[1] else _Remainder(after, end, whole=True)


def _month(known: datetime) -> tuple[int, int]:
    """When the month of an instant begins, and the next one."""
    start = datetime(known.year, known.month, 1, tzinfo=UTC)
    length = timedelta(days=monthrange(known.year, known.month)[1])
    return to_micros(start), to_micros(start) + length // timedelta(microseconds=1)


@lru_cache
def _sides(dialect: Dialect) -> str:
    """How many rows lie in a month up to a moment and how many after it, each end counted to `few` and no further."""
    sides = (("start", "after"), ("after", "end"))
    counted = [" + ".join(_few(dialect, end, first, last) for end in _ENDS) for first, last in sides]
    return f"SELECT {', '.join(counted)}"


def _few(dialect: Dialect, end: _End, first: str, last: str) -> str:
    return _FEW.format(indexed=end.indexed(dialect), end=end.column, first=first, last=last, more=end.more)


@lru_cache
def _between(dialect: Dialect, lane: str, facet: str, end: _End) -> str:
    """What became known, or ceased to be known, in part of a month."""
    part = " AND p.country = :lane" if facet == "own role" else _PART_OF
    return _BETWEEN.format(
        column=_COLUMNS[facet],
        indexed=end.indexed(dialect),
        joins=joins(["role"] if facet == "own role" else [facet] if facet in COLUMNS else []),
        end=end.column,
        more=f"{end.more}{part if lane else ''}",
    )
