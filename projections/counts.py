"""Counting actions: by period, by up to two groups, over the same rows that the timeline shows.

An action counts once for each group value it has, in the period of its `earliest`, else `latest`, else null. Groups
over participants speak of one and the same participant.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from domain.errors import Refused
from projections import months
from projections.database import Database, Row
from projections.filters import Filters
from projections.groups import COLUMNS, joins
from projections.readmodel import Moment
from projections.shares import shares, whole
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
    return _listed({row[:-1] if interval else ("", *row[:-1]): row[-1] for row in rows})


def _listed(sums: Mapping[tuple[str, ...], int]) -> list[Count]:
    """From (period, *groups) -> count; the period of what has none is empty."""
    if len(sums) > MOST:
        raise TooManyRows(_TOO_MANY)
    found = [Count(key[0] or None, key[1:], sums[key]) for key in sorted(sums)]
    undated = bisect_left(found, True, key=lambda count: count.period is not None)
    return found[undated:] + found[:undated]


def _of_days(rows: Iterable[Row], interval: str, groups: int) -> list[Count]:
    """The shares of days that a row begins with, summed over periods."""
    found: defaultdict[tuple[str | None, Group], list[float]] = defaultdict(list)
    for row in rows:
        end = len(row) - 1 - groups
        for period, share in shares(row[:end], interval):
            found[period, row[end:-1]].append(share * row[-1])
            if len(found) > MOST:
                raise TooManyRows(_TOO_MANY)
    counted = [Count(period, group, whole(fsum(shares))) for (period, group), shares in found.items()]
    return sorted(counted, key=_place)


def _place(count: Count) -> tuple[bool, str, Group]:
    return count.period is None, count.period or "", count.group


async def _kept(
    database: Database, filters: Filters, at: Moment, interval: str | None, groups: Sequence[str], spread: bool
) -> list[Count] | None:
    """What the tallies have of it; None where the rows must be counted."""
    lane = lane_of(filters)
    if lane is None or (spread and interval):
        return None
    if interval == "year" and not groups:
        years = await tallied(database, lane, "year", at)
        return None if years is None else _listed({(year,): count for year, count in years.items()})
    if interval in months.INTERVALS and {*groups} <= months.GROUPS.keys():
        return await _by_month(database, lane, at, interval, groups)
    if interval or len(groups) > 1:
        return None
    found = await tallied(database, lane, groups[0] if groups else "kind", at)
    if found is None:
        return None
    return _listed({("", value): count for value, count in found.items()} if groups else {("",): sum(found.values())})


async def _by_month(
    database: Database, lane: str, at: Moment, interval: str, groups: Sequence[str]
) -> list[Count] | None:
    sums = await months.counted(database, lane, at, _SIGNS[interval], groups)
    return None if sums is None else _listed(sums)


def statement(wanted: Wanted, dates: Sequence[str], groups: Sequence[str]) -> tuple[str, dict[str, object]]:
    columns, joined = [*dates, *(COLUMNS[name] for name in groups)], joins(groups)
    where = " AND ".join([wanted.where, *(f"{COLUMNS[name]} IS NOT NULL" for name in groups)])
    selected = ", ".join([*columns, "COUNT(DISTINCT v.state)" if joined else wanted.counted])
    grouped = f" GROUP BY {', '.join(columns)}" if columns else ""
    return f"SELECT {selected} FROM {wanted.source}{joined} WHERE {where}{grouped}", wanted.params
