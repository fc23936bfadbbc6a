"""What the charts of counts promise: the numbers of the API to the last digit, at any moment; valid and legible."""

from collections import Counter
from datetime import date
from itertools import cycle, product
from typing import Any

import plotly.graph_objects as go
import pytest

from domain.countries import COUNTRIES
from projections.counts import Count
from projections.relations import Pair, Visits
from service.charts import ALL, ChartOptions, activity, periods, relations
from service.charts import map as world
from service.charts.circles import Place
from service.charts.coordinates import COORDINATES
from service.charts.globe import arc, section
from service.charts.names import Spot, names
from service.charts.palette import FAMILY_OF, INKS
from service.charts.relations import Member
from tests.service.colours import contrast
from tests.support.client import Client

Json = dict[str, Any]
VIEWS = [
    "",
    "as_of=2025-02-18",
    "as_of=2025-03-01",
    "position=30",
    "as_of=2025-03-10&position=50",
    "country=FRA&country=GBR&match=all",
    "kind=visit&kind=meeting&from=2025-02-24",
    "status=planned&status=cancelled",
    "q=peace",
]
BY_NAME = {chart.name: chart for chart in ALL}
MANY = [
    Member(code, 300 - n, tuple(Pair(code, other, n + 1, n) for other in list(COUNTRIES)[n + 1 : n + 30]))
    for n, code in enumerate(COUNTRIES)
]
EVERYWHERE = [
    Place(code, n, (Visits(code, other, n + 1),))
    for n, (code, other) in enumerate(zip(COUNTRIES, reversed(COUNTRIES), strict=True))
    if code != other
]
DAILY = [Count(f"2025-03-{n:02}", ("visit", "occurred"), n) for n in range(1, 29)]


def drawn(client: Client, name: str, query: str = "") -> Json:
    """A chart as served, after Plotly has checked every name and value in it."""
    figure: Json = client.json(f"/api/charts/{name}?{query}")
    go.Figure(figure)
    return figure


def results(client: Client, path: str, query: str) -> list[Json]:
    found: list[Json] = client.json(f"{path}{'&' if '?' in path else '?'}{query}")["results"]
    return found


def title(figure: Json) -> str:
    return str(figure["layout"]["title"]["subtitle"]["text"]).replace("<br>", " ")


# --- the numbers ---


def bars(figure: Json) -> Counter[tuple[str, str]]:
    """Period and family -> actions of every state."""
    found = Counter[tuple[str, str]]()
    for trace in figure["data"]:
        for period, count in zip(trace["meta"]["periods"], trace["y"], strict=True):
            found[period, trace["meta"]["family"]] += count
    return found


@pytest.mark.parametrize(("query", "interval"), list(zip(VIEWS, cycle(("week", "day", "month", "year")), strict=False)))
def test_given_a_view_then_the_bars_are_the_counts_of_the_api(demo: Client, query: str, interval: str) -> None:
    counted = results(demo, f"/api/counts?interval={interval}&group_by=kind", query)
    dated = Counter[tuple[str, str]]()
    for row in counted:
        if row["period"]:
            dated[row["period"], FAMILY_OF[row["group"]].name] += row["count"]
    figure = drawn(demo, "activity", f"{query}&interval={interval}")
    assert bars(figure) == dated
    assert figure["layout"]["meta"]["total"] == sum(row["count"] for row in counted)


@pytest.mark.parametrize("query", VIEWS)
def test_given_a_view_then_the_states_of_the_bars_are_the_statuses(demo: Client, query: str) -> None:
    figure = drawn(demo, "activity", f"{query}&interval=year")
    planned = sum(sum(trace["y"]) for trace in figure["data"] if trace["meta"]["state"] == "planned")
    counted = results(demo, "/api/counts?interval=year&group_by=status", query)
    assert planned == sum(row["count"] for row in counted if row["group"] in ("planned", "postponed") and row["period"])


@pytest.mark.parametrize("query", VIEWS)
def test_given_a_view_then_the_cells_are_the_relations_of_the_api(demo: Client, query: str) -> None:
    figure = drawn(demo, "relations", f"{query}&most=300")
    cells = {
        (y, x): int(text)
        for trace in figure["data"]
        for y, row in zip(trace["y"], trace["text"], strict=True)
        for x, text in zip(trace["x"], row, strict=True)
        if text
    }
    found = results(demo, "/api/relations", query)
    both_ways = {key: row["count"] for row in found for key in ((row["a"], row["b"]), (row["b"], row["a"]))}
    assert cells == both_ways


@pytest.mark.parametrize("query", VIEWS)
def test_given_a_view_then_the_matrix_is_in_the_order_of_the_countries(demo: Client, query: str) -> None:
    shown = drawn(demo, "relations", f"{query}&most=5")["layout"]["meta"].get("countries", [])
    order = [row["country"] for row in results(demo, "/api/countries", query)]
    assert shown == [code for code in order if code in shown] and len(shown) <= 5


@pytest.mark.parametrize("query", VIEWS)
def test_given_a_view_then_the_circles_are_the_countries_of_the_api(demo: Client, query: str) -> None:
    meta = drawn(demo, "map", query)["layout"]["meta"]
    found = dict(zip(meta.get("countries", ()), meta.get("counts", ()), strict=True))
    counted = {row["country"]: row["count"] for row in results(demo, "/api/countries", query)}
    assert {code: count for code, count in found.items() if count} == counted


@pytest.mark.parametrize("query", VIEWS[:5])
def test_given_a_view_then_the_lines_are_the_visits_of_each_country(demo: Client, query: str) -> None:
    went = drawn(demo, "map", query)["layout"]["meta"].get("visits", [])
    for code in {"USA", "GBR", "UKR", *(visitor for visitor, _, _ in went)}:
        made = demo.json(f"/api/countries/{code}?{query}")["visits"]["made"]
        assert {(row["key"], row["count"]) for row in made} == {(host, n) for who, host, n in went if who == code}


def test_given_a_plan_that_is_later_met_then_its_bar_is_hatched_only_before(client: Client) -> None:
    action = client.report(occurred={"edtf": "2025-02-20"})
    client.add(action, "confirmed", "2025-02-21")
    states = [
        [trace["meta"]["state"] for trace in drawn(client, "activity", f"as_of={day}")["data"]]
        for day in ("2025-02-19", "2025-02-22")
    ]
    assert states == [["planned"], ["done"]]


def test_given_a_pinned_figure_then_later_facts_leave_it_as_it_is(client: Client) -> None:
    client.report(participants=[{"country": "GBR", "role": "visitor"}, {"country": "USA", "role": "host"}])
    queries = [f"/api/charts/{name}?as_of=2026-06-01&position={client.head}&v=1" for name in BY_NAME]
    before = [client.get(query).content for query in queries]
    client.report(participants=[{"country": "FRA", "role": "visitor"}, {"country": "USA", "role": "host"}])
    assert [client.get(query).content for query in queries] == before


# --- what stays in sight ---


def test_given_actions_without_a_date_then_the_title_counts_them(client: Client) -> None:
    client.report(occurred={"edtf": "2025-02-10"})
    client.report(occurred={"edtf": None}, status="planned")
    figure = drawn(client, "activity")
    assert "2 actions · 1 of them has no date and no bar" in title(figure)


def test_given_only_actions_without_a_date_then_the_figure_says_so(client: Client) -> None:
    client.report(occurred={"edtf": None}, status="planned")
    figure = drawn(client, "activity")
    assert not figure["data"] and title(figure) == "1 action, none of which has a date."


def test_given_a_single_day_then_the_axis_names_it_and_no_hours() -> None:
    layout = activity.draw([Count("2025-03-01", ("visit", "occurred"), 1)], ChartOptions())["layout"]
    assert layout["xaxis"]["ticktext"] == ["1 Mar<br>2025"]
    low, high = layout["xaxis"]["range"]
    assert low < layout["xaxis"]["tickvals"][0] < high


@pytest.mark.parametrize("name", ["activity", "relations", "map"])
def test_given_nothing_then_an_empty_figure_says_why(client: Client, name: str) -> None:
    figure = drawn(client, name)
    assert not figure["data"] and "Nothing to draw" in title(figure)


def test_given_more_countries_than_asked_for_then_the_title_says_of_how_many() -> None:
    figure = relations.draw(MANY, ChartOptions(most=14))
    assert "the 14 most active of 294" in title(figure) and figure["layout"]["meta"]["countries_left_out"] == 280


def test_given_more_lines_than_can_be_told_apart_then_the_title_says_so() -> None:
    figure = world.draw(EVERYWHERE, ChartOptions())
    assert f"the {world.MOST_LINES} most frequent of 294 ways" in title(figure)


def test_given_a_pair_then_its_cell_tells_bilateral_from_multilateral() -> None:
    figure = relations.draw([Member("FRA", 5, (Pair("FRA", "GBR", 5, 2),)), Member("GBR", 5, ())], ChartOptions())
    hover = figure["data"][0]["hovertext"]
    assert (
        hover[0][1]
        == hover[1][0]
        == "<b>France and United Kingdom</b><br>5 actions together<br>2 bilateral · 3 with others"
    )


def test_given_there_and_back_then_two_lines_with_arrows_of_their_own() -> None:
    places = [Place("USA", 2, (Visits("USA", "GBR", 1),)), Place("GBR", 2, (Visits("GBR", "USA", 4),))]
    figure = world.draw(places, ChartOptions())
    westward, eastward = figure["data"][0]["lon"][:2], figure["data"][0]["lon"][2:]
    assert westward[0] > westward[1] and eastward[0] < eastward[1]
    assert [trace["name"] for trace in figure["data"][:3]] == ["arrows", "1 visit", "4 to 7 visits"]


# --- valid and legible ---

DATA: dict[str, Any] = {"activity": DAILY, "relations": MANY, "map": EVERYWHERE}


@pytest.mark.parametrize(("name", "theme", "width"), list(product(DATA, ("light", "dark"), (200, 390, 1200, 5000))))
def test_given_any_option_when_drawn_then_plotly_accepts_it(name: str, theme: Any, width: int) -> None:
    figure = BY_NAME[name].draw(DATA[name], ChartOptions(theme=theme, width=width, most=60))
    assert go.Figure(figure).data and figure["layout"]["width"] == width


@pytest.mark.parametrize("kind", FAMILY_OF)
def test_given_a_kind_when_drawn_then_its_family_is_in_the_legend(kind: str) -> None:
    found = [Count("2025-02", (kind, "planned"), 1), Count("2025-03", (kind, "occurred"), 2)]
    traces = activity.draw(found, ChartOptions())["data"]
    assert [trace["showlegend"] for trace in traces] == [True, False]
    assert traces[0]["name"] == FAMILY_OF[kind].label


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_given_a_theme_then_numbers_can_be_read_on_every_cell(theme: Any) -> None:
    assert min(contrast(stop, INKS[theme].text) for stop in INKS[theme].cells) >= 4.5


@pytest.mark.parametrize(
    "days, interval", [(1, "day"), (120, "day"), (121, "week"), (840, "week"), (3_000, "month"), (3_601, "year")]
)
def test_given_a_number_of_days_then_the_bars_are_not_too_many(days: int, interval: str) -> None:
    first = date(2001, 1, 1)
    assert periods.fitting(first, date.fromordinal(first.toordinal() + days - 1)) == interval


@pytest.mark.parametrize(
    ("text", "days", "label"),
    [
        ("2025-02-17", 1, "Mon 17 Feb 2025"),
        ("2025-W08", 7, "Week of 17-23 Feb 2025"),
        ("2024-02", 29, "February 2024"),
        ("2024", 366, "2024"),
        ("0001-01", 31, "January 1"),
        ("9999-12", 31, "December 9999"),
        ("9999-W52", 5, "Week of 27-31 Dec 9999"),
        ("9999", 365, "9999"),
    ],
)
def test_given_a_period_then_it_is_as_long_as_it_is(text: str, days: int, label: str) -> None:
    found = periods.period(text)
    assert (found.end - found.first, found.label.replace("\N{EN DASH}", "-")) == (days, label)


# --- the map ---


def test_given_the_countries_then_each_has_a_place_on_the_map() -> None:
    assert COORDINATES.keys() == COUNTRIES.keys()
    assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in COORDINATES.values())


@pytest.mark.parametrize("one, other", [("USA", "JPN"), ("FJI", "WSM"), ("ITA", "VAT"), ("NZL", "ESP"), ("COD", "COD")])
def test_given_two_places_then_the_line_leads_from_one_to_the_other(one: str, other: str) -> None:
    line = arc(COORDINATES[one], COORDINATES[other])
    assert line[0] == pytest.approx(COORDINATES[one], abs=0.01) and line[-1] == pytest.approx(
        COORDINATES[other], abs=0.01
    )


def test_given_points_then_the_map_shows_them_and_little_else() -> None:
    shown = section([(48.9, 2.4), (51.5, -0.1)])
    assert (shown.north - shown.south, shown.east - shown.west) == (40, 70)
    assert all(0 < part < whole for part, whole in zip(shown.place((48.9, 2.4)), shown.size, strict=True))


def test_given_places_close_together_then_no_name_covers_another() -> None:
    spots = [Spot(f"A country called {n}", (50 + n / 10, 10.0), 8) for n in range(20)]
    named = names(spots, section(spot.point for spot in spots), 800, 1200)
    sides = Counter(position for _, position in named)
    assert 1 <= len(named) < len(spots) and max(sides.values()) <= 2


# --- the land ---


def test_given_the_map_then_its_land_comes_from_this_server(demo: Client) -> None:
    folder = drawn(demo, "map")["layout"]["meta"]["config"]["topojsonURL"]
    outlines = demo.json(f"{folder}world_110m.json")
    assert {"land", "coastlines", "lakes"} == outlines["objects"].keys() and outlines["arcs"]
