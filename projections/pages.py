"""Reading the timeline: pages, single actions, and all versions in a window, at a moment."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from projections.database import Database, Params, Row
from projections.filters import Filters
from projections.readmodel import Moment
from projections.search import Dialect
from projections.stretches import UNDATED
from projections.summed import lane_of, tallied
from projections.wanted import KNOWN, Wanted, unsliced, wanted

Sort = Literal["date", "-date"]
_KEYS = "v.day, v.action, v.state, v.known_from, v.known_to"
_ROW = "v.day, v.action, s.json, v.known_from, v.known_to"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the last row's day, empty among the undated, and its action."""

    day: str
    action: str


@dataclass(frozen=True, slots=True)
class _Order:
    """What a page is sorted by, and after which place it begins."""

    columns: Sequence[str]
    newest_first: bool = False
    after: Place | None = None

    def by(self, row: str = "") -> str:
        return ", ".join(f"{row}{column}{' DESC' if self.newest_first else ''}" for column in self.columns)

    def condition(self) -> str:
        if self.after is None:
            return ""
        return f" AND (v.day, v.action) {'<' if self.newest_first else '>'} (:after_day, :after_action)"


async def page(
    database: Database, filters: Filters, at: Moment, sort: Sort, after: Place | None, limit: int
) -> list[Row]:
    """Up to `limit` rows of (day, action, json, known_from, known_to) after a place.

    The dated come in order of day and id, then the undated, whose day is empty, in order of id.
    """
    order = _Order(("day", "action"), sort == "-date", after)
    return await _read(database, await unsliced(database, filters, at), order, limit)


async def window(database: Database, filters: Filters, position: int, limit: int) -> list[Row]:
    """Every version, at any moment of the reported clock: (json, known_from, known_to), oldest first, up to `limit`."""
    order = _Order(("day", "action", "known_from"))
    rows = await _read(database, await unsliced(database, filters, None, position), order, limit)
    return [row[2:] for row in rows]


async def _read(database: Database, wanted: Wanted, order: _Order, limit: int) -> list[Row]:
    rows: list[Row] = []
    after = order.after
    if after:
        wanted.params.update(after_day=after.day, after_action=after.action)
    if not after or after.day:
        for parts in _dated(wanted, order.newest_first):
            if parts:
                rows += await _merged(database, wanted, parts, order, limit - len(rows))
            if len(rows) == limit:
                return rows
    if len(rows) < limit and not wanted.filters.dated:
        undated = replace(order, newest_first=False, after=after if after and not after.day else None)
        rows += await _merged(database, wanted, list(_undated(wanted)), undated, limit - len(rows))
    return rows


async def _merged(database: Database, wanted: Wanted, parts: Sequence[str], order: _Order, limit: int) -> list[Row]:
    return await database.read(_page(database.dialect, wanted, parts, order, limit), wanted.params)


def _dated(wanted: Wanted, newest_first: bool) -> Iterator[list[str]]:
    """Conditions on the dated rows, which are merged from them, for one run of years after the other."""
    if not wanted.lanes:
        yield [f"{wanted.where} AND v.stretch <> {UNDATED}"]
    runs = [run for run in wanted.runs if run.first]
    parted = reversed(runs) if newest_first else (part for run in runs for part in wanted.parted(run))
    for run in parted:
        yield [f"{one} AND {wanted.parts}" for one in wanted.slices(run)]


def _undated(wanted: Wanted) -> Iterator[str]:
    if not wanted.lanes:
        yield f"{wanted.where} AND v.stretch = {UNDATED}"
    for lane in wanted.lanes:
        yield f"v.lane = {lane} AND v.stretch = {UNDATED} AND {wanted.parts}"


def _page(dialect: Dialect, wanted: Wanted, parts: Sequence[str], order: _Order, limit: int) -> str:
    """The parts merged, each read no further than the page goes; an action that stands in several lanes comes once.

    SQLite merges what is sorted as it reads it. PostgreSQL would read all and sort, so each part has its own limit.
    """
    if dialect == "sqlite" and len(wanted.lanes) == 1:
        row = f"SELECT {_ROW} FROM {wanted.source} CROSS JOIN states s WHERE s.state = v.state AND"
        merged = " UNION ALL ".join(f"{row} {one}{order.condition()}" for one in parts)
        return f"{merged} ORDER BY {order.by('v.' if len(parts) == 1 else '')} LIMIT {limit}"
    of_each = f"{{}}{order.condition()} ORDER BY {order.by('v.')} LIMIT {limit}"
    read = [f"SELECT {_KEYS} FROM {wanted.source} WHERE {of_each.format(one)}" for one in parts]
    union = " UNION " if len(wanted.lanes) > 1 else " UNION ALL "
    several = union.join(f"SELECT * FROM ({one}) x{number}" for number, one in enumerate(read))
    keys = read[0] if len(read) == 1 else f"SELECT * FROM ({several}) u ORDER BY {order.by()} LIMIT {limit}"
    return (
        f"SELECT k.day, k.action, s.json, k.known_from, k.known_to FROM ({keys}) k"
        f" JOIN states s ON s.state = k.state ORDER BY {order.by('k.')}"
    )


async def stream(
    database: Database, filters: Filters, at: Moment, sort: Sort, batch: int = 500
) -> AsyncIterator[bytes]:
    """The JSON of every action that the filters leave, in order; bounded memory, whatever their number."""
    after = None
    while rows := await page(database, filters, at, sort, after, batch):
        for row in rows:
            yield bytes(row[2])
        after = Place(rows[-1][0], rows[-1][1])


async def total(database: Database, filters: Filters, at: Moment) -> int:
    """How many actions the filters leave."""
    lane = lane_of(filters)
    kept = None if lane is None else await tallied(database, lane, "kind", at)
    if kept is not None:
        return sum(kept.values())
    found = await wanted(database, filters, at)
    rows = await database.scan(f"SELECT {found.counted} FROM {found.source} WHERE {found.where}", found.params)
    count: int = rows[0][0]
    return count


async def one(database: Database, action: UUID, at: Moment) -> bytes | None:
    """The JSON of one action, whatever its status; None where it was not known then."""
    params: Params = {"action": str(action), "known": at.known, "position": at.position}
    sql = "SELECT s.json FROM versions v JOIN states s ON s.state = v.state WHERE v.lane = '' AND v.action = :action"
    rows = await database.read(f"{sql} AND {KNOWN}", params)
    return bytes(rows[0][0]) if rows else None
