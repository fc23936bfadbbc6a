"""The files behind the page: kept for ever at their own address, compressed, from nowhere but this server."""

import re

import httpx
import pytest

from service.web import assets


@pytest.fixture
def http(server: str):
    with httpx.Client(base_url=server) as client:
        yield client


@pytest.mark.parametrize(
    "name", ["plotly.min.js", "plotly.css", "app.js", "names.js", "palette.css", "page.css", "icon.svg"]
)
@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_given_a_file_when_asked_for_then_it_is_kept_for_ever_and_comes_as_asked(http, name, encoding):
    answer = http.get(assets.address(name), headers={"Accept-Encoding": encoding})
    assert (answer.status_code, answer.headers.get("content-encoding", "")) == (200, encoding)
    assert "immutable" in answer.headers["cache-control"]
    assert encoding == "br" or answer.content == assets.body(name)


def test_given_an_old_address_when_asked_for_then_the_present_file_comes_but_is_not_kept(http):
    answer = http.get("/static/old/app.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize("path", ["/static/x/none.js", "/static/x/..%2Fpages.py", "/static/x/pages.py"])
def test_given_no_such_file_when_asked_for_then_a_problem_says_so(http, path):
    answer = http.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_given_the_page_then_all_that_it_names_comes_from_its_own_server(http):
    page = http.get("/").text
    named = re.findall(r'(?:src|href)="([^"#]+)"', page)
    assert all(address.startswith("/") for address in named)
    assert all(http.get(address).status_code == 200 for address in set(named) if address.startswith("/static/"))


def test_given_the_page_then_no_script_and_no_style_stands_in_it(http):
    page = http.get("/").text
    assert not re.search(r"<style|<script(?![^>]* src=)| on\w+=|javascript:", page)


def test_given_a_title_with_markup_when_searched_for_then_the_page_writes_it_as_text(http):
    page = http.get("/", params={"q": "<img src=x>"}).text
    assert "<img" not in page


def test_given_plotly_then_its_styles_are_complete(http):
    styles = http.get(assets.address("plotly.css")).text
    assert ".js-plotly-plot .plotly .main-svg{position:absolute" in styles
    assert ".plotly-notifier .notifier-close:hover{" in styles
    assert styles.count("{") == styles.count("}") > 40


def test_given_a_wrong_query_then_the_page_is_a_page_and_says_why(http):
    answer = http.get("/", params={"from": "yesterday"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert "yesterday&#39; is not a day" in answer.text


def test_given_an_id_that_is_none_then_there_is_no_page(http):
    assert http.get("/actions/none").status_code in (404, 422)
