"""Recording: how fast facts come in and become visible, how much room they take, how fast read models are rebuilt."""

import asyncio
import json
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks import servers
from benchmarks.data import lines
from benchmarks.figures import Figure
from service.instance import Instance
from service.rebuild import rebuild
from service.settings import Settings
from service.statements import read_statement

BATCH = 1_000
APPENDED = 100


def fill(folder: Path, actions: int) -> Iterator[Figure]:
    """Imports the made-up facts, and projects them from the log once more."""
    instance = Instance(Settings(database=str(folder), project=False))
    instance.migrate()
    facts, made, done = 0, lines(actions), 0.0
    while part := list(islice(made, BATCH)):
        started = time.perf_counter()
        assert not instance.ledger.load([(number, read_statement(fact)) for number, fact in enumerate(part)]).rejected
        done += time.perf_counter() - started
        facts += len(part)
    started = time.perf_counter()
    instance.projector.catch_up()
    projected = time.perf_counter() - started
    asyncio.run(instance.close())
    size = sum(file.stat().st_size for file in folder.glob("*.sqlite"))
    yield Figure("facts a second, validated, stored and visible (SQLite)", facts / (done + projected), 10_000)
    yield Figure("events a second projected, one core (SQLite)", facts / projected, 10_000)
    yield Figure("kB on disk a fact, log and read models", size / facts / 1_000, 3, least=False)


def rebuilt(folder: Path) -> Iterator[Figure]:
    """A rebuild beside what serves, the check against a fresh fold included."""
    instance = Instance(Settings(database=str(folder), project=False))
    started = time.perf_counter()
    rebuild(instance, None, lambda done, total: None)
    rate = instance.log.head() / (time.perf_counter() - started)
    asyncio.run(instance.close())
    yield Figure("events a second rebuilt, checked and swapped in (SQLite)", rate, 10_000)


def visible(folder: Path) -> Iterator[Figure]:
    """From sending a report until another client has read it, one after the other."""
    with servers.writing(folder) as (product, key):
        seconds = []
        for number in range(APPENDED):
            started = time.perf_counter()
            position = _report(product, key, number)
            address = f"{product}/api/timeline?source_ref=append:{number}&as_of=2026-06-30&position={position}"
            assert len(json.load(urllib.request.urlopen(address))["results"]) == 1
            seconds.append(time.perf_counter() - started)
    middle = 1_000 * statistics.median(seconds)
    yield Figure("ms from append to visible to another client, p50 (SQLite)", middle, 10, least=False)


def _report(product: str, key: str, number: int) -> int:
    report = {"publisher": "Bench", "published_at": "2026-06-01T12:00:00Z"}
    body = {"kind": "call", "title": "A call", "source_ref": f"append:{number}", "occurred": {"edtf": "2026-05-31"}}
    request = urllib.request.Request(
        f"{product}/api/actions", json.dumps({**body, "report": report}).encode(), {"Authorization": f"Bearer {key}"}
    )
    position: int = json.load(urllib.request.urlopen(request))["position"]
    return position


def helped() -> Iterator[Figure]:
    """How soon the command answers at all."""
    seconds = []
    for _ in range(7):
        started = time.perf_counter()
        subprocess.run([servers.SCRIPT, "--help"], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - started)
    yield Figure("seconds of `diplomatic-timeline --help`", statistics.median(seconds), 0.2, least=False)
