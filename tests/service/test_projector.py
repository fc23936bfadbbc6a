"""The read models follow the log, several at once too; they are rebuilt beside those that serve."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

import projections
from domain.errors import Refused
from domain.fold import Version
from projections import pages
from projections.filters import Filters
from projections.postgres import Postgres
from projections.readmodel import Moment, reached
from projections.tallies import TALLIES
from projections.timeline import TIMELINE
from service import projector
from service.demo import load as load_demo
from service.instance import Instance
from service.projector import Projector
from service.rebuild import NotTheFold, rebuild
from tests.support.store import busy_log, everything, first, later, load, opened, submit


@pytest.fixture
def instance(database: str) -> Iterator[Instance]:
    """With the demo data and more in its log, of which nothing is projected; in small batches."""
    with opened(database, project=False, batch=4, poll=0.05) as instance:
        load_demo(instance)
        load(instance, *busy_log())
        yield instance


def quiet(done: int, total: int | None) -> None: ...


def shown(instance: Instance) -> int:
    """How many actions the timeline shows now."""
    position = instance.run(reached(instance.database)).position
    count: int = instance.run(pages.total(instance.database, Filters(), Moment(1 << 60, position)))
    return count


@pytest.mark.parametrize("part", [1, 2, 10])
def test_given_two_projectors_at_once_then_each_batch_is_applied_once(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(projector, "PART", part)
    url = instance.settings.database
    other = Postgres(url) if instance.settings.is_postgres else instance.database
    two = [Projector(instance.log, database, 3, 1.0) for database in (instance.database, other)]
    with ThreadPoolExecutor(2) as threads:
        ends = list(threads.map(Projector.catch_up, two))
    assert ends == [instance.log.head()] * 2
    if other is not instance.database:
        asyncio.run(other.close())
    live = everything(instance, TIMELINE)
    rebuild(instance, None, quiet)
    assert everything(instance, TIMELINE) == live


def test_given_a_batch_of_several_parts_then_what_they_keep_is_settled_once_for_it(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[list[int]] = []
    monkeypatch.setattr(projector, "PART", 2)
    counting = replace(
        TIMELINE, apply=lambda _, changes: len(changes), settle=lambda _, parts: settled.append([*parts])
    )
    head = instance.log.head()
    Projector(instance.log, instance.database, 5, 1.0, [counting]).catch_up(until=head - head % 5 + 1)
    assert settled == [[2, 2, 1]] * (head // 5) + [[1]]


def test_given_a_projector_that_stops_then_it_ends_after_the_part_at_hand_with_what_is_applied(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector, "PART", 2)

    def stops(execute: Any, changes: Any) -> Any:
        stopping.stop()
        return TALLIES.apply(execute, changes)

    stopping = Projector(instance.log, instance.database, 50, 1.0, [TIMELINE, replace(TALLIES, apply=stops)])
    assert stopping.catch_up() == instance.run(reached(instance.database)).position == 2
    instance.projector.catch_up()
    live = everything(instance, TALLIES)
    rebuild(instance, None, quiet)
    assert everything(instance, TALLIES) == live


def test_given_a_batch_that_fails_then_neither_rows_nor_position_move(instance: Instance) -> None:
    def half(execute: Any, changes: Any) -> None:
        TIMELINE.apply(execute, changes)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Projector(instance.log, instance.database, 5, 1.0, [replace(TIMELINE, apply=half)]).catch_up()
    assert instance.run(reached(instance.database)).position == 0
    assert not any(everything(instance, TIMELINE).values())


def wait_for(instance: Instance, position: int) -> bool:
    """Whether the read models get there within 10 seconds."""
    for _ in range(1_000):
        if instance.run(reached(instance.database)).position == position:
            return True
        time.sleep(0.01)
    return False


def test_given_a_thread_that_follows_then_what_is_recorded_is_seen_without_asking(instance: Instance) -> None:
    instance.projector.start()
    assert wait_for(instance, instance.log.head())
    assert wait_for(instance, submit(instance, first("case:a")).position)


def test_given_a_fault_then_the_thread_goes_on(instance: Instance, caplog: pytest.LogCaptureFixture) -> None:
    faults = iter([ZeroDivisionError, ZeroDivisionError])

    def faulty(execute: Any, changes: Any) -> None:
        for fault in faults:
            raise fault
        TIMELINE.apply(execute, changes)

    projector = Projector(instance.log, instance.database, 50, 0.01, [replace(TIMELINE, apply=faulty)])
    projector.start()
    assert wait_for(instance, instance.log.head())
    projector.stop()
    assert [record.message for record in caplog.records] == ["projecting failed; trying again"] * 2


def test_given_a_projection_broken_on_purpose_then_the_swap_is_refused(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgets_the_last(execute: Any, changes: Any) -> None:
        TIMELINE.apply(execute, [change for change in changes if change.fact.position != instance.log.head()])

    instance.projector.catch_up()
    live = everything(instance, TIMELINE)
    with monkeypatch.context() as broken, pytest.raises(NotTheFold, match="timeline: digest"):
        broken.setattr(projections, "ALL", (replace(TIMELINE, apply=forgets_the_last),))
        rebuild(instance, None, quiet)
    assert everything(instance, TIMELINE) == live
    assert rebuild(instance, None, quiet) == f"rebuilt timeline, tallies up to position {instance.log.head()}"


def test_given_rows_that_were_tampered_with_then_a_rebuild_puts_them_right(instance: Instance) -> None:
    instance.projector.catch_up()
    live = everything(instance, TIMELINE)
    with instance.database.transaction() as execute:
        execute.rows("UPDATE versions SET status = 'cancelled'")
        execute.rows("DELETE FROM parties")
    rebuild(instance, "timeline", quiet)
    assert everything(instance, TIMELINE) == live


def test_given_a_rebuild_then_reads_go_on_until_it_is_done(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    def expected(version: Version) -> int:
        counts.append(shown(instance))
        return TIMELINE.expected(version)

    instance.projector.catch_up()
    standing, counts = shown(instance), list[int]()
    monkeypatch.setattr(projections, "ALL", (replace(TIMELINE, expected=expected),))
    rebuild(instance, None, lambda done, total: counts.append(shown(instance)))
    assert len(counts) > 10 and set(counts) == {standing} and shown(instance) == standing


def test_given_facts_recorded_during_a_rebuild_then_they_are_projected_once(instance: Instance) -> None:
    def record_more(done: int, total: int | None) -> None:
        load(instance, first(f"during:{done}"), later("busy:5", "cancelled", on=None))

    rebuild(instance, None, record_more)
    assert instance.projector.catch_up() == instance.log.head()
    live = everything(instance, TIMELINE)
    rebuild(instance, None, quiet)
    assert everything(instance, TIMELINE) == live


def test_given_two_rebuilds_at_once_then_the_second_is_refused(instance: Instance) -> None:
    def again(done: int, total: int | None) -> None:
        with pytest.raises(Refused, match="under way"):
            rebuild(instance, None, quiet)

    rebuild(instance, None, again)


def test_given_a_name_of_no_projection_then_refused_with_those_that_are(instance: Instance) -> None:
    with pytest.raises(Refused, match="no projection is named 'lanes'; there are timeline"):
        rebuild(instance, "lanes", quiet)
