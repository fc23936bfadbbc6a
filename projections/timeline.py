"""The timeline: every version of every action as rows with two half-open intervals, and its JSON beside them.

A version stands in the lane of all (an empty text) and in that of each country that takes part, under its stretch
(projections/stretches.py) and day: `earliest`, else `latest`, else empty. Rows lie in that order, so that a page is
read from where it begins to where it ends. `states` holds the bytes as rendered, which several versions may share;
`parties` (persons by their keys) and `terms` what an action can have more than one of, or few share; `years` how early
anything of a stretch and year was known and recorded, and how long ahead. Instants are microseconds since 1970, days
ISO texts.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.fold import State, Version
from domain.instants import FOREVER, to_micros
from domain.people import RULES as PEOPLE
from domain.search import WORDS, words_of
from projections import search, years
from projections.changes import Change
from projections.database import AT_ONCE, Execute, chunks, placeholders
from projections.readmodel import DIGESTS, Projection, hash_of, hash_sum, in_parts, next_id
from projections.render import RENDERING, render
from projections.rows import EVERYTHING, Row, parties, places, rows, terms
from projections.stretches import DATED

TABLES = (
    "CREATE TABLE IF NOT EXISTS versions (lane TEXT NOT NULL, stretch INTEGER NOT NULL, day TEXT NOT NULL,"
    " action TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL,"
    " from_position INTEGER NOT NULL, to_position INTEGER NOT NULL, state INTEGER NOT NULL, latest TEXT,"
    " kind TEXT NOT NULL, status TEXT NOT NULL, outcome TEXT, place TEXT, countries INTEGER NOT NULL,"
    " heard INTEGER NOT NULL,"
    " PRIMARY KEY (lane, stretch, day, action, known_from, from_position)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS versions_action ON versions (action, to_position) WHERE lane = ''",
    "CREATE INDEX IF NOT EXISTS versions_state ON versions (state) WHERE lane = ''",
    f"CREATE INDEX IF NOT EXISTS versions_until ON versions (known_to) WHERE lane = '' AND known_to < {FOREVER}",
    "CREATE INDEX IF NOT EXISTS versions_known ON versions (known_from, action) WHERE lane = ''",
    "CREATE INDEX IF NOT EXISTS versions_recorded ON versions (from_position, action) WHERE lane = ''",
    "CREATE TABLE IF NOT EXISTS states (state INTEGER PRIMARY KEY, words TEXT NOT NULL, json BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS parties (state INTEGER NOT NULL, number INTEGER NOT NULL, country TEXT,"
    " organisation TEXT, person TEXT, role TEXT NOT NULL, PRIMARY KEY (state, number)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS parties_organisation ON parties (organisation) WHERE organisation IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS parties_person ON parties (person) WHERE person IS NOT NULL",
    "CREATE TABLE IF NOT EXISTS terms (facet TEXT NOT NULL, value TEXT NOT NULL, state INTEGER NOT NULL,"
    " PRIMARY KEY (facet, value, state)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS terms_state ON terms (state, facet)",
    *years.TABLES,
)

_INSERT = {
    table: f"INSERT INTO {table} VALUES (?{', ?' * (columns - 1)})"
    for table, columns in (("versions", 16), ("states", 3), ("parties", 6), ("terms", 3))
}
_CLOSE = (
    "UPDATE versions SET to_position = ? WHERE lane = ? AND stretch = ? AND day = ? AND action = ? AND known_from = ?"
    " AND from_position = ?"
)
_LIVE = (
    "SELECT action, known_from, from_position, state FROM versions"
    " WHERE lane = '' AND to_position = :forever AND action IN "
)


@dataclass(slots=True)
class _Standing:
    """Since which position a version stands, with which state, until which position, and whether it has rows yet."""

    since: int
    state: int
    until: int = FOREVER
    is_written: bool = False


Live = dict[str, dict[int, _Standing]]
"""action -> known_from -> the version that stands."""


def apply(execute: Execute, changes: Sequence[Change]) -> None:
    """Closes and opens version rows. A version whose state stays the same keeps its rendered bytes."""
    older = {change.fact.action for change in changes if change.fact.version > 1}
    writer = _Writer(execute, _live(execute, older))
    for change in changes:
        writer.follow(change)
    writer.flush()


def _live(execute: Execute, actions: Iterable[UUID]) -> Live:
    live: Live = {}
    for some in chunks([str(action) for action in actions], AT_ONCE):
        names, params = placeholders(some)
        for action, known_from, since, state in execute.rows(f"{_LIVE}({names})", {**params, "forever": FOREVER}):
            live.setdefault(action, {})[known_from] = _Standing(since, state, is_written=True)
    return live


class _Writer:
    """Gathers rows so that a batch is a handful of statements."""

    def __init__(self, execute: Execute, live: Live) -> None:
        self._execute, self._live = execute, live
        self._first = self._next = next_id(execute, "states", "state")
        self._rows: dict[str, list[Row]] = {table: [] for table in ("states", "parties", "terms")}
        self._opened: list[tuple[Version, _Standing]] = []
        self._closed: list[Row] = []

    def follow(self, change: Change) -> None:
        live, position = self._live.setdefault(str(change.fact.action), {}), change.fact.position
        numbered = [(version.state, self._close(live, version, position)) for version in change.closed]
        for version in change.opened:
            known = next((number for state, number in numbered if state == version.state), None)
            number = self._state(version.state) if known is None else known
            numbered.append((version.state, number))
            standing = live[to_micros(version.known_from)] = _Standing(position, number)
            self._opened.append((version, standing))

    def flush(self) -> None:
        """Rows go in the order in which they lie: neighbours are written together."""
        self._execute.many(_CLOSE, self._closed)
        opened = sorted(row for version, one in self._opened for row in rows(version, one.since, one.until, one.state))
        for table, some in (("versions", opened), *self._rows.items()):
            self._execute.many(_INSERT[table], sorted(some))
        years.apply(self._execute, ((row[1], row[2], row[4], row[6]) for row in opened if row[0] == EVERYTHING))
        for statement in search.ADD[self._execute.dialect]:
            self._execute.rows(statement, {"first": self._first})

    def _close(self, live: dict[int, _Standing], version: Version, position: int) -> int:
        """Ends the rows of a version on the log; the number of its state."""
        standing = live.pop(to_micros(version.known_from))
        standing.until = position
        if standing.is_written:
            self._closed += [(position, *place[:5], standing.since) for place in places(version)]
        return standing.state

    def _state(self, state: State) -> int:
        number, self._next = self._next, self._next + 1
        self._rows["states"].append((number, words_of(state.content), render(state)))
        self._rows["parties"] += parties(state, number)
        self._rows["terms"] += terms(state, number)
        return number


def digest(execute: Execute) -> int:
    """Of the rows that stand: where they lie, their interval on the reported clock, their bytes."""
    states = in_parts(execute, "SELECT state, json FROM states WHERE state > :after ORDER BY state")
    hashes = {state: hash_of(bytes(json)) for state, json in states}
    sql = "SELECT state, lane, stretch, day, action, known_from, known_to FROM versions WHERE to_position = :forever"
    return sum(hashes[state] * hash_of(place) for state, *place in execute.rows(sql, {"forever": FOREVER})) % DIGESTS


def expected(version: Version) -> int:
    """What a version adds to `digest`."""
    return hash_of(render(version.state)) * hash_sum(list(place) for place in places(version)) % DIGESTS


_TABLES_OF_OURS = hashlib.sha256(f"{PEOPLE}{DATED!r}".encode()).hexdigest()
RULES = f"rendering {RENDERING}, words {WORDS}, people and stretches {_TABLES_OF_OURS}"
TIMELINE = Projection("timeline", TABLES, apply, digest, expected, search.TABLES, RULES, search.REFILL)
