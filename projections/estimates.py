"""About how much there is to read, from the blocks of the tallies: soon known, and enough to choose a way by."""

from collections.abc import Sequence

from projections.cells import AFTER, BLOCK, IS_VALUE, VALUES, first_cell
from projections.database import Database, placeholders
from projections.rows import EVERYTHING

_BLOCKS = AFTER - BLOCK << VALUES
_OF_YEARS = (
    f"SELECT SUM(t.count) FROM tallies t CROSS JOIN names n WHERE n.number = t.cell & {IS_VALUE}"
    " AND t.cell >= :first AND t.cell < :last AND n.name >= :start AND n.name <= :end"
)


async def often(database: Database, countries: Sequence[str]) -> dict[str, int]:
    """In about how many roles each of them takes part in actions, at any moment; those in none are left out."""
    first = {first_cell(country, "own role", BLOCK): country for country in countries}
    names, params = placeholders(list(first))
    blocks = "SELECT SUM(count) FROM tallies WHERE cell >= o.column1 AND cell < o.column1 + :blocks"
    sql = f"SELECT o.column1, ({blocks}) FROM (VALUES ({names.replace(', ', '), (')})) o"
    rows = await database.read(sql, {**params, "blocks": _BLOCKS})
    return {first[cell]: count for cell, count in rows if count}


async def rows_of(database: Database, lanes: Sequence[str], start: str | None, end: str | None, facts: int) -> int:
    """About how many rows lie in these lanes (none: that of all) between two days, in a log of so many facts.

    By whole years.
    """
    if not lanes and not start and not end:
        return facts
    years = {"start": (start or "")[:4], "end": (end or "9999")[:4]}
    found = 0
    for lane in lanes or (EVERYTHING,):
        first = first_cell(lane, "year", BLOCK)
        found += int((await database.read(_OF_YEARS, {**years, "first": first, "last": first + _BLOCKS}))[0][0] or 0)
    return found
