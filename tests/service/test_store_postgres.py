"""The log in PostgreSQL: positions with gaps, large transactions, several processes."""

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from projections import pages
from projections.database import Execute
from projections.filters import Filters
from projections.readmodel import Moment
from service.instance import Instance
from tests.support.console import SCRIPT, environment
from tests.support.postgres import Postgres
from tests.support.store import first, lines, load, opened, submit

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SHARED = [f"shared:{number}" for number in range(50)]
"""Actions that both of two processes report."""


def positions(instance: Instance) -> list[int]:
    return [fact.position for fact in instance.log.read(0, 100)]


def use_up(execute: Execute, count: int) -> None:
    """Takes positions that no fact will have, as a transaction does that fails."""
    execute.rows(f"SELECT nextval('stored_events_notification_id_seq') FROM generate_series(1, {count})")


def shown(instance: Instance, position: int) -> int:
    count: int = instance.run(pages.total(instance.database, Filters(), Moment(1 << 60, position)))
    return count


def test_given_gaps_then_every_position_and_time_is_answered_rightly(postgres_url: str) -> None:
    now = NOON
    with opened(postgres_url, clock=lambda: now) as instance:
        for number in range(4):
            now = NOON + timedelta(hours=number)
            submit(instance, first(f"case:{number}"))
            with instance.log.operating() as execute:
                use_up(execute, 5)
        assert positions(instance) == [1, 7, 13, 19]
        assert [instance.log.position_at(NOON + timedelta(hours=hour)) for hour in (-1, 0, 1, 2, 9)] == [
            0,
            1,
            7,
            13,
            19,
        ]
        assert instance.log.position_at(NOON + timedelta(hours=1, seconds=-1)) == 1
        at = [instance.log.newest_at(position) for position in (0, 1, 6, 7, 12, 99)]
        assert [fact and fact.position for fact in at] == [None, 1, 1, 7, 7, 19]
        assert [shown(instance, position) for position in (0, 1, 6, 7, 18, 19)] == [0, 1, 1, 2, 3, 4]


def test_given_a_rollback_on_postgres_then_projecting_goes_on_over_the_gap(postgres_url: str) -> None:
    with opened(postgres_url, batch=2) as instance:
        submit(instance, first("case:a"))
        with pytest.raises(ZeroDivisionError), instance.log.appending(NOON) as appending:
            use_up(appending.execute, 3)
            raise ZeroDivisionError
        submit(instance, first("case:b"))
        assert positions(instance) == [1, 5]
        assert instance.projector.catch_up() == 5 and shown(instance, 5) == 2


@pytest.mark.parametrize("over", ["tcp", "unix socket"])
def test_given_a_load_bigger_than_socket_buffers_then_it_ends(over: str, postgres: Postgres, postgres_url: str) -> None:
    url = f"{postgres_url}?host={postgres.run}" if over == "unix socket" else postgres_url
    with opened(url, project=False) as instance:
        done = load(instance, *(first(f"case:{number}", summary="x" * 2_000) for number in range(5_000)))
        assert (done.recorded, len(done.rejected), instance.log.head()) == (5_000, 0, 5_000)


def test_given_two_processes_that_append_at_once_then_nothing_is_lost_or_doubled(
    postgres_url: str, tmp_path: Path
) -> None:
    with opened(postgres_url):
        files = {name: tmp_path / name for name in ("x", "y")}
    for name, file in files.items():
        file.write_bytes(lines(*(first(f"{name}:{number}") for number in range(1_500)), *map(first, SHARED)))
    command = [SCRIPT, "import", "ndjson"]
    started = [subprocess.Popen([*command, str(file)], env=environment(postgres_url)) for file in files.values()]
    assert [process.wait(120) for process in started] == [0, 0]
    with opened(postgres_url) as instance:
        facts = instance.log.read(0, 10_000)
        assert len({fact.action for fact in facts}) == len(facts) == 3_000 + len(SHARED)
        assert instance.projector.catch_up() == instance.log.head()
    recorded = [fact.recorded_at for fact in facts]
    assert recorded == sorted(recorded)


def test_given_more_writers_than_connections_then_each_has_its_turn(postgres_url: str) -> None:
    with opened(postgres_url) as instance, ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda number: submit(instance, first(f"case:{number}")), range(64)))
        assert sorted(answer.position for answer in answers) == positions(instance)


def test_given_connections_that_were_cut_then_writing_and_following_go_on(
    postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(postgres_url, poll=0.1) as instance, opened(postgres_url, project=False) as other:
        instance.projector.start()
        submit(instance, first("case:a"))
        time.sleep(0.3)
        with psycopg.connect(postgres_url, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert submit(other, first("case:b")).recorded and submit(instance, first("case:c")).recorded
        deadline = time.monotonic() + 10
        while shown(instance, 3) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert shown(instance, 3) == 3 and positions(instance) == [1, 2, 3]
        faults = -1  # of the one that writes, and of the one that listens, whichever notices first
        while faults < len(caplog.records):
            assert time.monotonic() < deadline
            faults = len(caplog.records)
            time.sleep(0.5)
