"""`./timeline bench`: what compares two things asks both in turn, in one run, on data made here.

Datasette, MariaDB and PostgreSQL are run beside it where they can be had, up to a million actions. `--profile` says
where the time of a page, of the view of a country and of a projected fact goes instead, and the bytes on disk; `--page`
measures the page in a real browser, in milliseconds. `--report` measures nothing: it puts earlier runs into
docs/performance.md. Nor does `--proof`: it tells random logs to the service and holds every answer, at random moments,
against a plain loop.
"""

import argparse
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.figures import Run, read
from benchmarks.multiplied import MOST
from benchmarks.page import timings
from benchmarks.profiling import profiles
from benchmarks.proof import proof
from benchmarks.report import report
from benchmarks.run import IMPORTED, figures

LEAST = 1_000
"""Actions, so that every address has something to answer."""


def main() -> None:
    options = _options()
    if options.proof:
        proof(options.examples, options.seed)
    elif options.report:
        report(options.report)
    else:
        if options.json:
            options.json.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./timeline bench", description=__doc__)
    parser.add_argument(
        "--actions",
        type=_number,
        default=100_000,
        help="to make up, 100,000 unless told; above a million the rows of a million several times, to be read",
    )
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument(
        "--alone",
        action="store_true",
        help="only the embedded store, without PostgreSQL, peers and the limits of reads",
    )
    parser.add_argument("--profile", action="store_true", help="where the time goes")
    parser.add_argument("--page", action="store_true", help="the page in a browser, beside two other timelines")
    parser.add_argument("--report", type=_earlier, nargs="+", metavar="JSON", help="runs to show, beside one another")
    parser.add_argument("--proof", action="store_true", help="every answer to random logs beside a plain loop")
    parser.add_argument("--examples", type=int, default=10_000, help="of --proof: how many logs")
    parser.add_argument("--seed", type=int, help="of --proof: to do the same again")
    return parser.parse_args()


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < LEAST:
        raise argparse.ArgumentTypeError(f"{text!r}: give a number, {LEAST:,} or more")
    times, rest = divmod(int(text), IMPORTED)
    if int(text) > IMPORTED and (rest or times > MOST):
        raise argparse.ArgumentTypeError(f"{text!r}: above {IMPORTED:,} give that up to {MOST} times over")
    return int(text)


def _earlier(path: str) -> Run:
    try:
        return read(Path(path))
    except (OSError, ValueError, KeyError, TypeError):
        raise argparse.ArgumentTypeError(f"{path!r}: is no file that --json wrote") from None


def _measure(folder: Path, options: argparse.Namespace) -> None:
    """Prints and writes each figure as soon as it is known: all of them take long."""
    print(f"{options.actions:,} actions", flush=True)
    measure = profiles if options.profile else timings if options.page else partial(figures, alone=options.alone)
    run = Run(options.actions, [])
    for figure in measure(folder, options.actions):
        print(figure.row(), flush=True)
        run.figures.append(figure)
        if options.json:
            run.write(options.json)


if __name__ == "__main__":
    main()
