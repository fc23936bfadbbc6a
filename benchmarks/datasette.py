"""Datasette over the rows of today with an index like ours, as fast as its settings allow, in its own environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import environments
from benchmarks.servers import free_port, started

FAST = {"_shape": "array", "_nocount": 1, "_nofacet": 1, "_nosuggest": 1}


@contextmanager
def serving(folder: Path, rows: Path) -> Iterator[str]:
    """The address of `rows`, a file as `benchmarks/rows.py` writes it, that is called now.sqlite. Raises LeftOut."""
    python = environments.make(folder / "environment", "datasette")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [str(python.with_name("datasette")), "serve", "--immutable", str(rows), "--port", str(port)]
    with started([*command, "--setting", "num_sql_threads", "1"], f"{address}/-/versions.json"):
        yield f"{address}/now"


def page(address: str, country: str, first: str, last: str) -> str:
    """Through the JSON API of a table; the column that it is sorted by must be among those asked for."""
    asked = {
        "country": country,
        "day__gte": first,
        "day__lte": last,
        "_sort": "day",
        "_size": 100,
        "_col": ["day", "json"],
    }
    return f"{address}/now.json?{urlencode({**asked, **FAST}, doseq=True)}"


def query(address: str, country: str, first: str, last: str) -> str:
    """Through its JSON API for SQL, which knows nothing of a table and gives no next page."""
    sql = "SELECT json FROM now WHERE country = :c AND day BETWEEN :first AND :last ORDER BY day, action LIMIT 100"
    return f"{address}.json?{urlencode({'sql': sql, 'c': country, 'first': first, 'last': last, '_shape': 'arrays'})}"
