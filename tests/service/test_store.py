"""The log on both databases: in order, all or nothing; and a folder, which one process holds."""

import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from eventsourcing.persistence import IntegrityError

from domain.errors import Refused
from projections import pages
from projections.filters import Filters
from projections.readmodel import Moment
from service.instance import Instance
from service.store.folder import FolderHeld
from tests.support.store import first, later, load, opened, submit

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def instance(database: str) -> Iterator[Instance]:
    with opened(database) as instance:
        yield instance


def positions(instance: Instance) -> list[int]:
    return [fact.position for fact in instance.log.read(0, 100)]


def test_given_facts_then_they_are_read_in_order_from_any_position(instance: Instance) -> None:
    load(instance, *(first(f"case:{number}") for number in range(5)))
    everything = instance.log.read(0, 100)
    assert [fact.payload.source_ref for fact in everything] == [f"case:{number}" for number in range(5)]  # type: ignore[union-attr]  # first reports
    assert instance.log.read(everything[1].position, 2) == everything[2:4]
    assert instance.log.head() == everything[-1].position


def test_given_nothing_recorded_then_the_log_is_empty(instance: Instance) -> None:
    assert (instance.log.head(), instance.log.read(0, 9), instance.log.newest_at(9)) == (0, [], None)
    assert instance.log.position_at(NOON) == 0


def tables(instance: Instance) -> dict[str, int]:
    """How many rows the log's tables hold."""
    names = ("stored_events", "source_refs", "idempotency_keys")
    with instance.log.looking() as execute:
        return {name: execute.rows(f"SELECT COUNT(*) FROM {name}")[0][0] for name in names}


def test_given_a_transaction_that_fails_at_its_end_then_it_leaves_nothing(instance: Instance) -> None:
    """The key is the last of what is written: facts and source_refs are in the tables when it fails."""
    with instance.log.operating() as execute:
        execute.rows("INSERT INTO idempotency_keys (key, position) VALUES ('k', 0)")
    with pytest.raises(IntegrityError):
        submit(instance, first("case:a"), key="k")
    assert tables(instance) == {"stored_events": 0, "source_refs": 0, "idempotency_keys": 1}
    assert submit(instance, first("case:a"), key="l").recorded


def test_given_a_failure_when_sent_again_then_recorded(instance: Instance) -> None:
    with pytest.raises(Refused):
        submit(instance, later("case:a", "cancelled"), key="k")
    submit(instance, first("case:a"), key="k")
    assert set(tables(instance).values()) == {1}


def test_given_a_clock_that_goes_back_then_recorded_at_does_not(database: str) -> None:
    clocks = [NOON, NOON - timedelta(hours=1), NOON + timedelta(seconds=1), NOON]
    with opened(database, clock=lambda: clocks.pop(0)) as instance:
        for number in range(4):
            submit(instance, first(f"case:{number}"))
        recorded = [fact.recorded_at - NOON for fact in instance.log.read(0, 9)]
    assert [round(since.total_seconds()) for since in recorded] == [0, 0, 1, 1]


def test_given_many_positions_then_the_time_of_each_is_found(instance: Instance) -> None:
    load(instance, first("case:a"))
    for number in range(20):
        submit(instance, later("case:a", "confirmed", on=None, reason=f"note {number}"))
    for fact in random.Random(1).sample(instance.log.read(0, 100), 10):
        assert instance.log.position_at(fact.recorded_at) == fact.position


def shown(instance: Instance, position: int) -> int:
    """How many actions the timeline shows at a position."""
    count: int = instance.run(pages.total(instance.database, Filters(), Moment(1 << 60, position)))
    return count


def test_given_a_folder_that_is_held_when_opened_again_then_refused_naming_the_holder(tmp_path: Path) -> None:
    folder = str(tmp_path / "data")
    with opened(folder), pytest.raises(FolderHeld, match=str(os.getpid())), opened(folder):
        pass


@pytest.mark.parametrize("name", ["with blank", "100%?#", "Élysée", "a" * 200])
def test_given_any_name_of_a_folder_then_it_keeps_what_was_recorded(name: str, tmp_path: Path) -> None:
    with opened(str(tmp_path / name)) as instance:
        submit(instance, first("case:a"))
    with opened(str(tmp_path / name)) as instance:
        assert instance.log.head() == 1 and shown(instance, 1) == 1
    assert (tmp_path / name / "log.sqlite").exists()


def test_the_log_in_sqlite_is_written_through_to_the_disk_by_one_connection(tmp_path: Path) -> None:
    with opened(str(tmp_path)) as instance:
        pool = instance.log._recorder.datastore.pool  # type: ignore[attr-defined]  # of the recorder in SQLite
        with instance.log.operating() as execute:
            assert execute.rows("SELECT * FROM pragma_synchronous")[0][0] == 2
            assert execute.rows("SELECT * FROM pragma_journal_mode")[0][0] == "wal"
        assert pool.pool_size + pool.max_overflow == 1
