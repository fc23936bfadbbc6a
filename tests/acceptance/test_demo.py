"""The demonstration's data, replayed: what the public record of 2025 must show, as known on a day and as of now."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from domain.events import STATUSES
from service.demo import FILES
from tests.support.client import Client

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
SOURCES = [DATA / name / "facts.ndjson" for name in ("paris-summit", "ukraine-2025")]
ALL = "&".join(f"status={status}" for status in STATUSES)


def state(client: Client, source_ref: str, query: str = "") -> dict[str, Any]:
    """The one action of this name, whatever its status."""
    [found] = client.json(f"/api/timeline?source_ref={source_ref}&{ALL}&{query}")["results"]
    result: dict[str, Any] = found
    return result


def lines() -> Iterator[dict[str, Any]]:
    for source in SOURCES:
        yield from map(orjson.loads, source.read_bytes().splitlines())


@pytest.mark.parametrize(("name", "source"), [*zip(FILES, SOURCES, strict=True)], ids=FILES)
def test_given_the_shared_facts_then_the_package_ships_them_byte_for_byte(name: str, source: Path) -> None:
    assert (ROOT / "service" / "demo" / name).read_bytes() == source.read_bytes()


def test_given_the_demo_then_every_fact_is_in_the_log_in_its_order(demo: Client) -> None:
    facts = demo.json("/api/events?limit=500")["results"]
    told = [fact["type"] for fact in facts if fact["type"] != "absorbed"]
    assert told == [line["type"] for line in lines()]
    assert len(told) == 74


def says(found: Any, told: Any) -> bool:
    """Whether all that was told is found; fields that a file leaves out are there as null."""
    if isinstance(told, dict):
        return all(says(found[name], value) for name, value in told.items())
    if isinstance(told, list):
        return len(found) == len(told) and all(map(says, found, told))
    return bool(found == told)


REPORTED = [line for line in lines() if line["type"] == "reported"]


@pytest.mark.parametrize("line", REPORTED, ids=[line["source_ref"] for line in REPORTED])
def test_given_a_report_when_asked_at_its_own_position_then_it_says_what_the_file_says(
    demo: Client, line: dict[str, Any]
) -> None:
    first = demo.json(f"/api/actions/{state(demo, line['source_ref'])['id']}/history")["results"][0]
    assert says(first, {name: line[name] for name in line if name != "type"})


def test_given_the_visit_of_starmer_then_planned_in_february_and_occurred_now(demo: Client) -> None:
    then, now = (state(demo, "seed:paris-summit:A5", query) for query in ("as_of=2025-02-18", ""))
    assert (then["status"], then["outcome"], then["occurred"]["edtf"]) == (
        "planned",
        "open",
        "[2025-02-24..2025-03-02]",
    )
    assert (now["status"], now["outcome"], now["occurred"]["edtf"]) == ("occurred", "met", "2025-02-27")


def test_given_the_duplicate_of_the_summit_then_it_is_merged_away(demo: Client) -> None:
    merged, survivor = state(demo, "seed:paris-summit:A1"), state(demo, "ukraine-2025:paris-summit")
    answer = demo.get(f"/api/actions/{merged['id']}")
    assert (merged["status"], merged["merged_into"]) == ("merged", survivor["id"])
    assert (answer.status_code, answer.headers["location"]) == (308, f"/api/actions/{survivor['id']}")
    assert "seed article" in {report["publisher"] for report in survivor["reports"]}
    assert merged["id"] not in {action["id"] for action in demo.json("/api/timeline?limit=500")["results"]}


def test_given_the_meeting_of_putin_and_zelensky_then_it_lapses_at_noon_after_its_last_day(demo: Client) -> None:
    days = ("2025-08-19", "2025-09-02T11:59:59.999999Z", "2025-09-02T12:00:00Z", "2025-09-03", "2026-01-01")
    found = [state(demo, "ukraine-2025:putin-zelensky-meeting", f"as_of={day}") for day in days]
    assert [meeting["outcome"] for meeting in found] == ["open", "open", "lapsed", "lapsed", "lapsed"]
    assert {meeting["status"] for meeting in found} == {"planned"}
    assert {party["country"] for party in found[0]["participants"]} == {"RUS", "UKR"}


def test_given_the_day_of_the_article_then_only_its_fifteen_actions_are_held(demo: Client) -> None:
    answer = demo.json("/api/timeline?position=15&limit=500&count=true")
    assert answer["total"] == {"value": 15}
    assert {action["source_ref"] for action in answer["results"]} == {f"seed:paris-summit:A{n}" for n in range(1, 16)}


@pytest.mark.parametrize("day", ["2025-02-17", "2025-03-01", "2025-08-15"])
def test_given_any_day_then_nothing_is_known_or_has_happened_that_came_later(demo: Client, day: str) -> None:
    for action in demo.json(f"/api/timeline?limit=500&as_of={day}")["results"]:
        assert action["known_from"][:10] <= day
        assert action["status"] != "occurred" or (action["occurred"]["earliest"] or day) <= day
