"""The pages beside the timeline in a real browser: whole without scripts, in step with replay and filters with them."""

import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlparse

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from service.api.params import FILTERS
from tests.browser.conftest import Open, action_id
from tests.browser.support import settled

PAGES = [
    "/countries",
    "/countries/GBR",
    "/organisations/EU",
    "/people/keir-starmer",
    "/relations",
    "/relations/GBR/USA",
]
STATES = [*PAGES, "/actions/{visit}", "/countries/USA?as_of=2025-02-20&kind=visit", "/countries/GBR?q=nothing", "/none"]


POINT = """([id, [x, y]]) => {
  const plot = document.querySelector(id + ' .plot'), box = plot.getBoundingClientRect();
  const { xaxis, yaxis } = plot._fullLayout, trace = plot.data.at(-1);
  const at = (axis, value) => axis._offset + axis.c2p(axis.d2c(value));
  return [box.left + at(xaxis, trace.x[x]), box.top + at(yaxis, trace.y[y])];
}"""
"""Where a mark of the last trace of a figure stands on the screen, by its places in x and y."""


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def figures(page: Page) -> list[str]:
    """The figures that are drawn."""
    return page.eval_on_selector_all(".figure.wired", "found => found.map((one) => one.id)")


@pytest.mark.parametrize("address", STATES)
def test_given_a_page_in_either_theme_and_width_then_axe_finds_nothing_and_nothing_reaches_beyond_the_edge(
    open_page: Open, findings: Callable[[Page], list[str]], visit: str, address: str, complaints: list[str]
):
    page = open_page(address.format(visit=visit))
    for theme in ("light", "dark"):
        assert page.locator("html").get_attribute("data-theme") == theme
        for width in (1280, 390):
            settled(page, lambda width=width: page.set_viewport_size({"width": width, "height": 844}))
            assert (theme, width, findings(page)) == (theme, width, [])
        settled(page, lambda: page.locator("#theme").click())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#main").get_by_role("heading", level=1).count() == 1
    expect(page.locator(".demo")).to_be_visible()
    complaints[:] = [one for one in complaints if "404" not in one]


def test_given_a_country_then_figures_lists_and_ledger_say_what_the_api_says(open_page: Open, server: str):
    page = open_page("/countries/GBR")
    profile = httpx.get(f"{server}/api/countries/GBR").json()
    assert figures(page) == ["figure-activity", "figure-map"]
    assert page.locator("#summary b").inner_text() == str(profile["count"])
    rows = page.locator("section:has(> h2:text('Counterparts')) tbody tr")
    assert rows.count() == len(profile["counterparts"])
    expect(rows.first).to_contain_text("France")
    ledger = page.locator("#promises")
    for row in profile["by_outcome"]:
        expect(ledger.get_by_role("heading", name=f"{row['key'].capitalize()} {row['count']}")).to_be_visible()
    assert "outcome=met" in (ledger.get_by_role("link", name="All 4 on the timeline").get_attribute("href") or "")


def test_given_a_country_when_replayed_then_text_figures_chips_and_links_follow_and_nothing_jumps(open_page: Open):
    page = open_page("/countries/GBR")
    page.evaluate("document.querySelector('#figure-activity').dataset.same = 'yes'")
    settled(page, lambda: page.locator("#as-of").fill("2025-02-18"))
    assert asked(page)["as_of"] == ["2025-02-18"]
    expect(page.locator(".then")).to_have_text("As known on 18 Feb 2025")
    expect(page.locator("#summary")).to_contain_text("7 actions")
    assert "as_of=2025-02-18" in page.locator("#figure-activity").get_attribute("data-src")
    assert page.locator("#figure-activity").get_attribute("data-same") == "yes"
    assert page.locator("#say").inner_text().startswith("7 actions")
    for link in page.locator("#main a[href^='/']:not([href*='/api/']), .nav a").all():
        assert "as_of=2025-02-18" in (link.get_attribute("href") or "")
    settled(page, lambda: page.get_by_role("button", name="Next change").click())
    assert asked(page)["as_of"] > ["2025-02-18"]
    expect(page.locator("#replay-news")).to_contain_text("1 change: ")
    settled(page, page.go_back)
    assert "as_of" not in asked(page)
    expect(page.locator("#summary")).to_contain_text("13 actions")


def test_given_a_country_when_filtered_then_only_what_fits_is_counted(open_page: Open):
    page = open_page("/countries/GBR")
    settled(page, lambda: page.locator(".chip", has_text="Summit").click())
    assert asked(page)["kind"] == ["summit"]
    expect(page.locator("#summary")).to_contain_text("4 actions")
    page.locator("[data-facet=country] summary").click()
    settled(page, lambda: page.locator("[data-facet=country] li", has_text="United States").click())
    expect(page.locator("#summary")).to_contain_text("1 action,")
    page.keyboard.press("Escape")
    settled(page, lambda: page.get_by_role("button", name="Clear filters").click())
    settled(page, lambda: page.locator("#from").fill("2025-03-01"))
    assert asked(page) == {"from": ["2025-03-01"]}
    page.get_by_role("link", name="On the timeline", exact=True).click()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert asked(page) == {"country": ["GBR"], "from": ["2025-03-01"]}


def test_given_every_filter_of_the_api_then_each_without_a_field_is_a_chip_in_words_and_can_be_taken_away(
    open_page: Open,
):
    query = [(param.name, param.example) for param in FILTERS]
    page = open_page(f"/countries/GBR?{urlencode([*query, ('q', 'second')])}")
    chips = page.locator("#chosen button")
    assert [one.get_attribute("aria-label") for one in chips.all()] == [
        "Remove United Kingdom",
        "Remove as host",
        "Remove North Atlantic Treaty Organization",
        "Remove Keir Starmer",
        "Remove with United Kingdom",
        "Remove Open",
        "Remove security-guarantees",
        "Remove published by seed article",
        "Remove about Ukraine",
        "Remove reported as seed:paris-summit:A5",
        "Remove “second”",
        "Remove inside the window or across its edge",
        "Remove with any country named",
    ]
    before = asked(page)
    for name, label in (("role", "as host"), ("match", "with any country named"), ("q", "“second”")):
        settled(page, page.get_by_role("button", name=f"Remove {label}").click)
        before[name] = before[name][:-1]
        assert asked(page) == {name: values for name, values in before.items() if values}
    settled(page, page.get_by_role("button", name="Clear filters").click)
    assert asked(page).keys() == {"from", "to"} and chips.count() == 0


def test_given_a_country_beside_the_page_and_its_role_then_chips_count_what_both_take_part_in(
    open_page: Open, server: str
):
    page = open_page("/countries/GBR?country=USA&role=host")
    both = "party=country:GBR&country=USA&role=host&group_by=kind"
    rows = httpx.get(f"{server}/api/counts?{both}").json()["results"]
    assert rows
    for row in rows:
        expect(page.locator(f"[data-count='kind:{row['group']}']")).to_have_text(str(row["count"]))


def test_given_a_list_when_letters_are_typed_then_names_with_them_are_left_and_lead_on(open_page: Open):
    page = open_page("/countries?as_of=2025-03-01")
    page.locator("#find").fill("sanch")
    expect(page.locator("[data-find] li:visible")).to_have_text(["Pedro Sánchez2 actions"])
    settled(page, lambda: page.locator("#as-of").fill("2025-03-05"))
    expect(page.locator("#find")).to_have_value("sanch")
    page.get_by_role("link", name="Pedro Sánchez").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pedro Sánchez")
    assert asked(page)["as_of"] == ["2025-03-05"]


TOUCHING = """() => {
  const figure = document.getElementById('figure-activity');
  const boxes = (selector) => [...figure.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
  const apart = (one, other) => one.right <= other.left || other.right <= one.left
    || one.bottom <= other.top || other.bottom <= one.top;
  const touching = (some, others) => some.flatMap((one) => others.filter((other) => !apart(one, other))).length;
  const legend = boxes('.legendtext'), [picture] = boxes('.plot');
  const outside = legend.filter((one) => one.top < picture.top || one.right > picture.right).length;
  const days = touching(boxes('.xtick text'), boxes('.ytick text'));
  return [legend.length > 2, outside, touching(legend, boxes('.barlayer')), days];
}"""
"""Whether the legend has names; how many lie outside, on bars; how many names of days touch a number."""


@pytest.mark.parametrize("address", ["/countries/USA", "/countries/GBR", "/countries/UKR"])
def test_given_a_phone_then_legend_and_axes_of_a_figure_keep_apart(open_page: Open, page: Page, address: str):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(address)
    assert page.evaluate(TOUCHING) == [True, 0, 0, 0]


def test_given_relations_then_a_cell_and_a_circle_lead_to_their_pages(open_page: Open):
    page = open_page("/relations")
    assert figures(page) == ["figure-relations", "figure-network"]
    page.mouse.click(*page.evaluate(POINT, ["#figure-relations", [0, 1]]))
    page.wait_for_url(re.compile("/relations/UKR/USA"))
    page = open_page("/relations?from=2025-02-01")
    page.mouse.click(*page.evaluate(POINT, ["#figure-network", [0, 0]]))
    page.wait_for_url(re.compile(r"/countries/USA\?from=2025-02-01"))


def test_given_an_action_then_all_of_it_is_told_and_every_name_leads_to_its_page(open_page: Open, visit: str):
    page = open_page(f"/actions/{visit}?as_of=2025-02-21")
    text = page.locator("article").inner_text()
    for told in (
        "Keir Starmer",
        "visitor",
        "It rests on public record",
        "One day within 24 Feb",
        "not known yet",
        "SHA-256",
    ):
        assert told in text
    assert page.get_by_role("link", name="United Kingdom").get_attribute("href") == "/countries/GBR?as_of=2025-02-21"
    assert (
        page.get_by_role("link", name="Donald Trump").get_attribute("href") == "/people/donald-trump?as_of=2025-02-21"
    )
    assert f"/actions/{visit}?as_of=2025-02-21T23:59:59.999999Z&position=" in page.locator("#citation").inner_text()
    settled(page, lambda: page.keyboard.press("]"))
    assert asked(page)["as_of"] == ["2025-02-27"]
    expect(page.locator(".tags")).to_contain_text("Occurred, as announced")
    title = page.locator("nav.pn a[rel=next]").inner_text().splitlines()[-1]
    page.locator("nav.pn a[rel=next]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_given_an_action_among_filters_then_it_says_among_what_its_neighbours_are(open_page: Open, visit: str):
    page = open_page(f"/actions/{visit}?kind=visit&country=GBR&from=2025-02-01&party=country:USA&q=Starmer")
    told = "Visit · United Kingdom · from 1 Feb 2025 on · with United States · “Starmer”"
    expect(page.locator(".among")).to_contain_text(told)
    page.get_by_role("link", name="Among all actions").click()
    expect(page.locator(".among")).to_have_count(0)
    assert asked(page) == {}


def test_given_all_pairs_when_replayed_then_all_of_them_stay(open_page: Open):
    page = open_page("/relations?all=yes")
    settled(page, lambda: page.locator("#as-of").fill("2025-10-01"))
    assert asked(page) == {"all": ["yes"], "as_of": ["2025-10-01"]}
    assert page.locator("tbody tr").count() > 25


def test_given_a_quote_on_conditions_then_both_are_told(open_page: Open):
    page = open_page(f"/actions/{action_id('seed:paris-summit:A3')}")
    expect(page.locator("blockquote")).to_contain_text("prepared to consider committing British forces")
    expect(page.locator("section:has(> h2:text('Conditions'))")).to_contain_text("a US security guarantee")


def test_given_copy_link_when_clicked_then_the_link_pins_the_page(open_page: Open):
    page = open_page("/countries/GBR?kind=summit")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    link = urlparse(page.evaluate("navigator.clipboard.readText()"))
    assert link.path == "/countries/GBR" and {"kind", "as_of", "position"} <= parse_qs(link.query).keys()


def test_given_no_connection_when_replayed_then_the_page_says_so_and_goes_on_by_itself_later(
    open_page: Open, complaints: list[str]
):
    page = open_page("/people/keir-starmer")
    page.context.set_offline(True)
    settled(page, lambda: page.locator("#as-of").fill("2025-02-18"))
    expect(page.get_by_role("alert")).to_contain_text("no connection")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator(".then")).to_have_text("As known on 18 Feb 2025")
    complaints.clear()


def test_given_a_figure_that_fails_then_the_page_stands_and_it_can_be_tried_again(
    open_page: Open, page: Page, complaints: list[str]
):
    page.route(
        "**/api/charts/map**", lambda route: route.fulfill(status=503, json={"title": "Busy", "detail": "Later."})
    )
    open_page("/countries/GBR")
    failed = page.locator("#figure-map")
    expect(failed).to_contain_text("The picture could not be loaded. Later.")
    assert figures(page) == ["figure-activity"]
    page.unroute("**/api/charts/map**")
    failed.get_by_role("button", name="Try again").click()
    expect(page.locator("#figure-map.wired .plot svg").first).to_be_visible()
    complaints.clear()


def test_given_a_slow_server_when_played_then_the_page_follows_all_the_same(open_page: Open, page: Page):
    open_page("/countries/GBR?as_of=2025-02-16")

    def late(route: Route) -> None:
        time.sleep(0.6)  # longer than a step takes
        route.continue_()

    page.route("**/countries/GBR?**", late)
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".then")).not_to_have_text("As known on 16 Feb 2025")
    page.get_by_role("button", name="Pause").click()
    page.wait_for_load_state("networkidle")


def test_given_a_wrong_date_or_a_time_before_then_the_page_says_so_and_offers_a_way_out(
    open_page: Open, visit: str, complaints: list[str]
):
    page = open_page("/countries/GBR?from=yesterday&kind=visit")
    expect(page.get_by_role("main")).to_contain_text("'yesterday' is not a day")
    assert page.get_by_role("link", name="Timeline", exact=True).get_attribute("href") == "/?kind=visit"
    page.get_by_role("link", name="The same page without from").click()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert asked(page) == {"kind": ["visit"]}
    page = open_page(f"/actions/{visit}?as_of=2025-02-01")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    page.get_by_role("link", name="The same page as known now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Starmer to visit")
    complaints.clear()


def test_given_no_javascript_then_every_page_is_whole_and_its_form_filters(browser: Browser, server: str, visit: str):
    page = browser.new_context(java_script_enabled=False, base_url=server).new_page()
    for address in (*PAGES, f"/actions/{visit}"):
        page.goto(address)
        assert page.locator("#main a").count() > 8
        assert page.locator("#replay, .figure, #share").first.is_hidden()
    page.goto("/countries/GBR?as_of=2025-02-20")
    expect(page.locator("tbody tr").first).to_contain_text("2025")
    page.locator(".chip", has_text="Statement").click()
    page.get_by_role("button", name="Show").click()
    assert {"as_of": ["2025-02-20"], "kind": ["statement"]}.items() <= asked(page).items()
    expect(page.locator("#summary")).to_contain_text("2 actions")
    page.context.close()


def test_given_paper_then_only_what_is_to_be_read_is_printed(open_page: Open, visit: str):
    page = open_page(f"/actions/{visit}")
    page.emulate_media(media="print")
    for hidden in ("#replay", ".nav", ".tools", "nav.pn"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#citation")).to_be_visible()
    expect(page.locator(".demo")).to_be_visible()
