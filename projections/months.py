"""Counts in a lane by month, kind and status, of which those by year, or by fewer groups, are sums."""

from collections import defaultdict
from collections.abc import Sequence

from projections.database import Database
from projections.readmodel import Moment
from projections.summed import tallied

INTERVALS = ("month", "year")
GROUPS = {"kind": 1, "status": 2}
"""Where they stand in a value of the facet `month`."""


async def counted(
    database: Database, lane: str, at: Moment, signs: int, groups: Sequence[str]
) -> dict[tuple[str, ...], int] | None:
    """(period, *groups) -> count at a moment; a period is the first `signs` of a month, empty for what has no date.

    None where the tallies are not kept at this position.
    """
    found = await tallied(database, lane, "month", at)
    if found is None:
        return None
    sums: defaultdict[tuple[str, ...], int] = defaultdict(int)
    places = [GROUPS[name] for name in groups]
    for value, count in found.items():
        parts = value.split(" ")
        sums[parts[0][:signs], *(parts[place] for place in places)] += count
    return sums
