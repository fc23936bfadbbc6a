"""Imports, the log, the vocabulary, what operators ask, and a service that asks readers for a key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from domain.kinds import KINDS
from service.api.log import LOOKED_AT
from service.api.schemas.log import FactPage, ImportSummary
from tests.support.client import REPORT, Client, Fresh, reported


def lines(*rows: Any) -> bytes:
    return b"\n".join(row if isinstance(row, bytes) else orjson.dumps(row) for row in rows)


def imported(client: Client, body: bytes, query: str = "", **headers: str) -> dict[str, Any]:
    answer = client.post(f"/api/imports{query}", body, **headers)
    assert answer.status_code == 200, answer.text
    ImportSummary.model_validate_json(answer.content)
    summary: dict[str, Any] = answer.json()
    return summary


FIRST = {"type": "reported", **reported("x:1")}
SECOND = {"type": "reported", **reported("x:2")}
LATER = {"type": "confirmed", "source_ref": "x:1", "report": REPORT}
MERGE = {"type": "merged", "source_ref": "x:2", "into": "x:1", "reported_at": "2025-02-20T00:00:00Z"}


def counts(summary: dict[str, Any]) -> tuple[int, int, int, int]:
    return summary["read"], summary["recorded"], summary["unchanged"], len(summary["rejected"])


def test_given_lines_then_they_are_recorded_and_again_nothing_is(client: Client) -> None:
    body = lines(FIRST, b"", LATER, b"  \r", SECOND, MERGE)
    assert counts(imported(client, body)) == (4, 5, 0, 0)
    head = client.head
    assert counts(imported(client, body)) == (4, 0, 4, 0)
    assert client.head == head


def test_given_an_import_then_it_is_seen_at_once(client: Client) -> None:
    imported(client, lines(FIRST, LATER))
    [action] = client.json("/api/timeline")["results"]
    assert (action["source_ref"], action["version"]) == ("x:1", 2)


def test_given_a_dry_run_then_it_says_what_would_be_and_records_nothing(client: Client) -> None:
    summary = imported(client, lines(FIRST, LATER, {}), "?dry_run=true&format=ndjson")
    assert (counts(summary), summary["dry_run"], client.head) == ((3, 2, 0, 1), True, 0)


def test_given_a_file_that_begins_with_a_byte_order_mark_then_its_first_line_goes_in(client: Client) -> None:
    assert counts(imported(client, b"\xef\xbb\xbf" + lines(FIRST, SECOND))) == (2, 2, 0, 0)


NOBODY = "00000000-0000-0000-0000-000000000001"
BAD_LINES: list[tuple[Any, str, str]] = [
    (b"{", "", "not JSON"),
    (b'\xff"', "", "not JSON"),
    (b"[" * 5_000, "", "not JSON"),
    ([], "", "not a JSON object"),
    ({"type": "party"}, "type", "'party'"),
    ({"type": "cancelled"}, "id", "missing"),
    ({"type": "cancelled", "source_ref": "no:such"}, "source_ref", "no:such"),
    ({"type": "cancelled", "id": NOBODY}, "id", NOBODY),
    ({"type": "cancelled", "id": "x"}, "id", "'x'"),
    ({**FIRST, "source_ref": "x:9", "occurred": {"edtf": "2023-02-29"}}, "occurred.edtf", "2023-02-29"),
    ({**FIRST, "source_ref": "x:9", "participants": [{"country": "Korea"}]}, "participants.0.country", "Korea"),
    ({**FIRST, "title": "Another"}, "source_ref", "x:1"),
    ({**FIRST, "source_ref": "a\0b"}, "source_ref", "U+0000"),
    ({**FIRST, "source_ref": "x:9", "id": "x"}, "id", "'x'"),
    ({**MERGE, "source_ref": "x:1", "into": "no:such"}, "into", "no:such"),
    ({**MERGE, "source_ref": "x:1", "into": "x:1"}, "into", "itself"),
    ({**MERGE, "into": "a\0b"}, "into", "U+0000"),
    ({"type": "reinstated", "source_ref": "x:1", "reason": "why"}, "type", ""),
]


@pytest.mark.parametrize(("row", "field", "reason"), BAD_LINES, ids=range(len(BAD_LINES)))
def test_given_a_line_that_cannot_be_read_then_it_is_listed_and_the_others_go_in(
    client: Client, row: Any, field: str, reason: str
) -> None:
    summary = imported(client, lines(FIRST, row, SECOND))
    [rejected] = summary["rejected"]
    assert (summary["recorded"], rejected["line"], rejected["field"]) == (2, 2, field)
    assert reason in rejected["reason"]


def test_given_an_empty_import_then_nothing_was_read(client: Client) -> None:
    assert counts(imported(client, b"")) == (0, 0, 0, 0)


def test_given_an_import_with_an_idempotency_key_then_the_first_answer_also_after_a_restart(client: Client) -> None:
    body = lines(FIRST, b"{", SECOND)
    first = imported(client, body, idempotency_key="k")
    head = client.head
    client.restart()
    assert imported(client, body, idempotency_key="k") == first
    assert client.head == head
    assert client.post("/api/imports", body + b"\n", idempotency_key="k").status_code == 422


def test_given_the_log_when_paged_to_its_end_then_every_fact_once_in_order(demo: Client) -> None:
    facts: list[dict[str, Any]] = []
    address = "/api/events?limit=10"
    while address:
        page = demo.json(address)
        FactPage.model_validate(page)
        facts, address = facts + page["results"], page["next"]
    positions = [fact["position"] for fact in facts]
    assert positions == sorted(set(positions))
    assert facts == demo.json("/api/events?limit=500")["results"]
    assert len(facts) == 15 + 59 + 1  # one merge: the survivor absorbs the reports


def test_given_an_empty_page_that_leads_on_now_then_its_tag_is_another_one(client: Client) -> None:
    address = "/api/events?limit=1&as_of=2000-01-01"
    client.report("x:1")
    before = client.get(address)
    for number in range(2, LOOKED_AT + 2):
        client.report(f"x:{number}")
    after = client.get(address, if_none_match=before.headers["etag"])
    assert before.json()["next"] is None and before.json()["results"] == []
    assert (after.status_code, after.json()["results"]) == (200, []) and after.json()["next"]


@pytest.mark.parametrize(
    "query", ["limit={0}", "after={1}&limit=2", "limit=5&position=5", "limit=5&after=5&position=10"]
)
def test_given_a_page_that_is_full_at_the_end_then_it_leads_nowhere(demo: Client, query: str) -> None:
    page = demo.json(f"/api/events?{query.format(demo.head, demo.head - 2)}")
    assert page["results"] and page["next"] is None


def test_given_a_position_then_the_log_goes_on_after_it(demo: Client) -> None:
    assert demo.json(f"/api/events?after={demo.head}")["results"] == []
    assert demo.json("/api/events?after=14&limit=1")["results"][0]["position"] == 15
    assert demo.json(f"/api/events?after={2**62}")["results"] == []


def test_given_the_log_then_what_it_says_makes_the_same_answers_in_a_second_store(demo: Client, fresh: Fresh) -> None:
    own = {"position", "version", "recorded_at"}
    facts = demo.json("/api/events?limit=500")["results"]
    rows = [{name: fact[name] for name in fact.keys() - own} for fact in facts if fact["type"] != "absorbed"]
    with Client(fresh()) as other:
        assert imported(other, lines(*rows))["rejected"] == []
        for day in ("2025-02-18", "2025-03-05", "2025-09-03", "2026-01-01"):
            assert as_known(other, day) == as_known(demo, day)


def as_known(client: Client, day: str) -> list[dict[str, Any]]:
    """The answer without what only says how it came into the log."""
    actions = client.json(f"/api/timeline?limit=500&as_of={day}")["results"]
    return [{name: action[name] for name in action.keys() - {"recorded_at", "position"}} for action in actions]


def test_given_the_kinds_then_each_has_its_definition_and_codes(demo: Client) -> None:
    rows = demo.json("/api/kinds")["results"]
    assert [row["name"] for row in rows] == list(KINDS)
    assert all(row["definition"] and row["cameo"] for row in rows)


def test_given_a_running_service_then_it_says_that_it_is_up_and_how_far_it_is(client: Client) -> None:
    client.report("x:1")
    assert client.json("/healthz") == {"status": "ok"}
    assert client.json("/readyz")["position"] == client.json("/readyz")["head"] == client.head
    assert f"timeline_log_position {client.head}\n" in client.get("/metrics").text


def test_given_read_models_that_lag_then_readyz_says_by_how_much(fresh: Fresh) -> None:
    with Client(fresh(), project=False) as client:
        client.report("x:1")
        assert client.json("/readyz")["behind"] == client.head


@pytest.fixture
def closed(fresh: Fresh) -> Iterator[Client]:
    """A service that asks readers for a key."""
    with Client(fresh(), open_reading=False) as client:
        client.report("x:1")
        yield client


READ = ["/api/timeline", "/api/timeline.csv", "/api/events", "/api/kinds", "/api/charts/timeline", "/api/nothing", "/"]


@pytest.mark.parametrize("path", READ)
def test_given_closed_reading_then_no_action_is_shown_without_a_key(closed: Client, path: str) -> None:
    for method in ("GET", "HEAD"):
        answer = closed.ask(method, path)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert closed.get(path).json()["type"] == "/problems/key-missing"


def test_given_closed_reading_then_any_key_in_force_may_read_and_nobody_else_may_keep_it(closed: Client) -> None:
    for key in (closed.key, closed.admin_key):
        answer = closed.get("/api/timeline", authorization=f"Bearer {key}")
        address = answer.links["permalink"]["url"]
        kept = closed.get(address, authorization=f"Bearer {key}").headers["cache-control"]
        assert (len(answer.json()["results"]), kept) == (1, "private, max-age=86400")


def test_given_closed_reading_then_metrics_needs_the_scope_admin(closed: Client) -> None:
    answers = [closed.get("/metrics", authorization=f"Bearer {key}") for key in ("x", closed.key, closed.admin_key)]
    assert [answer.status_code for answer in answers] == [401, 403, 200]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/docs", "/openapi.json", "/problems/key-missing"])
def test_given_closed_reading_then_what_shows_no_action_is_open(closed: Client, path: str) -> None:
    assert closed.get(path).status_code == 200


def test_given_the_demo_then_it_is_what_the_package_ships(demo: Client) -> None:
    folder = Path(__file__).parents[2] / "service" / "demo"
    rows = [orjson.loads(line) for file in sorted(folder.glob("*.ndjson")) for line in file.read_bytes().splitlines()]
    assert len(rows) == 15 + 59
    assert {row["type"] for row in rows} <= {fact["type"] for fact in demo.json("/api/events?limit=500")["results"]}
