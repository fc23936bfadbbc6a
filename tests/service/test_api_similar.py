"""Possible duplicates: what is found, why, where it is told, and that nothing is merged by it."""

from typing import Any

import pytest

from service.api.schemas.actions import RecordedReport, SimilarList
from tests.support.client import Client, Fresh, reported

A, B, C, D = ({"country": code, "role": "participant"} for code in ("GBR", "FRA", "DEU", "POL"))
STARMER = {"person": "Keir Starmer", "role": "speaker"}
HOST = {"role": "host"}
NOBODY = "00000000-0000-0000-0000-000000000001"


def similar(client: Client, action: str, query: str = "") -> list[str]:
    """The names of what is found."""
    answer = client.get(f"/api/actions/{action}/similar?{query}")
    SimilarList.model_validate_json(answer.content)
    return [row["action"]["source_ref"] for row in answer.json()["results"]]


def both(client: Client, one: dict[str, Any], other: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What is found for each of two actions."""
    ids = client.report("x:1", **one), client.report("x:2", **other)
    return similar(client, ids[0]), similar(client, ids[1])


def test_given_two_reports_of_one_action_then_each_is_found_with_the_reasons(client: Client) -> None:
    first = client.report("x:1", participants=[A, B, STARMER])
    second = client.report(
        "x:2",
        participants=[B, A, {**STARMER, "person": "Sir Keir Starmer"}],
        occurred={"edtf": "2025-02"},
        status="occurred",
    )
    [row] = client.json(f"/api/actions/{first}/similar")["results"]
    assert row["action"] == client.json(f"/api/actions/{second}")
    assert row["reasons"] == ["same kind: visit", "dates overlap: 2025-02", "both: GBR, FRA, keir-starmer"]


PAIRS: list[tuple[str, list[Any], list[Any], bool]] = [
    ("all", [A, B], [A, B], True),
    ("one of one", [A], [A, B, C], True),
    ("half of two", [A, B], [A, C], False),
    ("half of two in many", [A, B], [A, C, D], False),
    ("two of three", [A, B, C], [A, B, D], True),
    ("none", [A], [B], False),
    ("the same country twice", [A, {**A, "role": "host"}, B], [A, C], False),
    ("one code of two sorts", [{"country": "NAM", **HOST}], [{"organisation": "NAM", **HOST}], False),
    ("kings", [{"person": "Paul", "title": "King", **HOST}], [{"person": "Paul", "title": "Pope", **HOST}], False),
    ("only titles", [{"title": "a minister", **HOST}], [{"title": "a minister", **HOST}], False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "alike"), [case[1:] for case in PAIRS], ids=[case[0] for case in PAIRS])
def test_given_participants_then_more_than_half_of_the_smaller_must_be_in_both(
    client: Client, one: list[Any], other: list[Any], alike: bool
) -> None:
    expected = (["x:2"], ["x:1"]) if alike else ([], [])
    assert both(client, {"participants": one}, {"participants": other}) == expected


DATES = [
    ("2025-02-17", "2025-02-17", True), ("2025-02-17", "2025-02-18", False), ("2025-02", "2025-02-28", True),
    ("2025-02-10/2025-02-14", "2025-02-14/2025-02-20", True), ("2025-02-10/2025-02-13", "2025-02-14/2025-02-20", False),
    ("2025-02-10/..", "2030", True), ("2025-02-10/..", "2025-02-09", False), ("../2025-02-10", "1999", True),
    ("../2025-02-10", "2025-02-11/..", False), ("[..2025-02-10]", "[2025-02-01..]", True),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "alike"), DATES)
def test_given_dates_then_they_must_overlap(client: Client, one: str, other: str, alike: bool) -> None:
    expected = (["x:2"], ["x:1"]) if alike else ([], [])
    named = {"participants": [A, B], "status": "occurred"}
    assert both(client, {**named, "occurred": {"edtf": one}}, {**named, "occurred": {"edtf": other}}) == expected


@pytest.mark.parametrize("other", [{"kind": "summit"}, {"participants": []}, {"occurred": None, "status": "occurred"}])
def test_given_another_kind_or_no_date_or_nobody_then_nothing_is_alike(client: Client, other: dict[str, Any]) -> None:
    named = {"participants": [A, B]}
    assert both(client, named, {**named, **other}) == ([], [])


def test_given_two_undated_actions_then_they_are_not_alike(client: Client) -> None:
    undated = {"participants": [A, B], "occurred": None, "status": "occurred"}
    assert both(client, undated, undated) == ([], [])


def test_given_merged_and_retracted_actions_then_they_are_never_found_and_still_asked_about(client: Client) -> None:
    ids = [client.report(f"x:{number}", participants=[A, B]) for number in range(4)]
    client.add(ids[1], "retracted", on="2025-02-20")
    client.add(ids[2], "merged", on="2025-02-20", into="x:0")
    assert similar(client, ids[0]) == ["x:3"]
    assert sorted(similar(client, ids[1])) == sorted(similar(client, ids[2])) == ["x:0", "x:3"]
    assert len(similar(client, ids[0], "as_of=2025-02-19")) == 3


def test_given_many_then_the_ten_with_most_in_common_come_first(client: Client) -> None:
    for number in range(6):
        client.report(f"two:{number}", participants=[A, B])
        client.report(f"three:{number}", participants=[A, B, C])
    found = similar(client, client.report("x", participants=[A, B, C]))
    assert [name.partition(":")[0] for name in found] == ["three"] * 6 + ["two"] * 4


@pytest.mark.parametrize("id", [NOBODY, "nonsense", "%00"])
def test_given_an_id_of_nothing_then_404(demo: Client, id: str) -> None:
    answer = demo.get(f"/api/actions/{id}/similar")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


@pytest.mark.parametrize("query", ["limit=1", "kind=visit", "as_of=x", "position=-1"])
def test_given_a_wrong_parameter_then_400_names_it(demo: Client, query: str) -> None:
    answer = demo.get(f"/api/actions/{demo.instance.log.action_of('seed:paris-summit:A5')}/similar?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, [query.partition("=")[0]])


def test_given_a_moment_before_it_was_known_then_404(client: Client) -> None:
    assert client.get(f"/api/actions/{client.report('x:1')}/similar?as_of=2025-02-16").status_code == 404


def test_given_a_report_then_its_answer_names_what_is_alike_and_nothing_is_merged(client: Client) -> None:
    first = client.report("x:1", participants=[A, B])
    answer = client.post("/api/actions", reported("x:2", participants=[A, B]))
    RecordedReport.model_validate_json(answer.content)
    reasons = ["same kind: visit", "dates overlap: 2025-02-17", "both: GBR, FRA"]
    assert (answer.status_code, answer.json()["similar"]) == (
        201,
        [{"id": first, "title": "A visit", "reasons": reasons}],
    )
    assert len(client.json("/api/timeline")["results"]) == 2


def test_given_the_first_report_of_all_then_nothing_is_alike(client: Client) -> None:
    assert client.post("/api/actions", reported("x:1", participants=[A])).json()["similar"] == []


def test_given_a_repeated_request_when_more_is_known_and_after_a_restart_then_the_same_bytes(client: Client) -> None:
    client.report("x:1", participants=[A, B])
    body = reported("x:2", participants=[A, B])
    before = client.post("/api/actions", body, idempotency_key="k")
    client.report("x:3", participants=[A, B])
    client.add(before.json()["similar"][0]["id"], "retracted", on="2025-02-20")
    again = client.post("/api/actions", body, idempotency_key="k")
    client.restart()
    assert again.content == client.post("/api/actions", body, idempotency_key="k").content == before.content
    assert client.post("/api/actions", body).json()["similar"] == before.json()["similar"]


def test_given_a_fact_that_is_no_report_then_its_answer_names_nothing(client: Client) -> None:
    action = client.report("x:1", participants=[A, B])
    client.report("x:2", participants=[A, B])
    answer = client.post(f"/api/actions/{action}/events", {"type": "confirmed", "reported_at": "2025-02-20T12:00:00Z"})
    assert answer.json().keys() == {"id", "version", "position"}


def test_given_views_that_lag_then_null_until_they_hold_the_report(fresh: Fresh) -> None:
    with Client(fresh(), project=False, wait=0) as client:
        client.report("x:1", participants=[A, B])
        body = reported("x:2", participants=[A, B])
        answer = client.post("/api/actions", body, idempotency_key="k")
        RecordedReport.model_validate_json(answer.content)
        assert (answer.status_code, answer.json()["similar"]) == (201, None)
        client.instance.projector.catch_up()
        assert len(client.post("/api/actions", body, idempotency_key="k").json()["similar"]) == 1
