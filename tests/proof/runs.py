"""Many examples, one after the other, on one database: what the tests and `./timeline bench --proof` run.

An example is one random log, over which at least one complete comparison of all addresses went through.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proof.machine import Proof
from tests.support.client import Fresh, emptied, migrated
from tests.support.postgres import Postgres

ROUND = 50
"""Examples under one seed: so few that a failure is soon found again."""
STEPS = 3
_IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


def prove(
    fresh: Fresh,
    examples: int,
    first: int,
    told: Callable[[Counter[str]], None] = lambda sums: None,
    folds: bool = True,
    shrinks: bool = False,
) -> Counter[str]:
    """Runs until so many examples went through, from the seed `first` on; how many facts, comparisons and examples.

    `told` is given the sums after each round; `folds` says whether the fold itself is held against the oracle, too;
    `shrinks` whether a log that is answered wrongly is made as short as can be, which takes minutes. Raises what the
    first wrong answer leads to, with notes that name the seed and the address.
    """
    sums: Counter[str] = Counter()
    number = first
    while sums["examples"] < examples:
        _round(fresh, number, sums, folds, _settings(min(ROUND, examples - sums["examples"]), shrinks))
        told(sums)
        number += 1
    return sums


def _round(fresh: Fresh, number: int, sums: Counter[str], folds: bool, how: settings) -> None:
    def done(found: Counter[str]) -> None:
        if found["comparisons"]:
            sums.update(found, examples=1)

    machine = type("Proof", (Proof,), {"fresh": fresh, "done": done, "folds": folds})
    try:
        run_state_machine_as_test(seed(number)(machine), settings=how)
    except BaseException as error:
        error.add_note(f"seed {number}, after {sums['examples']} examples")
        raise


def _settings(examples: int, shrinks: bool) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        phases=[Phase.generate, Phase.shrink] if shrinks else [Phase.generate],
        deadline=None,
        database=None,
        derandomize=False,
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def opened(name: str) -> Iterator[Fresh]:
    """Gives an empty database of a kind, as often as it is asked; only the newest one is to be used."""
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY) as folder:
        if name == "sqlite":
            tables, data = migrated(f"{folder}/tables"), Path(folder, "data")
            yield lambda: str(shutil.copytree(tables, _without(data)))
            return
        with Postgres() as server:
            url = migrated(server.url(server.create()))
            with psycopg.connect(url, autocommit=True) as connection:
                yield lambda: emptied(connection, url)


def _without(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder
