"""The timeline: every version of every action as rows with two half-open intervals, and its JSON beside them.

A version stands in the lane of all (an empty text) and in that of each country that takes part, under its stretch
(projections/stretches.py) and day: `earliest`, else `latest`, else empty. Rows lie in that order, so that a page is
read from where it begins to where it ends. `states` holds the bytes as rendered, which several versions may share;
`parties` (persons by their keys) and `terms` what an action can have more than one of; `years` how early anything of
a stretch and year was known and recorded. Instants are microseconds since 1970, days ISO texts.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from uuid import UUID

from domain.fold import State, Version
from domain.instants import FOREVER, to_micros
from domain.people import key_of
from domain.people_table import TABLE as PEOPLE
from domain.search import WORDS, words_of
from projections import search, years
from projections.changes import Change
from projections.database import AT_ONCE, Execute, chunks, placeholders
from projections.readmodel import Projection, hash_sum, next_id
from projections.render import RENDERING, render
from projections.stretches import DATED, stretch_of

EVERYTHING = ""
"""The lane that every version stands in."""
TABLES = (
    "CREATE TABLE IF NOT EXISTS versions (lane TEXT NOT NULL, stretch INTEGER NOT NULL, day TEXT NOT NULL,"
    " action TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL,"
    " from_position INTEGER NOT NULL, to_position INTEGER NOT NULL, state INTEGER NOT NULL, latest TEXT,"
    " kind TEXT NOT NULL, status TEXT NOT NULL, outcome TEXT, place TEXT, countries INTEGER NOT NULL,"
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
    "versions": "INSERT INTO versions VALUES (:lane, :stretch, :day, :action, :known_from, :known_to, :from_position,"
    " :to_position, :state, :latest, :kind, :status, :outcome, :place, :countries)",
    "states": "INSERT INTO states VALUES (:state, :words, :json)",
    "parties": "INSERT INTO parties VALUES (:state, :number, :country, :organisation, :person, :role)",
    "terms": "INSERT INTO terms VALUES (:facet, :value, :state)",
}
_CLOSE = (
    "UPDATE versions SET to_position = :to_position WHERE lane = :lane AND stretch = :stretch AND day = :day"
    " AND action = :action AND known_from = :known_from AND from_position = :from_position"
)
_LIVE = (
    "SELECT action, known_from, from_position, state FROM versions"
    " WHERE lane = '' AND to_position = :forever AND action IN "
)
Row = dict[str, Any]


@dataclass(slots=True)
class _Standing:
    """A version that stands: since which position, with which state; its rows while they are not written yet."""

    since: int
    state: int
    unwritten: Sequence[Row] = ()


Live = dict[str, dict[int, _Standing]]
"""action -> known_from -> the version that stands."""


def apply(execute: Execute, changes: Sequence[Change]) -> None:
    """Closes and opens version rows. A version whose state stays the same keeps its rendered bytes."""
    older = {change.fact.action for change in changes if change.fact.version > 1}
    writer = _Writer(execute, next_id(execute, "states", "state"), _live(execute, older))
    for change in changes:
        writer.follow(change)
    writer.flush()


def _live(execute: Execute, actions: Iterable[UUID]) -> Live:
    live: Live = {}
    for some in chunks([str(action) for action in actions], AT_ONCE):
        names, params = placeholders(some)
        for action, known_from, since, state in execute.rows(f"{_LIVE}({names})", {**params, "forever": FOREVER}):
            live.setdefault(action, {})[known_from] = _Standing(since, state)
    return live


class _Writer:
    """Gathers rows so that a batch is a handful of statements."""

    def __init__(self, execute: Execute, first: int, live: Live) -> None:
        self._execute = execute
        self._next = first
        self._rows: dict[str, list[Row]] = {table: [] for table in _INSERT}
        self._live = live
        self._closed: list[Row] = []

    def follow(self, change: Change) -> None:
        action, position = change.fact.action, change.fact.position
        live = self._live.setdefault(str(action), {})
        numbered = [(version.state, self._close(live, version, position)) for version in change.closed]
        for version in change.opened:
            known = next((number for state, number in numbered if state == version.state), None)
            number = self._state(version.state) if known is None else known
            numbered.append((version.state, number))
            written = {"state": number, "from_position": position, "to_position": FOREVER}
            rows = [{**row, **written} for row in _rows(version)]
            live[to_micros(version.known_from)] = _Standing(position, number, rows)
            self._rows["versions"] += rows

    def flush(self) -> None:
        rows = self._rows["versions"]
        rows.sort(key=itemgetter("lane", "stretch", "day", "action"))  # as they lie: neighbours are written together
        self._execute.many(_CLOSE, self._closed)
        for table, some in self._rows.items():
            self._execute.many(_INSERT[table], some)
        years.apply(self._execute, rows)

    def _close(self, live: dict[int, _Standing], version: Version, position: int) -> int:
        """Ends the rows of a version on the log; the number of its state."""
        standing = live.pop(to_micros(version.known_from))
        if standing.unwritten:
            for row in standing.unwritten:
                row["to_position"] = position
        else:
            self._closed += [
                {**row, "from_position": standing.since, "to_position": position} for row in _rows(version)
            ]
        return standing.state

    def _state(self, state: State) -> int:
        number, self._next = self._next, self._next + 1
        content = state.content
        self._rows["states"].append({"state": number, "words": words_of(content), "json": render(state)})
        for place, party in enumerate(content["participants"]):
            person = party.person and key_of(party.person, party.title)
            row = {"country": party.country, "organisation": party.organisation, "person": person, "role": party.role}
            self._rows["parties"].append({**row, "state": number, "number": place})
        self._rows["terms"] += [{"state": number, "facet": facet, "value": value} for facet, value in _terms(state)]
        return number


def _rows(version: Version) -> Iterator[Row]:
    """The rows of a version, one for each lane that it stands in."""
    state, occurred, place = version.state, version.state.occurred, version.state.content["place"]
    earliest, latest = occurred.earliest, occurred.latest
    day, last = earliest or latest, latest and latest.isoformat()
    countries = {party.country for party in state.content["participants"] if party.country}
    row = {
        "stretch": stretch_of(
            earliest, latest, version.known_from.date(), version.known_to and version.known_to.date()
        ),
        "day": day.isoformat() if day else "",
        "action": str(state.id),
        "known_from": to_micros(version.known_from),
        "known_to": to_micros(version.known_to) if version.known_to else FOREVER,
        "latest": last,
        "kind": state.content["kind"],
        "status": state.status,
        "outcome": state.outcome,
        "place": place and place.country,
        "countries": len(countries),
    }
    return ({"lane": lane, **row} for lane in (EVERYTHING, *countries))


def _terms(state: State) -> set[tuple[str, str]]:
    topics = {("topic", topic) for topic in state.content["topics"]}
    subjects = {("subject", country) for country in state.content["subjects"]}
    place = state.content["place"]
    named = {("source_ref", state.source_ref), ("place", place and place.country)}
    publishers = {("publisher", report.publisher) for report in state.reports}
    return topics | subjects | publishers | {(facet, value) for facet, value in named if value}


def digest(execute: Execute) -> int:
    """Of the rows that stand: where they lie, their interval on the reported clock, their bytes."""
    sql = (
        "SELECT v.lane, v.stretch, v.day, v.action, v.known_from, v.known_to, s.json"
        " FROM versions v JOIN states s ON s.state = v.state WHERE v.to_position = :forever"
    )
    return hash_sum((*row[:-1], bytes(row[-1])) for row in execute.rows(sql, {"forever": FOREVER}))


def expected(found: Iterable[Version]) -> int:
    """What `digest` gives where the rows are those of the fold."""
    rows = ((row, render(version.state)) for version in found for row in _rows(version))
    return hash_sum((*(row[name] for name in _PLACE), json) for row, json in rows)


_PLACE = ("lane", "stretch", "day", "action", "known_from", "known_to")
_TABLES_OF_OURS = hashlib.sha256(f"{PEOPLE!r}{DATED!r}".encode()).hexdigest()
RULES = f"rendering {RENDERING}, words {WORDS}, people and stretches {_TABLES_OF_OURS}"
TIMELINE = Projection("timeline", TABLES, apply, digest, expected, search.TABLES, RULES)
