"""Stored facts: every shape that was ever written is read for good. tests/golden/facts holds them, one state a line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from domain.events import PAYLOADS, Cancelled, Fact
from service.store.codec import SCHEMA, decode, encode
from tests.strategies import ACTION, OTHER, histories

GOLDEN = Path(__file__).parents[1] / "golden" / "facts"
RECORDED = datetime(2026, 11, 22, 10, 0, 0, 123456, tzinfo=UTC)
CLOCK = datetime(2025, 2, 17, 21, tzinfo=UTC)
REPORT = {
    "publisher": "Reuters",
    "title": "Starmer to meet Trump",
    "url": "https://example.org/news/1",
    "published_at": "2025-02-17T21:00:00Z",
    "language": "en",
    "locator": "line 9",
}
BARE = {"publisher": "AFP", "published_at": "2025-02-17T21:00:00.5Z"}
WHY = {"reason": "the palace says so", "report": REPORT, "reported_at": "2025-02-17T22:00:00+01:00"}
WHEN = {"edtf": "[2025-02-24..2025-03-02]", "basis": "derived"}
STARMER = {"country": "GBR", "person": "Keir Starmer", "title": "Prime Minister", "role": "visitor"}
CONTENT = {
    "kind": "visit",
    "title": "Starmer to visit the United States",
    "summary": "Talks at the White House.",
    "quote": "there must be a US backstop",
    "conditions": ["a lasting peace agreement"],
    "occurred": WHEN,
    "place": {"name": "Élysée Palace, Paris", "country": "FRA"},
    "participants": [STARMER, {"organisation": "NATO", "role": "participant"}],
    "subjects": ["UKR"],
    "topics": ["security-guarantees"],
}
SAID: dict[str, list[dict[str, Any]]] = {
    "reported": [
        {
            **CONTENT,
            "source_ref": "case:1",
            "report": REPORT,
            "reported_at": "2025-02-18T00:00:00Z",
            "status": "planned",
        },
        {"kind": "call", "title": "A call", "report": BARE, "status": "occurred"},
    ],
    "corroborated": [{**WHY}, {"report": BARE}],
    "corrected": [{**WHY, "changes": CONTENT}, {"changes": {"summary": None, "place": None, "conditions": []}}],
    "rescheduled": [{**WHY, "occurred": WHEN}, {"occurred": {"edtf": "2025-03"}}],
    "postponed": [{**WHY, "occurred": WHEN}, {}],
    "confirmed": [{**WHY, "occurred": WHEN, "status": "ongoing"}, {}],
    "cancelled": [{**WHY}, {}],
    "retracted": [{**WHY}, {}],
    "merged": [{**WHY, "into": str(OTHER)}, {"into": str(OTHER)}],
    "reinstated": [{**WHY}, {}],
    "absorbed": [{"from_id": str(OTHER), "reports": [REPORT, BARE]}, {"from_id": str(OTHER), "reports": []}],
    "released": [{"from_id": str(OTHER)}],
}
META = {"idempotency_key": "k-1", "request": "5d41"}
"""On the first of the shapes of each type."""
SHAPES = [(name, number) for name, said in SAID.items() for number in range(len(said))]


def fact(name: str, number: int) -> Fact:
    payload = PAYLOADS[name].model_validate(SAID[name][number])
    return Fact(ACTION, 3, 7, RECORDED, CLOCK, payload, {} if number else META)


def golden(name: str, number: int) -> StoredEvent:
    state = (GOLDEN / f"{name}.json").read_bytes().splitlines()[number]
    return StoredEvent(str(ACTION), 3, name, state)


def test_every_payload_has_its_golden_file() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(PAYLOADS) == set(SAID)


@pytest.mark.parametrize(("name", "number"), SHAPES)
def test_given_a_stored_shape_then_it_still_means_the_same(name: str, number: int) -> None:
    assert decode(golden(name, number), 7) == fact(name, number)


@pytest.mark.parametrize(("name", "number"), SHAPES)
def test_given_the_same_fact_then_the_same_bytes_are_written_today(name: str, number: int) -> None:
    assert encode(fact(name, number)) == golden(name, number)


def test_given_a_correction_then_the_fields_it_names_are_kept_also_those_set_to_null() -> None:
    changes = decode(golden("corrected", 1), 7).payload.changes  # type: ignore[union-attr]  # it is a correction
    assert changes.model_fields_set == {"summary", "place", "conditions"}


@given(histories())
def test_given_any_facts_when_stored_and_read_then_nothing_is_lost(facts: list[Fact]) -> None:
    assert [decode(encode(fact), fact.position) for fact in facts] == facts


def test_given_an_older_schema_when_read_then_each_later_step_is_taken_in_order() -> None:
    def why_becomes_cause(content: dict[str, Any]) -> dict[str, Any]:
        return {"cause": content["why"]}

    def cause_becomes_reason(content: dict[str, Any]) -> dict[str, Any]:
        return {"reason": content["cause"]}

    steps = [{"cancelled": why_becomes_cause}, {"cancelled": cause_becomes_reason}]
    assert decode(stored(1, {"why": "fog"}), 7, steps).payload == Cancelled(reason="fog")
    assert decode(stored(2, {"cause": "fog"}), 7, steps).payload == Cancelled(reason="fog")
    assert decode(stored(3, {"reason": "fog"}), 7, steps).payload == Cancelled(reason="fog")


@given(st.sampled_from(SHAPES))
def test_given_a_step_for_another_type_then_a_fact_is_as_it_was(shape: tuple[str, int]) -> None:
    steps = [{"no such type": dict}]
    assert decode(golden(*shape), 7, steps) == fact(*shape)


def stored(schema: int, content: dict[str, Any]) -> StoredEvent:
    state = {"v": schema, "recorded_at": "2026-11-22T10:00:00Z", "clock": "2025-02-17T21:00:00Z", "fact": content}
    return StoredEvent(str(ACTION), 1, "cancelled", orjson.dumps(state))


def test_golden_files_are_of_the_first_schema() -> None:
    assert SCHEMA == 1 and {orjson.loads(golden(*shape).state)["v"] for shape in SHAPES} == {1}


def test_an_action_is_stored_under_its_id() -> None:
    assert UUID(str(encode(fact("cancelled", 0)).originator_id)) == ACTION
