"""Reading: answers a second beside a bare FastAPI route that gives as many ready bytes; the past beside today."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from benchmarks import limits, servers
from benchmarks.figures import Figure, ratio
from benchmarks.load import rate, times

PAGE = "/api/timeline?limit=100"
ASKED = ("AGO", "1990-01-01", "2000-01-01")
"""One country, the third most frequent of those made up, and a range."""
OWN = f"{PAGE}&country={ASKED[0]}&from={ASKED[1]}&to={ASKED[2]}"
NEWEST = f"{PAGE}&sort=-date"
COUNTS = OWN.replace(PAGE, "/api/counts?interval=month&group_by=kind")
NUMBERS = {
    "country view": "/api/countries/AGO?",
    "counts by kind": "/api/counts?group_by=kind",
    "counts by month and kind": "/api/counts?interval=month&group_by=kind",
    "counts by month and kind, one country and range": COUNTS,
    "relation of two countries": "/api/relations/AGO/AIA?",
}
PAST, AFTER_PAST, THEN = "as_of=2015-06-01", "2015-06-02", "as_of=1996-06-01"
"""As of the end of a day; when the first one has ended; 30 years ago."""
PASTS = {f"{name}, as of a past day": f"{path}&{PAST}" for name, path in NUMBERS.items()}
PATH = "page for one country and range"


def reads(product: str) -> Iterator[Figure]:
    """Addresses of the embedded store, each in turn with what it is held against."""
    with _bare_routes(product) as limit:
        own = limit(OWN)
        yield _figure("page of 100 / bare FastAPI route with ready bytes", product + PAGE, limit(PAGE), 0.6)
        yield _figure(f"{PATH} / the same (SQLite)", product + OWN, own, 0.6)
        yield _figure("that page pinned, from memory / the same", _pinned(product, OWN), own, 1.3)
    yield from _past_beside_now(product, "")
    yield from _numbers(product, "")


def on_postgres(product: str) -> Iterator[Figure]:
    """The page for one country and range, the past beside now, and all views, counts and relations."""
    with _bare_routes(product) as limit:
        yield _figure(f"{PATH} / the same (PostgreSQL)", product + OWN, limit(OWN), 0.6)
    yield from _past_beside_now(product, " (PostgreSQL)")
    yield from _numbers(product, " (PostgreSQL)")


@contextmanager
def _bare_routes(product: str) -> Iterator[Callable[[str], str]]:
    """From a path of the product to the address of a bare route with as many bytes."""
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(servers.bare(size(product + path))).url


def _past_beside_now(product: str, on: str) -> Iterator[Figure]:
    name = "newest first as of 30 years ago / now"
    yield _figure(f"that page as of a past day / now{on}", f"{product}{OWN}&{PAST}", product + OWN, 0.85)
    yield _figure(f"{name}{on}", f"{product}{NEWEST}&{THEN}", product + NEWEST, 0.85)


def _numbers(product: str, on: str) -> Iterator[Figure]:
    """Of the past a third is asked for of what is asked for of now, and at least a third of what is reached there."""
    for name, path in NUMBERS.items():
        past = f"{path}&{PAST}"
        with _bare_routes(product) as limit:
            yield _figure(f"{name} / bare route with as many bytes{on}", product + path, limit(path), 0.5)
            of_past = f"{name}, as of a past day / bare route with as many bytes{on}"
            yield _figure(of_past, product + past, limit(past), 0.5 / 3)
        yield _figure(f"{name}, as of a past day / now{on}", product + past, product + path, 1 / 3)


def near_limits_of_postgres(product: str, database: str) -> Iterator[Figure]:
    """How near the page comes to reading its rows, by their numbers, through one connection."""
    page = json.loads(_answer(product + OWN))["results"]
    with limits.rows_of_postgres(database, [row["id"] for row in page]) as read:
        raw = ratio(partial(rate, product + OWN), partial(limits.rate_of, read))
    yield Figure(f"{PATH} / raw PostgreSQL read of the same rows, one connection", raw, table="limits")


def near_limits(product: str, now: Path) -> Iterator[Figure]:
    """How near the page comes to each thing that it cannot do without; `now` as `benchmarks/rows.py` writes it."""
    url, page = product + OWN, _answer(product + OWN)
    with limits.page_reader(now, *ASKED) as read:
        raw = ratio(lambda: rate(url), lambda: limits.rate_of(read))
    yield Figure(f"{PATH} / raw SQLite read of the same rows, one connection", raw, table="limits")
    for name, path in {PATH: OWN, "newest first": NEWEST, **NUMBERS, **PASTS}.items():
        write = limits.serialiser(_answer(product + path))
        written = ratio(partial(rate, product + path), partial(limits.rate_of, write))
        yield Figure(f"{name} / serialisation of its JSON by orjson", written, table="limits")
    with servers.bare(len(page)) as bare, servers.bare(len(page), "benchmarks.loopback") as loopback:
        name = "as many bytes over loopback without a framework"
        yield Figure(f"{PATH} / {name}", times(url, loopback.url), table="limits")
        yield Figure(f"bare FastAPI route / {name}", times(bare.url, loopback.url), table="limits")


def _figure(name: str, url: str, beside: str, aim: float) -> Figure:
    return Figure(name, times(url, beside), aim)


def _pinned(product: str, path: str) -> str:
    answer = json.loads(_answer(product + path))
    return f"{product}{path}&as_of={answer['as_of']}&position={answer['position']}&v=1"


def size(url: str) -> int:
    """Bytes of an answer."""
    return len(_answer(url))


def _answer(url: str) -> bytes:
    answer: bytes = urllib.request.urlopen(url).read()
    return answer
