"""A chart in a frame of another site draws itself, and fits the frame."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from service import charts


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], str]]:
    """Serves a text as a page of another site, and gives its address. (Browsers let no made-up host frame this one.)"""

    class Page(BaseHTTPRequestHandler):
        content = b""

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(self.content)

        def log_message(self, *_: object) -> None: ...

    def served(text: str) -> str:
        Page.content = text.encode()
        return f"http://127.0.0.1:{site.server_port}/"

    with HTTPServer(("127.0.0.1", 0), Page) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield served
        site.shutdown()


def test_given_a_page_of_another_site_when_it_frames_charts_then_each_is_drawn_as_wide_as_its_frame(
    page, server, elsewhere
):
    names = [chart.name for chart in charts.ALL]
    frames = [f'<iframe name="{name}" src="{server}/api/charts/{name}.html" width="700"></iframe>' for name in names]
    page.goto(elsewhere("".join(frames)))
    for name in names:
        frame = page.frame(name)
        frame.wait_for_selector('html[data-ready="700"]', state="attached")
        assert frame.locator("#plot svg.main-svg").count() and frame.locator("#say").inner_text() == ""
    page.evaluate("document.querySelector('iframe').width = 500")
    page.frame(names[0]).wait_for_selector('html[data-ready="500"]', state="attached")


def test_given_the_page_of_a_chart_then_axe_finds_nothing_and_nobody_complains(open_page, findings):
    assert findings(open_page("/api/charts/activity.html?theme=dark")) == []


def test_given_a_chart_that_cannot_be_loaded_then_its_page_says_so(page):
    refused = {"title": "No", "detail": "Ask later."}
    page.route("**/api/charts/map?*", lambda route: route.fulfill(status=503, json=refused))
    page.goto("/api/charts/map.html")
    page.get_by_text("Ask later.").wait_for()
    assert page.locator("#say").inner_text() == "The chart could not be loaded. Ask later."
