"""Recording: how fast facts come in and become visible, how much room they take, how fast read models are rebuilt."""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg

from benchmarks import data, limits, servers
from benchmarks.figures import Figure
from benchmarks.processes import UNTOLD, followed
from projections.readmodel import reached_by
from service.instance import Instance
from service.rebuild import rebuild
from service.settings import Settings

APPENDED, HELPED = 100, 7
"""How often each is done; medians are told."""
VISIBLE = {"SQLite": 10, "PostgreSQL": 15}
"""Milliseconds from append to visible that are aimed at."""
RAW = {"SQLite": "SQLite INSERT", "PostgreSQL": "COPY"}


def imported(database: str, file: Path, on: str) -> Iterator[Figure]:
    """The command `import` in a process of its own, over a store that is empty, and its limit."""
    empty = _size(database)
    seconds, memory, own = fill(database, file)
    facts, size = _head(database), _size(database) - empty
    raw = limits.copied(database, whole=True)
    yield Figure(f"facts a second, validated, stored and visible ({on})", facts / seconds, 10_000)
    yield Figure(f"MB of memory at the most while importing ({on})", memory, 600, least=False, why=UNTOLD)
    yield Figure(f"MB of that in no file, at the most ({on})", own, why=UNTOLD)
    yield Figure(f"kB on disk a fact, log and read models ({on})", size / facts / 1_000, 3, least=False)
    told = file.stat().st_size / size
    yield Figure(f"bytes of the facts as they came / on disk, log and read models ({on})", told, table="limits")
    yield Figure(
        f"facts a second / raw {RAW[on]} of all their rows, log and read models", raw / seconds, table="limits"
    )


def store(folder: Path, actions: int, project: bool = True) -> str:
    """An embedded store of its own in a new folder, filled."""
    folder.mkdir()
    facts, database = folder / "facts.ndjson", str(folder / "data")
    data.write(facts, actions)
    fill(database, facts, project)
    return database


def fill(database: str, file: Path, project: bool = True) -> tuple[float, float | None, float | None]:
    """Seconds that it took, and megabytes of memory at the most, and in no file; with `project` it is visible then."""
    started = time.perf_counter()
    command = [str(servers.SCRIPT), "import", "ndjson", str(file), "--data", database]
    environment = {**os.environ, "TIMELINE_PROJECT": str(project).lower()}
    with tempfile.TemporaryFile() as notes:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=notes, env=environment)
        memory, own = followed(process)
        seconds = time.perf_counter() - started
        notes.seek(0)
        said = notes.read().decode()
    if process.returncode or ", 0 rejected" not in said:
        raise RuntimeError(f"the import went wrong: {said[-1000:]}")
    return seconds, memory, own


def _head(database: str) -> int:
    """Of the log, which all read models have reached."""
    instance = Instance(Settings(database=database, project=False))
    with instance.database.transaction() as execute:
        head, seen = instance.log.head(), reached_by(execute).position
    asyncio.run(instance.close())
    if head != seen:
        raise RuntimeError(f"{head:,} facts are recorded, and {seen:,} can be seen")
    return head


def _size(database: str) -> int:
    """Bytes on disk."""
    if "://" not in database:
        return sum(file.stat().st_size for file in Path(database).glob("*.sqlite"))
    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row
    return int(row[0])


def rebuilt(database: str, on: str) -> Iterator[Figure]:
    """A rebuild beside what serves: projecting all of the log, and with the check against a fresh fold and the swap."""
    instance = Instance(Settings(database=database, project=False))
    head, projected, started = instance.log.head(), 0.0, time.perf_counter()

    def progress(done: int, total: int | None) -> None:
        nonlocal projected
        projected = time.perf_counter() - started

    rebuild(instance, None, progress)
    whole = time.perf_counter() - started
    asyncio.run(instance.close())
    raw = limits.copied(database, whole=False)
    yield Figure(f"events a second projected anew, one core ({on})", head / projected, 10_000)
    yield Figure(f"events a second projected / raw {RAW[on]} of their read models", raw / projected, table="limits")
    yield Figure(f"events a second rebuilt, checked and swapped in ({on})", head / whole, 10_000)
    name = f"events a second rebuilt, checked and swapped in / raw {RAW[on]} of their read models, twice"
    yield Figure(name, 2 * raw / whole, table="limits")


def visible(database: str, on: str) -> Iterator[Figure]:
    """From sending a report until another client has read it, one after the other."""
    with servers.writing(database) as (product, key):
        seconds = []
        for number in range(APPENDED):
            started = time.perf_counter()
            position = _report(product, key, number)
            address = f"{product}/api/timeline?source_ref=append:{number}&as_of=2026-06-30&position={position}"
            assert len(json.load(urllib.request.urlopen(address))["results"]) == 1
            seconds.append(time.perf_counter() - started)
    middle = 1_000 * statistics.median(seconds)
    bare = limits.commit(database)
    yield Figure(f"ms from append to visible to another client, p50 ({on})", middle, VISIBLE[on], least=False)
    yield Figure(f"a bare commit / append to visible, time ({on})", bare / middle, table="limits")


def _report(product: str, key: str, number: int) -> int:
    report = {"publisher": "Bench", "published_at": "2026-06-01T12:00:00Z"}
    body = {"kind": "call", "title": "A call", "source_ref": f"append:{number}", "occurred": {"edtf": "2026-05-31"}}
    request = urllib.request.Request(
        f"{product}/api/actions", json.dumps({**body, "report": report}).encode(), {"Authorization": f"Bearer {key}"}
    )
    position: int = json.load(urllib.request.urlopen(request))["position"]
    return position


def helped() -> Iterator[Figure]:
    """How soon the command answers at all, and how much of that Python takes to start with nothing to do."""
    seconds, bare = (statistics.median(times) for times in zip(*(_started() for _ in range(HELPED)), strict=True))
    yield Figure("seconds of `diplomatic-timeline --help`", seconds, 0.2, least=False)
    yield Figure("a bare start of Python / `diplomatic-timeline --help`, time", bare / seconds, table="limits")


def _started() -> tuple[float, float]:
    """Seconds of the two, one after the other."""
    seconds = []
    for command in ([str(servers.SCRIPT), "--help"], [sys.executable, "-c", "pass"]):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - started)
    return seconds[0], seconds[1]
