"""Counts as of any moment, by one group, from the sums of deltas that projections/tallies.py keeps.

A count is the sum of the blocks of years before that of the moment, of the months of its block before its own, of the
days of its month before its own, and of what became known or ceased on that day up to it. Or the sum of its block,
month or day is in it too, less what came after: whichever is less to read. Of the version rows of a day it is looked on
which side of the moment fewer lie.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from domain.instants import A_DAY, FOREVER, to_micros
from projections.cells import BLOCK, BLOCK_OF, DAY, IS_VALUE, MONTH, OF_A_COUNTRY, block_of, first_cell, month_of
from projections.database import Database
from projections.facets import OF_ALL, OF_ONE
from projections.filters import Filters
from projections.heard import NAMED
from projections.readmodel import Moment
from projections.rows import EVERYTHING
from projections.search import Dialect
from projections.tallies import HIDDEN
from projections.wanted import HELD, instant

MANY = ("month",)
"""Facets of so many values that they are summed in a thread."""
LEAST = 100
"""A tenth of the rows that are counted at first on either side of a moment: where fewer lie, that is exact enough."""
_COUNTED = (
    "SELECT reached.position, t.value, t.count FROM positions reached LEFT JOIN"
    " (SELECT value, CAST(SUM(count) AS BIGINT) AS count FROM ({parts}) x WHERE value IS NOT NULL GROUP BY value) t"
    " ON t.count <> 0 WHERE reached.name = 'live'"
)
_KEPT = (
    "SELECT n.name AS value, k.count FROM"
    f" (SELECT cell & {IS_VALUE} AS number, SUM(count) AS count FROM ({{parts}}) p GROUP BY 1) k"
    " JOIN names n ON n.number = k.number"
)
_PART = "SELECT cell, {sign}count AS count FROM tallies WHERE cell >= :{name}_from AND cell < :{name}_to"
"""The blocks, of a block the months, of a month the days, before a moment or after it."""
_BETWEEN = "FROM versions v{indexed}{joined} WHERE v.lane = '' AND v.{end} >= :{first} AND v.{end} < :{last}{more}"
_SHOWN = f" AND {HELD} AND v.status NOT IN {HIDDEN}"


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
        return EVERYTHING
    if filters == Filters(country=filters.country) and len(filters.country) == 1:
        return filters.country[0]
    return None


async def tallied(database: Database, lane: str, facet: str, at: Moment) -> dict[str, int] | None:
    """value -> count at a moment. None where it is not kept, or not at this position: the rows must be counted then."""
    if lane and facet not in OF_A_COUNTRY:
        return None
    rows_after, params = await _nearer(database, at)
    day = instant(at).toordinal() + rows_after
    month = month_of(day)
    days = _cut(day, _first_day(month), _first_day(month + 1))
    months = _cut(month + days.after, block_of(month + days.after), block_of(month + days.after) + BLOCK_OF)
    params |= {"lane": lane, "position": at.position}
    blocks = _Cut(False, 0, months.last if months.after else months.first)
    for name, start, part in (("block", BLOCK, blocks), ("month", MONTH, months), ("day", DAY, days)):
        params[f"{name}_from"] = first_cell(lane, facet, start + part.first)
        params[f"{name}_to"] = first_cell(lane, facet, start + part.last)
    read = database.scan if facet in MANY else database.read
    rows = await read(_statement(database.dialect, bool(lane), facet, months.after, days.after, rows_after), params)
    if rows[0][0] != at.position:
        return None
    return {value: count for _, value, count in rows if value is not None}


@dataclass(frozen=True, slots=True)
class _Cut:
    """The smaller part of what a point parts, from `first` to before `last`, and whether it is the one `after` it."""

    after: bool
    first: int
    last: int


def _cut(point: int, start: int, end: int) -> _Cut:
    return _Cut(True, point, end) if end - point < point - start else _Cut(False, start, point)


def _first_day(month: int) -> int:
    """The number of its first day; after the last month that of the day after the last one."""
    year, number = divmod(month, 12)
    return date(year, number + 1, 1).toordinal() if year <= date.max.year else date.max.toordinal() + 1


async def _nearer(database: Database, at: Moment) -> tuple[bool, dict[str, Any]]:
    """Whether less became known or ceased on the day of a moment after it than before; and where the day begins, goes
    on after the moment, and ends.
    """
    midnight = instant(at).replace(hour=0, minute=0, second=0, microsecond=0)
    start = to_micros(midnight)
    params: dict[str, Any] = {"start": start, "after": at.known + 1, "end": start + A_DAY}
    few, found = LEAST, (LEAST, LEAST)
    while min(found) >= few:
        few *= 10
        found = (await database.read(_sides(database.dialect), {**params, "few": few}))[0]
    return found[0] > found[1] and midnight.date() < date.max, params


@lru_cache
def _sides(dialect: Dialect) -> str:
    """How many rows lie in a day up to a moment and how many after it, each end counted to `few` and no further."""
    sides = (("start", "after"), ("after", "end"))
    few = "(SELECT COUNT(*) FROM (SELECT 1 {rows} LIMIT :few) x)"
    counted = [[few.format(rows=end.between(dialect, *side)) for end in _ENDS] for side in sides]
    return f"SELECT {', '.join(map(' + '.join, counted))}"


@lru_cache
def _statement(
    dialect: Dialect, of_one: bool, facet: str, months_after: bool, days_after: bool, rows_after: bool
) -> str:
    """The blocks, the months, the days and the ends of versions, each of these before or after, summed by value."""
    spans = (("block", False), ("month", months_after), ("day", days_after))
    kept = " UNION ALL ".join(_PART.format(name=name, sign="-" if after else "") for name, after in spans)
    parts = [_KEPT.format(parts=kept)]
    counted, side = (OF_ONE if of_one else OF_ALL)[facet], ("after", "end") if rows_after else ("start", "after")
    column = counted.column.format(named=NAMED[dialect])
    for end in _ENDS:
        rows = end.between(dialect, *side, counted.joined, f"{_SHOWN}{counted.more}")
        sign = -end.sign if rows_after else end.sign
        if counted.joined:  # a version may have a value by several participants
            rows = f"FROM (SELECT DISTINCT v.action, v.known_from, {column} AS value {rows}) y"
        parts.append(f"SELECT {'value' if counted.joined else column} AS value, {sign} {rows}")
    return _COUNTED.format(parts=" UNION ALL ".join(parts))
