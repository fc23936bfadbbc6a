"""How many actions lie in each lane and period: for pictures too full for single marks. The database counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from projections.counts import statement
from projections.database import Database
from projections.filters import Filters
from projections.groups import COLUMNS
from projections.readmodel import Moment
from projections.wanted import wanted


@dataclass(frozen=True, slots=True)
class Cell:
    """`period` is the beginning of an ISO day: of 4 signs a year, of 7 a month, of 10 the day itself."""

    lane: str
    period: str
    count: int


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
    found = await wanted(database, filters, at)
    names = {f"lane_{number}": lane for number, lane in enumerate(lanes)}
    among = f"{COLUMNS[by]} IN ({', '.join(f':{name}' for name in names)})"
    found = replace(found, where=f"{found.where} AND v.day <> '' AND {among}", params={**found.params, **names})
    rows = await database.read(*statement(found, [f"substr(v.day, 1, {signs})"], [by])) if lanes else []
    return [Cell(lane, period, count) for period, lane, count in rows]
