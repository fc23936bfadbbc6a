"""Counts as sums of signed deltas: a version adds one in the month it became known, and takes it away when it ceases.

So the count as of any day is the sum of the months before it, and of what became known or ceased in its own up to
that day, which is read from the version rows. Kept are the counts that views ask for all the time, by one group, of
everything and of each country; counts under other filters are read from the rows that match.

`lane` is empty or a country, `facet` what is counted by; `month` is one of the reported clock, numbered from the year
0 on. Retracted and merged actions are in no count.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from domain.fold import State, Version
from domain.instants import FOREVER, to_micros
from domain.people import key_of
from projections.changes import Change
from projections.database import Database, Execute
from projections.filters import Filters
from projections.groups import COLUMNS, joins
from projections.readmodel import Moment, Projection
from projections.search import Dialect
from projections.wanted import HELD, instant

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
_SUMMED = (
    "SELECT reached.position, t.value, t.count FROM positions reached LEFT JOIN"
    " (SELECT value, CAST(SUM(count) AS BIGINT) AS count FROM tallies"
    " WHERE lane = :lane AND facet = :facet AND month < :month GROUP BY value) t ON t.count <> 0"
    " WHERE reached.name = 'live'"
)
_SINCE = (
    "SELECT value, COUNT(*) FROM (SELECT DISTINCT v.action, v.known_from, {column} AS value"
    " FROM versions v{indexed}{joins} WHERE v.lane = '' AND v.{end} >= :start AND v.{end} <= :known"
    f" AND {HELD} AND v.status NOT IN {HIDDEN}{{more}}) x WHERE value IS NOT NULL GROUP BY value"
)
_ENDS = {"known_from": (1, "versions_known"), "known_to": (-1, "versions_until")}
_INDEXED: dict[Dialect, str] = {"sqlite": " INDEXED BY {}", "postgres": ""}
"""SQLite knows nothing of how rows are spread, and would read the whole lane."""
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
    start, end = _month(version.known_from), _month(version.known_to) if version.known_to else None
    if start == end or version.state.status in HIDDEN:
        return
    for lane, facet, value in _cells(version.state):
        yield (lane, facet, start, value), 1
        if end is not None:
            yield (lane, facet, end, value), -1


def _month(instant: datetime) -> int:
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


def lane_of(filters: Filters) -> str | None:
    """The lane that is all the filters ask for; None where they ask for more, or for less."""
    if filters == Filters():
        return ""
    if filters == Filters(country=filters.country) and len(filters.country) == 1:
        return filters.country[0]
    return None


async def tallied(database: Database, lane: str, facet: str, at: Moment) -> dict[str, int] | None:
    """value -> count at a moment. None where it is not kept, or not at this position: the rows must be counted then."""
    if lane and facet not in OF_A_COUNTRY:
        return None
    known = instant(at)
    start = datetime(known.year, known.month, 1, tzinfo=UTC)
    params = {"lane": lane, "facet": facet, "month": _month(known), "start": to_micros(start)}
    rows = await database.read(_SUMMED, params)
    if rows[0][0] != at.position:
        return None
    found = Counter({value: count for _, value, count in rows if value is not None})
    for end, (sign, index) in _ENDS.items():
        sql = _since(database.dialect, lane, facet, end, index)
        since = {**params, "known": at.known, "position": at.position}
        for value, count in await database.read(sql, since):
            found[value] += sign * count
    return {value: count for value, count in found.items() if count}


@lru_cache
def _since(dialect: Dialect, lane: str, facet: str, end: str, index: str) -> str:
    """What became known, or ceased to be known, since the month began."""
    conditions = [f"v.known_to < {FOREVER}"] if end == "known_to" else []  # says to SQLite that the index will do
    if lane:
        conditions.append("p.country = :lane" if facet == "own role" else _PART_OF)
    return _SINCE.format(
        column=_COLUMNS[facet],
        indexed=_INDEXED[dialect].format(index),
        joins=joins(["role"] if facet == "own role" else [facet] if facet in COLUMNS else []),
        end=end,
        more="".join(f" AND {one}" for one in conditions),
    )


_COLUMNS = COLUMNS | {"all": "''", "year": "SUBSTR(v.day, 1, 4)", "own role": "p.role"}
_PART_OF = "EXISTS (SELECT 1 FROM parties m WHERE m.state = v.state AND m.country = :lane)"


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
