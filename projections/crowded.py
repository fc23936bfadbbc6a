"""What must be known of very many actions before they are drawn: whether they are that many, when, in which lanes."""

from datetime import date

from projections import pages
from projections.database import Database
from projections.filters import Filters
from projections.kept import of_all
from projections.profiles import grouped
from projections.readmodel import Moment
from projections.summed import lane_of
from projections.wanted import wanted


async def at_least(database: Database, filters: Filters, at: Moment, number: int) -> bool:
    """Whether the filters leave so many actions."""
    if lane_of(filters) is not None:
        return await pages.total(database, filters, at) >= number

    async def counted() -> bool:
        found = await wanted(database, filters, at)
        some = f"SELECT DISTINCT v.state FROM {found.source} WHERE {found.where} LIMIT :enough"
        rows = await database.scan(f"SELECT COUNT(*) FROM ({some}) x", {**found.params, "enough": number})
        return bool(rows[0][0] >= number)

    return await of_all(database, at, ("at least", filters, number), counted)


async def extent(database: Database, filters: Filters, at: Moment) -> tuple[date, date] | None:
    """The first and the last day on which anything begins; None where nothing has a date."""
    first = await pages.page(database, filters, at, "date", None, 1)
    last = await pages.page(database, filters, at, "-date", None, 1)
    days = [date.fromisoformat(row[0]) for row in (*first, *last) if row[0]]
    return (days[0], days[1]) if days else None


async def order(database: Database, filters: Filters, at: Moment, by: str, most: int) -> tuple[list[str], int]:
    """The lanes of most actions, those first, at most so many; and how many lanes there are."""

    async def ranked() -> tuple[list[str], int]:
        rows = await grouped(database, filters, at, by)
        return [row.group[0] for row in rows[:most]], len(rows)

    return await of_all(database, at, ("order", filters, by, most), ranked)
