"""The timeline with every version, for replay: at any moment lanes stand still and count what was known."""

from typing import Any

import plotly.graph_objects as go
import pytest

from domain.instants import FOREVER, parse_instant, to_micros
from service.charts import crowd, timeline
from service.charts.options import Shown
from service.charts.room import Room
from service.charts.room import rooms as rooms_of
from tests.service.test_charts import KNOWN, LATER, Json, action, figure, traces
from tests.support.client import Client

MOMENTS = ["", "as_of=2025-02-17", "as_of=2025-02-25", "as_of=2025-02-26", "as_of=2025-09-03"]
ALL_DATED = "from=0001-01-01&to=9999-12-31"


def drawn(client: Client, query: str) -> Json:
    found: Json = client.json(f"/api/charts/timeline?versions=true&{query}")
    go.Figure(found)
    return found


def placed(figure: Json) -> list[tuple[Any, ...]]:
    return [(lane["key"], lane["top"], lane["bottom"], lane["strip"]) for lane in figure["layout"]["meta"]["lanes"]]


def counted(figure: Json) -> dict[str, int]:
    return {lane["key"]: lane["count"] for lane in figure["layout"]["meta"]["lanes"]}


@pytest.mark.parametrize("lanes", ["country", "person"])
@pytest.mark.parametrize(("width", "marks", "large"), [(390, 1_500, 2_000), (1_200, 20, 2_000), (1_200, 1_500, 1)])
def test_given_any_moment_then_lanes_stand_still_and_count_what_the_api_counts(
    demo: Client, monkeypatch: pytest.MonkeyPatch, lanes: str, width: int, marks: int, large: int
) -> None:
    monkeypatch.setattr(timeline, "MOST_MARKS", marks)
    monkeypatch.setattr(crowd, "LARGE", large)
    found = {moment: drawn(demo, f"width={width}&lanes={lanes}&{moment}") for moment in MOMENTS}
    assert all(placed(one) == placed(found[""]) for one in found.values())
    for moment, one in found.items():
        rows = demo.json(f"/api/counts?group_by={lanes}&{moment}{'' if large == 1 else f'&{ALL_DATED}'}")["results"]
        expected = {row["group"]: row["count"] for row in rows}
        assert {lane: count for lane, count in counted(one).items() if lane} == {
            lane: expected.get(lane, 0) for lane in counted(one) if lane
        }


def test_given_a_figure_then_it_says_how_cells_and_lanes_count_at_any_other_moment(demo: Client) -> None:
    now = drawn(demo, "width=390")
    for moment in MOMENTS[1:]:
        then, at = drawn(demo, f"width=390&{moment}"), _milliseconds(moment)
        assert [_latest(course, at) for course in now["layout"]["meta"]["counts"]] == list(counted(then).values())
        for trace, other in zip(_strips(now), _strips(then), strict=True):
            assert [_latest(cell, at) for cell in trace["meta"]["stages"]] == [count or 0 for count in other["z"][0]]


def _milliseconds(moment: str) -> int:
    return to_micros(parse_instant(f"{moment[6:]}T23:59:59Z")) // 1000


def _latest(stages: list[list[Any]], moment: int) -> int:
    return max(((at, number) for at, number, *_ in stages if at <= moment), default=(0, 0))[1]


def _strips(figure: Json) -> list[Json]:
    return [trace for trace in figure["data"] if trace["type"] == "heatmap"]


def test_given_cells_then_what_has_no_date_is_listed_as_it_was_known(
    demo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "MOST_MARKS", 20)
    undated = {moment: drawn(demo, moment)["layout"]["meta"]["undated"] for moment in ("", "as_of=2025-02-17")}
    assert [len(one) for one in undated.values()] == [1, 0]


def test_given_a_mark_that_moves_away_then_the_title_before_it_has_more_room_from_then_on() -> None:
    stays, moved = ((0.0, 10.0), "a", (1, FOREVER)), ((60.0, 70.0), "b", (2, 5))
    assert dict(rooms_of([moved, stays], 200.0))["a", (0.0, 10.0)] == [
        Room(1, 2, 180),
        Room(2, 5, 40),
        Room(5, FOREVER, 180),
    ]


def test_given_a_mark_that_was_gone_before_the_next_was_known_then_they_share_a_row_and_leave_no_gap() -> None:
    gone = [Shown(action(f"gone{n}", "2025-02-17"), KNOWN, LATER) for n in range(3)]
    here = [Shown(action(f"here{n}", "2025-02-17"), LATER, None) for n in range(3)]
    assert len(rows(figure([*gone, *here], versions=True)).values()) == 6
    assert len(set(rows(figure([*gone, *here], versions=True)).values())) == 3


def test_given_what_was_withdrawn_in_a_crowded_place_then_its_row_comes_last() -> None:
    same = [Shown(action(f"a{n}", "2025-02-17"), KNOWN, LATER if n == 0 else None) for n in range(3)]
    found = rows(figure(same, versions=True))
    assert found["a0"] == max(found.values())


def rows(drawn: Json) -> dict[str, float]:
    """Where each action stands, in pixels from the top."""
    [trace] = traces(drawn, "visit, occurred")
    return dict(zip(trace["meta"]["id"], trace["y"], strict=True))


@pytest.mark.parametrize("moment", MOMENTS)
def test_given_any_moment_then_countries_keep_their_places_and_count_what_was_known(demo: Client, moment: str) -> None:
    for name in ("relations", "network"):
        now, still = (demo.json(f"/api/charts/{name}?most=300&versions=true&{at}") for at in ("", moment))
        go.Figure(still)
        assert still["layout"]["meta"]["countries"] == now["layout"]["meta"]["countries"]
        assert numbers(still) == numbers(demo.json(f"/api/charts/{name}?most=300&{moment}"))


def test_given_an_action_that_was_withdrawn_then_its_countries_come_last_while_it_was_known(client: Client) -> None:
    client.report(participants=[{"country": "FRA"}, {"country": "DEU"}])
    gone = client.report(participants=[{"country": "GBR"}, {"country": "USA"}])
    client.add(gone, "retracted", "2025-02-21")
    figure = client.json("/api/charts/network?versions=true&as_of=2025-02-18")
    assert [one["name"] for one in figure["layout"]["annotations"]][-2:] == ["GBR", "USA"]


def numbers(figure: Json) -> set[tuple[Any, ...]]:
    """Of each pair of countries that act together, how often they do."""
    if "pairs" in figure["layout"]["meta"]:
        return {tuple(pair) for pair in figure["layout"]["meta"]["pairs"]}
    [heat] = figure["data"]
    cells = zip(heat["y"], heat["text"], strict=True)
    return {(a, b, text) for a, row in cells for b, text in zip(heat["x"], row, strict=True) if text}


@pytest.mark.parametrize(
    "query", ["", "country=GBR", "from=2025-02-16&to=2025-02-18", "interval=month", "kind=expulsion"]
)
def test_given_any_moment_then_bars_stand_on_the_same_axes_and_count_what_was_known(demo: Client, query: str) -> None:
    frames = set()
    for moment in MOMENTS:
        still, plain = (
            demo.json(f"/api/charts/activity?{query}&{moment}&{more}") for more in ("versions=true", "title=true")
        )
        layout = go.Figure(still).layout
        frames.add((layout.height, layout.xaxis.range, layout.yaxis.range, str(layout.xaxis.ticktext)))
        assert still["layout"]["meta"].get("total") == plain["layout"]["meta"].get("total")
        if still["layout"]["meta"].get("interval") == plain["layout"]["meta"].get("interval"):
            assert [trace["y"] for trace in still["data"]] == [trace["y"] for trace in plain["data"]]
    assert len(frames) == 1


@pytest.mark.parametrize("query", ["", "focus=GBR&country=GBR", "kind=visit"])
def test_given_any_moment_then_the_map_shows_the_same_part_of_the_earth(demo: Client, query: str) -> None:
    frames = set()
    for moment in MOMENTS:
        still, plain = (
            demo.json(f"/api/charts/map?{query}&{moment}&{more}") for more in ("versions=true", "title=true")
        )
        geo = go.Figure(still).layout.geo
        frames.add((still["layout"]["height"], geo.lonaxis.range, geo.lataxis.range))
        assert still["layout"]["meta"] == plain["layout"]["meta"]
    assert len(frames) == 1
