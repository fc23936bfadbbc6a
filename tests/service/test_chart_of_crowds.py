"""The timeline of very many actions: cells that the database counts are those that /api/counts gives."""

import re
from typing import Any

import plotly.graph_objects as go
import pytest

from projections import kept
from service.charts import crowd
from tests.support import tally
from tests.support.client import Client

LANES = ["country", "kind", "organisation", "person", "topic"]
QUERIES = [
    "",
    "country=GBR",
    "country=GBR&country=USA",
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
    asked = set(re.findall("country=([A-Z]+)", query)) if lanes == "country" else set()
    assert cells(figure) == {lane: count for lane, count in counted.items() if not asked or lane in asked}
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


@pytest.mark.parametrize("versions", ["true", "false"])
@pytest.mark.parametrize("query", ["", "as_of=2025-02-18", "position=2"])
def test_given_actions_over_a_century_then_lanes_and_cells_are_counts_that_are_kept(
    client: Client, query: str, versions: str
) -> None:
    for year, country in ((1925, "FRA"), (1950, "GBR"), (2025, "GBR")):
        client.report(occurred={"edtf": f"{year}-02-17"}, participants=[{"country": country}])
    figure = client.json(f"/api/charts/timeline?{query}&versions={versions}")
    assert cells(figure) == dated(client, query, "country")
    lanes = {lane["key"]: lane["count"] for lane in figure["layout"]["meta"]["lanes"]}
    assert lanes == cells(figure) and figure["layout"]["meta"]["total"] == sum(lanes.values())


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


def test_given_nothing_with_a_date_then_there_are_no_cells(client: Client) -> None:
    client.report(occurred={"edtf": None}, status="postponed")
    figure = client.json("/api/charts/timeline?versions=true&lanes=organisation")
    assert (figure["data"], len(figure["layout"]["meta"]["undated"])) == ([], 1)


def test_given_a_replay_then_what_no_step_changes_is_kept_but_not_for_ever(
    demo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "KEPT", 3)
    for as_of in ("2025-02-18", "2025-02-19"):
        for kind in ("visit", "call"):
            demo.json(f"/api/charts/timeline?versions=true&kind={kind}&as_of={as_of}")
    found = demo.instance.database.kept["of all"]
    assert {key[1][0] for key in found} == {"at least", "order"} and len(found) == 3
