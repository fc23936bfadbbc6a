"""What only SQLite can do to us: it runs in this process, where one query could hold up all others."""

import asyncio
from pathlib import Path

import pytest

from projections.readmodel import POSITIONS
from projections.sqlite import SCANNERS, SQLite

LONG = (
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :most)"
    " SELECT COUNT(*) FROM numbers"
)


@pytest.mark.parametrize("way", ["read", "scan"])
def test_given_a_query_that_takes_long_then_others_are_answered_meanwhile(tmp_path: Path, way: str) -> None:
    async def read_meanwhile() -> tuple[bool, list[tuple[int]]]:
        database = SQLite(tmp_path / "views.sqlite")
        scan = asyncio.create_task(getattr(database, way)(LONG, {"most": 2_000_000}))
        for _ in range(3):
            await asyncio.sleep(0.01)
            await database.read("SELECT 1")
        unfinished, found = not scan.done(), await scan
        await database.close()
        return unfinished, found

    assert asyncio.run(read_meanwhile()) == (True, [(2_000_000,)])


def test_given_scans_in_all_threads_then_a_read_that_takes_long_waits_for_none_of_them(tmp_path: Path) -> None:
    async def read_beside() -> tuple[list[bool], list[tuple[int]]]:
        database = SQLite(tmp_path / "views.sqlite")
        scans = [asyncio.create_task(database.scan(LONG, {"most": 8_000_000})) for _ in range(SCANNERS)]
        await asyncio.sleep(0)
        found = await database.read(LONG, {"most": 300_000})
        unfinished = [not scan.done() for scan in scans]
        await asyncio.gather(*scans)
        await database.close()
        return unfinished, found

    assert asyncio.run(read_beside()) == ([True] * SCANNERS, [(300_000,)])


def test_given_a_swap_after_another_then_what_is_built_can_be_written_meanwhile(tmp_path: Path) -> None:
    database = SQLite(tmp_path / "views.sqlite")
    database.create(lambda execute: POSITIONS)
    seen = []
    for _ in range(2):
        with database.beside() as beside, database.swapping(beside) as swap:
            with beside.transaction() as built:
                built.rows("CREATE TABLE built AS SELECT 7 AS x")
            seen += swap.rows("SELECT x FROM rebuild.built")
    asyncio.run(database.close())
    assert seen == [(7,), (7,)]


@pytest.mark.parametrize("number", [0, 1, 166, 167, 333])
def test_given_any_number_of_rows_then_each_is_inserted_once_and_added_where_it_is_there(
    tmp_path: Path, number: int
) -> None:
    database = SQLite(tmp_path / "views.sqlite")
    rows = [(key, "a", 1) for key in range(number)]
    with database.transaction() as execute:
        execute.rows("CREATE TABLE counted (key INTEGER PRIMARY KEY, word TEXT, count INTEGER)")
        for _ in range(2):
            execute.many(
                "INSERT INTO counted VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET count = counted.count + 1", rows
            )
        assert execute.rows("SELECT * FROM counted ORDER BY key") == [(key, "a", 2) for key in range(number)]
    asyncio.run(database.close())
