"""What PostgreSQL alone can do to us: cut a connection that the pool still holds, rebuild from two processes, join."""

import asyncio

import psycopg
import pytest

from domain.errors import Refused
from projections.filters import in_lane
from projections.postgres import Postgres
from projections.timeline import TIMELINE


def test_given_connections_that_were_cut_when_read_then_another_one_answers(postgres_url: str) -> None:
    async def read_twice() -> list[tuple[int]]:
        database = Postgres(postgres_url, pool_size=1)
        await database.read("SELECT 1")
        cut_all_others(postgres_url)
        found = await database.read("SELECT 2")
        await database.close()
        return found

    assert asyncio.run(read_twice()) == [(2,)]


def test_given_a_rebuild_of_another_process_then_refused_until_its_session_ends(postgres_url: str) -> None:
    ours, other = Postgres(postgres_url), Postgres(postgres_url)
    with ours.beside() as building:
        building.create(lambda execute: ["CREATE TABLE built (id INTEGER)"])
        with pytest.raises(Refused, match="another rebuild is under way"), other.beside():
            pass
        with building.transaction() as execute:
            assert execute.rows("SELECT * FROM built") == []  # nobody dropped it
    with pytest.raises(psycopg.OperationalError), other.beside():
        cut_all_others(postgres_url)  # as when the process that builds dies
    with ours.beside():
        pass


def test_given_a_row_to_find_in_another_lane_then_it_is_looked_up_and_whole_lanes_are_not_joined(
    postgres_url: str,
) -> None:
    database = Postgres(postgres_url)
    database.create(lambda execute: TIMELINE.tables)
    with database.transaction() as execute:
        plan = execute.rows(f"EXPLAIN SELECT 1 FROM versions v WHERE {in_lane(':lane')}", {"lane": "FRA"})
    assert "SubPlan" in str(plan)
    assert "Join" not in str(plan)


def cut_all_others(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
