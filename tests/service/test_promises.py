"""What was announced ahead lapses by the passing of time alone, at one instant, wherever it is asked for."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import orjson
import pytest

from tests.support.client import Client

VISIT = [{"country": "GBR", "person": "Keir Starmer", "role": "visitor"}, {"country": "USA", "role": "host"}]
PLAN = {"participants": [*VISIT, {"organisation": "NATO"}], "occurred": {"edtf": "[2025-02-24..2025-03-02]"}}
BEFORE, OVER = "2025-03-03T11:59:59.999999Z", "2025-03-03T12:00:00Z"
"""The last microsecond before its last day is over everywhere, and that instant."""
Outcome = str | None


def of_profile(body: Any) -> Outcome:
    [announced] = [row["outcome"] for row in body["announced"] if row["count"]]
    assert body["by_outcome"] == [{"key": announced, "count": 1}]
    assert len(body["lapsed"]) == (announced == "lapsed")
    assert body["first"]["outcome"] == announced
    return str(announced)


def first(results: Any) -> Outcome:
    return results["results"][0]["outcome"]


READ: dict[str, Callable[[Any], Outcome]] = {
    "/api/timeline?": first,
    "/api/timeline.ndjson?": lambda text: orjson.loads(text)["outcome"],
    "/api/timeline.csv?": lambda text: next(csv.DictReader(StringIO(text)))["outcome"],
    "/api/actions/{}?": lambda body: body["outcome"],
    "/api/actions/{}?according_to=Reuters&": lambda body: body["outcome"],
    "/api/counts?group_by=outcome&": lambda body: body["results"][0]["group"],
    "/api/facets?": lambda body: body["results"]["outcome"][0]["key"],
    "/api/countries/GBR?": of_profile,
    "/api/organisations/NATO?": of_profile,
    "/api/people/keir-starmer?": of_profile,
    "/api/relations/GBR/USA?status=planned&": lambda body: body["actions"][0]["outcome"],
}
OUTCOME_OF_HISTORY = "/api/actions/{}/history?"


@pytest.mark.parametrize("path", READ)
def test_given_a_plan_that_nobody_confirms_then_it_lapses_at_noon_of_the_day_after_its_last(
    client: Client, path: str
) -> None:
    action = client.report("x:1", **PLAN)
    for at, outcome in ((BEFORE, "open"), (OVER, "lapsed")):
        answer = client.get(f"{path.format(action)}as_of={at}")
        body = answer.json() if answer.headers["content-type"] == "application/json" else answer.text
        assert READ[path](body) == outcome, at


def test_given_a_plan_that_lapsed_then_no_fact_is_what_its_outcome_stands_on(client: Client) -> None:
    path = OUTCOME_OF_HISTORY.format(client.report("x:1", **PLAN))
    before, over = (client.json(f"{path}as_of={at}")["fields"]["outcome"]["fact"] for at in (BEFORE, OVER))
    assert (before["type"], over) == ("reported", None)


FILTERED = ["timeline", "timeline.ndjson", "timeline.csv", "facets", "countries", "relations"]


@pytest.mark.parametrize("path", FILTERED)
def test_given_the_filter_then_what_lapses_passes_from_one_outcome_to_the_other(client: Client, path: str) -> None:
    client.report("x:1", **PLAN)
    shown = {
        (at, outcome): client.get(f"/api/{path}?as_of={at}&outcome={outcome}&status=planned").text
        for at in (BEFORE, OVER)
        for outcome in ("open", "lapsed")
    }
    lengths = {at: [len(shown[at, outcome]) for outcome in ("open", "lapsed")] for at in (BEFORE, OVER)}
    assert lengths[BEFORE][0] > lengths[BEFORE][1] and lengths[OVER][0] < lengths[OVER][1]


def test_given_a_lapse_then_the_differences_name_no_fact(client: Client) -> None:
    client.report("x:1", **PLAN)
    [change] = client.json(f"/api/diff?from={BEFORE}&to={OVER}")["changed"]
    assert (change["field"], change["before"], change["after"], change["fact"]) == ("outcome", "open", "lapsed", None)


def test_given_what_was_announced_then_a_profile_says_what_became_of_it_and_where_it_is_listed(client: Client) -> None:
    for number, days in enumerate(["2025-02-19", "2025-02-21", "2025-03-20", "2025-12"]):
        client.report(f"x:{number}", participants=VISIT, occurred={"edtf": days})
    client.add(
        client.report("x:met", participants=VISIT, occurred={"edtf": "2025-02-20"}), "confirmed", on="2025-02-20"
    )
    body = client.json("/api/countries/UK?as_of=2025-03-20")
    rows = {row["outcome"]: row for row in body["announced"]}
    assert {name: row["count"] for name, row in rows.items()} == {"open": 2, "met": 1, "lapsed": 2, "cancelled": 0}
    assert rows["lapsed"]["ahead"] == {"least": 2, "median": 2, "most": 4}
    assert (rows["met"]["ahead"]["most"], rows["cancelled"]["ahead"]) == (3, None)
    for row in rows.values():
        assert len(client.json(row["url"])["results"]) == row["count"]


@pytest.mark.parametrize("path", ["countries/GBR", "organisations/NATO", "people/keir-starmer"])
def test_given_filters_and_a_moment_then_each_list_keeps_them(demo: Client, path: str) -> None:
    query = "from=2025-01-01&to=2025-12-31&role=participant&role=visitor&as_of=2025-05-01&position=70&v=1"
    for row in demo.json(f"/api/{path}?{query}")["announced"]:
        assert "position=70" in row["url"] and "role=visitor" in row["url"]
        assert len(demo.json(row["url"] + "&limit=500")["results"]) == row["count"]


def test_given_other_outcomes_than_that_of_a_list_then_there_is_none(demo: Client) -> None:
    for query, listed in (("", 4), ("outcome=met", 1), ("outcome=met&outcome=open", 2)):
        rows = demo.json(f"/api/countries/GBR?{query}")["announced"]
        assert len([row for row in rows if row["url"]]) == listed, query


@pytest.mark.parametrize(
    "query", ["country=USA", "country=USA&country=FRA", "person=Keir+Starmer", "party=country:USA"]
)
def test_given_others_beside_a_country_then_its_lists_hold_what_it_announced_with_them(
    demo: Client, query: str
) -> None:
    for row in demo.json(f"/api/countries/GBR?{query}&as_of=2025-02-21")["announced"]:
        assert len(demo.json(row["url"])["results"]) == row["count"]


def test_given_an_announcement_of_long_ago_then_its_days_are_counted_across_the_epoch(client: Client) -> None:
    report = {"publisher": "The Times", "published_at": "1911-12-30T23:59:59Z"}
    client.report("x:1", participants=VISIT, occurred={"edtf": "1912-03-01"}, report=report)
    [row] = [row for row in client.json("/api/countries/GBR")["announced"] if row["count"]]
    assert (row["outcome"], row["ahead"]["median"]) == ("lapsed", 62)
