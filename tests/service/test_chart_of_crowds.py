"""The timeline of very many actions: cells that the database counts are those that /api/counts gives."""

from typing import Any

import plotly.graph_objects as go
import pytest

from service.charts import crowd
from tests.support import tally
from tests.support.client import Client

LANES = ["country", "kind", "organisation", "person", "topic"]
QUERIES = [
    "",
    "country=GBR",
    "as_of=2025-02-18",
    "from=2025-02-17&to=2025-03-02",
    "kind=visit&position=40",
    "q=backstop",
]


@pytest.fixture(autouse=True)
def small_crowds(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the demonstration is one."""
    monkeypatch.setattr(crowd, "LARGE", 1)


def cells(figure: dict[str, Any]) -> dict[str, int]:
    """What the cells of each lane count, together; a lane of undated actions alone has none."""
    found = {trace["meta"]["lane"]: sum(filter(None, trace["z"][0])) for trace in figure["data"]}
    return {lane: count for lane, count in found.items() if count}


def dated(client: Client, query: str, by: str) -> dict[str, int]:
    rows = client.json(f"/api/counts?{query}&interval=year&group_by={by}")["results"]
    found: dict[str, int] = {}
    for row in rows:
        if row["period"]:
            found[row["group"]] = found.get(row["group"], 0) + row["count"]
    return found


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("lanes", LANES)
def test_given_a_crowd_then_its_cells_are_the_counts_of_the_api(demo: Client, lanes: str, query: str) -> None:
    at = tally.pinned(demo, query)
    figure = demo.json(f"/api/charts/timeline?{at}&lanes={lanes}&most=300")
    go.Figure(figure)
    counted = dated(demo, at, lanes)
    asked = {"GBR"} if "country=GBR" in query and lanes == "country" else counted.keys()
    assert cells(figure) == {lane: count for lane, count in counted.items() if lane in asked}
    assert figure["layout"]["meta"]["total"] == demo.json(f"/api/facets?{at}")["total"]["value"]


@pytest.mark.parametrize(("width", "unit"), [(5_000, "day"), (1_200, "week"), (390, "month")])
def test_given_a_width_then_cells_of_any_length_count_all(demo: Client, width: int, unit: str) -> None:
    figure = demo.json(f"/api/charts/timeline?width={width}&most=300")
    assert figure["layout"]["meta"]["unit"] == unit
    assert cells(figure) == dated(demo, "", "country")


@pytest.mark.parametrize("query", ["", "as_of=2025-02-18", "position=40", "kind=visit"])
def test_given_centuries_in_the_picture_then_cells_of_years_are_the_counts_of_the_api(demo: Client, query: str) -> None:
    at = tally.pinned(demo, query)
    figure = demo.json(f"/api/charts/timeline?{at}&first=1900-01-01&last=2100-01-01&most=300")
    assert figure["layout"]["meta"]["unit"] == "5 years"
    assert cells(figure) == dated(demo, at, "country")


def test_given_days_in_the_picture_then_lanes_count_those_and_cells_reach_beyond(demo: Client) -> None:
    window = "from=2025-02-01&to=2025-03-31&first=2025-02-17&last=2025-02-26"
    figure = demo.json(f"/api/charts/timeline?{window}&lanes=kind")
    lanes = {lane["key"]: lane["count"] for lane in figure["layout"]["meta"]["lanes"]}
    inside = demo.json("/api/facets?from=2025-02-17&to=2025-02-26")
    assert lanes == tally.keyed(inside["results"]["kind"])
    assert figure["layout"]["meta"]["total"] == inside["total"]["value"] < sum(cells(figure).values())


def test_given_a_crowd_then_what_has_no_date_is_listed_beside_it(demo: Client) -> None:
    meta = demo.json("/api/charts/timeline")["layout"]["meta"]
    assert [one["status"] for one in meta["undated"]] == ["Postponed"]
    assert (meta["level"], meta["actions"], meta["truncated"]) == ("cells", [], False)


def test_given_more_lanes_than_asked_for_then_the_largest_are_drawn_and_the_rest_counted(demo: Client) -> None:
    meta = demo.json("/api/charts/timeline?most=2")["layout"]["meta"]
    assert [lane["key"] for lane in meta["lanes"]] == ["USA", "UKR"]
    assert meta["lanes_left_out"] == len(demo.json("/api/facets")["results"]["country"]) - 2
