"""Reading: requests a second beside a bare FastAPI route that answers as many ready bytes; the past beside today."""

import json
import statistics
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks import servers
from benchmarks.figures import Figure
from benchmarks.load import rate

ROUNDS = 5
PAGE = "/api/timeline?limit=100"
OWN = f"{PAGE}&country=AGO&from=1990-01-01&to=2000-01-01"
"""One country, the third most frequent of those made up, and a range."""
NUMBERS = {
    "country view": "/api/countries/AGO?",
    "counts by kind": "/api/counts?group_by=kind",
    "counts by month and kind, one country and range": (
        "/api/counts?interval=month&group_by=kind&country=AGO&from=1990-01-01&to=2000-01-01"
    ),
    "relation of two countries": "/api/relations/AGO/AIA?",
}
PAST, THEN = "as_of=2015-06-01", "as_of=1996-06-01"


def reads(folder: Path) -> Iterator[Figure]:
    """Every address under eight connections at once, in turn with what it is held against."""
    with servers.product(folder) as product, ExitStack() as stack:

        def limit(path: str) -> str:
            """A bare route with as many bytes."""
            return stack.enter_context(servers.bare(len(urllib.request.urlopen(product + path).read())))

        own = limit(OWN)
        yield Figure("page of 100 / bare FastAPI route with ready bytes", _ratio(product + PAGE, limit(PAGE)), 0.6)
        yield Figure("page of 100 for one country and range / the same", _ratio(product + OWN, own), 0.6)
        yield Figure("that page pinned, from memory / the same", _ratio(_pinned(product, OWN), own), 1.3)
        yield Figure("that page as of a past day / now", _ratio(f"{product}{OWN}&{PAST}", product + OWN), 0.85)
        newest = f"{product}{PAGE}&sort=-date"
        yield Figure("newest first as of 30 years ago / now", _ratio(f"{newest}&{THEN}", newest), 0.75)
        for name, path in NUMBERS.items():
            yield Figure(f"{name} / bare route with as many bytes", _ratio(product + path, limit(path)), 0.5)
            yield Figure(f"{name}, as of a past day / now", _ratio(f"{product}{path}&{PAST}", product + path), 1 / 3)


def _pinned(product: str, path: str) -> str:
    answer = json.load(urllib.request.urlopen(product + path))
    return f"{product}{path}&as_of={answer['as_of']}&position={answer['position']}&v=1"


def _ratio(url: str, beside: str) -> float:
    """The median over rounds, the two in turn, of how many more requests a second the first one answers."""
    return statistics.median(rate(url)[0] / rate(beside)[0] for _ in range(ROUNDS))
