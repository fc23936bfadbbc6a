"""Where the time of a page goes, of a country view and of projecting a fact: shares of samples of the processor's time.

And where the bytes on disk lie.
"""

import asyncio
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from operator import itemgetter
from pathlib import Path
from types import FrameType

import uvicorn
import uvloop
from fastapi import FastAPI

from benchmarks import writes
from benchmarks.figures import Figure, Table
from benchmarks.reads import NUMBERS, OWN
from service.app import create_app
from service.collecting import settled
from service.instance import Instance
from service.settings import Settings

EVERY = 0.001
"""Seconds of the processor's time between two samples; Linux may take them less often."""
SHOWN = 16
_OURS = "benchmarks/profiling.py: sample"
"""A signal that came while another one was answered."""
_LOAD = "import sys; from benchmarks.load import crowd; crowd(sys.argv[1], 8, 8.0)"
_READS: dict[Table, str] = {"page": OWN, "view": NUMBERS["country view"]}
_ROOT = Path(__file__).resolve().parent.parent


def profiles(folder: Path, actions: int) -> Iterator[Figure]:
    """All on the embedded store, one after the other."""
    database = writes.store(folder / "profiled", actions, project=False)
    instance = Instance(Settings(database=database, project=False))
    with _sampled() as taken:
        instance.projector.catch_up()
    yield from _shares(taken, "fact")
    asyncio.run(instance.close())
    for table, path in _READS.items():
        app = create_app(Instance(Settings(database=database, project=False)))
        settled()
        with _sampled() as taken:
            uvloop.run(_served(app, path))
        yield from _shares(taken, table)
    yield from _shares(_bytes(Path(database)), "disk")


async def _served(app: FastAPI, path: str) -> None:
    """An address, asked for by another process; the application closes what it is over."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.01)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}{path}"
    asking = await asyncio.create_subprocess_exec(sys.executable, "-c", _LOAD, url)
    await asking.wait()
    server.should_exit = True
    await serving


@contextmanager
def _sampled() -> Iterator[dict[str, float]]:
    """Seconds by the place at which this thread is found; what is written in C counts for whoever called it.

    While that runs no sample is taken, so that each stands for all the time since the one before.
    """
    taken: dict[str, float] = {}
    last = time.thread_time()

    def sample(number: int, frame: FrameType | None) -> None:
        nonlocal last
        now, where = time.thread_time(), place(frame)
        if where != _OURS:
            taken[where] = taken.get(where, 0) + now - last
        last = time.thread_time()

    before = signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield taken
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def place(frame: FrameType | None) -> str:
    """The innermost function of ours or the innermost package of others, whichever is nearer; never Python's own."""
    while frame:
        path = Path(frame.f_code.co_filename)
        if "site-packages" in path.parts:
            return path.parts[path.parts.index("site-packages") + 1].removesuffix(".py")
        if path.is_relative_to(_ROOT):
            return f"{path.relative_to(_ROOT)}: {frame.f_code.co_name}"
        frame = frame.f_back
    return "Python itself"


def _bytes(folder: Path) -> dict[str, float]:
    """By table or index; empty where this SQLite cannot tell."""
    found: dict[str, float] = {}
    for file in folder.glob("*.sqlite"):
        with closing(sqlite3.connect(file)) as connection, suppress(sqlite3.OperationalError):
            found.update(dict(connection.execute("SELECT name, SUM(pgsize) FROM dbstat GROUP BY name")))
    return found


def _shares(taken: Mapping[str, float], table: Table) -> Iterator[Figure]:
    found, whole = sorted(taken.items(), key=itemgetter(1), reverse=True), sum(taken.values())
    for name, part in found[:SHOWN]:
        yield Figure(name, part / whole, table=table)
    if rest := sum(part for _, part in found[SHOWN:]):
        yield Figure("all else", rest / whole, table=table)
