"""Reading the timeline: pages, single actions, and all versions in a window, at a moment."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from projections.database import Database, Params, Row
from projections.filters import Conditions, Filters, conditions
from projections.readmodel import Moment

Sort = Literal["date", "-date"]
_COLUMNS = "v.day, v.action, s.json, v.known_from, v.known_to"
_ROWS = "FROM versions v JOIN states s ON s.state = v.state WHERE "
_HELD = "v.from_position <= :position AND v.to_position > :position"
_KNOWN = f"v.known_from <= :known AND v.known_to > :known AND {_HELD}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the last row's day, null among the undated, and its action."""

    day: str | None
    action: str


async def page(
    database: Database, filters: Filters, at: Moment, sort: Sort, after: Place | None, limit: int
) -> list[Row]:
    """Up to `limit` rows of (day, action, json, known_from, known_to) after a place.

    The dated come in order of day and id, then the undated.
    """
    rows: list[Row] = []
    for dated in (True, False):
        if len(rows) < limit and not (after and dated > (after.day is not None)) and (dated or not filters.dated):
            wanted = wanted_at(database, filters, at)
            order = _part(wanted, dated, sort == "-date", after)
            sql = f"SELECT {_COLUMNS} {_ROWS}{wanted.sql()} ORDER BY {order} LIMIT {limit - len(rows)}"
            rows += await database.read(sql, wanted.params)
    return rows


def _part(wanted: Conditions, dated: bool, newest_first: bool, after: Place | None) -> str:
    """Narrows to the dated or the undated rows after a place; the order they come in."""
    if not dated:
        wanted.add("v.day IS NULL")
        if after and after.day is None:
            wanted.add("v.action > :after", after=after.action)
        return "v.action"
    wanted.add("v.day IS NOT NULL")
    if after:
        beyond = "<" if newest_first else ">"
        wanted.add(f"(v.day, v.action) {beyond} (:after_day, :after)", after_day=after.day, after=after.action)
    return "v.day DESC, v.action DESC" if newest_first else "v.day, v.action"


def wanted_at(database: Database, filters: Filters, at: Moment) -> Conditions:
    """What a version row `v` must meet to be shown at a moment."""
    wanted = conditions(filters, database.dialect)
    wanted.add(_KNOWN, known=at.known, position=at.position)
    return wanted


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
    wanted = wanted_at(database, filters, at)
    rows = await database.read(f"SELECT COUNT(*) {_ROWS}{wanted.sql()}", wanted.params)
    count: int = rows[0][0]
    return count


async def one(database: Database, action: UUID, at: Moment) -> bytes | None:
    """The JSON of one action, whatever its status; None where it was not known then."""
    params: Params = {"action": str(action), "known": at.known, "position": at.position}
    rows = await database.read(f"SELECT s.json {_ROWS}v.action = :action AND {_KNOWN}", params)
    return bytes(rows[0][0]) if rows else None


async def window(database: Database, filters: Filters, position: int, limit: int) -> list[Row]:
    """Every version, at any moment of the reported clock: (json, known_from, known_to), oldest first, up to `limit`."""
    wanted = conditions(filters, database.dialect)
    wanted.add(_HELD, position=position)
    order = "ORDER BY v.day, v.action, v.known_from"
    sql = f"SELECT s.json, v.known_from, v.known_to {_ROWS}{wanted.sql()} {order} LIMIT {limit}"
    return await database.read(sql, wanted.params)
