"""A thousand clients at once, and what a server process had in memory at the most, whatever was asked of it."""

from collections.abc import Iterator

from benchmarks import servers
from benchmarks.figures import Figure
from benchmarks.load import Load, crowd
from benchmarks.processes import UNTOLD, allow_files, peak
from benchmarks.reads import OWN, size

CLIENTS = 1_000
SECONDS, WARM = 12.0, 3.0
FILES = 2 * CLIENTS
"""That this process may have open, and each server that it starts from then on."""


def crowded(product: servers.Running) -> Iterator[Figure]:
    """p99 beside p50, and answers that were not 200 or did not come; the bare route under the same as its limit."""
    name = f"{CLIENTS:,} connections: p99 / p50"
    if not allow_files(FILES):
        yield Figure(name, None, 5, least=False, why=f"left out: no process here may have {FILES:,} files open")
        return
    load = crowd(product.url + OWN, CLIENTS, SECONDS, WARM)
    yield Figure(f"{CLIENTS:,} connections: errors", load.errors, 0, least=False)
    if not load.seconds:
        yield Figure(name, None, 5, least=False, why="no answer came")
        return
    yield Figure(name, _spread(load), 5, least=False)
    with servers.bare(size(product.url + OWN)) as bare:
        limit = crowd(bare.url, CLIENTS, SECONDS, WARM)
    yield Figure(
        f"p99 / p50 of a bare route under {CLIENTS:,} connections / ours",
        _spread(limit) / _spread(load),
        table="limits",
    )


def _spread(load: Load) -> float:
    """How many times the median those answers took that only one of a hundred is slower than."""
    return load.share(0.99) / load.share(0.5)


def held(product: servers.Running, on: str) -> Iterator[Figure]:
    """Megabytes at the most, the libraries' included, and those in no file after all that was asked of a server."""
    most, own = peak(product.pid)
    yield Figure(f"MB of memory of a server process, at the most ({on})", most, 250, least=False, why=UNTOLD)
    yield Figure(f"MB in no file of a server process, at the end ({on})", own, why=UNTOLD)
    with servers.bare(size(product.url + OWN)) as bare:
        least, _ = peak(bare.pid)
    share = least / most if least and most else None
    yield Figure(f"MB of a bare route's process / of a server process ({on})", share, table="limits", why=UNTOLD)
