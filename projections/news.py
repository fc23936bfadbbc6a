"""On which days of the reported clock something became known, was read differently, or was known no more."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.instants import A_DAY, FOREVER
from projections.database import Database
from projections.filters import Filters
from projections.readmodel import Moment
from projections.wanted import wanted

_EPOCH = date(1970, 1, 1)
_ENDS = ("v.known_from", "v.known_to")


@dataclass(frozen=True, slots=True)
class News:
    """How many actions changed on a day, UTC."""

    day: date
    count: int


async def days(database: Database, filters: Filters, at: Moment) -> list[News]:
    """Of the actions that the filters leave at any time, up to a moment; oldest first."""
    found = await wanted(database, filters, None, at.position)
    params = {**found.params, "known": min(at.known, FOREVER - 1), "length": A_DAY}
    each = " UNION ALL ".join(
        f"SELECT v.action, {_day_of(end)} AS day FROM {found.source} WHERE {found.where} AND {end} <= :known"
        for end in _ENDS
    )
    sql = f"SELECT day, COUNT(DISTINCT action) FROM ({each}) news GROUP BY day ORDER BY day"
    return [News(_EPOCH + timedelta(int(day)), count) for day, count in await database.scan(sql, params)]


def _day_of(column: str) -> str:
    """Whole days since 1970, downwards before it too: both databases divide towards zero."""
    return f"({column} - (({column} % :length) + :length) % :length) / :length"
