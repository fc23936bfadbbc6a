"""What was announced ahead: what became of it, and how many days ahead it was announced."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from domain.events import OUTCOMES
from projections.database import Database
from projections.filters import Filters
from projections.heard import HEARD, NAMED
from projections.readmodel import Moment
from projections.wanted import wanted

_AHEAD = (
    "SELECT v.outcome, {named} - {heard}, {counted} FROM {source} WHERE {where} AND v.outcome IS NOT NULL GROUP BY 1, 2"
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
    shown = await wanted(database, filters, at)
    parts = {"counted": shown.counted, "source": shown.source, "where": shown.where}
    sql = _AHEAD.format(named=NAMED[database.dialect], heard=HEARD, **parts)
    found: defaultdict[str, list[tuple[int | None, int]]] = defaultdict(list)
    for outcome, days, count in await database.read(sql, shown.params):
        found[outcome].append((days, count))
    return [_promises(outcome, found[outcome]) for outcome in OUTCOMES]


def _promises(outcome: str, counts: list[tuple[int | None, int]]) -> Promises:
    dated = sorted((days, count) for days, count in counts if days is not None)
    return Promises(outcome, sum(count for _, count in counts), tuple(dated))
