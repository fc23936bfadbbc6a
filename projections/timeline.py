"""The timeline: every version of every action as a row with two half-open intervals, and its JSON beside it.

A version row holds what is filtered and sorted by; `states` the bytes as rendered, which several rows may share;
`parties` (persons by their keys) and `terms` what an action can have more than one of. `day` is `earliest`, else
`latest`, else null; `countries` the number of those that take part. Instants are microseconds since 1970, days ISO
texts.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from domain.fold import State, Version
from domain.instants import FOREVER, to_micros
from domain.people import key_of
from domain.people_table import TABLE as PEOPLE
from domain.search import WORDS, words_of
from projections import search
from projections.changes import Change
from projections.database import AT_ONCE, Execute, Params, chunks, placeholders
from projections.readmodel import Projection, hash_sum, next_id
from projections.render import RENDERING, render

TABLES = (
    "CREATE TABLE IF NOT EXISTS versions (state BIGINT NOT NULL, action TEXT NOT NULL, source_ref TEXT, day TEXT,"
    " earliest TEXT, latest TEXT, kind TEXT NOT NULL, status TEXT NOT NULL, outcome TEXT,"
    " place TEXT, countries BIGINT NOT NULL,"
    " known_from BIGINT NOT NULL, known_to BIGINT NOT NULL,"
    " from_position BIGINT NOT NULL, to_position BIGINT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS versions_day ON versions (day, action)",
    "CREATE INDEX IF NOT EXISTS versions_action ON versions (action, to_position)",
    "CREATE INDEX IF NOT EXISTS versions_source_ref ON versions (source_ref)",
    "CREATE INDEX IF NOT EXISTS versions_known ON versions (known_from, action)",
    "CREATE INDEX IF NOT EXISTS versions_recorded ON versions (from_position, action)",
    "CREATE TABLE IF NOT EXISTS states (state BIGINT PRIMARY KEY, words TEXT NOT NULL, json BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS parties (state BIGINT NOT NULL, country TEXT, organisation TEXT, person TEXT,"
    " role TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS parties_state ON parties (state)",
    "CREATE TABLE IF NOT EXISTS terms (state BIGINT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS terms_state ON terms (state)",
)

_INSERT = {
    "versions": "INSERT INTO versions VALUES (:state, :action, :source_ref, :day, :earliest, :latest, :kind, :status,"
    " :outcome, :place, :countries, :known_from, :known_to, :from_position, :to_position)",
    "states": "INSERT INTO states VALUES (:state, :words, :json)",
    "parties": "INSERT INTO parties VALUES (:state, :country, :organisation, :person, :role)",
    "terms": "INSERT INTO terms VALUES (:state, :facet, :value)",
}
_CLOSE = (
    "UPDATE versions SET to_position = :position"
    " WHERE action = :action AND known_from = :known_from AND to_position = :forever"
)
_LIVE = "SELECT action, known_from, state FROM versions WHERE to_position = :forever AND action IN "
Live = dict[str, dict[int, dict[str, Any]]]
"""action -> known_from -> the version row that stands."""


def apply(execute: Execute, changes: Sequence[Change]) -> None:
    """Closes and opens version rows. A version whose state stays the same keeps its rendered bytes."""
    older = {change.fact.action for change in changes if change.fact.version > 1}
    writer = _Writer(execute, next_id(execute, "states", "state"), _standing(execute, older))
    for change in changes:
        writer.follow(change)
    writer.flush()


def _standing(execute: Execute, actions: Iterable[UUID]) -> Live:
    live: Live = {}
    for some in chunks([str(action) for action in actions], AT_ONCE):
        names, params = placeholders(some)
        for row in execute.rows(f"{_LIVE}({names})", {**params, "forever": FOREVER}):
            live.setdefault(row[0], {})[row[1]] = {"action": row[0], "known_from": row[1], "state": row[2]}
    return live


class _Writer:
    """Gathers rows so that a batch is a handful of statements."""

    def __init__(self, execute: Execute, first: int, live: Live) -> None:
        self._execute = execute
        self._next = first
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _INSERT}
        self._live = live
        self._closed: list[Params] = []

    def follow(self, change: Change) -> None:
        action, position = change.fact.action, change.fact.position
        live = self._live.setdefault(str(action), {})
        numbered = [(version.state, self._close(live, version, position)) for version in change.closed]
        for version in change.opened:
            known = next((number for state, number in numbered if state == version.state), None)
            number = self._state(version.state) if known is None else known
            numbered.append((version.state, number))
            row = {**_row(version), "state": number, "from_position": position, "to_position": FOREVER}
            live[row["known_from"]] = row
            self._rows["versions"].append(row)

    def flush(self) -> None:
        self._execute.many(_CLOSE, self._closed)
        for table, rows in self._rows.items():
            self._execute.many(_INSERT[table], rows)

    def _close(self, live: dict[int, dict[str, Any]], version: Version, position: int) -> int:
        """Ends the row of a version on the log; the number of its state."""
        row = live.pop(to_micros(version.known_from))
        if "to_position" in row:
            row["to_position"] = position  # opened in this batch, not written yet
        else:
            self._closed.append({**row, "position": position, "forever": FOREVER})
        number: int = row["state"]
        return number

    def _state(self, state: State) -> int:
        number, self._next = self._next, self._next + 1
        content = state.content
        self._rows["states"].append({"state": number, "words": words_of(content), "json": render(state)})
        for party in content["participants"]:
            person = party.person and key_of(party.person, party.title)
            row = {"country": party.country, "organisation": party.organisation, "person": person, "role": party.role}
            self._rows["parties"].append({**row, "state": number})
        self._rows["terms"] += [{"state": number, "facet": facet, "value": value} for facet, value in _terms(state)]
        return number


def _row(version: Version) -> dict[str, Any]:
    state, occurred, place = version.state, version.state.occurred, version.state.content["place"]
    earliest, latest = (day and day.isoformat() for day in (occurred.earliest, occurred.latest))
    return {
        "action": str(state.id),
        "source_ref": state.source_ref,
        "day": earliest or latest,
        "earliest": earliest,
        "latest": latest,
        "kind": state.content["kind"],
        "status": state.status,
        "outcome": state.outcome,
        "place": place and place.country,
        "countries": len({party.country for party in state.content["participants"] if party.country}),
        "known_from": to_micros(version.known_from),
        "known_to": to_micros(version.known_to) if version.known_to else FOREVER,
    }


def _terms(state: State) -> set[tuple[str, str]]:
    topics = {("topic", topic) for topic in state.content["topics"]}
    subjects = {("subject", country) for country in state.content["subjects"]}
    return topics | subjects | {("publisher", report.publisher) for report in state.reports}


def digest(execute: Execute) -> int:
    """Of the rows that stand: their action, their interval on the reported clock, their bytes."""
    sql = (
        "SELECT v.action, v.known_from, v.known_to, s.json FROM versions v JOIN states s ON s.state = v.state"
        " WHERE v.to_position = :forever"
    )
    return hash_sum((*row[:3], bytes(row[3])) for row in execute.rows(sql, {"forever": FOREVER}))


def expected(found: Iterable[Version]) -> int:
    """What `digest` gives where the rows are those of the fold."""
    rows = ((_row(version), render(version.state)) for version in found)
    return hash_sum((row["action"], row["known_from"], row["known_to"], json) for row, json in rows)


RULES = f"rendering {RENDERING}, words {WORDS}, people {hashlib.sha256(repr(PEOPLE).encode()).hexdigest()}"
TIMELINE = Projection("timeline", TABLES, apply, digest, expected, search.TABLES, RULES)
