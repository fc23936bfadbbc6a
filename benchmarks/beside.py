"""The page for one country and range beside the same of Datasette and MariaDB, where they can be installed."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import datasette, mariadb
from benchmarks.figures import Figure, LeftOut, ratio
from benchmarks.load import rate
from benchmarks.reads import ASKED, OWN, PAST, PATH

TIMES = {"SQLite": 2.0, "PostgreSQL": 1.2}
"""How many times as many pages as MariaDB is aimed at."""


def datasettes(product: str, now: Path) -> Iterator[Figure]:
    """On the embedded store alone: both read a SQLite file. `now` as `benchmarks/rows.py` writes it."""
    table, statement = f"{PATH} / Datasette", f"{PATH} / Datasette given the SQL"
    try:
        with tempfile.TemporaryDirectory() as folder, datasette.serving(Path(folder), now) as peer:
            yield Figure(table, _times(product + OWN, datasette.page(peer, *ASKED)), 8)
            yield Figure(statement, _times(product + OWN, datasette.query(peer, *ASKED)), 8)
    except (LeftOut, RuntimeError) as reason:
        yield Figure(table, None, 8, why=str(reason))


def mariadbs(products: Mapping[str, str], versions: Path) -> Iterator[Figure]:
    """Each of our databases; `versions` as `benchmarks/rows.py` writes them."""
    names = {on: f"{PATH} / MariaDB ({on})" for on in products}
    try:
        with tempfile.TemporaryDirectory() as folder, mariadb.serving(Path(folder), versions) as peer:
            page = "{}?country={}&start={}&end={}".format(peer, *ASKED)
            for on, product in products.items():
                yield Figure(names[on], _times(product + OWN, page), TIMES[on])
                past = _times(f"{product}{OWN}&{PAST}", f"{page}&{PAST}")
                yield Figure(f"the same, both as of a past day ({on})", past, TIMES[on])
    except (LeftOut, RuntimeError) as reason:
        yield from (Figure(name, None, TIMES[on], why=str(reason)) for on, name in names.items())


def _times(url: str, beside: str) -> float:
    return ratio(lambda: rate(url), lambda: rate(beside))
