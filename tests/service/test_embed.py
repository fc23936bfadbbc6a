"""A chart by itself, for a frame of another site: what it may do, and what it draws."""

import re

import pytest

from service import charts
from tests.support.client import Client

CHARTS = [chart.name for chart in charts.ALL]


def figure_of(page: str) -> str:
    found = re.search(r'data-src="([^"]*)"', page)
    assert found
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize("name", CHARTS)
def test_given_a_chart_then_its_page_may_stand_in_any_frame_and_no_other_page_may(demo: Client, name: str) -> None:
    answer = demo.get(f"/api/charts/{name}.html")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    [policy] = answer.headers.get_list("content-security-policy")
    assert "frame-ancestors *" in policy and "script-src 'self';" in policy and "x-frame-options" not in answer.headers
    for path in ("/", "/docs", f"/api/charts/{name}", f"/api/charts/{name}.html?colour=red"):
        assert "frame-ancestors 'none'" in demo.get(path).headers["content-security-policy"]


def test_given_the_page_of_a_chart_then_all_that_it_loads_is_here_and_no_script_stands_in_it(demo: Client) -> None:
    page = demo.get("/api/charts/map.html").text
    loaded = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert any("plotly.min.js" in one for one in loaded)
    assert all(one.startswith("/") and not one.startswith("//") and demo.get(one).status_code == 200 for one in loaded)
    assert not re.search(r"<style|<script(?![^>]* src=)| on\w+=|javascript:", page)


def test_given_parameters_then_they_are_those_of_the_figure_in_it(demo: Client) -> None:
    query = "country=UK&q=%22a%26b%22&as_of=2025-03-01&position=40&v=1"
    page = demo.get(f"/api/charts/timeline.html?{query}&theme=dark&width=700").text
    assert 'data-theme="dark"' in page and 'data-width="700"' in page and "theme.js" not in page
    assert demo.get(figure_of(page)).headers["etag"] == demo.get(f"/api/charts/timeline?{query}").headers["etag"]
    assert "theme.js" in demo.get("/api/charts/timeline.html").text


def test_given_a_moment_then_the_page_says_as_known_when(demo: Client) -> None:
    then = demo.get("/api/charts/timeline.html?as_of=2025-03-01&position=40").text
    assert "As known on 1 Mar 2025</b>, at position 40 · " in then
    assert "At position 40 · " in re.sub(r"\s+", " ", demo.get("/api/charts/timeline.html?position=40").text)
    assert "nown on" not in demo.get("/api/charts/timeline.html").text


@pytest.mark.parametrize("query", ["from=2025-03-01&to=2025-02-01", "width=1", "colour=red", "country=Atlantis"])
def test_given_wrong_parameters_then_the_page_is_refused(demo: Client, query: str) -> None:
    answer = demo.get(f"/api/charts/timeline.html?{query}")
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-query")


def test_given_no_such_chart_then_404_says_which_there_are(demo: Client) -> None:
    answer = demo.get("/api/charts/pie.html")
    assert answer.status_code == 404 and "timeline" in answer.json()["detail"]


def test_given_a_date_then_the_page_of_then(demo: Client) -> None:
    gate = demo.get("/api/charts/map.html", accept_datetime="Thu, 01 Jan 2026 00:00:03 GMT")
    assert gate.status_code == 302 and gate.headers["location"].startswith("/api/charts/map.html?as_of=")
    assert figure_of(demo.get(gate.headers["location"]).text).startswith("/api/charts/map?as_of=")
