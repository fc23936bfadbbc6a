"""Taking the page along: pictures, code for other pages, paper. And the page before its data has come."""

import re
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.support import settled

REPLAY = "/?from=2025-02-10&to=2025-03-10&as_of=2025-02-20&kind=visit"


def test_given_the_past_when_taken_as_a_picture_then_it_shows_what_was_known_then_and_whose_data_it_is(open_page: Open):
    page = open_page(REPLAY)
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Chart as SVG").click()
    picture = saved.value.path().read_text()
    assert "as known on 20 Feb 2025" in picture and "demonstration data" in picture
    assert picture.count("Starmer to visit") == 2
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Chart as PNG").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_given_the_chart_when_embedded_then_the_code_pins_what_is_seen(open_page: Open):
    page = open_page("/?from=2025-02-10&to=2025-03-10&kind=visit&lanes=kind")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Download", exact=True).click()
    page.get_by_role("button", name="Code to embed the chart").click()
    expect(page.locator("#toast")).to_contain_text("Code copied")
    source = re.search('src="([^"]+)"', page.evaluate("navigator.clipboard.readText()"))
    assert source
    asked = urlparse(source[1].replace("&amp;", "&"))
    assert asked.path == "/api/charts/timeline.html"
    assert {"kind", "from", "to", "lanes", "as_of", "position"} <= parse_qs(asked.query).keys()


def test_given_paper_then_dates_stand_over_their_marks_and_the_table_has_its_columns(open_page: Open):
    page = open_page(REPLAY)
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 1040, "height": 720})
    lines = [page.locator(name).first.bounding_box() for name in ("#axis em", "#plot .shapelayer path >> nth=-1")]
    assert lines[0] and lines[1] and abs(lines[0]["x"] - lines[1]["x"]) < 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 1040
    expect(page.locator("#replay")).to_be_hidden()
    expect(page.locator("#origin")).to_contain_text("Demonstration data")
    page.emulate_media(media="screen")
    settled(page, lambda: page.keyboard.press("t"))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    assert page.locator("#table td").nth(1).evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    assert page.locator(".scroll").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_given_data_that_takes_long_then_the_page_shows_that_it_waits_and_keeps_still_if_asked(
    page: Page, base_url: str
):
    held: list[Route] = []
    page.route("**/api/charts/timeline*", lambda route: held.append(route))
    page.emulate_media(reduced_motion="reduce")
    page.goto(base_url)
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator("#skeleton")).to_be_visible()
    assert page.locator("#skeleton i").first.evaluate("one => getComputedStyle(one).animationName") == "none"
    held[0].continue_()
    page.wait_for_selector("html[data-ready]", state="attached")
    expect(page.get_by_role("progressbar")).to_be_hidden()
    expect(page.locator("#skeleton")).to_be_hidden()


def test_given_a_finger_on_the_brush_then_the_window_is_what_was_drawn(open_page: Open):
    page = open_page("/")
    box = page.locator("#brush").bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    right, middle, y = box["x"] + box["width"] - 2, box["x"] + box["width"] / 2, box["y"] + 10

    def drag() -> None:
        for kind, x in (("touchStart", right), ("touchMove", (right + middle) / 2), ("touchMove", middle)):
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    settled(page, drag)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    assert "2025-06" < parse_qs(urlparse(page.url).query)["to"][0] < "2025-08"
