"""Counting actions: by period, by up to two groups, over the same rows that the timeline shows.

An action counts once for each group value it has, in the period of its `earliest`, else `latest`, else null. Groups
over participants speak of one and the same participant.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from domain.errors import Refused
from projections.database import Database, Row
from projections.filters import Filters
from projections.groups import COLUMNS, joins
from projections.readmodel import Moment
from projections.stretches import EARLIEST
from projections.summed import lane_of, tallied
from projections.wanted import Wanted, wanted

INTERVALS = ("day", "week", "month", "year")
_SIGNS = {"day": 10, "month": 7, "year": 4}
"""How much of an ISO day names its period; of a week nothing does."""
Group = tuple[str, ...]
MOST = 50_000
"""Rows of one answer; an action spread over all days of two centuries alone would have more."""
_TOO_MANY = f"more than {MOST:,} rows; count by a longer interval, or name `from` and `to`"


class TooManyRows(Refused):
    """The counts asked for would fill more rows than one answer may have."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many actions there are of a group in a period; `period` is None for those without a date."""

    period: str | None
    group: Group
    count: float


async def counts(
    database: Database, filters: Filters, at: Moment, interval: str | None, groups: Sequence[str], spread: bool = False
) -> list[Count]:
    """Rows in order of period and groups, those without a date last.

    With `spread` an action whose date is uncertain is shared evenly over its days, open sides left out.
    """
    kept = await _kept(database, filters, at, interval, groups, spread)
    if kept is not None:
        return kept
    found = await wanted(database, filters, at)
    if interval is None or (interval in _SIGNS and not spread):
        return await _of_periods(database, found, interval, groups)
    rows = await database.scan(*statement(found, (EARLIEST, "v.latest") if spread else ("v.day",), groups))
    return _of_days(rows, interval, len(groups))


async def _of_periods(database: Database, found: Wanted, interval: str | None, groups: Sequence[str]) -> list[Count]:
    """The database counts by the beginning of a day that names the period."""
    periods = (f"SUBSTR(v.day, 1, {_SIGNS[interval]})",) if interval else ()
    rows = await database.scan(*statement(found, periods, groups))
    if len(rows) > MOST:
        raise TooManyRows(_TOO_MANY)
    counted = [Count(row[0] or None if interval else None, row[len(periods) : -1], row[-1]) for row in rows]
    return sorted(counted, key=_place)


def _of_days(rows: Iterable[Row], interval: str, groups: int) -> list[Count]:
    """The shares of days that a row begins with, summed over periods."""
    found: defaultdict[tuple[str | None, Group], list[float]] = defaultdict(list)
    for row in rows:
        end = len(row) - 1 - groups
        for period, share in _shares(row[:end], interval):
            found[period, row[end:-1]].append(share * row[-1])
            if len(found) > MOST:
                raise TooManyRows(_TOO_MANY)
    counted = [Count(period, group, _whole(fsum(shares))) for (period, group), shares in found.items()]
    return sorted(counted, key=_place)


def _place(count: Count) -> tuple[bool, str, Group]:
    return count.period is None, count.period or "", count.group


async def _kept(
    database: Database, filters: Filters, at: Moment, interval: str | None, groups: Sequence[str], spread: bool
) -> list[Count] | None:
    """What the tallies have of it; None where the rows must be counted."""
    lane, by_year = lane_of(filters), interval == "year" and not spread
    if lane is None or not ((by_year and not groups) or (interval is None and len(groups) < 2)):
        return None
    facet = "year" if by_year else groups[0] if groups else "kind"
    found = await tallied(database, lane, facet, at)
    if found is None:
        return None
    if by_year:
        rows = [Count(year or None, (), count) for year, count in found.items()]
        return sorted(rows, key=_place)
    if not groups:
        return [Count(None, (), sum(found.values()))]
    return [Count(None, (value,), count) for value, count in sorted(found.items())]


def statement(wanted: Wanted, dates: Sequence[str], groups: Sequence[str]) -> tuple[str, dict[str, object]]:
    columns, joined = [*dates, *(COLUMNS[name] for name in groups)], joins(groups)
    where = " AND ".join([wanted.where, *(f"{COLUMNS[name]} IS NOT NULL" for name in groups)])
    selected = ", ".join([*columns, "COUNT(DISTINCT v.action)" if joined else wanted.counted])
    grouped = f" GROUP BY {', '.join(columns)}" if columns else ""
    return f"SELECT {selected} FROM {wanted.source}{joined} WHERE {where}{grouped}", wanted.params


def _shares(days: Sequence[str | None], interval: str) -> Iterator[tuple[str | None, float]]:
    """The periods that an action with these days falls in, and which share of it each has."""
    known = [date.fromisoformat(day) for day in days if day]
    if not known:
        yield None, 1
        return
    first, last = min(known), max(known)
    total = (last - first).days + 1
    while True:
        end = min(last, _end(first, interval))
        yield period_of(first, interval), ((end - first).days + 1) / total
        if end == last:
            return
        first = end + timedelta(days=1)


def period_of(day: date, interval: str) -> str:
    """``2025-02-17``, ``2025-W08`` (ISO 8601), ``2025-02`` or ``2025``."""
    match interval:
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case "month":
            return day.isoformat()[:7]
        case "year":
            return day.isoformat()[:4]
        case _:
            return day.isoformat()


def _end(day: date, interval: str) -> date:
    """The last day of the period that a day is in."""
    match interval:
        case "week":
            return day + min(timedelta(days=6 - day.weekday()), date.max - day)
        case "month":
            return day.replace(day=monthrange(day.year, day.month)[1])
        case "year":
            return date(day.year, 12, 31)
        case _:
            return day


def _whole(count: float) -> float:
    """Whole numbers as such; shares to the sixth decimal."""
    rounded = round(count, 6)
    return int(rounded) if rounded == int(rounded) else rounded
