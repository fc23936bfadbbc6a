"""The page for one country and range beside the same of Datasette and MariaDB, where they can be installed."""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import datasette, mariadb
from benchmarks.figures import Figure, LeftOut
from benchmarks.load import times
from benchmarks.reads import AFTER_PAST, ASKED, OWN, PAST, PATH

TIMES = {"SQLite": 2.0, "PostgreSQL": 1.2}
"""How many times as many pages as MariaDB is aimed at."""


def datasettes(product: str, now: Path) -> Iterator[Figure]:
    """On the embedded store alone: both read a SQLite file. `now` as `benchmarks/rows.py` writes it."""
    table, statement = f"{PATH} / Datasette", f"{PATH} / Datasette given the SQL"

    def measured() -> Iterator[Figure]:
        with tempfile.TemporaryDirectory() as folder, datasette.serving(Path(folder), now) as peer:
            yield Figure(table, times(product + OWN, datasette.page(peer, *ASKED)), 8)
            yield Figure(statement, times(product + OWN, datasette.query(peer, *ASKED)), 8)

    return _or_left_out({table: 8, statement: 8}, measured())


def mariadbs(products: Mapping[str, str], versions: Path) -> Iterator[Figure]:
    """Each of our databases; `versions` as `benchmarks/rows.py` writes them. Both of the past by the end of a day."""
    names = {on: (f"{PATH} / MariaDB ({on})", f"the same, both as of a past day ({on})") for on in products}

    def measured() -> Iterator[Figure]:
        with tempfile.TemporaryDirectory() as folder, mariadb.serving(Path(folder), versions) as peer:
            page = "{}?country={}&start={}&end={}".format(peer, *ASKED)
            for on, product in products.items():
                now, past = names[on]
                yield Figure(now, times(product + OWN, page), TIMES[on])
                yield Figure(past, times(f"{product}{OWN}&{PAST}", f"{page}&as_of={AFTER_PAST}"), TIMES[on])

    return _or_left_out({name: TIMES[on] for on, some in names.items() for name in some}, measured())


def _or_left_out(aims: Mapping[str, float], measured: Iterator[Figure]) -> Iterator[Figure]:
    """Every name once: the figures, and of those that could not be had the reason."""
    told = set()
    try:
        for figure in measured:
            told.add(figure.name)
            yield figure
    except (LeftOut, RuntimeError, subprocess.CalledProcessError) as reason:
        yield from (Figure(name, None, aim, why=str(reason)) for name, aim in aims.items() if name not in told)
