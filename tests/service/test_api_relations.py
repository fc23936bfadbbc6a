"""GET /api/relations: shapes, names in paths, and the ways from one number to another."""

from itertools import combinations
from urllib.parse import quote

import pytest

from service.api.schemas.problems import ProblemDetails
from service.api.schemas.relations import Pair, PairList
from tests.projections.test_timeline import record
from tests.support import tally
from tests.support.client import Client
from tests.support.store import first, report

QUERIES = [
    "",
    "as_of=2025-02-18",
    "status=planned&status=cancelled",
    "kind=summit&from=2025-03-01",
    "position=15&topic=ukraine",
    "person=Keir+Starmer",
    "role=host&organisation=NATO",
    "country=USA&country=FRA&match=all",
]


def taking_part(*codes: str, role: str = "participant") -> list[dict[str, str]]:
    return [{"country": code, "role": role} for code in codes]


@pytest.mark.parametrize("query", QUERIES)
def test_given_the_demo_then_the_matrix_equals_a_plain_loop(demo: Client, query: str) -> None:
    at = tally.pinned(demo, query)
    actions = tally.timeline(demo, at)
    met = actions if "status=" in query else tally.done(actions)
    answer = demo.get(f"/api/relations?{at}")
    PairList.model_validate_json(answer.content)
    alone = tally.pairs(action for action in met if len(tally.countries(action)) == 2)
    for row in answer.json()["results"]:
        pair = row["a"], row["b"]
        assert (row["count"], row["bilateral"]) == (tally.pairs(met)[pair], alone[pair])
        assert row["multilateral"] == row["count"] - row["bilateral"]
    assert len(answer.json()["results"]) == len(tally.pairs(met)) / 2


@pytest.mark.parametrize("query", QUERIES)
def test_given_any_pair_then_every_way_to_its_number_gives_the_same(demo: Client, query: str) -> None:
    at = tally.pinned(demo, query)
    rows = {(row["a"], row["b"]): row["count"] for row in demo.json(f"/api/relations?{at}")["results"]}
    for a, b in combinations(["FRA", "GBR", "POL", "RUS", "UKR", "USA"], 2):
        answer = demo.get(f"/api/relations/{a}/{b}?{at}")
        Pair.model_validate_json(answer.content)
        pair, total = answer.json(), demo.json(f"{answer.json()['actions_url']}&limit=1&count=true")["total"]["value"]
        months = sum(row["count"] for row in pair["by_month"])
        assert pair["count"] == months == total == len(pair["actions"]) == rows.get((a, b), 0)


NAMES = [("UK", "us"), ("United Kingdom", "United States of America"), ("GBR", "USA")]


@pytest.mark.parametrize(("a", "b"), NAMES)
def test_given_names_in_the_path_then_the_pair_is_found(demo: Client, a: str, b: str) -> None:
    pair = demo.json(f"/api/relations/{quote(a)}/{quote(b)}")
    assert (pair["a"], pair["b"]) == ("GBR", "USA")
    assert pair["names"] == {"GBR": "United Kingdom", "USA": "United States"}


WRONG = {
    "Atlantis/GBR": "'Atlantis'",
    "GBR/Frnace": "France (FRA)",
    "GBR/Korea": "KOR",
    "GBR/UK": "same country",
    "%00/GBR": "unknown",
}


@pytest.mark.parametrize("pair", WRONG)
def test_given_no_two_countries_in_the_path_then_404_says_why(demo: Client, pair: str) -> None:
    answer = demo.get(f"/api/relations/{pair}")
    ProblemDetails.model_validate_json(answer.content)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert WRONG[pair] in answer.json()["detail"]


def test_given_two_who_never_met_then_the_pair_is_there_and_empty(demo: Client) -> None:
    pair = demo.json("/api/relations/TUV/NRU")
    assert (pair["count"], pair["by_month"], pair["actions"], [row["count"] for row in pair["visits"]]) == (
        0,
        [],
        [],
        [0, 0],
    )


def test_given_another_country_in_the_filters_then_the_pair_is_counted_where_that_takes_part_too(
    client: Client,
) -> None:
    client.report("x:1", participants=taking_part("GBR", "USA", "FRA"))
    client.report("x:2", participants=taking_part("GBR", "USA"))
    pair = client.get("/api/relations/GBR/USA?country=FRA")
    Pair.model_validate_json(pair.content)
    listed = client.json(pair.json()["actions_url"])["results"]
    assert (pair.json()["count"], [action["source_ref"] for action in listed]) == (1, ["x:1"])
    rows = client.json("/api/relations?country=FRA")["results"]
    assert {"a": "GBR", "b": "USA", "count": 1, "bilateral": 0, "multilateral": 1} in rows
    assert [client.json(f"/api/countries/{code}?country=FRA")["count"] for code in ("GBR", "FRA")] == [1, 1]


def test_given_what_did_not_begin_then_it_counts_only_where_status_asks_for_it(client: Client) -> None:
    for status in ("planned", "ongoing", "occurred", "postponed", "cancelled"):
        client.report(
            status, status=status, occurred={"edtf": "2025-02-10/2025-03-10"}, participants=taking_part("GBR", "FRA")
        )
    assert client.json("/api/relations")["results"][0]["count"] == 2
    assert client.json("/api/relations?status=planned")["results"][0]["count"] == 1
    assert client.json("/api/relations/FRA/GBR?status=cancelled&status=occurred")["count"] == 2
    assert client.json("/api/countries/FRA?status=planned")["counterparts"][0]["count"] == 1


def test_given_a_country_twice_in_one_action_then_it_counts_once(client: Client) -> None:
    client.report("x:1", participants=[*taking_part("GBR", "FRA"), *taking_part("GBR", "FRA", role="signatory")])
    [row] = client.json("/api/relations")["results"]
    assert row == {"a": "FRA", "b": "GBR", "count": 1, "bilateral": 1, "multilateral": 0}


def test_given_more_actions_than_are_listed_then_the_address_leads_to_all(client: Client) -> None:
    call = {"kind": "call", "participants": taking_part("GBR", "FRA"), "report": report(publisher="dpa")}
    record(client, [first(f"x:{number}", **call, status="occurred") for number in range(130)])
    pair = client.json("/api/relations/GBR/FRA?kind=call&publisher=dpa")
    assert (pair["count"], len(pair["actions"])) == (130, 100)
    assert len(client.json(f"{pair['actions_url']}&limit=500")["results"]) == 130
    assert client.json(client.json("/api/relations/GBR/FRA?kind=visit")["actions_url"])["results"] == []
