"""One change after the other, newest first on the reported clock: versions that a view shows, or shows no longer.

A version `w` follows another one of its action, which ended where it begins.
"""

from dataclasses import dataclass

from projections.clockwise import of, way_in
from projections.database import Database
from projections.differences import Place
from projections.filters import Filters, conditions
from projections.readmodel import Moment
from projections.wanted import HELD

_RECENT = (
    "SELECT r.known_from, r.action, r.from_position, r.was_shown, r.is_shown, s.json FROM"
    " (SELECT w.known_from, w.action, w.from_position, w.state,"
    " CASE WHEN {own} THEN 1 = 1 ELSE 1 = 0 END AS is_shown,"
    " EXISTS (SELECT 1 FROM versions v"
    f" WHERE v.lane = '' AND v.action = w.action AND v.known_to = w.known_from AND {HELD} AND {{wanted}}) AS was_shown"
    f" FROM {{way_in}} AND {of('w', HELD)}"
    " AND w.known_from <= :known AND (w.known_from, w.action) < (:since, :before)) r"
    " JOIN states s ON s.state = r.state WHERE r.is_shown OR r.was_shown"
    " ORDER BY r.known_from DESC, r.action DESC LIMIT {limit}"
)


@dataclass(frozen=True, slots=True)
class Recent:
    """A version: where it begins on both clocks, whether the view shows it and showed the one before, its JSON."""

    place: Place
    from_position: int
    was_shown: bool
    is_shown: bool
    json: bytes


async def recent(database: Database, filters: Filters, at: Moment, before: Place | None, limit: int) -> list[Recent]:
    """Up to `limit` versions that began by a moment, before a place; the newest first."""
    wanted = conditions(filters, database.dialect)
    begin, every = await way_in(database, wanted, "known_from"), wanted.anywhere()
    place = before or Place(at.known + 1, "")
    params = {"known": at.known, "position": at.position, "since": place.since, "before": place.action}
    sql = _RECENT.format(way_in=begin, wanted=every, own=of("w", every), limit=limit)
    rows = await database.read(sql, {**wanted.params, **params})
    return [Recent(Place(row[0], row[1]), row[2], bool(row[3]), bool(row[4]), bytes(row[5])) for row in rows]
