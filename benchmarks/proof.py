"""`./timeline bench --proof`: random logs told to the real service, every answer held against a plain loop.

An example is one random log, over which at least one complete comparison of all addresses went through. Most run on
SQLite, since PostgreSQL takes several times as long over the same; the two run side by side.
"""

import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from random import randrange

from tests.proof.runs import ROUND, opened, prove

SHARES = {"sqlite": 0.8, "postgres": 0.2}
"""Of all examples."""


def proof(examples: int, seed: int | None) -> None:
    """Prints what was compared; ends with status 1 and the shortest log found that is answered wrongly, if any is."""
    first = randrange(10**9) if seed is None else seed
    print(f"seed {first}: `./timeline bench --proof --examples {examples} --seed {first}` does the same", flush=True)
    with ProcessPoolExecutor(len(SHARES), get_context("spawn")) as processes:
        asked = {name: round(examples * share) for name, share in SHARES.items()}
        ends = {name: processes.submit(_prove, name, number, first) for name, number in asked.items() if number}
        sums = {name: end.result() for name, end in ends.items()}
    print(f"{'database':<12} {'examples':>10} {'facts':>10} {'comparisons':>12} {'per second':>12}")
    for name, (found, seconds) in sums.items():
        counted = (f"{found[what]:>{width},}" for what, width in (("examples", 10), ("facts", 10), ("comparisons", 12)))
        print(f"{name:<12} {' '.join(counted)} {found['examples'] / seconds:>12.2f}")


def _prove(name: str, examples: int, first: int) -> tuple[Counter[str], float]:
    """The sums, and how many seconds it took."""
    started = time.perf_counter()

    def told(sums: Counter[str]) -> None:
        if sums["examples"] // ROUND % 10 == 0 or sums["examples"] >= examples:
            rate = sums["examples"] / (time.perf_counter() - started)
            print(f"{name}: {sums['examples']:,} of {examples:,}, {rate:.1f} a second", file=sys.stderr, flush=True)

    with opened(name) as fresh:
        return prove(fresh, examples, first, told, shrinks=True), time.perf_counter() - started
