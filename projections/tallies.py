"""Counts as sums of signed deltas: a version adds one on the day it became known, and takes it away when it ceases.

So the count as of the end of any day is a sum (projections/summed.py has it for any moment). Kept are the counts
that views ask for all the time, by one group, of everything and of each country; counts under other filters are read
from the rows that match.

`lane` is empty or a country, `facet` what is counted by. `span` is 0 for a day of the reported clock, which `start`
numbers from 1 January of the year 1 on, as `date.toordinal` does; else it is how many months there are from the month
`start` on, numbered from the year 0: one, or the 60 of a block. So few rows lead up to any day. Retracted and merged
actions are in no count.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from domain.fold import State, Version
from domain.people import key_of
from projections.changes import Change
from projections.database import Execute
from projections.readmodel import Projection
from projections.ties import Tie, ties

HIDDEN = ("retracted", "merged")
OF_A_COUNTRY = ("kind", "status", "outcome", "ahead", "year", "own role", "with", "visits", "visitors")
"""What is kept for each country; `own role`: the roles in which it takes part itself; `ahead`: an outcome and, after a
blank, how many days ahead it was announced, where it has a day. For the last three see projections/ties.py.
"""
DAY, MONTH, BLOCK = 0, 1, 60
"""Spans. Of seventy years there are fourteen blocks; to any day in one lead thirty months and fifteen days at most."""
TABLES = (
    "CREATE TABLE IF NOT EXISTS tallies (lane TEXT NOT NULL, facet TEXT NOT NULL, span INTEGER NOT NULL,"
    " start INTEGER NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (lane, facet, span, start, value)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS tallies_of_nothing ON tallies (count) WHERE count = 0",
)
_ADD = (
    "INSERT INTO tallies VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (lane, facet, span, start, value) DO UPDATE SET count = tallies.count + excluded.count"
)
Sums = dict[Tie, dict[int, int]]
"""(lane, facet, value) -> day -> what is to be added there."""


def apply(execute: Execute, changes: Sequence[Change]) -> None:
    """Adds up what the changes take away and what they bring, and writes each sum once."""
    sums: Sums = defaultdict(lambda: defaultdict(int))
    for change in changes:
        for day, sign, state in _net(change):
            for cell in _cells(state):
                sums[cell][day] += sign
    execute.many(_ADD, list(_rows(sums)))
    execute.rows("DELETE FROM tallies WHERE count = 0")


def _rows(sums: Sums) -> Iterator[tuple[Any, ...]]:
    """In the order in which they lie, or nearly so."""
    for cell in sorted(sums):
        lane, facet, value = cell
        days = sums[cell]
        months = _summed(days, month_of)
        for span, starts in ((DAY, days), (MONTH, months), (BLOCK, _summed(months, block_of))):
            for start, count in starts.items():
                if count:
                    yield lane, facet, span, start, value, count


def _summed(counts: dict[int, int], start_of: Callable[[int], int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for start, count in counts.items():
        found[start_of(start)] += count
    return found


def _net(change: Change) -> list[tuple[int, int, State]]:
    """(day, one or minus one, state): what a change does to the deltas of its action. Most of a story stays."""
    found: list[tuple[int, int, State]] = []
    for sign, some in ((-1, change.closed), (1, change.opened)):
        for version in some:
            for day, count in _deltas(version):
                undone = day, -sign * count, version.state
                if undone in found:
                    found.remove(undone)
                else:
                    found.append((day, sign * count, version.state))
    return found


def _deltas(version: Version) -> list[tuple[int, int]]:
    """The day on which a version begins to count, and the one on which it ceases to; none where they are the same."""
    start, end = version.known_from.toordinal(), version.known_to.toordinal() if version.known_to else None
    if start == end or version.state.status in HIDDEN:
        return []
    return [(start, 1)] if end is None else [(start, 1), (end, -1)]


@lru_cache(maxsize=50_000)
def month_of(day: int) -> int:
    """The number of the month that a day is in."""
    found = date.fromordinal(day)
    return 12 * found.year + found.month - 1


def block_of(month: int) -> int:
    """The first month of the block that a month is in."""
    return month - month % BLOCK


def _cells(state: State) -> Iterator[Tie]:
    content, parties = state.content, state.content["participants"]
    day = state.occurred.earliest or state.occurred.latest
    year = f"{day.year:04}" if day else ""
    ahead = f"{state.outcome} {(day - state.known_from.date()).days if day else ''}" if state.outcome else None
    alone = {"kind": content["kind"], "status": state.status, "outcome": state.outcome, "ahead": ahead, "year": year}
    told = [(facet, value) for facet, value in alone.items() if value is not None]
    yield from (("", facet, value) for facet, value in told)
    countries = {party.country for party in parties if party.country}
    for country in countries:
        yield from ((country, facet, value) for facet, value in told)
    yield from ties(state)
    yield from {(party.country, "own role", party.role) for party in parties if party.country}
    several = {
        "country": countries,
        "organisation": {party.organisation for party in parties if party.organisation},
        "person": {key_of(party.person, party.title) for party in parties if party.person},
        "role": {party.role for party in parties},
        "topic": set(content["topics"]),
        "subject": set(content["subjects"]),
        "publisher": {report.publisher for report in state.reports},
    }
    yield from (("", facet, value) for facet, values in several.items() for value in values)


def digest(execute: Execute) -> int:
    """The sum of all deltas' hashes, each as often as it counts: what adds up to nothing leaves nothing."""
    rows = execute.rows("SELECT lane, facet, value, span, start, count FROM tallies")
    total: int = sum(_hash(tuple(delta)) * count for *delta, count in rows)
    return total % (1 << 128)


def expected(found: Iterable[Version]) -> int:
    """What `digest` gives where the sums are those of the fold."""
    total = 0
    for version in found:
        for day, count in _deltas(version):
            month = month_of(day)
            for cell in _cells(version.state):
                starts = ((DAY, day), (MONTH, month), (BLOCK, block_of(month)))
                total += count * sum(_hash((*cell, *start)) for start in starts)
    return total % (1 << 128)


@lru_cache(maxsize=100_000)
def _hash(delta: tuple[object, ...]) -> int:
    return int.from_bytes(hashlib.blake2b(repr(delta).encode(), digest_size=16).digest())


TALLIES = Projection("tallies", TABLES, apply, digest, expected)
