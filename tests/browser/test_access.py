"""For everybody: keyboard, screen reader, phone, dark, without JavaScript."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Open
from tests.browser.support import settled

VIEWS = [
    "/",
    "/?view=table",
    "/?view=changes&since=2025-02-17&as_of=2025-02-28",
    "/?as_of=2025-02-20&from=2025-02-10&to=2025-03-10&action={visit}",
    "/actions/{visit}",
]
Theme = Literal["light", "dark"]
SIZES: dict[str, ViewportSize] = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_given_any_view_theme_and_width_then_axe_finds_nothing_and_nothing_reaches_beyond_the_edge(
    open_page: Open, page: Page, findings: Callable[[Page], list[str]], visit: str, theme: Theme, size: ViewportSize
):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(size)
    for address in VIEWS:
        open_page(address.format(visit=visit))
        assert page.locator("html").get_attribute("data-theme") == theme
        assert (address, findings(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_given_the_help_then_axe_finds_nothing(open_page: Open, findings: Callable[[Page], list[str]]):
    for address, has_lanes in (("/", True), ("/countries/GBR", False)):
        page = open_page(address)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.get_by_text("Lane above and below").is_visible() is has_lanes
        assert findings(page) == []


def test_given_the_keyboard_alone_then_an_action_can_be_found_opened_and_closed(open_page: Open):
    page = open_page("/")
    page.locator("#chart").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert "Ukraine" in page.locator("#say").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#chart")).to_be_focused()


@pytest.mark.parametrize(
    ("key", "as_of"), [("]", "2025-04-17"), ("[", "2025-03-27"), (".", "2025-04-02"), (",", "2025-03-31")]
)
def test_given_replay_when_a_key_is_pressed_then_it_steps(open_page: Open, key: str, as_of: str):
    page = open_page("/?as_of=2025-04-01")
    settled(page, lambda: page.keyboard.press(key))
    assert f"as_of={as_of}" in page.url


def test_given_a_slash_then_the_search_has_the_keyboard_and_keys_are_letters_again(open_page: Open):
    page = open_page("/")
    page.keyboard.press("/")
    page.keyboard.type("t")
    expect(page.locator("#q")).to_have_value("t")
    assert "view=table" not in page.url


def test_given_t_then_chart_and_table_take_turns(open_page: Open):
    page = open_page("/")
    settled(page, lambda: page.keyboard.press("t"))
    expect(page.locator("#table")).to_be_visible()
    settled(page, lambda: page.keyboard.press("t"))
    expect(page.locator("#plot .barlayer, #plot .scatterlayer").first).to_be_attached()


def test_given_a_change_then_screen_readers_hear_the_headline(open_page: Open):
    page = open_page("/")
    settled(page, lambda: page.locator(".chip", has_text="Visit").click())
    assert page.locator("#say").inner_text().startswith("6 actions")


def test_given_the_theme_button_then_the_choice_outlives_the_page(open_page: Open):
    page = open_page("/")
    settled(page, lambda: page.locator("#theme").click())
    page = open_page("/")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_given_a_phone_then_the_data_is_called_demo_and_the_chart_has_titles(open_page: Open):
    open_page("/").set_viewport_size(SIZES["phone"])
    page = open_page("/?from=2025-02-12&to=2025-03-02")
    expect(page.locator(".demo")).to_be_visible()
    assert page.evaluate("document.getElementById('plot').data.some((trace) => trace.name === 'titles')")
    assert page.evaluate("document.getElementById('plot').layout.dragmode") is False


LANES = """() => document.getElementById('plot').layout.annotations.map(({ name, y }) => `${name} ${y}`)"""
COUNTS = """() => Object.fromEntries(document.getElementById('plot').layout.annotations.map(({ name, text }) =>
  [name, Number(text.match(/>(\\d+)</)[1])]))"""
OUTLINED = """() => document.getElementById('plot').data.some(({ type, width }) => type === 'bar' && width === 22)"""
CELLS = """(lane) => document.getElementById('plot').data
  .find(({ type, meta }) => type === 'heatmap' && meta.lane === lane)?.z[0].reduce((sum, count) => sum + count, 0)"""


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_given_replay_at_any_width_then_lanes_and_dates_stand_still_and_count_what_the_api_counts(
    open_page: Open, size: ViewportSize
):
    open_page("/").set_viewport_size(size)
    page = open_page("/")
    still = page.evaluate(LANES), page.locator("#brush").inner_text()
    charts: list[str] = []
    page.on("request", lambda request: "/api/charts/" in request.url and charts.append(request.url))
    for day in ("2025-02-18", "2025-02-25", "2025-02-26", "2025-09-03"):
        settled(page, lambda day=day: page.locator("#as-of").fill(day))  # type: ignore[misc]
        assert (page.evaluate(LANES), page.locator("#brush").inner_text()) == still
        counts = page.evaluate(COUNTS)
        rows = page.request.get(f"/api/counts?group_by=country&from=1900-01-01&as_of={day}").json()["results"]
        assert counts == {lane: 0 for lane in counts} | {r["group"]: r["count"] for r in rows if r["group"] in counts}
        assert page.evaluate(CELLS, "GBR") == (counts["GBR"] if size["width"] < 500 else None)
        assert size["width"] > 500 or page.evaluate(OUTLINED) == (day < "2025-09")
    assert charts == []


def test_given_no_javascript_then_the_table_and_its_form_work(browser: Browser, server: str):
    page = browser.new_context(java_script_enabled=False, base_url=server).new_page()
    page.goto("/")
    expect(page.locator("tbody tr")).to_have_count(49)
    page.locator(".chip", has_text="Visit").click()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr")).to_have_count(6)
    page.context.close()


def test_given_no_javascript_and_a_wrong_value_then_the_page_says_so(browser: Browser, server: str):
    page = browser.new_context(java_script_enabled=False, base_url=server).new_page()
    page.goto("/?country=Utopia")
    expect(page.locator("#summary")).to_contain_text("Utopia")
    page.context.close()
