"""What only PostgreSQL can do to us: cut a connection that the pool still holds."""

import asyncio

import psycopg

from projections.postgres import Postgres


def test_given_connections_that_were_cut_when_read_then_another_one_answers(postgres_url: str) -> None:
    async def read_twice() -> list[tuple[int]]:
        database = Postgres(postgres_url, pool_size=1)
        await database.read("SELECT 1")
        with psycopg.connect(postgres_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        found = await database.read("SELECT 2")
        await database.close()
        return found

    assert asyncio.run(read_twice()) == [(2,)]
