"""The diff over HTTP equals a plain loop, for any history, any filters, between any dates and any positions."""

import asyncio
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

import projections
from domain.events import Fact
from domain.instants import parse_instant, write_instant
from projections import clockwise
from projections.database import NONE, Params, Row
from projections.differences import Between, differing, turns
from projections.filters import Filters
from projections.readmodel import Moment as At
from projections.readmodel import create
from projections.recent import recent
from projections.sqlite import SQLite
from service.differences import DECIDING
from tests.projections.queries import queries
from tests.projections.test_timeline import few, told
from tests.strategies import moments
from tests.support.between import Moment, expected
from tests.support.client import Client, Fresh
from tests.support.model import Query
from tests.support.oracle import breakpoints

HELD_BY = {"from": "occurred_from", "to": "occurred_to"}


def pages(client: Client, query: Query) -> dict[str, list[Any]]:
    """What all pages list, one after the other."""
    found: dict[str, list[Any]] = {"added": [], "changed": [], "withdrawn": []}
    address = f"/api/diff?{urlencode(query, doseq=True)}"
    while address:
        page = client.json(address)
        for name, rows in found.items():
            rows.extend(page[name])
        address = page["next"]
    return found


def two_dates(data: Any, facts: list[Fact]) -> tuple[Query, Moment, Moment]:
    since, until = sorted(data.draw(st.tuples(*[moments(breakpoints(facts))] * 2)))
    position = data.draw(st.integers(0, facts[-1].position))
    query = {"from": [write_instant(since)], "to": [write_instant(until)], "position": [str(position)]}
    return query, (since, position), (until, position)


def two_positions(data: Any, facts: list[Fact]) -> tuple[Query, Moment, Moment]:
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, facts[-1].position)] * 2)))
    query = {"from_position": [str(first)], "to_position": [str(last)]}
    if data.draw(st.booleans()):
        at = data.draw(moments(breakpoints(facts)))
        return query | {"as_of": [write_instant(at)]}, (at, first), (at, last)
    recorded = [fact.recorded_at for fact in facts if fact.position <= last]
    at = max(recorded, default=parse_instant("0001-01-01T00:00:00Z"))
    return query, (at, first), (at, last)


@few
@given(st.data())
def test_given_any_story_when_compared_between_any_two_moments_then_it_equals_the_model(
    fresh: Fresh, data: Any
) -> None:
    with Client(fresh()) as client:
        facts = told(client, data)
        for bounds in [two_dates, two_dates, two_positions, two_positions] * 3:
            asked, before, after = bounds(data, facts)
            filters = {name: values for name, values in data.draw(queries()).items() if name not in ("sort", "count")}
            named = {HELD_BY.get(name, name): values for name, values in filters.items()}
            assert_compared(client, named | asked, expected(facts, filters, before, after))


def assert_compared(client: Client, query: Query, right: Any) -> None:
    found = pages(client, query)
    for name in ("added", "withdrawn"):
        rows = {row["id"]: row for row in found[name]}
        assert len(rows) == len(found[name]) and rows.keys() == getattr(right, name).keys()
        for id, by in getattr(right, name).items():
            assert_made(rows[id], by, lapse=rows[id]["why"] == "lapsed")
    changed = {(row["id"], row["field"]): row for row in found["changed"]}
    assert len(changed) == len(found["changed"]) and changed.keys() == right.changed.keys()
    for key, (before, after, by) in right.changed.items():
        assert (changed[key]["before"], changed[key]["after"]) == (before, after)
        assert_made(changed[key], by, lapse=key[1] == "outcome" and after == "lapsed")


def assert_made(row: Any, by: set[int], lapse: bool) -> None:
    """By one of the facts that became known at that moment, or by time alone."""
    if row["fact"] is None:
        assert row["report"] is None and lapse
    else:
        assert row["fact"]["position"] in by


def test_given_the_filters_then_each_says_which_fields_it_looks_at() -> None:
    assert DECIDING.keys() == {field.name for field in fields(Filters)}


RARE = [
    "country=UK",
    "person=Keir Starmer",
    "topic=ukraine",
    "q=backstop",
    "publisher=seed article",
    "country=DEU&q=nato",
]


@pytest.mark.parametrize("filters", RARE)
@pytest.mark.parametrize("bounds", ["diff?from=2025-02-17&to=2025-10-20", "diff?from_position=9&to_position=75"])
def test_given_a_rare_filter_when_all_changes_are_looked_through_instead_then_the_same_is_found(
    demo: Client, monkeypatch: pytest.MonkeyPatch, filters: str, bounds: str
) -> None:
    addresses = [f"/api/{bounds}&{filters}", f"/api/timeline.atom?{filters}"]
    gathered = [demo.get(address).headers["etag"] for address in addresses]
    monkeypatch.setattr(clockwise, "FEW", -1)
    assert [demo.get(address).headers["etag"] for address in addresses] == gathered


@pytest.mark.parametrize(
    ("moments", "index"),
    [((At(0, 9), At(9, 9)), "versions_known"), ((At(9, 0), At(9, 9)), "versions_recorded")],
)
def test_given_two_moments_then_sqlite_reads_what_lies_between_them_in_the_order_of_their_clock(
    tmp_path: Path, moments: tuple[At, At], index: str
) -> None:
    class Explained(SQLite):
        async def read(self, sql: str, params: Params = NONE) -> list[Row]:
            plan.extend(str(row[3]) for row in await super().read(f"EXPLAIN QUERY PLAN {sql}", params))
            return []

    plan: list[str] = []
    database = Explained(tmp_path / "views.sqlite")
    create(database, projections.ALL)
    asyncio.run(differing(database, Filters(), Between(*moments), None, 9))
    assert f"SEARCH w USING INDEX {index}" in plan[0] and not any("TEMP B-TREE" in step for step in plan)
    asyncio.run(recent(database, Filters(), moments[1], None, 9))
    assert "SEARCH w USING INDEX versions_known" in "".join(plan) and not any("TEMP B-TREE" in step for step in plan)
    asyncio.run(turns(database, Filters(), Between(*moments), ["a"]))
    assert "SEARCH v USING INDEX versions_action" in "".join(plan[-2:])
