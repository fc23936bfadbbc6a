"""GET /api/changes: exactly the days on which a view of the past differs from that of the day before."""

from datetime import date, timedelta
from typing import Any

import pytest

from service.api.schemas.counts import ChangeList
from tests.support import tally
from tests.support.client import Client
from tests.support.shapes import read_as


def known_on(client: Client, query: str, day: date) -> dict[str, Any]:
    return {action["id"]: action for action in tally.timeline(client, f"{query}&as_of={day}")}


def changed(before: dict[str, Any], after: dict[str, Any]) -> int:
    return sum(before.get(id) != after.get(id) for id in before.keys() | after.keys())


@pytest.mark.parametrize("query", ["", "country=FRA", "status=planned", "kind=visit&from=2025-02-20", "position=40"])
def test_given_any_query_then_the_days_are_those_on_which_its_view_changes(demo: Client, query: str) -> None:
    found = {date.fromisoformat(row["day"]): row["count"] for row in demo.json(f"/api/changes?{query}")["results"]}
    seen: dict[str, Any] = {}
    for day, count in found.items():
        assert known_on(demo, query, day - timedelta(days=1)) == seen
        assert 0 < changed(seen, seen := known_on(demo, query, day)) <= count
    assert found and list(found) == sorted(found)


def test_given_what_came_and_went_within_a_day_then_it_counts_once(client: Client) -> None:
    client.add(client.report(), "retracted", reported_at="2025-02-17T22:00:00Z")
    assert client.json("/api/changes")["results"] == [{"day": "2025-02-17", "count": 1}]


def test_given_a_moment_then_no_later_day_is_told(demo: Client) -> None:
    rows = demo.json("/api/changes?as_of=2025-02-18")["results"]
    assert rows[-1] == {"day": "2025-02-18", "count": rows[-1]["count"]}


def test_given_a_report_from_before_1970_then_its_own_day_is_told(client: Client) -> None:
    client.report(occurred={"edtf": "1963-06-10"}, report={"publisher": "AFP", "published_at": "1963-06-10T23:30:00Z"})
    assert client.json("/api/changes")["results"] == [{"day": "1963-06-10", "count": 1}]


def test_given_a_report_withdrawn_then_the_day_counts(client: Client) -> None:
    client.add(client.report(), "retracted", "2025-02-21")
    assert client.json("/api/changes")["results"][-1] == {"day": "2025-02-21", "count": 1}


@pytest.mark.parametrize("query", ["", "country=GBR", "position=0"])
def test_given_any_query_then_the_bytes_have_the_shape_that_is_documented(demo: Client, query: str) -> None:
    answer = demo.get(f"/api/changes?{query}")
    assert read_as(ChangeList, answer) == answer.json()


def test_given_a_parameter_it_does_not_know_then_it_is_refused(demo: Client) -> None:
    assert demo.get("/api/changes?interval=day").status_code == 400
