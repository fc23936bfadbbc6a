"""The chart of what became known when: a plain loop over the timeline's actions gives the same numbers."""

from collections import Counter
from datetime import date
from itertools import accumulate
from typing import Any

import plotly.graph_objects as go
import pytest

from projections.counts import Count
from service.charts import ChartOptions
from service.charts.knowledge import LOOKS, draw
from tests.support.client import Client
from tests.support.tally import Action, day, period, pinned, timeline

VIEWS = ["", "as_of=2025-02-20", "position=30", "country=GBR&country=FRA", "q=peace", "person=Keir Starmer"]
VIEWS += ["status=planned&status=merged", "from=2025-02-24", "country=FRA&country=GBR&match=all"]


def lag(action: Action) -> str:
    named = day(action)
    if named is None:
        return "undated"
    days = (date.fromisoformat(action["known_from"][:10]) - date.fromisoformat(named)).days
    return next(name for most, name in LIMITS if days <= most)


LIMITS = [(-1, "ahead"), (0, "day"), (7, "week"), (31, "month"), (366, "year"), (10**7, "later")]


def drawn(client: Client, query: str = "") -> Any:
    figure = client.json(f"/api/charts/knowledge?{query}")
    go.Figure(figure)
    return figure


def bars(figure: Any) -> dict[tuple[str, str], float]:
    traces = [trace for trace in figure["data"] if trace["type"] == "bar"]
    return {
        (when, trace["meta"]["lag"]): count
        for trace in traces
        for when, count in zip(trace["meta"]["periods"], trace["y"], strict=True)
    }


@pytest.mark.parametrize("interval", ["day", "week", "month", "year"])
@pytest.mark.parametrize("query", VIEWS)
def test_given_any_view_then_each_bar_is_what_a_plain_loop_counts(demo: Client, query: str, interval: str) -> None:
    moment = pinned(demo, query).replace(" ", "%20")
    actions = timeline(demo, moment)
    figure = drawn(demo, f"{moment}&interval={interval}")
    assert bars(figure) == Counter((period(action["known_from"][:10], interval), lag(action)) for action in actions)
    assert figure["layout"]["meta"]["total"] == len(actions)


def test_given_the_line_then_it_rises_to_all_that_is_known(demo: Client) -> None:
    figure = drawn(demo, "interval=month")
    line = figure["data"][-1]
    by_month = sorted(Counter(action["known_from"][:7] for action in timeline(demo)).items())
    assert line["y"] == [0, *accumulate(count for _, count in by_month)]
    assert line["x"] == sorted(line["x"])


@pytest.mark.parametrize(
    ("happens", "told", "expected"),
    [
        ("2025-02-18", "2025-02-17T23:59:59Z", "ahead"),
        ("2025-02-17", "2025-02-17T00:00:00Z", "day"),
        ("2025-02-16", "2025-02-17T00:00:00Z", "week"),
        ("2025-02-10", "2025-02-17T23:00:00Z", "week"),
        ("2025-02-09", "2025-02-17T00:00:00Z", "month"),
        ("2024-02-17", "2025-02-17T00:00:00Z", "year"),
        ("1815-06-09", "2025-02-17T00:00:00Z", "later"),
        ("1815-06-09", "1815-06-20T00:00:00Z", "month"),
        (None, "2025-02-17T00:00:00Z", "undated"),
    ],
)
def test_given_a_day_and_a_report_then_the_lag_between_them(
    client: Client, happens: str | None, told: str, expected: str
) -> None:
    report = {"publisher": "Reuters", "published_at": told}
    client.report("x:1", occurred={"edtf": happens}, report=report, status="occurred")
    assert bars(drawn(client, "interval=day")) == {(told[:10], expected): 1}


def test_given_an_older_report_found_late_then_the_action_moves_to_its_day(client: Client) -> None:
    action = client.report("x:1")
    before = client.head
    client.add(action, "corroborated", report={"publisher": "AFP", "published_at": "2025-02-01T08:00:00Z"})
    assert bars(drawn(client, "interval=day")) == {("2025-02-01", "ahead"): 1}
    assert bars(drawn(client, f"interval=day&position={before}")) == {("2025-02-17", "day"): 1}


def test_given_nothing_then_an_empty_figure_says_why(client: Client) -> None:
    figure = drawn(client)
    assert not figure["data"] and "Nothing to draw" in figure["layout"]["title"]["subtitle"]["text"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [200, 1200, 5000])
def test_given_any_option_then_plotly_accepts_it_and_every_lag_is_told_apart(theme: Any, width: int) -> None:
    found = [Count("1999-W01", (lag,), 40) for lag in LOOKS]
    figure = draw(found, ChartOptions(theme=theme, width=width))
    go.Figure(figure)
    markers = [str(trace["marker"]) for trace in figure["data"][:-1]]
    assert len(set(markers)) == len(LOOKS)
    assert figure["layout"]["meta"]["lags"] == dict.fromkeys(LOOKS, 40)
