"""The network of countries: the numbers of the API, and names that do not lie on each other."""

from itertools import combinations
from math import cos, hypot, radians, sin
from typing import Any

import plotly.graph_objects as go
import pytest

from domain.countries import COUNTRIES
from projections.relations import Pair
from service.charts import ChartOptions, network
from service.charts.relations import Member
from service.charts.ring import around
from service.charts.words import width
from tests.support.client import Client

Json = dict[str, Any]


def members(count: int) -> list[Member]:
    """So many countries, each with a tie to some of those after it."""
    codes = list(COUNTRIES)[:count]
    return [
        Member(code, 2 * count - n, tuple(Pair(code, other, 1 + (n * 7) % 40, 0) for other in codes[n + 1 :: 3]))
        for n, code in enumerate(codes)
    ]


def drawn(count: int, across: int) -> Json:
    figure = network.draw(members(count), ChartOptions(width=across, most=count))
    go.Figure(figure)
    return figure


def boxes(figure: Json) -> list[tuple[str, float, float, float, float, float]]:
    """Names as middle, half width, half height and angle; Plotly's y axis goes up, an angle clockwise."""
    found = []
    for one in figure["layout"]["annotations"]:
        half = width(one["text"]) / 2
        side = {"left": half, "right": -half, "center": 0}[one["xanchor"]]
        found.append((one["name"], one["x"] + side, one["y"], half, 7.0, radians(-one["textangle"])))
    return found


def overlap(one: Any, other: Any) -> bool:
    """Two turned boxes, by the axis that parts them if any does."""
    for angle in (one[5], one[5] + radians(90), other[5], other[5] + radians(90)):
        across = (cos(angle), sin(angle))
        middle = abs((other[1] - one[1]) * across[0] + (other[2] - one[2]) * across[1])
        reach = sum(
            abs(half * cos(angle - box[5])) + abs(high * sin(angle - box[5]))
            for box in (one, other)
            for half, high in [(box[3], box[4])]
        )
        if middle >= reach:
            return False
    return True


@pytest.mark.parametrize("query", ["", "as_of=2025-02-18", "kind=visit", "most=5", "country=FRA&position=50"])
def test_given_a_view_then_the_lines_are_the_relations_of_the_api(demo: Client, query: str) -> None:
    meta = demo.json(f"/api/charts/network?{query}")["layout"]["meta"]
    shown = set(meta.get("countries", []))
    found = demo.json(f"/api/relations?{query.replace('most=5', '')}")["results"]
    expected = [[row["a"], row["b"], row["count"]] for row in found if {row["a"], row["b"]} <= shown]
    assert sorted(meta.get("pairs", [])) == sorted(expected)
    assert bool(found) == bool(shown)


@pytest.mark.parametrize("count", [2, 3, 10, 16, 17, 24, 40])
@pytest.mark.parametrize("across", [360, 620, 1200])
def test_given_any_number_of_countries_then_no_name_lies_on_another_or_outside(count: int, across: int) -> None:
    figure = drawn(count, across)
    found, high = boxes(figure), figure["layout"]["yaxis"]["range"][1]
    if across > 500 or count <= 24:
        assert [(one[0], other[0]) for one, other in combinations(found, 2) if overlap(one, other)] == []
    for _, x, y, half, tall, angle in found:
        assert abs(x) + abs(half * cos(angle)) + abs(tall * sin(angle)) <= across / 2
        assert abs(y) + abs(half * sin(angle)) + abs(tall * cos(angle)) <= high + 1


def test_given_the_same_data_then_the_picture_is_the_same() -> None:
    assert drawn(20, 800) == drawn(20, 800)


def test_given_more_pairs_than_can_be_told_apart_then_the_note_says_so() -> None:
    figure = drawn(60, 1200)
    meta = figure["layout"]["meta"]
    assert len(meta["pairs"]) == network.MOST_LINES and meta["pairs_left_out"] > 0
    assert f"the {network.MOST_LINES} most frequent of" in figure["layout"]["title"]["subtitle"]["text"]


def test_given_ties_then_those_with_the_strongest_stand_side_by_side() -> None:
    ties = {("A", "C"): 9, ("C", "A"): 9, ("C", "B"): 2, ("B", "C"): 2}
    assert around(["A", "B", "C", "D"], ties) == ["A", "C", "B", "D"]


def test_given_one_tie_then_circles_stand_apart_and_the_line_joins_them() -> None:
    figure = drawn(2, 600)
    circles = figure["data"][-1]
    assert hypot(circles["x"][0] - circles["x"][1], circles["y"][0] - circles["y"][1]) > 100


# --- figures without title, maps of one country ---


@pytest.mark.parametrize("name", ["activity", "relations", "network", "map"])
@pytest.mark.parametrize("query", ["", "&q=nothing"])
def test_given_no_title_then_the_picture_is_lower_and_the_note_is_in_its_meta(
    demo: Client, name: str, query: str
) -> None:
    whole, bare = (demo.json(f"/api/charts/{name}?title={said}{query}")["layout"] for said in ("true", "false"))
    go.Figure(layout=bare)
    assert "title" not in bare
    assert bare["meta"]["note"] and bare["meta"]["note"] in whole["title"]["subtitle"]["text"].replace("<br>", " ")
    assert whole["height"] - bare["height"] == whole["margin"]["t"] - bare["margin"]["t"] > 50


@pytest.mark.parametrize("query", ["", "&as_of=2025-02-20", "&kind=summit"])
@pytest.mark.parametrize("code", ["USA", "GBR", "FRA"])
def test_given_a_focus_then_the_map_has_the_visits_that_the_country_made_and_received(
    demo: Client, code: str, query: str
) -> None:
    figure = demo.json(f"/api/charts/map?focus={code}&country={code}{query}")
    go.Figure(figure)
    visits = demo.json(f"/api/countries/{code}?{query}")["visits"]
    made = [[code, row["key"], row["count"]] for row in visits["made"]]
    received = [[row["key"], code, row["count"]] for row in visits["received"]]
    assert sorted(figure["layout"]["meta"].get("visits", [])) == sorted(made + received)
    dashes = {trace["name"]: trace["line"].get("dash") for trace in figure["data"] if trace["mode"] == "lines"}
    assert dashes == ({"Visits made": None} if made else {}) | ({"Visits received": "dash"} if received else {})


def test_given_a_focus_of_two_then_the_map_has_the_visits_among_them(demo: Client) -> None:
    figure = demo.json("/api/charts/map?focus=GBR&focus=USA&country=GBR&country=USA&match=all")
    expected = [[row["visitor"], row["host"], row["count"]] for row in demo.json("/api/relations/GBR/USA")["visits"]]
    assert figure["layout"]["meta"]["visits"] == [row for row in expected if row[2]]
