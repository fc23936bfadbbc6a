"""Every read at any moment: before anything was known, before the log began, and moments that cannot be."""

from collections.abc import Iterator
from typing import Any

import pytest

from service.api import log as log_routes
from tests.support.addresses import at, reads
from tests.support.client import Client

SINGLE = ("/api/actions/",)
FILTERED = [address for address in reads() if not address.startswith((*SINGLE, "/api/events"))]
NOBODY = "/api/people/nobody-in-particular"


def counted(answer: Any) -> Iterator[Any]:
    """All that an answer lists or counts; a page's own parts, labels and colours are no answer."""
    for name, value in answer.items():
        if name in ("results", "data", "count", "actions", "by_kind", "by_role", "by_year", "by_outcome", "lapsed"):
            yield value
        if name in ("counterparts", "by_month", "first", "last", "next_planned"):
            yield value


def is_empty(value: Any) -> bool:
    return not any(value.values()) if isinstance(value, dict) else not value


@pytest.mark.parametrize(
    "query", ["position=0", "as_of=0001-01-01", "as_of=2000-01-01&position=0&v=1", "recorded_by=2000-01-01"]
)
@pytest.mark.parametrize("address", reads())
def test_given_a_moment_before_anything_was_known_then_an_empty_answer(demo: Client, address: str, query: str) -> None:
    answer = demo.get(at(address, query))
    if address.startswith(SINGLE):
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
        return
    assert answer.status_code == 200
    if answer.headers["content-type"] == "application/json":
        assert all(is_empty(value) for value in counted(answer.json()))
    elif ".atom" in address:
        assert "<entry>" not in answer.text
    else:
        assert len(answer.text.splitlines()) == (1 if ".csv" in address else 0)


@pytest.mark.parametrize("address", reads())
def test_given_an_empty_log_then_an_empty_answer(client: Client, address: str) -> None:
    assert client.get(address).status_code == (404 if address.startswith(SINGLE) else 200)


def test_given_a_person_whom_nobody_knew_then_404_says_so(demo: Client) -> None:
    assert "by that moment" in demo.get(f"{NOBODY}?as_of=2000-01-01").json()["detail"]


CANNOT_BE = {
    "as_of": ["2025-02-29", "2025-13-01T00:00:00Z", "2025-02-18T25:00:00Z", "2025-02-18T10:00:00", ""],
    "recorded_by": ["2025-02-29", "yesterday"],
    "position": ["-1", "1.5", "x", ""],
    "v": ["0", "2", "x"],
}


@pytest.mark.parametrize("address", reads())
def test_given_a_moment_that_cannot_be_then_400_names_the_parameter(demo: Client, address: str) -> None:
    for name, values in CANNOT_BE.items():
        for value in values:
            answer = demo.get(at(address, f"{name}={value}"))
            assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-query"), value
            assert answer.json()["errors"][0]["loc"] == [name]
    answer = demo.get(at(address, "position=1&recorded_by=2026-01-01"))
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, ["recorded_by"])


@pytest.mark.parametrize("address", reads())
def test_given_a_position_beyond_the_log_then_400(demo: Client, address: str) -> None:
    answer = demo.get(at(address, f"position={demo.head + 1}"))
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/position-ahead")


@pytest.mark.parametrize("address", FILTERED)
def test_given_an_end_before_the_beginning_then_400_names_it(demo: Client, address: str) -> None:
    answer = demo.get(at(address, "from=2025-03-01&to=2025-02-01"))
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, ["to"])


def test_given_a_picture_that_ends_before_it_begins_then_400_names_it(demo: Client) -> None:
    answer = demo.get("/api/charts/timeline?first=2025-03-01&last=2025-02-01")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, ["last"])


# --- the log ---


def positions(answer: Any) -> list[int]:
    return [fact["position"] for fact in answer["results"]]


def test_given_a_position_then_the_log_ends_there(demo: Client) -> None:
    assert positions(demo.json("/api/events?position=3")) == [1, 2, 3]
    recorded_at = demo.json("/api/events?limit=1")["results"][0]["recorded_at"]
    assert positions(demo.json(f"/api/events?recorded_by={recorded_at}")) == list(range(1, 16))  # of one transaction
    assert demo.json("/api/events?position=3")["position"] == 3


def test_given_a_day_of_knowledge_then_the_log_holds_what_was_public_by_then(demo: Client) -> None:
    facts = demo.json("/api/events?limit=500")["results"]
    known = demo.json("/api/events?limit=500&as_of=2025-02-18")["results"]
    assert known == [fact for fact in facts if fact["reported_at"] <= "2025-02-18T23:59:59.999999Z"]
    assert 0 < len(known) < len(facts)


def test_given_facts_that_were_not_public_then_a_page_may_be_short_and_leads_on(
    demo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_routes, "LOOKED_AT", 2)
    address, found, pages = "/api/events?limit=2&as_of=2025-08-18", list[int](), 0
    while address:
        page = demo.json(address)
        found, address, pages = found + positions(page), page["next"], pages + 1
    assert found == positions(demo.json("/api/events?limit=500&as_of=2025-08-18"))
    assert pages > len(found) / 2


def test_given_read_models_that_lag_then_the_log_does_not_wait(client: Client) -> None:
    client.restart(project=False, wait=0.05)
    client.report("x:1")
    assert positions(client.json(f"/api/events?position={client.head}")) == [client.head]
    assert client.json("/api/events")["position"] == client.head
