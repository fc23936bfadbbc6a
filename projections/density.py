"""How many actions there are in each lane and period: for pictures too full for single marks. The database counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from projections import pages
from projections.crowded import order
from projections.database import Database
from projections.filters import Filters, in_range
from projections.groups import COLUMNS, joins
from projections.readmodel import Moment
from projections.summed import tallied
from projections.wanted import Wanted, wanted


@dataclass(frozen=True, slots=True)
class Cell:
    """`period` is the beginning of an ISO day: of 4 signs a year, of 7 a month, of 10 the day itself."""

    lane: str
    period: str
    count: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What to count: `inside` are the filters with the days in the picture, `wide` those of the days beside it, too.

    `lanes` are those to draw, in order, of `in_all`; None for those with most actions, at most `most`. `signs` as in
    `Cell`.
    """

    inside: Filters
    wide: Filters
    by: str
    most: int
    signs: int
    lanes: Sequence[str] | None = None
    in_all: int = 0

    @property
    def is_tallied(self) -> bool:
        return (self.inside, self.wide, self.by, self.signs) == (Filters(), Filters(), "country", 4)


@dataclass(frozen=True, slots=True)
class Counted:
    """`total` and `lanes`, of which there are `in_all`, are of the days in the picture; `cells` of the lanes drawn."""

    total: int
    lanes: Sequence[tuple[str, int]]
    in_all: int
    cells: Sequence[Cell]


async def counted(database: Database, picture: Picture, at: Moment) -> Counted:
    """From the tallies, where they have it; else all of it is counted in one look at the rows."""
    kept = await _tallied(database, picture, at) if picture.is_tallied else None
    return kept or await _scanned(database, picture, at)


async def _tallied(database: Database, picture: Picture, at: Moment) -> Counted | None:
    """None where the tallies have it not at this position."""
    drawn, in_all = picture.lanes, picture.in_all
    if drawn is None:
        drawn, in_all = await order(database, picture.inside, at, picture.by, picture.most)
    found = [(lane, await tallied(database, lane, "year", at)) for lane in drawn]
    lanes = [(lane, sum(years.values())) for lane, years in found if years is not None]
    if len(lanes) < len(found):
        return None
    cells = [Cell(lane, year, count) for lane, years in found for year, count in (years or {}).items() if year]
    return Counted(await pages.total(database, picture.inside, at), lanes, in_all, cells)


async def _scanned(database: Database, picture: Picture, at: Moment) -> Counted:
    sql, params = _statement(await wanted(database, picture.wide, at), picture)
    total, lanes, cells = 0, {}, []
    for lane, period, count in await database.scan(sql, params):
        if lane is None:
            total = count or 0
        elif period is None:
            lanes[lane] = count
        else:
            cells.append(Cell(lane, period, count))
    if picture.lanes is not None:
        return Counted(total, [(lane, lanes.get(lane, 0)) for lane in picture.lanes], picture.in_all, cells)
    most_first = sorted(lanes.items(), key=lambda one: (-one[1], one[0]))
    return Counted(total, most_first[: picture.most], len(lanes), cells)


def _statement(found: Wanted, picture: Picture) -> tuple[str, dict[str, object]]:
    """Rows of (lane, period, count): the total under neither, then lanes without a period, then cells."""
    column, joined = COLUMNS[picture.by], joins([picture.by])
    start, end = picture.inside.start, picture.inside.end
    inside = in_range(start and ":inside_start", end and ":inside_end", picture.inside.date_match)
    params = {**found.params, "inside_start": start, "inside_end": end, "most": picture.most}
    named = {f"lane_{number}": lane for number, lane in enumerate(picture.lanes or ())}
    drawn = "SELECT lane FROM lanes ORDER BY count DESC, lane LIMIT :most"
    if picture.lanes is not None:
        drawn, params = ", ".join(f":{name}" for name in named) or "NULL", {**params, **named}
    sql = (
        f"WITH seen AS (SELECT {found.distinct}v.state, v.kind, v.status, v.outcome,"
        f" SUBSTR(v.day, 1, {picture.signs}) AS period, CASE WHEN {inside} THEN 1 ELSE 0 END AS inside"
        f" FROM {found.source} WHERE {found.where}),"
        f" cells AS (SELECT {column} AS lane, v.period, v.inside, COUNT(DISTINCT v.state) AS count FROM seen v{joined}"
        f" WHERE {column} IS NOT NULL GROUP BY {column}, v.period, v.inside),"
        " lanes AS (SELECT lane, CAST(SUM(count) AS BIGINT) AS count FROM cells WHERE inside = 1 GROUP BY lane)"
        " SELECT NULL, NULL, SUM(inside) FROM seen UNION ALL SELECT lane, NULL, count FROM lanes UNION ALL"
        " SELECT lane, period, CAST(SUM(count) AS BIGINT) FROM cells"
        f" WHERE period <> '' AND lane IN ({drawn}) GROUP BY lane, period"
    )
    return sql, params
