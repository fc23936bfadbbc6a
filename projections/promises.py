"""What was announced ahead: what became of it, and how many days ahead it was announced."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from domain.events import OUTCOMES
from projections.database import Database, Row
from projections.filters import Filters
from projections.heard import NAMED
from projections.readmodel import Moment
from projections.summed import lane_of, tallied
from projections.wanted import wanted

_AHEAD = (
    "SELECT v.outcome, {named} - v.heard, {counted} FROM {source} WHERE {where} AND v.outcome IS NOT NULL GROUP BY 1, 2"
)


@dataclass(frozen=True, slots=True)
class Promises:
    """What became of how many announcements; `ahead` counts them by days between the word and the day it named."""

    outcome: str
    count: int
    ahead: tuple[tuple[int, int], ...]

    def days_ahead(self) -> tuple[int, int, int] | None:
        """The fewest, the median (of two the lower) and the most days ahead; None where none has a date."""
        if not self.ahead:
            return None
        up_to = list(accumulate(count for _, count in self.ahead))
        median = next(days for (days, _), so_far in zip(self.ahead, up_to, strict=True) if 2 * so_far >= up_to[-1])
        return self.ahead[0][0], median, self.ahead[-1][0]


async def promises(database: Database, filters: Filters, at: Moment) -> list[Promises]:
    """For each outcome that there can be, of what the filters leave."""
    found: defaultdict[str, list[tuple[int | None, int]]] = defaultdict(list)
    kept = await _kept(database, filters, at)
    for outcome, days, count in await _read(database, filters, at) if kept is None else kept:
        found[outcome].append((days, count))
    return [_promises(outcome, found[outcome]) for outcome in OUTCOMES]


async def _kept(database: Database, filters: Filters, at: Moment) -> list[Row] | None:
    """(outcome, days ahead, count) from the tallies; None where rows must be read."""
    lane = lane_of(filters)
    kept = None if lane is None else await tallied(database, lane, "ahead", at)
    if kept is None:
        return None
    return [_row(value, count) for value, count in kept.items()]


def _row(value: str, count: int) -> Row:
    outcome, _, days = value.partition(" ")
    return outcome, int(days) if days else None, count


async def _read(database: Database, filters: Filters, at: Moment) -> list[Row]:
    shown = await wanted(database, filters, at)
    parts = {"counted": shown.counted, "source": shown.source, "where": shown.where}
    return await database.scan(_AHEAD.format(named=NAMED[database.dialect], **parts), shown.params)


def _promises(outcome: str, counts: list[tuple[int | None, int]]) -> Promises:
    dated = sorted((days, count) for days, count in counts if days is not None)
    return Promises(outcome, sum(count for _, count in counts), tuple(dated))
