"""How many actions lie in each lane and period: for pictures too full for single marks. The database counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from projections.counts import counts, statement
from projections.database import Database
from projections.filters import Filters
from projections.groups import COLUMNS
from projections.readmodel import Moment
from projections.summed import tallied
from projections.wanted import wanted


@dataclass(frozen=True, slots=True)
class Cell:
    """`period` is the beginning of an ISO day: of 4 signs a year, of 7 a month, of 10 the day itself."""

    lane: str
    period: str
    count: int


async def total(database: Database, filters: Filters, at: Moment) -> int:
    """How many actions the filters leave; without looking at each, where that is kept."""
    [row] = await counts(database, filters, at, None, ())
    return int(row.count)


async def extent(database: Database, filters: Filters, at: Moment) -> tuple[date, date] | None:
    """The first and the last day on which anything begins; None where nothing has a date."""
    found = await wanted(database, filters, at)
    sql = f"SELECT MIN(v.day), MAX(v.day) FROM {found.source} WHERE {found.where} AND v.day <> ''"
    [[first, last]] = await database.read(sql, found.params)
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else None


async def cells(
    database: Database, filters: Filters, at: Moment, by: str, lanes: Sequence[str], signs: int
) -> list[Cell]:
    """The counts of these lanes; an action lies where it begins, and in each lane of a group that it has."""
    kept = await _by_year(database, at, lanes) if (filters, by, signs) == (Filters(), "country", 4) else None
    return kept if kept is not None else await _counted(database, filters, at, by, lanes, signs)


async def _by_year(database: Database, at: Moment, lanes: Sequence[str]) -> list[Cell] | None:
    """What the tallies have of each country; None where they have it not at this position."""
    found = [(lane, await tallied(database, lane, "year", at)) for lane in lanes]
    if any(years is None for _, years in found):
        return None
    return [Cell(lane, year, count) for lane, years in found if years for year, count in years.items() if year]


async def _counted(
    database: Database, filters: Filters, at: Moment, by: str, lanes: Sequence[str], signs: int
) -> list[Cell]:
    found = await wanted(database, filters, at)
    names = {f"lane_{number}": lane for number, lane in enumerate(lanes)}
    among = f"{COLUMNS[by]} IN ({', '.join(f':{name}' for name in names)})"
    found = replace(found, where=f"{found.where} AND v.day <> '' AND {among}", params={**found.params, **names})
    rows = await database.scan(*statement(found, [f"substr(v.day, 1, {signs})"], [by])) if lanes else []
    return [Cell(lane, period, count) for period, lane, count in rows]
