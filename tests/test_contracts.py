"""Promises that everything on a list keeps: who adds to the list has its test by that."""

import random

import pytest

import projections
from projections.readmodel import Projection
from service import projector
from service.demo import load as load_demo
from service.rebuild import rebuild
from tests.support.store import busy_log, everything, load, opened

SEEDS = range(3)


def quiet(done: int, total: int | None) -> None: ...


@pytest.mark.parametrize("projection", projections.ALL, ids=lambda projection: projection.name)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_projection_rebuilds_to_the_same_rows(
    database: str, projection: Projection, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the batches: live a few facts at a time, rebuilt in batches of another size, read part by part."""
    sizes = random.Random(seed)
    monkeypatch.setattr(projector, "PART", sizes.randint(1, 4))
    with opened(database, batch=sizes.randint(1, 9)) as instance:
        load_demo(instance)
        facts = [*busy_log()]
        while facts:
            together = sizes.randint(1, 9)
            load(instance, *facts[:together])
            facts = facts[together:]
    with opened(database, batch=sizes.randint(1, 120)) as instance:
        live = everything(instance, projection)
        rebuild(instance, projection.name, quiet)
        assert all(live.values()) and everything(instance, projection) == live


@pytest.mark.parametrize("projection", projections.ALL, ids=lambda projection: projection.name)
def test_every_projection_of_an_empty_log_is_that_of_a_fresh_fold(database: str, projection: Projection) -> None:
    with opened(database) as instance:
        assert rebuild(instance, projection.name, quiet).endswith("position 0")
        assert not any(everything(instance, projection).values())


def test_every_projection_has_a_name_and_tables_of_its_own() -> None:
    names = [projection.name for projection in projections.ALL]
    tables = [table for projection in projections.ALL for table in projection.tables]
    assert len(set(names)) == len(names) and len(set(tables)) == len(tables)
