"""Counts as of any moment, by one group, from the sums of deltas that projections/tallies.py keeps.

A count is the sum of the blocks of years before that of the moment, of the months before its own, and of what became
known or ceased in that up to then. Or it is the sum of its block, or of its month, too, less what came after: whichever
is less to read. Of the version rows of a month it is looked on which side of the moment fewer lie.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from domain.instants import FOREVER, to_micros
from projections.database import Database
from projections.filters import Filters
from projections.groups import COLUMNS, joins
from projections.heard import HEARD, NAMED
from projections.readmodel import Moment
from projections.search import Dialect
from projections.tallies import BLOCK, HIDDEN, OF_A_COUNTRY, month_of
from projections.ties import BOTH, DONE, GUESTS, HOST
from projections.wanted import HELD, instant

LEAST = 100
"""Rows on the nearer side of a moment that are too few for a look at how many there are exactly."""
_COUNTED = (
    "SELECT reached.position, t.value, t.count FROM positions reached LEFT JOIN"
    " (SELECT value, CAST(SUM(count) AS BIGINT) AS count FROM ({parts}) x WHERE value IS NOT NULL GROUP BY value) t"
    " ON t.count <> 0 WHERE reached.name = 'live'"
)
_BLOCKS = "SELECT value, count FROM tallies WHERE lane = :lane AND facet = :facet AND span = :block AND start < :until"
_MONTHS = (
    "SELECT value, {sign}count FROM tallies WHERE lane = :lane AND facet = :facet AND span = 1"
    " AND start >= :from AND start < :to"
)
_BETWEEN = "FROM versions v{indexed}{joined} WHERE v.lane = '' AND v.{end} >= :{first} AND v.{end} < :{last}{more}"
_PART_OF = " AND EXISTS (SELECT 1 FROM parties m WHERE m.state = v.state AND m.country = :lane)"
_HAS_BEGUN = f" AND v.status IN {DONE}"
_SHOWN = f" AND {HELD} AND v.status NOT IN {HIDDEN}"


@dataclass(frozen=True, slots=True)
class _Facet:
    """How version rows are counted by a facet: by which column, what is joined for it, and what a row must meet."""

    column: str
    joined: str = ""
    more: str = ""


_OF_ALL = {
    "year": _Facet("SUBSTR(v.day, 1, 4)"),
    "ahead": _Facet(f"v.outcome || ' ' || COALESCE(CAST({{named}} - {HEARD} AS TEXT), '')"),
    "pair": _Facet("a.country || ' ' || b.country", BOTH, _HAS_BEGUN),
    "two": _Facet("a.country || ' ' || b.country", BOTH, f"{_HAS_BEGUN} AND v.countries = 2"),
    "visit": _Facet(f"g.country || ' ' || {HOST}", GUESTS, f"{_HAS_BEGUN} AND {HOST} <> g.country"),
    **{facet: _Facet(column, joins([facet])) for facet, column in COLUMNS.items()},
}
_OF_ONE = {
    "own role": _Facet("p.role", joins(["role"]), " AND p.country = :lane"),
    "with": _Facet(
        "o.country", " JOIN parties o ON o.state = v.state", f"{_PART_OF}{_HAS_BEGUN} AND o.country <> :lane"
    ),
    "visits": _Facet(HOST, GUESTS, f"{_HAS_BEGUN} AND g.country = :lane AND {HOST} <> :lane"),
    "visitors": _Facet("g.country", GUESTS, f"{_HAS_BEGUN} AND {HOST} = :lane AND g.country <> :lane"),
    **{facet: _Facet(_OF_ALL[facet].column, more=_PART_OF) for facet in ("kind", "status", "outcome", "ahead", "year")},
}
"""In the lane of one country."""


@dataclass(frozen=True, slots=True)
class _End:
    """An end of a version: what it adds to a count there, its index, and a condition that says the index will do."""

    column: str
    sign: int
    index: str
    more: str = ""

    def between(self, dialect: Dialect, first: str, last: str, joined: str = "", more: str = "") -> str:
        """The rows whose end is between two parameters. SQLite would read the whole lane if it were not told how."""
        indexed = f" INDEXED BY {self.index}" if dialect == "sqlite" else ""
        return _BETWEEN.format(
            indexed=indexed, joined=joined, end=self.column, first=first, last=last, more=f"{self.more}{more}"
        )


_ENDS = (
    _End("known_from", 1, "versions_known"),
    _End("known_to", -1, "versions_until", f" AND v.known_to < {FOREVER}"),
)


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
    rows_after, params = await _nearer(database, at)
    month = month_of(instant(at)) + rows_after
    block = month - month % BLOCK
    months_after = month - block > BLOCK // 2
    until, first, last = (block + BLOCK, month, block + BLOCK) if months_after else (block, block, month)
    params |= {"lane": lane, "facet": facet, "position": at.position, "block": BLOCK}
    sql = _statement(database.dialect, bool(lane), facet, months_after, rows_after)
    rows = await database.read(sql, {**params, "until": until, "from": first, "to": last})
    if rows[0][0] != at.position:
        return None
    return {value: count for _, value, count in rows if value is not None}


async def _nearer(database: Database, at: Moment) -> tuple[bool, dict[str, Any]]:
    """Whether less became known or ceased in the month of a moment after it than before; and where the month begins,
    goes on after the moment, and ends.
    """
    (start, end), after = _month(instant(at)), at.known + 1
    params: dict[str, Any] = {"start": start, "after": after, "end": end}
    few, found = LEAST, (LEAST, LEAST)
    while min(found) >= few:
        few *= 10
        found = (await database.read(_sides(database.dialect), {**params, "few": few}))[0]
    return found[0] > found[1], params


def _month(known: datetime) -> tuple[int, int]:
    """When the month of an instant begins, and the next one."""
    start = datetime(known.year, known.month, 1, tzinfo=UTC)
    length = timedelta(days=monthrange(known.year, known.month)[1])
    return to_micros(start), to_micros(start) + length // timedelta(microseconds=1)


@lru_cache
def _sides(dialect: Dialect) -> str:
    """How many rows lie in a month up to a moment and how many after it, each end counted to `few` and no further."""
    sides = (("start", "after"), ("after", "end"))
    few = "(SELECT COUNT(*) FROM (SELECT 1 {rows} LIMIT :few) x)"
    counted = [[few.format(rows=end.between(dialect, *side)) for end in _ENDS] for side in sides]
    return f"SELECT {', '.join(map(' + '.join, counted))}"


@lru_cache
def _statement(dialect: Dialect, of_one: bool, facet: str, months_after: bool, rows_after: bool) -> str:
    """The blocks, the months before or after, and the ends of versions before or after, summed by value."""
    parts = [_BLOCKS, _MONTHS.format(sign="-" if months_after else "")]
    counted, side = (_OF_ONE if of_one else _OF_ALL)[facet], ("after", "end") if rows_after else ("start", "after")
    column = counted.column.format(named=NAMED[dialect])
    for end in _ENDS:
        rows = end.between(dialect, *side, counted.joined, f"{_SHOWN}{counted.more}")
        sign = -end.sign if rows_after else end.sign
        if counted.joined:  # a version may have a value by several participants
            rows = f"FROM (SELECT DISTINCT v.action, v.known_from, {column} AS value {rows}) y"
        parts.append(f"SELECT {'value' if counted.joined else column} AS value, {sign} {rows}")
    return _COUNTED.format(parts=" UNION ALL ".join(parts))
