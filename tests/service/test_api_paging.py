"""Cursors: pages do not shift while facts arrive, and a cursor that this server did not give is refused."""

import base64
import json
from typing import Any

import pytest

from tests.support.client import Client

DAYS = ["2025-02-10", None, "2025-02-17", "2025-02-17", "2024", None, "[..2025-01-01]"]
KEPT = [
    "",
    "sort=-date",
    "as_of=2030-01-01",
    "position=7",
    "recorded_by=2026-01-01",
    "recorded_by=2030-01-01&count=true",
]


def pages(client: Client, address: str | None, between: Any = lambda: None) -> list[dict[str, Any]]:
    """Every page; something happens before each further one."""
    found = []
    while address:
        found.append(client.json(address))
        address = found[-1]["next"]
        between()
    return found


@pytest.mark.parametrize("query", KEPT)
def test_given_pages_when_facts_arrive_between_them_then_they_keep_their_moment_and_do_not_shift(
    client: Client, query: str
) -> None:
    actions = [client.report(f"x:{n}", occurred={"edtf": day}, status="occurred") for n, day in enumerate(DAYS)]
    whole = client.json(f"/api/timeline?{query}")["results"]

    def arrives() -> None:
        client.report(occurred={"edtf": "2024-06-01"})
        client.report(
            occurred={"edtf": "2025-02-18"}, report={"publisher": "AFP", "published_at": "2025-03-01T00:00:00Z"}
        )
        client.add(actions[0], "corrected", changes={"occurred": {"edtf": "2025-03-01"}})

    found = pages(client, f"/api/timeline?limit=2&{query}", arrives)
    assert [len(page["results"]) for page in found] == [2, 2, 2, 1]
    assert [action for page in found for action in page["results"]] == whole
    assert len({(page["as_of"], page["position"]) for page in found}) == 1


def test_given_a_result_that_fills_its_pages_then_there_is_no_empty_last_one(client: Client) -> None:
    for name in "abcd":
        client.report(name)
    assert [len(page["results"]) for page in pages(client, "/api/timeline?limit=2")] == [2, 2]
    assert client.json("/api/timeline?limit=4")["next"] is None


def cursor(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


ID = "00000000-0000-0000-0000-000000000001"
FORGED = [
    "x",
    "%00",
    "é",
    "A" * 501,
    cursor(),
    cursor(1, 2, 3),
    cursor("1", 1, "date", "2025-02-17", ID),
    cursor(None, 1, "date", "2025-02-17", ID),
    cursor(10**30, 1, "date", "2025-02-17", ID),
    cursor(1, "1", "date", "2025-02-17", ID),
    cursor(1, -1, "date", "2025-02-17", ID),
    cursor(1, -(2**80), "date", "2025-02-17", ID),
    cursor(1, 10**30, "date", "2025-02-17", ID),
    cursor(1, 1, "kind", "2025-02-17", ID),
    cursor(1, 1, ["date"], "2025-02-17", ID),
    cursor(1, 1, "date", 5, ID),
    cursor(1, 1, "date", "\0", ID),
    cursor(1, 1, "date", "2025-02-17", "\0"),
    cursor(1, 1, "date", "2025-02-17", None),
    cursor(1, 1, "date", "2025-02-17", ID, 1),
]


@pytest.mark.parametrize("text", FORGED, ids=range(len(FORGED)))
def test_given_a_cursor_of_no_page_then_400_names_it(demo: Client, text: str) -> None:
    answer = demo.get(f"/api/timeline?cursor={text}")
    assert answer.status_code == 400
    assert "cursor" in answer.text or answer.json()["type"] == "/problems/position-ahead"


@pytest.mark.parametrize("other", ["sort=-date", "as_of=2025-02-18", "position=3"])
def test_given_a_cursor_of_another_order_or_moment_then_400(demo: Client, other: str) -> None:
    following = demo.json("/api/timeline?limit=2")["next"]
    answer = demo.get(f"{following}&{other}")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, ["cursor"])
