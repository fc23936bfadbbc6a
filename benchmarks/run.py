"""One run: both databases filled with the same facts, and every figure, one after the other."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from benchmarks import crowds, data, growth, reads, rows, servers, writes
from benchmarks.beside import datasettes, mariadbs
from benchmarks.figures import Figure
from benchmarks.multiplied import multiply
from benchmarks.postgres import Durable
from benchmarks.processes import allow_files

FEWER = 100_000
"""Actions of the store that every read is held against, in a run with more."""
IMPORTED = 1_000_000
"""The most that are imported; the rows of so many are multiplied where more are asked for."""


def figures(folder: Path, actions: int, alone: bool = False) -> Iterator[Figure]:
    """What takes long is measured last. The folder holds the embedded store in `data`, and what is made on the way.

    With `alone`, and of more actions than are imported, neither PostgreSQL nor peers.
    """
    yield from writes.helped()
    if actions > IMPORTED:
        yield from _of_many(folder, actions)
        return
    embedded, facts = str(folder / "data"), folder / "facts.ndjson"
    data.write(facts, actions)
    with ExitStack() as stack:
        stores = {"SQLite": embedded}
        if alone:
            yield Figure("PostgreSQL, peers and the limits of reads", None, why="left out: --alone")
        else:
            try:
                postgres = stack.enter_context(Durable())
                stores["PostgreSQL"] = postgres.url(postgres.create())
            except (LookupError, RuntimeError) as reason:
                yield Figure("PostgreSQL, peers and the limits of reads", None, why=f"left out: {reason}")
        for on, store in stores.items():
            yield from writes.imported(store, facts, on)
        facts.unlink()
        yield from _read(stores, folder, FEWER if actions > FEWER else 0)
        for on, store in stores.items():
            yield from writes.visible(store, on)
        for on, store in stores.items():
            yield from writes.rebuilt(store, on)


def _of_many(folder: Path, actions: int) -> Iterator[Figure]:
    """Reading alone, and appending."""
    untold = f"left out: no more than {IMPORTED:,} are imported"
    yield Figure("imports, rebuilds, PostgreSQL, peers and the limits of reads", None, why=untold)
    base, store = writes.store(folder / "base", IMPORTED), folder / "data"
    multiply(Path(base), store, actions // IMPORTED)
    shutil.rmtree(folder / "base")
    stores = {"SQLite": str(store)}
    yield from _read(stores, folder, FEWER)
    yield from writes.visible(stores["SQLite"], "SQLite")


def _read(stores: Mapping[str, str], folder: Path, fewer: int) -> Iterator[Figure]:
    """All reads, of servers that stay; what these hold in memory is told last. Growth is against `fewer` actions."""
    allow_files(crowds.FILES)
    versions, now = rows.write(stores["SQLite"], folder) if len(stores) > 1 else (None, None)
    with ExitStack() as stack:
        served = {on: stack.enter_context(servers.product(store)) for on, store in stores.items()}
        products = {on: running.url for on, running in served.items()}
        yield from reads.reads(products["SQLite"])
        if versions and now:
            yield from reads.on_postgres(products["PostgreSQL"])
            yield from reads.near_limits_of_postgres(products["PostgreSQL"], stores["PostgreSQL"])
            yield from reads.near_limits(products["SQLite"], now)
            yield from datasettes(products["SQLite"], now)
            yield from mariadbs(products, versions)
            versions.unlink()
            now.unlink()
        yield from crowds.crowded(served["SQLite"])
        beside = stack.enter_context(servers.product(writes.store(folder / "fewer", fewer))).url if fewer else None
        yield from growth.grown(products["SQLite"], beside, fewer)
        for on, running in served.items():
            yield from crowds.held(running, on)
