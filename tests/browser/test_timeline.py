"""The timeline in a real browser: chart, filters, panel, table, replay; all state in the address."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, action_id
from tests.browser.support import mark_of, marks, settled, summary

FEBRUARY = "/?from=2025-02-10&to=2025-03-10"
PLACES = """() => [...document.querySelectorAll('.chip, #brush .win, #plot')].map((one) => {
  const { x, y } = one.getBoundingClientRect();
  return `${one.id || one.className} ${x} ${y}`.replace(/ none/, '');
})"""
"""Where the chips, the window of the brush and the chart stand."""


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def test_given_the_demo_when_opened_then_all_of_it_is_in_sight_and_called_demo(open_page: Open):
    page = open_page("/")
    assert summary(page).startswith("48 actions")
    expect(page.get_by_text("demonstration data", exact=True)).to_be_visible()
    expect(page.locator("#origin")).to_contain_text("Reports by public record, seed article")
    assert {one["lane"] for one in marks(page)} >= {"GBR", "USA", "UKR"}


def test_given_a_kind_chip_when_chosen_then_chart_address_and_counts_follow(open_page: Open):
    page = open_page("/")
    settled(page, lambda: page.locator(".chip", has_text="Visit").click())
    assert asked(page)["kind"] == ["visit"]
    assert summary(page).startswith("6 actions")
    assert {one["name"].split(",")[0] for one in marks(page)} == {"visit"}


def test_given_a_chosen_chip_when_going_back_then_it_is_chosen_no_more(open_page: Open):
    page = open_page("/")
    settled(page, lambda: page.locator(".chip", has_text="Visit").click())
    settled(page, page.go_back)
    expect(page.locator('input[name=kind][value="visit"]')).not_to_be_checked()


def test_given_a_country_when_chosen_in_the_list_then_only_its_lane_is_left(open_page: Open):
    page = open_page("/")
    page.locator("[data-facet=country] summary").click()
    page.get_by_label("Find a country").fill("germ")
    settled(page, lambda: page.locator("[data-facet=country] li:visible input").check())
    assert {one["lane"] for one in marks(page) if one["y"]} >= {"DEU"}
    assert page.evaluate("document.getElementById('plot').layout.annotations.length") == 1


def test_given_a_person_then_a_country_chosen_beside_leaves_as_many_actions_as_the_list_says(open_page: Open):
    page = open_page("/?person=keir-starmer")
    page.locator("[data-facet=country] summary").click()
    row = page.locator("[data-facet=country] li", has_text="France")
    count = row.locator("b").inner_text()
    settled(page, row.locator("input").check)
    assert asked(page)["party"] == ["country:FRA"]
    assert int(count) and summary(page).startswith(f"{count} actions,")
    expect(row.locator("input")).to_be_checked()
    settled(page, page.get_by_role("button", name="Remove with France").click)
    expect(row.locator("input")).not_to_be_checked()


def test_given_a_word_when_searched_then_only_what_holds_it_is_left(open_page: Open):
    page = open_page("/")
    settled(page, lambda: page.locator("#q").fill("backstop"))
    assert summary(page).startswith("1 action,")


def test_given_dates_in_the_address_when_opened_then_the_chart_shows_just_these(open_page: Open):
    page = open_page(FEBRUARY)
    low, high = page.evaluate("document.getElementById('plot')._fullLayout.xaxis.range")
    assert (low[:10], high[:10]) == ("2025-02-10", "2025-03-11")


@pytest.mark.parametrize(("as_of", "trace"), [("2025-02-18", "visit, planned"), ("", "visit, occurred")])
def test_given_a_moment_when_opened_then_the_visit_looks_as_it_was_known(
    open_page: Open, visit: str, as_of: str, trace: str
):
    page = open_page(f"/?from=2025-02-20&to=2025-03-05&as_of={as_of}")
    assert mark_of(page, visit)["name"] == trace


def test_given_the_meeting_that_never_came_when_looked_at_in_september_then_it_has_lapsed(open_page: Open):
    page = open_page("/?as_of=2025-09-03&from=2025-08-01&to=2025-09-30")
    meeting = str(action_id("ukraine-2025:putin-zelensky-meeting"))
    assert mark_of(page, meeting)["name"] == "meeting, lapsed"


def test_given_a_mark_when_clicked_then_its_details_open_and_the_address_names_it(open_page: Open, visit: str):
    page = open_page(FEBRUARY)
    mark = mark_of(page, visit)
    page.mouse.click(mark["x"], mark["y"])
    expect(page.get_by_role("heading", name="Starmer to visit the United States")).to_be_visible()
    assert asked(page)["action"] == [visit]


def test_given_details_then_they_tell_what_changed_from_what_to_what(open_page: Open, visit: str):
    page = open_page(f"{FEBRUARY}&action={visit}")
    history = page.locator("#panel .hist")
    expect(history).to_contain_text("First reported")
    assert re.search(r"Status\s*planned → occurred", history.inner_text())
    expect(page.locator("#panel")).to_contain_text("Keir Starmer")


def test_given_details_of_the_past_then_what_came_later_is_marked_so(open_page: Open, visit: str):
    page = open_page(f"{FEBRUARY}&as_of=2025-02-18&action={visit}")
    expect(page.locator("#panel .hist .later").first).to_contain_text("not known yet")
    expect(page.locator("#panel")).to_contain_text(re.compile("One day within 24 Feb . 2 Mar 2025"))


def test_given_details_when_stepping_on_then_the_next_action_is_named_and_opens(open_page: Open, visit: str):
    page = open_page(f"{FEBRUARY}&action={visit}")
    following = page.locator(".pn button").last
    title = following.inner_text().removeprefix("Next").strip()
    following.click()
    expect(page.locator("#panel h2")).to_have_text(title)


def test_given_a_quote_and_conditions_then_details_show_them(open_page: Open):
    page = open_page(f"/?action={action_id('seed:paris-summit:A3')}")
    expect(page.locator("#panel blockquote")).to_contain_text("prepared to consider committing British forces")
    expect(page.locator("#panel")).to_contain_text("a US security guarantee")


def test_given_the_table_then_it_has_the_same_actions_and_sorts(open_page: Open):
    page = open_page(f"{FEBRUARY}&view=table")
    rows = page.locator("#table tbody tr")
    assert rows.count() == int(summary(page).split()[0])
    settled(page, lambda: page.get_by_role("button", name="Action", exact=True).click())
    titles = page.locator("#table tbody th").all_inner_texts()
    assert titles == sorted(titles, key=str.lower)


def test_given_the_past_when_a_name_in_table_or_details_is_followed_then_its_page_opens_as_known_then(
    open_page: Open, visit: str
):
    page = open_page(f"/?as_of=2025-02-20&country=GBR&kind=visit&view=table&action={visit}")
    names = page.locator("#panel .who a").evaluate_all("found => found.map((one) => one.getAttribute('href'))")
    assert [name.split("?")[0] for name in names] == [
        "/people/Keir%20Starmer", "/countries/GBR", "/people/Donald%20Trump", "/countries/USA",
    ]  # fmt: skip
    page.locator("#table td a", has_text="United States").click()
    page.wait_for_url(re.compile(r"/countries/USA\?"))
    assert (asked(page)["as_of"], "country" in asked(page)) == (["2025-02-20"], False)


def test_given_any_date_then_scripts_say_it_in_the_words_of_the_server(open_page: Open):
    page = open_page("/?view=table")
    dates = "document => [...document.querySelectorAll('#table td.date')].map((one) => one.textContent)"
    served = (
        "fetch('/').then((answer) => answer.text()).then((text) => new DOMParser().parseFromString(text, 'text/html'))"
    )
    assert page.evaluate(f"({dates})(document)") == page.evaluate(f"{served}.then({dates})")


def test_given_details_when_a_topic_is_followed_then_only_what_is_about_it_is_shown(open_page: Open, visit: str):
    page = open_page(f"{FEBRUARY}&action={visit}")
    settled(page, lambda: page.locator("#panel").get_by_role("link", name="security-guarantees").click())
    assert (asked(page)["topic"], asked(page)["from"]) == (["security-guarantees"], ["2025-02-10"])
    assert int(summary(page).split()[0]) < 30


def test_given_a_row_when_clicked_then_its_details_open(open_page: Open):
    page = open_page("/?view=table&kind=vote")
    page.locator("#table tbody tr").first.click()
    expect(page.locator("#panel h2")).to_contain_text("resolution 2774")


def test_given_replay_when_stepping_then_day_counts_and_marks_follow(open_page: Open):
    page = open_page("/?as_of=2025-02-18")
    before = summary(page)
    settled(page, lambda: page.get_by_role("button", name="Next change").click())
    assert asked(page)["as_of"] > ["2025-02-18"]
    assert summary(page) != before
    expect(page.locator("#replay-news")).to_contain_text("change")


def test_given_replay_when_sliding_then_nothing_is_asked_of_the_server_for_the_chart(open_page: Open):
    page = open_page("/?as_of=2025-02-18")
    charts: list[str] = []
    page.on("request", lambda request: "/api/charts/" in request.url and charts.append(request.url))
    settled(page, lambda: page.locator("#replay-slider").press("ArrowRight"))
    assert (charts, asked(page)["as_of"]) == ([], ["2025-02-19"])


def test_given_replay_when_going_back_to_now_then_the_moment_leaves_the_address(open_page: Open):
    page = open_page("/?as_of=2025-02-18")
    settled(page, lambda: page.get_by_role("button", name="Back to now").click())
    assert "as_of" not in asked(page)


def test_given_replay_when_played_then_it_steps_by_itself_until_paused(open_page: Open):
    page = open_page("/?as_of=2025-02-18")
    page.get_by_role("button", name="Play").click()
    page.wait_for_url(re.compile("as_of=2025-02-2"))
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_given_the_brush_when_drawn_then_the_window_is_what_was_drawn(open_page: Open):
    page = open_page("/")
    box = page.locator("#brush").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10, steps=4)
    settled(page, page.mouse.up)
    assert "2025-06" < asked(page)["to"][0] < "2025-08"


def test_given_the_chart_when_zoomed_then_the_window_narrows_and_all_dates_undoes_it(open_page: Open):
    page = open_page("/")
    settled(page, lambda: page.get_by_role("button", name="Zoom in").click())
    assert "from" in asked(page)
    settled(page, lambda: page.get_by_role("button", name="All dates").click())
    assert "from" not in asked(page)


def test_given_copy_link_when_clicked_then_the_link_pins_moment_and_position(open_page: Open):
    page = open_page("/?kind=visit")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#toast")).to_contain_text("Link copied")
    link = parse_qs(urlparse(page.evaluate("navigator.clipboard.readText()")).query)
    assert {"kind", "as_of", "position"} <= link.keys()


def test_given_a_pinned_link_when_opened_then_it_shows_what_it_was_copied_from(open_page: Open):
    page = open_page("/?as_of=2025-02-18&position=15")
    assert "at position 15" in summary(page)


def test_given_the_download_menu_then_the_table_has_the_filters_and_the_chart_is_a_picture(open_page: Open):
    page = open_page("/?kind=visit")
    page.get_by_text("Download", exact=True).click()
    assert page.locator("#get-csv").get_attribute("href") == "/api/timeline.csv?kind=visit"
    assert page.locator("#get-atom").get_attribute("href") == "/api/timeline.atom?kind=visit"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Chart as SVG").click()
    assert "Diplomatic timeline (demonstration data)" in saved.value.path().read_text()


def test_given_rows_in_another_order_then_the_table_has_it_and_the_feed_still_answers(open_page: Open):
    page = open_page("/?kind=visit&sort=-date")
    links = {name: page.locator(f"#get-{name}").get_attribute("href") or "" for name in ("csv", "ndjson", "atom")}
    assert all("sort=-date" in links[name] for name in ("csv", "ndjson"))
    assert page.request.get(links["atom"]).ok


@pytest.mark.parametrize("lanes", ["kind", "organisation", "person", "topic"])
def test_given_other_lanes_when_chosen_then_the_chart_has_them(open_page: Open, lanes: str):
    page = open_page("/")
    settled(page, lambda: page.locator("#lanes").select_option(lanes))
    assert asked(page)["lanes"] == [lanes]


def test_given_nothing_that_fits_then_the_page_says_so_and_offers_a_way_out(open_page: Open):
    page = open_page(f"{FEBRUARY}&kind=expulsion")
    expect(page.get_by_role("alert")).to_contain_text("No actions to show")
    settled(page, lambda: page.get_by_role("alert").get_by_role("button", name="Clear filters").click())
    expect(page.get_by_role("alert")).to_be_hidden()


def test_given_a_wrong_date_then_the_page_says_what_would_be_right(open_page: Open, complaints: list[str]):
    page = open_page("/?as_of=yesterday")
    expect(page.get_by_role("alert")).to_contain_text("'yesterday'")
    complaints.clear()


def test_given_no_connection_when_filtering_then_the_page_says_so_and_goes_on_by_itself_later(
    open_page: Open, complaints: list[str]
):
    page = open_page("/")
    page.context.set_offline(True)
    settled(page, lambda: page.locator(".chip", has_text="Visit").click())
    expect(page.get_by_role("alert")).to_contain_text("no connection")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_hidden()
    complaints.clear()


def test_given_what_has_no_date_then_it_is_listed_below(open_page: Open):
    page = open_page("/")
    page.locator("#undated button").first.click()
    expect(page.locator("#panel")).to_contain_text("Put off")


def test_given_replay_when_stepping_then_nothing_jumps_and_what_changed_is_shown(open_page: Open):
    page = open_page(f"{FEBRUARY}&as_of=2025-02-19")
    still = {(one["id"], one["lane"], one["x"]): one["y"] for one in marks(page)}
    before = page.evaluate(PLACES)
    settled(page, lambda: page.get_by_role("button", name="Next change").click())
    after = {(one["id"], one["lane"], one["x"]): one["y"] for one in marks(page)}
    assert len(still.keys() & after.keys()) > 20
    assert all(after[mark] == y for mark, y in still.items() if mark in after)
    assert page.evaluate(PLACES) == before
    assert "2 of them still to come" in summary(page)
    expect(page.locator("#axis em")).to_contain_text("known on 20 Feb 2025")
    names = page.evaluate("document.getElementById('plot').data.map((trace) => trace.name)")
    assert {"moved", "withdrawn"} <= set(names)


def test_given_the_list_of_people_when_opened_then_they_have_their_names_and_a_choice_leaves_their_lane(
    open_page: Open,
):
    page = open_page("/?lanes=person")
    page.locator("[data-facet=person] summary").click()
    page.get_by_label("Find a person").fill("zelensky")
    settled(page, lambda: page.locator("[data-facet=person] li:visible").get_by_text("Volodymyr Zelensky").click())
    assert asked(page)["person"] == ["volodymyr-zelensky"]
    assert {one["lane"] for one in marks(page)} == {"volodymyr-zelensky"}
    expect(page.get_by_role("button", name="Remove Volodymyr Zelensky")).to_be_visible()
