"""GET /api/counts and /api/facets: their shapes, their facets, and what they refuse."""

from typing import Any

import pytest

from service.api.counts import COUNTING
from service.api.schemas.counts import CountList, FacetList
from service.api.schemas.problems import ProblemDetails
from service.rebuild import rebuild
from tests.support import tally
from tests.support.client import Client
from tests.support.shapes import read_as

QUERIES = [
    "",
    "country=GBR",
    "as_of=2025-02-18",
    "status=merged",
    "q=backstop",
    "from=2025-02-17&position=15",
    "position=0",
]


@pytest.mark.parametrize(
    "more", ["", "interval=week", "group_by=kind", "interval=year&group_by=person,role&spread=true"]
)
@pytest.mark.parametrize("query", QUERIES)
def test_given_any_count_then_the_bytes_have_the_shape_that_is_documented(demo: Client, query: str, more: str) -> None:
    counts, facets = demo.get(f"/api/counts?{query}&{more}"), demo.get(f"/api/facets?{query}")
    assert read_as(CountList, counts) == counts.json()
    assert read_as(FacetList, facets) == facets.json()


@pytest.mark.parametrize("query", QUERIES)
def test_given_any_query_then_each_facet_is_the_count_of_its_group(demo: Client, query: str) -> None:
    at = tally.pinned(demo, query)
    facets = demo.json(f"/api/facets?{at}")
    assert set(facets["results"]) == set(tally.GROUPS)
    for name, rows in facets["results"].items():
        single = demo.json(f"/api/counts?{at}&group_by={name}")["results"]
        assert tally.keyed(rows) == {row["group"]: row["count"] for row in single}
        assert [-row["count"] for row in rows] == sorted(-row["count"] for row in rows)


@pytest.mark.parametrize("query", QUERIES)
def test_given_any_query_then_all_totals_are_the_length_of_the_timeline(demo: Client, query: str) -> None:
    at = tally.pinned(demo, query)
    total = len(tally.timeline(demo, at))
    assert demo.json(f"/api/facets?{at}")["total"] == {"value": total}
    assert demo.json(f"/api/timeline?{at}&limit=1&count=true")["total"] == {"value": total}
    assert [row["count"] for row in demo.json(f"/api/counts?{at}")["results"]] == [total]


@pytest.mark.parametrize(
    "name", ["country", "kind", "status", "outcome", "topic", "organisation", "role", "publisher", "subject"]
)
def test_given_a_facet_then_its_value_as_a_filter_leaves_as_many(demo: Client, name: str) -> None:
    for row in demo.json("/api/facets")["results"][name]:
        counted = demo.ask("GET", "/api/counts", params={name: row["key"]}).json()["results"]
        assert counted == [{"period": None, "group": None, "count": row["count"]}]


def test_given_a_person_as_a_facet_then_the_key_as_a_filter_leaves_as_many(demo: Client) -> None:
    for row in demo.json("/api/facets")["results"]["person"]:
        assert demo.json(f"/api/counts?person={row['key']}")["results"][0]["count"] == row["count"]


def test_given_two_spellings_in_one_action_then_the_person_counts_once(client: Client) -> None:
    spellings = [{"person": "Volodymyr Zelenskyy"}, {"person": "Zelensky", "title": "President"}]
    client.report("x:1", participants=[{**one, "role": "speaker", "country": "UKR"} for one in spellings])
    client.report("x:2", participants=[{"person": "Zelenskiy", "role": "visitor"}])
    rows = client.json("/api/counts?group_by=person")["results"]
    assert rows == [{"period": None, "group": "volodymyr-zelensky", "count": 2}]


def test_given_two_groups_of_participants_then_they_speak_of_one_and_the_same(client: Client) -> None:
    client.report("x:1", participants=[{"country": "UK", "role": "visitor"}, {"country": "US", "role": "host"}])
    rows = client.json("/api/counts?group_by=country,role")["results"]
    assert [(row["group"], row["group2"]) for row in rows] == [("GBR", "visitor"), ("USA", "host")]


WRONG: dict[str, list[str]] = {
    "interval": ["", "decade", "Month", "month,year"],
    "group_by": ["", "colour", "Kind", "kind,", ",", "kind,kind", "kind,country,role", "kind, country", "p.country"],
    "spread": ["", "1", "yes", "True"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_given_a_wrong_value_then_400_names_the_parameter_and_what_is_wrong(
    demo: Client, name: str, value: str
) -> None:
    answer = demo.ask("GET", "/api/counts", params={name: value})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-query")
    assert [error["loc"] for error in answer.json()["errors"]] == [[name]]
    assert value.rpartition(",")[2] in answer.json()["detail"]
    ProblemDetails.model_validate_json(answer.content)


def test_given_the_parameters_of_counting_then_each_has_wrong_values_here() -> None:
    assert {param.name for param in COUNTING} == WRONG.keys()


@pytest.mark.parametrize("name", WRONG)
def test_given_a_parameter_twice_then_400_names_it(demo: Client, name: str) -> None:
    value = next(param.example for param in COUNTING if param.name == name)
    answer = demo.ask("GET", "/api/counts", params=[(name, value), (name, value)])
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, [name])


ELSEWHERE = [("facets", name) for name in WRONG] + [
    (path, name) for path in ("counts", "facets") for name in ("limit", "sort", "x")
]


@pytest.mark.parametrize(("path", "name"), ELSEWHERE)
def test_given_a_parameter_of_another_path_then_400_names_it(demo: Client, path: str, name: str) -> None:
    answer = demo.get(f"/api/{path}?{name}=1")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, [name])


PINNED = [
    "counts?interval=month&group_by=kind,country&spread=true",
    "counts?interval=month&group_by=kind&country=FRA",
    "facets",
    "facets?country=FRA",
    "countries",
    "countries/FRA",
    "relations/FRA/DEU",
]


@pytest.mark.parametrize("path", PINNED)
def test_given_a_pinned_answer_when_facts_arrive_and_all_is_rebuilt_then_the_bytes_stay(
    client: Client, path: str
) -> None:
    both: Any = [{"country": code, "role": "participant"} for code in ("FRA", "DEU")]
    action = client.report("x:1", participants=both)
    before = client.get(client.get(f"/api/{path}").links["permalink"]["url"])
    client.add(action, "corrected", on="2025-02-20", changes={"kind": "summit", "occurred": {"edtf": "2024"}})
    client.report("x:2", participants=both)
    rebuild(client.instance, None, lambda *_: None)
    again = client.get(before.links["permalink"]["url"])
    assert (before.status_code, again.content, again.headers["etag"]) == (200, before.content, before.headers["etag"])
    assert again.headers["cache-control"] == "public, max-age=86400"
    assert client.get(f"/api/{path}").json() != before.json()


def test_given_an_action_that_may_be_on_any_day_of_ten_millennia_when_spread_over_days_then_refused(
    client: Client,
) -> None:
    client.report("any", occurred={"edtf": "XXXX", "basis": "inferred"}, status="occurred")
    problem = client.get("/api/counts?interval=day&spread=true")
    assert (problem.status_code, "longer interval" in problem.json()["detail"]) == (400, True)
