"""What a view shows otherwise at a moment than at an earlier one, by the version rows alone.

Of the two moments one clock is the same, and whatever is known at the earlier one is known at the later one. So the row
that an action has at the later one (`w`) says by itself whether anything can differ: on the clock that moves it begins
after the earlier moment. No other action is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from projections.clockwise import lane_of_all, of, way_in
from projections.database import AT_ONCE, Database, Params, chunks, placeholders
from projections.filters import Filters, conditions
from projections.readmodel import Moment

_AT = (
    "v.known_from <= :known_{0} AND v.known_to > :known_{0}"
    " AND v.from_position <= :position_{0} AND v.to_position > :position_{0}"
)
_BEFORE, _AFTER = (_AT.format(side) for side in ("before", "after"))
_OWN = "SELECT 1 FROM versions v WHERE v.lane = '' AND v.action = w.action AND"
_DIFFERING = (
    "SELECT d.since, d.action, d.was_shown, d.is_shown, s.json FROM (SELECT w.{axis} AS since, w.action, w.state,"
    f" EXISTS ({_OWN} {_BEFORE} AND {{wanted}}) AS was_shown, CASE WHEN {{own}} THEN 1 = 1 ELSE 1 = 0 END AS is_shown"
    f" FROM {{way_in}} AND {of('w', _AFTER)} AND w.{{axis}} > :start"
    f" AND (w.{{axis}}, w.action) > (:since, :after) AND NOT EXISTS ({_OWN} {_BEFORE} AND v.state = w.state)) d"
    " JOIN states s ON s.state = d.state WHERE d.is_shown OR d.was_shown ORDER BY d.since, d.action LIMIT {limit}"
)
_HELD = {
    "known_from": "v.from_position <= :position_after AND v.to_position > :position_after",
    "from_position": "v.known_from <= :known_after AND v.known_to > :known_after",
}
"""What versions meet between the moments, by the column with their start on the clock that moves."""
_BETWEEN = (
    "SELECT v.action, v.{axis}, CASE WHEN {wanted} THEN 1 ELSE 0 END FROM {versions} AND v.action IN ({actions})"
    " AND {held} AND v.{axis} > :start AND v.{axis} <= :end ORDER BY v.action, v.{axis}"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: where a version begins on the clock that moves, and whose it is."""

    since: int
    action: str


@dataclass(frozen=True, slots=True)
class Differing:
    """An action as it is at the later moment: since when, whether the view showed it before, shows it, its JSON."""

    place: Place
    was_shown: bool
    is_shown: bool
    json: bytes


@dataclass(frozen=True, slots=True)
class Between:
    """Two moments with one clock in common, the later one second."""

    before: Moment
    after: Moment

    @property
    def by_date(self) -> bool:
        """Whether the reported clock moves, at one position; else the position does, at one day of knowledge."""
        return self.before.position == self.after.position

    @property
    def axis(self) -> str:
        return "known_from" if self.by_date else "from_position"

    def params(self) -> dict[str, int]:
        sides = {"before": self.before, "after": self.after}
        start, end = ((at.known if self.by_date else at.position) for at in sides.values())
        known = {f"known_{side}": at.known for side, at in sides.items()}
        return {"start": start, "end": end, **known, **{f"position_{side}": at.position for side, at in sides.items()}}


async def differing(
    database: Database, filters: Filters, between: Between, after: Place | None, limit: int
) -> list[Differing]:
    """The actions whose state is another one and that the view shows on either side, up to `limit` after a place.

    They come in the order in which they became what they are at the later moment.
    """
    wanted, params = conditions(filters, database.dialect), between.params()
    place = after or Place(params["start"], "")
    begin, every = await way_in(database, wanted, between.axis), wanted.anywhere()
    sql = _DIFFERING.format(axis=between.axis, way_in=begin, wanted=every, own=of("w", every), limit=limit)
    asked: Params = {**wanted.params, **params, "since": place.since, "after": place.action}
    rows = await database.read(sql, asked)
    return [Differing(Place(row[0], row[1]), bool(row[2]), bool(row[3]), bytes(row[4])) for row in rows]


async def turns(database: Database, filters: Filters, between: Between, actions: Sequence[str]) -> dict[str, int]:
    """Since where on the clock that moves the view shows, or does not show, each action as at the later moment.

    Of an action that never turned in between, where its first version in between begins.
    """
    found: dict[str, int] = {}
    shown: dict[str, bool] = {}
    versions = lane_of_all(database.dialect, "v", "action")
    for some in chunks(actions, AT_ONCE):
        wanted, (names, values) = conditions(filters, database.dialect), placeholders(some)
        sql = _BETWEEN.format(
            axis=between.axis, wanted=wanted.anywhere(), actions=names, held=_HELD[between.axis], versions=versions
        )
        for action, since, shows in await database.read(sql, {**wanted.params, **values, **between.params()}):
            if shown.get(action) != bool(shows):
                found[action], shown[action] = since, bool(shows)
    return found
