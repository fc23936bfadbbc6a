"""What the timeline's figures promise: valid for Plotly, legible at any size, told apart without colour."""

import re
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from domain.instants import parse_instant, to_micros
from domain.kinds import KINDS
from service.charts import ALL, ChartOptions, words
from service.charts.layout import MOST_ROWS
from service.charts.options import Shown
from service.charts.palette import FAMILIES, INKS, SIZES, SYMBOL_OF
from service.charts.scale import DAY, Scale, day_number, ticks
from service.charts.timeline import MOST_LABELLED, TALLEST, draw
from service.web.icons import PATHS
from tests.service.colours import contrast, difference, seen_by

KNOWN = to_micros(parse_instant("2025-02-17T21:00:00Z"))
LATER = to_micros(parse_instant("2025-02-20T20:00:00Z"))
Json = dict[str, Any]


def action(
    id: str = "a", edtf: str | None = "2025-02-17", countries: tuple[str, ...] = ("GBR",), **fields: Any
) -> Json:
    """One as the API gives it; `first` and `last` are its bounds where the text alone does not say them."""
    bounds = {"earliest": fields.pop("first", edtf), "latest": fields.pop("last", edtf)}
    return {
        "id": id, "kind": "visit", "status": "occurred", "outcome": None, "title": f"Title of {id}", "conditions": [],
        "occurred": {"edtf": edtf, **bounds, "basis": None}, "place": None, "topics": [],
        "participants": [{"country": code, "organisation": None, "person": None, "title": None} for code in countries],
        **fields,
    }  # fmt: skip


def shown(*actions: Json) -> list[Shown]:
    return [Shown(one, KNOWN, None) for one in actions]


def many(count: int, countries: tuple[str, ...] = ("GBR",), apart: int = 1) -> list[Shown]:
    first = date(2025, 1, 1)
    return shown(*(action(f"a{n}", (first + timedelta(n * apart)).isoformat(), countries) for n in range(count)))


def figure(actions: list[Shown], **options: Any) -> Json:
    """The figure, after Plotly has checked every name and value in it."""
    drawn = draw(actions, ChartOptions(**options))
    go.Figure(drawn)
    return drawn


def meta(actions: list[Shown], **options: Any) -> Json:
    found: Json = figure(actions, **options)["layout"]["meta"]
    return found


def traces(drawn: Json, name: str) -> list[Json]:
    return [trace for trace in drawn["data"] if trace["name"] == name]


def marks(drawn: Json) -> list[Json]:
    return [trace for trace in drawn["data"] if "hovertext" in trace and "id" in trace["meta"]]


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.name)
def test_given_nothing_when_drawn_then_plotly_accepts_it_and_shows_nothing(chart):
    assert go.Figure(chart.draw([], ChartOptions())).data == ()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lanes", ["country", "kind", "organisation", "person", "topic"])
@pytest.mark.parametrize("width", [200, 390, 1200, 5000])
def test_given_any_option_when_drawn_then_plotly_accepts_it(theme, lanes, width):
    assert figure(many(30), theme=theme, lanes=lanes, width=width)["data"]


@pytest.mark.parametrize("kind", KINDS)
def test_given_a_kind_when_drawn_then_it_has_its_own_shape(kind):
    assert marks(figure(shown(action(kind=kind))))[0]["marker"]["symbol"] == SYMBOL_OF[kind]


def test_given_an_action_of_two_countries_when_drawn_then_it_stands_in_both_lanes_with_one_id():
    found = meta(shown(action(countries=("GBR", "USA"))))
    assert [(lane["name"], lane["count"]) for lane in found["lanes"]] == [("United Kingdom", 1), ("United States", 1)]
    assert found["total"] == 1


def test_given_nobody_named_when_drawn_then_the_action_has_a_lane_all_the_same():
    assert meta(shown(action(countries=())))["lanes"][0]["name"] == "No country named"


@pytest.mark.parametrize("width", [200, 1200])
def test_given_a_long_name_when_drawn_then_the_lane_has_the_whole_and_shows_what_fits_beside_it(width):
    name = "Democratic People's Republic of a Long Name"
    lane = meta(shown(action(topics=(name,))), lanes="topic", width=width)["lanes"][0]
    written = re.sub("<[^>]+>", "", lane["text"])
    assert lane["name"] == name
    assert written.startswith("Democratic") and "…" in written and words.width(written.split("…")[0]) < 176


def test_given_countries_asked_for_when_drawn_then_only_they_have_lanes():
    found = meta(shown(action(countries=("GBR", "USA"))), country=("USA",))
    assert [lane["key"] for lane in found["lanes"]] == ["USA"]


def test_given_more_lanes_than_asked_for_when_drawn_then_the_rest_is_counted():
    found = meta(shown(action("a", countries=("GBR", "USA", "FRA"))), most=2)
    assert (len(found["lanes"]), found["lanes_left_out"]) == (2, 1)


def test_given_a_mark_then_it_carries_its_id_and_when_it_was_known():
    trace = marks(figure([Shown(action(), KNOWN, LATER)]))[0]
    assert trace["meta"] == {"id": ["a"], "lane": ["GBR"], "kf": [KNOWN // 1000], "kt": [LATER // 1000]}


def test_given_a_version_known_still_then_its_end_is_beyond_all_time():
    assert marks(figure(shown(action())))[0]["meta"]["kt"] == [1 << 53]


def test_given_a_span_when_wide_enough_then_a_bar_ends_on_the_day_after():
    trace = marks(figure(shown(action(edtf="2025-02-10/2025-02-12", first="2025-02-10", last="2025-02-12"))))[0]
    assert (trace["type"], trace["x"]) == ("bar", [3 * 86_400_000])


def test_given_a_day_then_its_mark_stands_at_noon():
    trace = marks(figure(shown(action(edtf="1970-01-02"))))[0]
    assert trace["x"] == [36 * 3_600_000]


def test_given_one_unknown_day_within_then_whiskers_reach_over_all_of_them():
    drawn = figure(shown(action(edtf="[1970-01-01..1970-01-07]", first="1970-01-01", last="1970-01-07")))
    assert traces(drawn, "possible days")[0]["x"] == [0, 7 * 86_400_000, None]


@pytest.mark.parametrize(("first", "last", "arrow"), [(None, "2025-02-17", "left"), ("2025-02-17", None, "right")])
def test_given_an_open_side_then_an_arrow_points_there(first, last, arrow):
    edtf = f"[{first or ''}..{last or ''}]"
    whisker = traces(figure(shown(action(edtf=edtf, first=first, last=last))), "possible days")[0]
    assert f"triangle-{arrow}" in whisker["marker"]["symbol"]


def test_given_no_date_then_the_action_is_listed_apart():
    assert [one["id"] for one in meta(shown(action(edtf=None)))["undated"]] == ["a"]


def appearance(**fields: Any) -> list[tuple[Any, ...]]:
    """Of one action all that is drawn but its words and place: layers, texts, shapes, and what is hollow."""
    layers = (trace for trace in figure(shown(action(**fields)))["data"] if trace["name"] != "titles")
    return [(layer["mode"], layer.get("text"), *shape(layer.get("marker", {}))) for layer in layers]


def shape(marker: Json) -> tuple[Any, bool]:
    return marker.get("symbol"), marker.get("color") == INKS["light"].page


def test_given_each_state_when_drawn_then_no_two_look_alike():
    states: list[Json] = [
        {"status": "occurred"}, {"status": "planned"}, {"status": "postponed"}, {"status": "cancelled"},
        {"status": "planned", "outcome": "lapsed"}, {"status": "occurred", "conditions": ["peace"]},
        {"status": "planned", "conditions": ["peace"]},
    ]  # fmt: skip
    assert len({str(appearance(**state)) for state in states}) == len(states)


def test_given_ongoing_when_drawn_then_its_fill_lies_between_planned_and_occurred():
    fills = [
        marks(figure(shown(action(status=status))))[0]["marker"]["color"]
        for status in ("planned", "ongoing", "occurred")
    ]
    darkness = [contrast(fill, INKS["light"].page) for fill in fills]
    assert darkness == sorted(set(darkness))


def test_given_a_report_with_markup_when_drawn_then_it_is_only_text():
    drawn = figure(shown(action(title="<a href='x'>&</a> talks")))
    assert "<a" not in str(marks(drawn)[0]["hovertext"]) + str(traces(drawn, "titles")[0]["text"])


def test_given_few_actions_when_drawn_then_titles_stand_beside_them():
    found = figure(many(10, apart=20))
    assert found["layout"]["meta"]["level"] == "labels"
    assert "Title of a0" in traces(found, "titles")[0]["text"]


def test_given_many_actions_when_drawn_then_marks_have_no_titles():
    assert meta(many(MOST_LABELLED + 1), width=5000)["level"] == "marks"


def test_given_too_many_for_marks_when_drawn_then_cells_count_them_all():
    drawn = figure(many(1600))
    cells = [count for row in drawn["data"][0]["z"] for count in row if count]
    assert (drawn["layout"]["meta"]["level"], sum(cells)) == ("cells", 1600)


def test_given_a_lane_that_is_too_full_when_drawn_then_it_alone_is_a_strip():
    crowd = shown(*(action(f"c{n}", "2025-02-17", ("GBR",)) for n in range(80)))
    lanes = meta(crowd + shown(action("b", "2025-02-17", ("USA",))))["lanes"]
    assert [(lane["key"], lane["strip"]) for lane in lanes] == [("GBR", True), ("USA", False)]


@pytest.mark.parametrize("count", [9, 20, 40])
def test_given_more_marks_of_a_day_than_rows_when_drawn_then_they_stand_side_by_side_within_it(count):
    drawn = figure(shown(*(action(f"c{n}", "2025-02-17") for n in range(count))))
    places = [place for trace in marks(drawn) for place in zip(trace["x"], trace["y"], strict=True)]
    start = day_number(date(2025, 2, 17)) * DAY
    assert len({y for _, y in places}) <= MOST_ROWS
    assert all(start < x < start + DAY for x, _ in places)
    assert closest(drawn, 1200 - 188) >= 13


def test_given_the_whole_calendar_as_window_when_drawn_then_its_cells_stay_within():
    calendar = {"window_from": date.min, "window_to": date.max}
    for trace in figure(many(900), **calendar)["data"]:
        assert trace["type"] == "heatmap"
        assert (trace["x"][0], trace["x"][-1]) == (day_number(date.min) * DAY, day_number(date.max) * DAY)


def test_given_any_number_of_lanes_when_drawn_then_the_figure_is_never_too_tall():
    codes = (
        "AUT",
        "BEL",
        "CAN",
        "DEU",
        "DNK",
        "ESP",
        "FIN",
        "FRA",
        "GBR",
        "ITA",
        "NLD",
        "NOR",
        "POL",
        "ROU",
        "SWE",
        "USA",
    )
    assert figure(many(90, codes), most=300)["layout"]["height"] < TALLEST + 100


def closest(drawn: Json, inside: int) -> float:
    """Pixels between the middles of the two nearest marks of a row, in a picture so many pixels wide."""
    places = sorted((y, x) for trace in marks(drawn) for x, y in zip(trace["x"], trace["y"], strict=True))
    low, high = drawn["layout"]["xaxis"]["range"]
    gaps = [(x2 - x1) / (high - low) * inside for (y1, x1), (y2, x2) in pairwise(places) if y1 == y2]
    return min(gaps, default=float("inf"))


@pytest.mark.parametrize("width", [390, 1200])
def test_given_crowded_lanes_when_drawn_then_no_two_marks_of_a_row_touch(width):
    assert closest(figure(many(60, apart=3), width=width), width - 188 if width > 560 else width - 20) >= 13


def test_given_a_mark_left_of_the_picture_when_drawn_then_its_title_does_not_reach_into_it():
    drawn = figure(many(3, apart=6), first=date(2025, 1, 5), last=date(2025, 1, 20))
    assert traces(drawn, "titles")[0]["text"] == ["Title of a1", "Title of a2"]


@pytest.mark.parametrize(
    ("years", "unit"), [(1, "week"), (30, "year"), (150, "5 years"), (600, "decade"), (5000, "century")]
)
def test_given_a_long_time_when_counted_then_cells_are_wide_enough_to_be_seen(years, unit):
    assert meta([], first=date(1700, 1, 1), last=date(1700 + years, 1, 1))["unit"] == unit


def test_given_one_busy_lane_when_counted_then_a_count_of_one_is_not_as_pale_as_nothing():
    heat = traces(figure(many(1_600) + shown(action("b", "2025-02-17", ("USA",)))), "United States")[0]
    light = [colour for _, colour in heat["colorscale"]]
    assert len(set(light)) == len(light)
    assert contrast(light[1], INKS["light"].page) > 1.2


def test_given_a_report_withdrawn_when_replayed_then_its_mark_fades_for_some_days():
    gone = [Shown(action(), KNOWN, LATER)]
    [faint] = traces(figure(gone, versions=True), "withdrawn")
    assert faint["meta"]["kf"] == [LATER // 1000] and faint["meta"]["kt"][0] > LATER // 1000
    assert faint["opacity"] < 0.5
    assert traces(figure(gone), "withdrawn") == []


def test_given_a_later_version_when_replayed_then_the_earlier_one_does_not_fade():
    versions = [Shown(action(status="planned"), KNOWN, LATER), Shown(action(), LATER, None)]
    assert traces(figure(versions, versions=True), "withdrawn") == []


def test_given_versions_at_two_dates_when_drawn_then_they_share_a_row_and_an_arrow_joins_them():
    moved = [Shown(action(edtf="2025-02-17"), KNOWN, LATER), Shown(action(edtf="2025-02-27"), LATER, None)]
    drawn = figure(moved)
    assert len({y for trace in marks(drawn) for y in trace["y"]}) == 1
    assert traces(drawn, "moved")[0]["meta"]["kf"] == [LATER // 1000]


def test_given_a_window_when_drawn_then_the_axis_shows_just_that():
    window = {"window_from": date(2025, 1, 1), "window_to": date(2025, 1, 30)}
    drawn = figure(many(30), **window, first=date(2025, 1, 10), last=date(2025, 1, 19))
    low, high = drawn["layout"]["xaxis"]["range"]
    assert (high - low) // 86_400_000 == 10
    assert drawn["layout"]["meta"]["total"] == 10


@pytest.mark.parametrize("edtf", ["0001-01-01", "9999-12-31", "1874-12-12"])
def test_given_the_ends_of_the_calendar_when_drawn_then_nothing_overflows(edtf):
    assert marks(figure(shown(action(edtf=edtf))))


@pytest.mark.parametrize("days", [1, 5, 30, 90, 400, 4_000, 40_000, 400_000])
def test_given_any_span_when_ticked_then_the_texts_have_room(days):
    inside = [tick for tick in ticks(Scale(0, days - 1, 1000)) if 0 <= tick.day < days]
    gaps = [(later.day - one.day) * 1000 / days for one, later in pairwise(inside)]
    assert all(gap > 40 for gap in gaps)


def test_given_every_kind_then_each_has_a_shape_that_no_other_has():
    assert set(SYMBOL_OF) == set(KINDS)
    assert len(set(SYMBOL_OF.values())) == len(KINDS)
    assert set(SYMBOL_OF.values()) | set(SIZES) == set(PATHS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_given_the_palette_then_every_colour_stands_out_from_page_and_band(theme):
    ink = INKS[theme]
    assert all(contrast(family.colours[theme], ground) >= 3 for family in FAMILIES for ground in (ink.page, ink.band))
    assert all(contrast(ink.mute, ground) >= 4.5 for ground in (ink.page, ink.band))
    assert all(contrast(ink.text, cell) >= 4.5 for cell in ink.cells)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eyes", ["usual", "protan", "deutan", "tritan"])
def test_given_colour_blindness_then_the_families_stay_apart(theme, eyes):
    colours = [seen_by(family.colours[theme], eyes) for family in FAMILIES]
    assert min(difference(one, other) for one, other in combinations(colours, 2)) >= 0.09


def test_given_versions_that_overlap_in_time_then_each_has_room_for_its_title():
    uncertain = action(edtf="[2025-02-10..2025-02-28]", first="2025-02-10", last="2025-02-28")
    drawn = figure([Shown(uncertain, KNOWN, LATER), Shown(action(edtf="2025-02-17"), LATER, None)])
    assert [text for trace in traces(drawn, "titles") for text in trace["text"]] == ["Title of a", "Title of a"]
