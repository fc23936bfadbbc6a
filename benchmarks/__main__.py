"""`./timeline bench`: every figure a ratio of two things measured in turn, in one run, on data made here.

`--page` measures the page in a real browser instead, in milliseconds. `--proof` measures nothing: it tells random logs
to the service and holds every answer, at random moments, against a plain loop.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import servers
from benchmarks.data import lines
from benchmarks.load import rate
from benchmarks.page import timings
from benchmarks.proof import proof
from service.instance import Instance
from service.settings import Settings
from service.statements import read_statement

ROUNDS = 5
BATCH = 1_000


@dataclass(frozen=True)
class Figure:
    """One row of the table; `value` is a ratio, or per second where `aim` is."""

    name: str
    value: float
    aim: float

    def row(self) -> str:
        verdict = "met" if self.value >= self.aim else "missed"
        return f"{self.name:<64} {self.value:>10,.2f} {self.aim:>10,.2f}  {verdict}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="./timeline bench", description=__doc__)
    parser.add_argument("--actions", type=int, default=100_000)
    parser.add_argument("--page", action="store_true", help="the page in a browser, beside two other timelines")
    parser.add_argument("--proof", action="store_true", help="every answer to random logs beside a plain loop")
    parser.add_argument("--examples", type=int, default=10_000, help="of --proof: how many logs")
    parser.add_argument("--seed", type=int, help="of --proof: to do the same again")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    options = parser.parse_args()
    if options.proof:
        proof(options.examples, options.seed)
        return
    with tempfile.TemporaryDirectory() as folder:
        filled = fill(Path(folder), options.actions)
        figures = [*timings(Path(folder), options.actions)] if options.page else [*filled, *pages(Path(folder))]
    measure, unit = f"measure, {options.actions:,} actions", "ms" if options.page else "ratio"
    print(f"{measure:<64} {unit:>10} {'aim':>10}")
    for figure in figures:
        print(figure.row())
    if options.json:
        options.json.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")


def fill(folder: Path, actions: int) -> list[Figure]:
    """Imports the made-up facts; facts per second from a parsed line to a visible row."""
    instance = Instance(Settings(database=str(folder), project=False))
    instance.migrate()
    facts = list(lines(actions))
    started = time.perf_counter()
    for start in range(0, len(facts), BATCH):
        entries = [(number, read_statement(fact)) for number, fact in enumerate(facts[start : start + BATCH])]
        assert not instance.ledger.load(entries).rejected
    instance.projector.catch_up()
    seconds = time.perf_counter() - started
    asyncio.run(instance.close())
    return [Figure("facts a second, validated, stored and visible (SQLite)", len(facts) / seconds, 10_000)]


def pages(folder: Path) -> list[Figure]:
    """A page of 100 beside ready bytes of the same size; the same page as of past days beside today's."""
    with servers.product(folder) as product:
        page = f"{product}/api/timeline?limit=100"
        own = f"{page}&country=FRA&from=1990-01-01&to=2000-01-01"
        size = len(urllib.request.urlopen(page).read())
        with servers.bare(size) as limit:
            return [
                Figure("page of 100 / bare FastAPI route with ready bytes", _ratio(page, limit), 0.6),
                Figure("page of 100 for one country and range / the same bare route", _ratio(own, limit), 0.6),
                Figure("that page as of a past day / now", _ratio(f"{own}&as_of=2015-06-01", own), 0.85),
                Figure(
                    "newest first as of 30 years ago / now",
                    _ratio(f"{page}&sort=-date&as_of=1996-06-01", f"{page}&sort=-date"),
                    0.75,
                ),
            ]


def _ratio(url: str, beside: str) -> float:
    """The median over rounds, the two in turn, of how many more requests a second the first one answers."""
    return statistics.median(rate(url)[0] / rate(beside)[0] for _ in range(ROUNDS))


if __name__ == "__main__":
    main()
