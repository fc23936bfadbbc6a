"""Counts as sums of signed deltas: a version adds one in the month it became known, and takes it away when it ceases.

So the count as of the end of any month is a sum (projections/summed.py has it for any moment). Kept are the counts
that views ask for all the time, by one group, of everything and of each country; counts under other filters are read
from the rows that match.

`lane` is empty or a country, `facet` what is counted by; `month` is one of the reported clock, numbered from the year
0 on. Retracted and merged actions are in no count.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from domain.fold import State, Version
from domain.people import key_of
from projections.changes import Change
from projections.database import Execute
from projections.readmodel import Projection

HIDDEN = ("retracted", "merged")
OF_A_COUNTRY = ("all", "kind", "status", "outcome", "year", "own role")
"""What is kept for each country; `own role`: the roles in which it takes part itself."""
TABLES = (
    "CREATE TABLE IF NOT EXISTS tallies (lane TEXT NOT NULL, facet TEXT NOT NULL, month INTEGER NOT NULL,"
    " value TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (lane, facet, month, value)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS tallies_of_nothing ON tallies (count) WHERE count = 0",
)
_ADD = (
    "INSERT INTO tallies VALUES (:lane, :facet, :month, :value, :count)"
    " ON CONFLICT (lane, facet, month, value) DO UPDATE SET count = tallies.count + excluded.count"
)
Cell = tuple[str, str, str]
"""lane, facet, value"""
Delta = tuple[str, str, int, str]
"""lane, facet, month, value"""
_NAMES = ("lane", "facet", "month", "value", "count")


def apply(execute: Execute, changes: Sequence[Change]) -> None:
    """Adds up what the changes take away and what they bring, and writes each sum once."""
    sums: defaultdict[Delta, int] = defaultdict(int)
    for change in changes:
        for version in change.closed:
            for delta, count in _deltas(version):
                sums[delta] -= count
        for version in change.opened:
            for delta, count in _deltas(version):
                sums[delta] += count
    rows = [(*delta, count) for delta, count in sorted(sums.items()) if count]
    execute.many(_ADD, [dict(zip(_NAMES, row, strict=True)) for row in rows])
    execute.rows("DELETE FROM tallies WHERE count = 0")


def _deltas(version: Version) -> Iterator[tuple[Delta, int]]:
    """What a version adds in each of its cells when it becomes known; where it ceases in the same month, nothing."""
    start, end = month_of(version.known_from), month_of(version.known_to) if version.known_to else None
    if start == end or version.state.status in HIDDEN:
        return
    for lane, facet, value in _cells(version.state):
        yield (lane, facet, start, value), 1
        if end is not None:
            yield (lane, facet, end, value), -1


def month_of(instant: datetime) -> int:
    """The number of the month that an instant is in, from the year 0 on."""
    return 12 * instant.year + instant.month - 1


def _cells(state: State) -> Iterator[Cell]:
    content, parties = state.content, state.content["participants"]
    day = state.occurred.earliest or state.occurred.latest
    year = f"{day.year:04}" if day else ""
    alone = {"all": "", "kind": content["kind"], "status": state.status, "outcome": state.outcome, "year": year}
    told = [(facet, value) for facet, value in alone.items() if value is not None]
    yield from (("", facet, value) for facet, value in told)
    countries = {party.country for party in parties if party.country}
    for country in countries:
        yield from ((country, facet, value) for facet, value in told)
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
    rows = execute.rows("SELECT lane, facet, month, value, count FROM tallies")
    total: int = sum(_hash((lane, facet, month, value)) * count for lane, facet, month, value, count in rows)
    return total % (1 << 128)


def expected(found: Iterable[Version]) -> int:
    """What `digest` gives where the sums are those of the fold."""
    deltas = (one for version in found for one in _deltas(version))
    return sum(_hash(delta) * count for delta, count in deltas) % (1 << 128)


@lru_cache(maxsize=100_000)
def _hash(delta: Delta) -> int:
    return int.from_bytes(hashlib.blake2b(repr(delta).encode(), digest_size=16).digest())


TALLIES = Projection("tallies", TABLES, apply, digest, expected)
