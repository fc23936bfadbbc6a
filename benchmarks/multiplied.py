"""A store of several times as many actions, made of the rows of one: to import ten million takes most of a day.

Every action is there as often, under ids, source_refs and positions of its own. Days, parties and words are the same,
so whatever is read has as many times the rows; only the tallies have no more cells than before. Instants of recording
begin again with each copy, which nothing but `recorded_by` would find out, and facts keep the source_ref that they were
told under: it is a store to be read, not to be rebuilt or exported.
"""

import asyncio
import sqlite3
from pathlib import Path

from domain.instants import FOREVER
from projections import search
from service.instance import Instance
from service.settings import Settings

_DIGITS = "5012346789"
"""One digit of an id tells copies apart; in all that are derived from a source_ref it is 5."""
MOST = len(_DIGITS)
"""Copies."""
_OWN = "substr({0}, 1, 14) || c.digit || substr({0}, 16)"
_REF = "c.digit || '/' || {0}"
_LOG = {
    "stored_events": "SELECT rowid + c.nth * :facts, {originator_id}, originator_version, topic, state"
    " FROM copies c CROSS JOIN base.stored_events",
    "source_refs": "SELECT {source_ref}, {action} FROM base.source_refs CROSS JOIN copies c",
}
_VIEWS = {
    "versions": "SELECT lane, stretch, day, {action}, known_from, known_to, from_position + c.nth * :facts,"
    f" CASE to_position WHEN {FOREVER} THEN to_position ELSE to_position + c.nth * :facts END,"
    " state + c.nth * :states, latest, kind, status, outcome, place, countries, heard"
    " FROM base.versions CROSS JOIN copies c",
    "states": "SELECT state + c.nth * :states, words, copied(json, c.digit, c.nth * :facts)"
    " FROM copies c CROSS JOIN base.states",
    "parties": "SELECT state + c.nth * :states, number, country, organisation, person, role"
    " FROM copies c CROSS JOIN base.parties",
    "terms": "SELECT facet, CASE facet WHEN 'source_ref' THEN {value} ELSE value END, state + c.nth * :states"
    " FROM copies c CROSS JOIN base.terms",
    "years": "SELECT * FROM base.years",
    "names": "SELECT * FROM base.names",
    "tallies": "SELECT cell, count * :times FROM base.tallies",
    "positions": "SELECT name, position * :times, recorded_at FROM base.positions",
}


def multiply(base: Path, target: Path, times: int) -> None:
    """Fills a new folder with the rows of the embedded store in another one, so many times."""
    target.mkdir()
    instance = Instance(Settings(database=str(target), project=False))
    instance.migrate()
    asyncio.run(instance.close())
    numbers = {"times": times, "facts": _greatest(base / "log.sqlite", "rowid", "stored_events")}
    numbers["states"] = _greatest(base / "views.sqlite", "state", "states")
    _fill(target / "log.sqlite", base / "log.sqlite", _LOG, numbers)
    _fill(target / "views.sqlite", base / "views.sqlite", _VIEWS, numbers, *search.REFILL["sqlite"])


def _greatest(file: Path, column: str, table: str) -> int:
    with sqlite3.connect(file) as connection:
        found: int = connection.execute(f"SELECT MAX({column}) FROM {table}").fetchone()[0]
    return found


def _fill(file: Path, base: Path, tables: dict[str, str], numbers: dict[str, int], *after: str) -> None:
    """Indexes are made when all rows are there."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.create_function("copied", 3, _copied, deterministic=True)
    for pragma in ("journal_mode = DELETE", "journal_mode = OFF", "synchronous = OFF", f"cache_size = -{2 << 20}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("ATTACH ? AS base", (str(base),))
    connection.execute("CREATE TEMP TABLE copies (nth INTEGER PRIMARY KEY, digit TEXT)")
    connection.executemany("INSERT INTO copies VALUES (?, ?)", enumerate(_DIGITS[: numbers["times"]]))
    indexes = connection.execute(
        "SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND sql > ''"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    own = {name: _OWN.format(name) for name in ("originator_id", "action")}
    refs = {name: _REF.format(name) for name in ("source_ref", "value")}
    for table, select in tables.items():
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {table} {select.format(**own, **refs)}", numbers)
    for statement in (*(sql for _, sql in indexes), *after, "PRAGMA journal_mode = WAL"):
        connection.execute(statement)
    connection.close()


def _copied(json: bytes, digit: str, further: int) -> bytes:
    """The bytes of an action under its own id, the first of its members, source_ref, and position, the last one."""
    rest, position = json[:-1].rsplit(b":", 1)
    rest = rest.replace(b'"source_ref":"', b'"source_ref":"%s/' % digit.encode())
    return b"%s%s%s:%d}" % (rest[:21], digit.encode(), rest[22:], int(position) + further)
