"""Counts as sums of signed deltas: a version adds one on the day it became known, and takes it away when it ceases.

So the count as of the end of any day is a sum (projections/summed.py has it for any moment). Kept are the counts
that views ask for all the time, by one group, of everything and of each country; counts under other filters are read
from the rows that match.

A row is a cell, as projections/cells.py numbers them. Retracted and merged actions are in no count.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from domain.fold import State, Version
from projections.cells import IS_VALUE, SERIES, SPANS, VALUES, cells_of, spans_of
from projections.changes import Change
from projections.database import AT_ONCE, Execute, chunks, placeholders
from projections.readmodel import Projection, next_id

HIDDEN = ("retracted", "merged")
TABLES = (
    "CREATE TABLE IF NOT EXISTS tallies (cell INTEGER PRIMARY KEY, count INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS tallies_of_nothing ON tallies (count) WHERE count = 0",
    "CREATE TABLE IF NOT EXISTS names (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
)
_ADD = "INSERT INTO tallies VALUES (?, ?) ON CONFLICT (cell) DO UPDATE SET count = tallies.count + excluded.count"


def apply(execute: Execute, changes: Sequence[Change]) -> None:
    """Adds up what the changes take away and what they bring, and writes each sum once."""
    found = [(cells_of(state), day, sign) for change in changes for day, sign, state in _net(change)]
    numbers = _numbers(execute, {value for cells, _, _ in found for _, _, value in cells})
    sums: dict[int, int] = defaultdict(int)
    for cells, day, sign in found:
        timeless = [SERIES[lane, facet] + numbers[value] for lane, facet, value in cells]
        for span in spans_of(day):
            for cell in timeless:
                sums[cell + (span << VALUES)] += sign
    execute.many(_ADD, [(cell, sums[cell]) for cell in sorted(sums) if sums[cell]])
    execute.rows("DELETE FROM tallies WHERE count = 0")


def _numbers(execute: Execute, names: Collection[str]) -> dict[str, int]:
    """The number of each name; new ones are given theirs."""
    known: dict[str, int] = {}
    for some in chunks(list(names), AT_ONCE):
        listed, params = placeholders(some)
        known.update(execute.rows(f"SELECT name, number FROM names WHERE name IN ({listed})", params))
    first = next_id(execute, "names", "number")
    new = {name: number for number, name in enumerate(sorted(set(names) - known.keys()), first)}
    execute.many("INSERT INTO names VALUES (?, ?)", [(number, name) for name, number in new.items()])
    return known | new


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


def digest(execute: Execute) -> int:
    """The sum of all deltas' hashes, each as often as it counts: what adds up to nothing leaves nothing."""
    names: dict[int, str] = dict(execute.rows("SELECT number, name FROM names"))
    series = {number: one for one, number in SERIES.items()}
    total = 0
    for cell, count in execute.rows("SELECT cell, count FROM tallies"):
        span = cell >> VALUES & (1 << SPANS) - 1
        one = series[cell >> SPANS + VALUES << SPANS + VALUES]
        total += count * _hash((*one, names[cell & IS_VALUE], span))
    return total % (1 << 128)


def expected(found: Iterable[Version]) -> int:
    """What `digest` gives where the sums are those of the fold."""
    total = 0
    for version in found:
        for day, count in _deltas(version):
            for cell in cells_of(version.state):
                total += count * sum(_hash((*cell, span)) for span in spans_of(day))
    return total % (1 << 128)


@lru_cache(maxsize=100_000)
def _hash(delta: tuple[object, ...]) -> int:
    return int.from_bytes(hashlib.blake2b(repr(delta).encode(), digest_size=16).digest())


RULES = f"series {hashlib.sha256(repr(list(SERIES)).encode()).hexdigest()}"
TALLIES = Projection("tallies", TABLES, apply, digest, expected, rules=RULES)
