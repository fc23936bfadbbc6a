"""Counts as sums of signed deltas: a version adds one on the day it became known, and takes it away when it ceases.

So the count as of the end of any day is a sum (projections/summed.py has it for any moment). Kept are the counts
that views ask for all the time, by one group, of everything and of each country; counts under other filters are read
from the rows that match.

A row is a cell, as projections/cells.py numbers them. Retracted and merged actions are in no count.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from domain.fold import State, Version
from projections.cells import FACETS, IS_SPAN, IS_VALUE, LANES, SPANS, VALUES, Addends, Spans, addends_of, spans_of
from projections.changes import Change
from projections.database import AT_ONCE, Execute, Row, chunks, placeholders
from projections.readmodel import DIGESTS, Projection, hash_of, in_parts, next_id

HIDDEN = ("retracted", "merged")
TABLES = (
    "CREATE TABLE IF NOT EXISTS tallies (cell INTEGER PRIMARY KEY, count INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS tallies_of_nothing ON tallies (count) WHERE count = 0",
    "CREATE TABLE IF NOT EXISTS names (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
)
_ADD = "INSERT INTO tallies VALUES (?, ?) ON CONFLICT (cell) DO UPDATE SET count = tallies.count + excluded.count"

Integers = NDArray[np.int64]
Sums = Sequence[tuple[Integers, Integers]]
"""Of days, of months and of blocks: cells in order, and what is added to each."""
Addition = tuple[Addends, Spans, int]
"""Where a state counts, the spans of the day on which that begins or ends, and one or minus one."""
ADDED, KEPT, WRITTEN = 1_000_000, 3_000_000, 50_000
"""Cells without a span that are added up at once; cells of one part that wait for `settle`, 16 bytes each, of 10,000
facts a million as a rule; cells that are written at once. They bound memory.
"""


def apply(execute: Execute, changes: Sequence[Change]) -> list[Sums]:
    """Adds up what the changes take away and what they bring; the sums are for `settle` to write, unless too many."""
    additions = ((addends_of(state), spans_of(day), sign) for change in changes for day, sign, state in _net(change))
    kept: list[Sums] = []
    for some in _parts(additions):
        kept.append(_summed(some, _numbers(execute, [addends.values() for addends, _, _ in some])))
        if sum(len(cells) for sums in kept for cells, _ in sums) > KEPT:
            settle(execute, [kept])
            kept = []
    return kept


def settle(execute: Execute, applied: Sequence[Sequence[Sums]]) -> None:
    """Writes each sum once: the more facts, the more of them meet in the same cells, and the nearer these lie."""
    rows = _rows([sums for kept in applied for sums in kept])
    while written := list(islice(rows, WRITTEN)):
        execute.many(_ADD, written)
    execute.rows("DELETE FROM tallies WHERE count = 0")


def _rows(parts: Sequence[Sums]) -> Iterator[Row]:
    """(cell, what is added to it) in order of cells, first those of days, then of months, then of blocks."""
    for columns in zip(*parts, strict=True):
        cells, counts = _added_up(*map(np.concatenate, zip(*columns, strict=True)))
        for start in range(0, len(cells), WRITTEN):
            some = slice(start, start + WRITTEN)
            yield from zip(cells[some].tolist(), counts[some].tolist(), strict=True)


def _parts(additions: Iterable[Addition]) -> Iterator[list[Addition]]:
    """In their order, until there are `ADDED` cells: a state counts in some sixty, or in a hundred thousand where all
    countries sit at its table.
    """
    part: list[Addition] = []
    size = 0
    for addition in additions:
        part.append(addition)
        size += len(addition[0])
        if size >= ADDED:
            yield part
            part, size = [], 0
    if part:
        yield part


def _summed(additions: Sequence[Addition], numbers: Mapping[str, int]) -> Sums:
    """For days, months and blocks: their cells, and what is added to each.

    Arrays add up in a third of the time of a dictionary.
    """
    cells = array("q")
    for addends, _, _ in additions:
        cells.extend(addends.timeless(numbers))
    *columns, signs = np.array([(*spans, sign) for _, spans, sign in additions], np.int64).T
    lengths = np.array([len(addends) for addends, _, _ in additions])
    timeless, counts = np.frombuffer(cells, np.int64), np.repeat(signs, lengths)
    return [_added_up(timeless + np.repeat(column << VALUES, lengths), counts) for column in columns]


def _added_up(cells: Integers, counts: Integers) -> tuple[Integers, Integers]:
    """Each cell once, in order, with the sum of its counts, where that is not nothing."""
    order = np.argsort(cells, kind="stable")
    ordered = cells[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    sums = np.add.reduceat(counts[order], first)
    left = sums != 0
    return ordered[first][left], sums[left]


def _numbers(execute: Execute, told: Sequence[set[str]]) -> dict[str, int]:
    """The number of each name. New ones are given theirs in the order of the log, whatever the batches."""
    numbers: dict[str, int] = {}
    for some in chunks(list(set().union(*told)), AT_ONCE):
        listed, params = placeholders(some)
        numbers.update(execute.rows(f"SELECT name, number FROM names WHERE name IN ({listed})", params))
    if unknown := dict.fromkeys(name for names in told for name in sorted(names.difference(numbers))):
        new = list(enumerate(unknown, next_id(execute, "names", "number")))
        execute.many("INSERT INTO names VALUES (?, ?)", new)
        numbers.update((name, number) for number, name in new)
    return numbers


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
    names = {number: _hash(name) for number, name in execute.rows("SELECT number, name FROM names")}
    series = {LANES[lane] + FACETS[facet] >> SPANS + VALUES: _series(lane, facet) for lane in LANES for facet in FACETS}
    total = 0
    for cell, count in in_parts(execute, "SELECT cell, count FROM tallies WHERE cell > :after ORDER BY cell"):
        span = cell >> VALUES & IS_SPAN
        total += count * series[cell >> SPANS + VALUES] * _hash(span) * names[cell & IS_VALUE]
    return total % DIGESTS


def expected(version: Version) -> int:
    """What the deltas of a version add to `digest`."""
    if not (deltas := _deltas(version)):
        return 0
    addends = addends_of(version.state)
    spans = sum(count * _hash(span) for day, count in deltas for span in spans_of(day))
    alike = sum(_lane(lane) for lane in addends.lanes) * sum(
        _facet(name) * _hash(value) for name, value in addends.alike
    )
    own = sum(_series(lane, facet) * _hash(value) for lane, facet, value in addends.own)
    return spans * (alike + own) % DIGESTS


def _series(lane: str, facet: str) -> int:
    """A product, so that what counts alike in many lanes is hashed once; no value hashes like a lane or a facet."""
    return _lane(lane) * _facet(facet)


def _lane(lane: str) -> int:
    return _hash(("lane", lane))


def _facet(facet: str) -> int:
    return _hash(("facet", facet))


_hash = lru_cache(maxsize=100_000)(hash_of)
RULES = f"series {hashlib.sha256(repr([LANES, FACETS]).encode()).hexdigest()}"
TALLIES = Projection("tallies", TABLES, apply, digest, expected, rules=RULES, settle=settle)
