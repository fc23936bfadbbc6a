"""`./timeline bench`: every figure a ratio of two things measured in turn, in one run, on data made here.

`--page` measures the page in a real browser instead, in milliseconds. `--proof` measures nothing: it tells random logs
to the service and holds every answer, at random moments, against a plain loop.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TypeVar

from benchmarks.figures import Figure
from benchmarks.page import Timing, timings
from benchmarks.proof import proof
from benchmarks.reads import reads
from benchmarks.writes import fill, helped, rebuilt, visible

Row = TypeVar("Row", Figure, Timing)


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
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        filled = list(fill(folder, options.actions))
        measured = timings(folder, options.actions) if options.page else chain(filled, *_others(folder))
        print(f"{options.actions:,} actions")
        figures = [_shown(figure) for figure in measured]
    if options.json:
        options.json.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")


def _others(folder: Path) -> list[Iterator[Figure]]:
    return [helped(), reads(folder), visible(folder), rebuilt(folder)]


def _shown(figure: Row) -> Row:
    """Printed as soon as it is known: all of them take minutes."""
    print(figure.row(), flush=True)
    return figure


if __name__ == "__main__":
    main()
