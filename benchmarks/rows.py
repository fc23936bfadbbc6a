"""The rows that peers and bare databases are given: every version of every action, once for each of its countries.

They are folded from the log, so that they do not depend on how our own read models lie.
"""

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.fold import Version, versions
from projections.render import render
from service.instance import Instance
from service.settings import Settings

_VERSIONS = (
    "CREATE TABLE versions (country TEXT, day TEXT, action TEXT, known_from TEXT, known_to TEXT, kind TEXT,"
    " status TEXT, title TEXT, json TEXT)"
)
_NOW = (
    "CREATE TABLE now AS SELECT country, day, action, kind, status, title, json FROM versions"
    " WHERE known_to IS NULL ORDER BY country, day, action"
)
_INDEX = "CREATE INDEX now_day ON now (country, day, action)"


def write(database: str, folder: Path) -> tuple[Path, Path]:
    """Two SQLite files in a folder: `versions`, where None as the end stands for good, and those now, with an index."""
    every, now = folder / "versions.sqlite", folder / "now.sqlite"
    instance = Instance(Settings(database=database, project=False))
    with sqlite3.connect(every) as connection:
        connection.execute(_VERSIONS)
        connection.executemany("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _rows(instance))
    asyncio.run(instance.close())
    connection.close()
    with sqlite3.connect(now) as connection:
        connection.execute("ATTACH ? AS every", (str(every),))
        connection.execute(_NOW)
        connection.execute(_INDEX)
    connection.close()
    return every, now


def _rows(instance: Instance) -> Iterator[tuple[Any, ...]]:
    for facts in instance.log.by_action():
        for version in versions(facts):
            yield from _of(version)


def _of(version: Version) -> Iterator[tuple[Any, ...]]:
    state, until = version.state, version.known_to
    content = state.content
    day = state.occurred.earliest.isoformat() if state.occurred.earliest else None
    known = _instant(version.known_from), until and _instant(until)
    told = (content["kind"], state.status, content["title"], render(state).decode())
    for country in {party.country for party in content["participants"] if party.country}:
        yield (country, day, str(state.id), *known, *told)


def _instant(instant: datetime) -> str:
    """UTC without its zone, as MariaDB reads it."""
    return instant.replace(tzinfo=None).isoformat(" ", "microseconds")
