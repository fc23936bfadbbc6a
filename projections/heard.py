"""When the public could first know of actions, beside the days that they are on: two clocks of a view, side by side."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from projections.database import Database
from projections.filters import Filters
from projections.readmodel import Moment
from projections.search import Dialect
from projections.wanted import wanted

NAMED: dict[Dialect, str] = {
    "sqlite": "CAST(julianday(NULLIF(v.day, '')) - 1721425.5 AS INTEGER)",
    "postgres": "(CAST(NULLIF(v.day, '') AS DATE) - DATE '0001-01-01')",
}
"""Days from 1 January of the year 1 to the day of an action, the earliest that is possible; NULL where it has none.

So is `heard` counted, the day, UTC, on which the action became known.
"""
Lag = Literal["ahead", "day", "week", "month", "year", "later", "undated"]
"""How long after an action the public heard of it: before it, on its day, within 7, 31 or 366 days, later."""
_LAGS = (
    "WITH x AS MATERIALIZED (SELECT {distinct}v.heard, {named} AS named FROM {source} WHERE {where})"
    " SELECT x.heard, CASE WHEN x.named IS NULL THEN 'undated' WHEN x.heard < x.named THEN 'ahead'"
    " WHEN x.heard = x.named THEN 'day' WHEN x.heard - x.named <= 7 THEN 'week'"
    " WHEN x.heard - x.named <= 31 THEN 'month' WHEN x.heard - x.named <= 366 THEN 'year' ELSE 'later' END, COUNT(*)"
    " FROM x GROUP BY 1, 2 ORDER BY 1, 2"
)
"""Materialized: else SQLite works out for each comparison anew which day is named."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How many actions became known on a day, with one lag."""

    day: date
    lag: Lag
    count: int


async def lags(database: Database, filters: Filters, at: Moment) -> list[Heard]:
    """What the filters leave, by the day on which it became known, the first day first."""
    shown = await wanted(database, filters, at)
    distinct = "DISTINCT v.state, " if shown.distinct else ""
    parts = {"distinct": distinct, "source": shown.source, "where": shown.where}
    sql = _LAGS.format(named=NAMED[database.dialect], **parts)
    return [Heard(date.fromordinal(day + 1), lag, count) for day, lag, count in await database.scan(sql, shown.params)]
