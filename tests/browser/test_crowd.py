"""The page over an archive of some thousand visits, and over plans that lie ahead of today."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
import pytest
from playwright.sync_api import Page, expect

from service.statements import id_of
from tests.browser.conftest import Open
from tests.browser.support import mark_of, settled, summary
from tests.support.server import serving

TODAY = datetime.now(UTC).date()
AHEAD = TODAY + timedelta(days=30)
LANES = "() => document.getElementById('plot').layout.annotations.map(({ name, y }) => `${name} ${y}`)"
GUESTS = ("FRA", "DEU", "ITA", "JPN", "CHN", "IND", "BRA", "CAN")


def visit(number: int, day: date, known: date) -> dict[str, Any]:
    guest = {"country": GUESTS[number % 8], "person": f"Guest {number % 40}", "role": "visitor"}
    return {
        "type": "reported", "source_ref": f"crowd:{number}", "kind": "visit", "title": f"Visit {number:04}",
        "occurred": {"edtf": day.isoformat()}, "participants": [guest, {"country": "GBR", "role": "host"}],
        "report": {"publisher": "Court Circular", "published_at": f"{known}T08:00:00Z"},
    }  # fmt: skip


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """2,400 visits to London over sixty years, two at a time, and the same one twice next month."""
    days = [date(1960, 1, 1) + timedelta(days=n // 2 * 18) for n in range(2_400)]
    facts = [visit(number, day, day) for number, day in enumerate(days)]
    plans = [visit(number, AHEAD, TODAY - timedelta(days=2)) for number in (9_000, 9_040)]
    with serving(str(tmp_path_factory.mktemp("crowd") / "data"), "--no-demo") as running:
        body = b"\n".join(map(orjson.dumps, [*facts, *plans]))
        assert running.client.post("/api/imports?format=ndjson", content=body).json()["recorded"] == 2_402
        yield running.url


@pytest.fixture
def open_page(page: Page, crowd: str) -> Open:
    """The usual one opens the demonstration's server."""

    def opened(address: str) -> Page:
        page.goto(crowd + address)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    return opened


def test_given_thousands_then_all_are_counted_and_cells_open_by_key_and_by_pointer(open_page: Open):
    page = open_page("/")
    assert summary(page).startswith("2,402 actions") and "counted by" in summary(page)
    assert page.locator(".chip", has_text="Visit").inner_text().split() == ["Visit", "2,402"]
    bins = page.locator("#brush .bins").get_attribute("d") or ""
    assert float(bins.rpartition("M")[2].split()[0]) > 950
    area = page.locator("#plot .nsewdrag").bounding_box()
    assert area
    settled(page, lambda: page.mouse.click(area["x"] + area["width"] / 2, area["y"] + 17))
    assert re.search("from=19[789]", page.url)
    settled(page, page.go_back)
    page.locator("#chart").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#say")).to_contain_text("Select to open these days")
    settled(page, lambda: page.keyboard.press("Enter"))
    assert "from=1960-01-01" in page.url
    expect(page.locator("#plot .point").first).to_be_attached()


def test_given_thousands_when_replayed_then_lanes_stand_still_and_count_what_was_known(open_page: Open):
    page = open_page("/?as_of=1975-01-01")
    lanes = page.evaluate(LANES)
    assert summary(page).startswith("610 actions") and len(lanes) == 9
    settled(page, lambda: page.locator("#as-of").fill("1962-01-01"))
    assert page.evaluate(LANES) == lanes and int(summary(page).split()[0]) < 100
    settled(page, lambda: page.get_by_role("button", name="Back to now").click())
    assert page.evaluate(LANES) == lanes and summary(page).startswith("2,402 actions")


def test_given_a_plan_ahead_of_today_then_it_is_drawn_and_its_double_and_its_neighbours_are_named(open_page: Open):
    plan = str(id_of("crowd:9000"))
    page = open_page(f"/?from={TODAY}&to={AHEAD + timedelta(days=9)}&action={plan}")
    assert mark_of(page, plan)["name"] == "visit, planned"
    expect(page.locator("#similar")).to_contain_text("Visit 9040")
    page = open_page(f"/?action={plan}")
    expect(page.locator(".pn")).to_contain_text("Visit 9040")


def test_given_more_rows_than_are_loaded_then_the_table_sorts_them_all_or_says_how_many(open_page: Open):
    page = open_page("/?view=table")
    settled(page, lambda: page.get_by_role("button", name="Date").click())
    expect(page.locator("#table tbody tr").first).to_contain_text("Visit 90")
    settled(page, lambda: page.get_by_role("button", name="Action", exact=True).click())
    assert "sort=action" in page.url
    expect(page.locator("#table-more")).to_contain_text("Sorted are the first 2,000 of 2,402 actions")
