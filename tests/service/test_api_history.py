"""The evidence for an action: its facts and what became of each, what its fields stand on, one publisher's word."""

from typing import Any, get_args

import pytest

from domain.effects import Effect
from domain.evidence import FIELDS
from service.api.schemas.actions import Action
from service.api.schemas.history import History
from tests.support.client import Client

AFP = {"publisher": "AFP", "published_at": "2025-02-12T08:00:00Z"}
PLAN = {"occurred": {"edtf": "2025-02-20"}, "report": {"publisher": "Reuters", "published_at": "2025-02-10T08:00:00Z"}}


@pytest.fixture
def action(client: Client) -> str:
    """Planned by Reuters for the 20th, moved to the 21st by AFP, called off, retracted on the 25th by nobody named."""
    action = client.report("x:1", **PLAN)
    client.add(action, "rescheduled", occurred={"edtf": "2025-02-21"}, report=AFP)
    client.add(action, "corrected", on="2025-02-13", changes={"title": "A visit"})
    client.add(action, "cancelled", on="2025-02-14", reason="snow")
    client.add(action, "retracted", on="2025-02-25")
    return action


def history(client: Client, action: str, query: str = "") -> Any:
    answer = client.get(f"/api/actions/{action}/history?{query}")
    assert answer.status_code == 200, answer.text
    History.model_validate_json(answer.content)
    return answer.json()


def effects(answer: Any) -> list[tuple[str, str, list[int]]]:
    return [(fact["type"], fact["effect"], fact["by"]) for fact in answer["results"]]


def test_given_a_moment_then_each_fact_says_what_became_of_it_by_then(client: Client, action: str) -> None:
    retracted = client.head
    assert effects(history(client, action, "as_of=2025-02-13")) == [
        ("reported", "stands", []), ("rescheduled", "stands", []), ("corrected", "nothing", []),
        ("cancelled", "later", []), ("retracted", "later", []),
    ]  # fmt: skip
    assert [effect for _, effect, _ in effects(history(client, action, "as_of=2025-02-10T08:00:00Z"))] == [
        "stands", "later", "later", "later", "later"
    ]  # fmt: skip
    halted = effects(history(client, action))
    assert halted[1] == ("rescheduled", "halted", [retracted]) and halted[4] == ("retracted", "stands", [])


def test_given_a_position_then_facts_after_it_neither_are_listed_nor_override(client: Client, action: str) -> None:
    found = history(client, action, f"position={client.head - 2}&as_of=2030-01-01")
    assert effects(found)[-1] == ("corrected", "nothing", [])
    assert found["fields"]["outcome"] == {"fact": None, "report": None}


def test_given_a_fact_then_it_says_what_it_changed(client: Client, action: str) -> None:
    [first, moved, same, off, _] = history(client, action)["results"]
    assert {"field": "status", "before": None, "after": "planned"} in first["changed"]
    changed = {one["field"]: (one["before"], one["after"]) for one in moved["changed"]}
    assert changed["occurred"][0]["edtf"] == "2025-02-20" and changed["occurred"][1]["latest"] == "2025-02-21"
    assert same["changed"] == []
    assert [(one["field"], one["after"]) for one in off["changed"]] == [
        ("status", "cancelled"), ("outcome", "cancelled"), ("reason", "snow")
    ]  # fmt: skip


def test_given_an_older_report_found_late_then_that_report_alone_gives_since_when_it_was_known(
    client: Client, action: str
) -> None:
    client.add(action, "corroborated", report=AFP | {"published_at": "2025-02-09T08:00:00Z"})
    rows = history(client, action)["results"]
    told = [(row["type"], one) for row in rows for one in row["changed"] if one["field"] == "known_from"]
    assert told == [("corroborated", {"field": "known_from", "before": None, "after": "2025-02-09T08:00:00Z"})]


def test_given_a_report_whose_clock_is_not_the_first_then_its_history_and_the_differences_say_the_same(
    client: Client,
) -> None:
    action = client.report(
        "x:1", occurred={"edtf": "2025-02-25"}, report=AFP | {"published_at": "2025-02-20T08:00:00Z"}
    )
    client.add(action, "corroborated", report=AFP | {"published_at": "2025-02-11T08:00:00Z", "title": "Older"})
    client.add(action, "confirmed", report=AFP)
    [reported, heard, confirmed] = history(client, action)["results"]
    told = {row["field"]: (row["before"], row["after"]) for row in reported["changed"]}
    differences = client.json("/api/diff?from=2025-02-19&to=2025-02-20")["changed"]
    assert {row["field"]: (row["before"], row["after"]) for row in differences}.items() <= told.items()
    assert told["status"] == ("occurred", "planned") and told["title"][0] is None
    assert {"field": "status", "before": "planned", "after": "occurred"} in confirmed["changed"]
    assert [row["field"] for row in heard["changed"]] == ["reports", "known_from"]


def test_given_a_moment_then_each_field_names_the_fact_and_the_report_it_stands_on(client: Client, action: str) -> None:
    fields = history(client, action, "as_of=2025-02-15")["fields"]
    assert list(fields) == list(FIELDS)
    assert fields["occurred"]["fact"]["type"] == "rescheduled" and fields["occurred"]["report"]["publisher"] == "AFP"
    assert fields["title"]["report"]["publisher"] == "Reuters"
    assert (fields["reason"]["fact"]["reason"], fields["reason"]["report"]) == ("snow", None)


def test_given_the_demonstration_then_every_history_has_its_shape_and_names_every_field(
    demo: Client,
) -> None:
    histories = [history(demo, action["id"]) for action in demo.json("/api/timeline?limit=500")["results"]]
    seen = {fact["effect"] for found in histories for fact in found["results"]}
    assert {"stands", "overridden"} <= seen <= set(get_args(Effect))
    assert all(set(found["fields"]) == set(FIELDS) for found in histories)


def test_given_a_moment_before_it_was_known_then_a_history_is_404(client: Client, action: str) -> None:
    answer = client.get(f"/api/actions/{action}/history?as_of=2025-02-10T07:59:59.999999Z")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


# --- one publisher's word ---


def test_given_a_publisher_then_the_action_is_what_its_facts_alone_say(client: Client, action: str) -> None:
    reuters = client.json(f"/api/actions/{action}?according_to=Reuters")
    assert (reuters["status"], reuters["outcome"], reuters["occurred"]["edtf"]) == ("planned", "lapsed", "2025-02-20")
    afp = client.json(f"/api/actions/{action}?according_to=AFP")
    assert (afp["status"], afp["occurred"]["edtf"], afp["known_from"]) == ("planned", "2025-02-21", AFP["published_at"])
    assert [report["publisher"] for report in afp["reports"]] == ["AFP"]
    Action.model_validate(afp)


def test_given_a_publisher_then_its_history_holds_its_facts_alone(client: Client, action: str) -> None:
    found = history(client, action, "according_to=AFP")
    assert effects(found) == [("rescheduled", "stands", [])]
    assert found["fields"]["title"]["report"]["publisher"] == "AFP"
    own = {row["position"] for row in found["results"]}
    assert {made["fact"]["position"] for made in found["fields"].values() if made["fact"]} == own
    assert found["query"] == {"according_to": "AFP"}


def test_given_a_publisher_and_a_moment_then_both_count(client: Client, action: str) -> None:
    for path in (f"/api/actions/{action}", f"/api/actions/{action}/history"):
        answer = client.get(f"{path}?according_to=AFP&as_of=2025-02-11")
        assert (answer.status_code, "from AFP" in answer.json()["detail"]) == (404, True)
        assert client.get(f"{path}?according_to=AFP&as_of=2025-02-12").status_code == 200


def test_given_a_publisher_who_said_nothing_then_400_names_those_who_did(client: Client, action: str) -> None:
    for query in ("according_to=Xinhua", "according_to=afp", f"according_to=AFP&position={client.head - 4}"):
        for path in (f"/api/actions/{action}", f"/api/actions/{action}/history"):
            answer = client.get(f"{path}?{query}")
            assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, ["according_to"])
            assert "'Reuters'" in answer.json()["detail"]


def test_given_reports_that_a_merge_brought_then_they_are_no_fact_of_their_publisher(client: Client) -> None:
    other, survivor = client.report("x:2"), client.report("x:3")
    client.add(other, "corroborated", report=AFP)
    client.add(other, "merged", on="2025-02-20", into=survivor)
    assert "AFP" in [report["publisher"] for report in client.json(f"/api/actions/{survivor}")["reports"]]
    told = client.get(f"/api/actions/{survivor}?according_to=AFP").json()["detail"]
    assert "'AFP' stated none of its facts; these did: 'Reuters'" in told


def test_given_a_merged_action_then_each_publishers_word_of_it_can_still_be_read(client: Client, action: str) -> None:
    other = client.report("x:2", **PLAN)
    client.add(other, "merged", on="2025-02-20", into=client.report("x:3", **PLAN))
    assert client.get(f"/api/actions/{other}").status_code == 308
    assert client.json(f"/api/actions/{other}?according_to=Reuters")["status"] == "planned"


def test_given_a_merge_that_a_publisher_told_then_its_word_is_read_of_the_action_itself(client: Client) -> None:
    other, survivor = client.report("x:2"), client.report("x:3")
    client.add(other, "merged", on="2025-02-20", into=survivor, report=AFP)
    told = client.json(f"/api/actions/{other}?according_to=AFP")
    assert (told["status"], told["merged_into"]) == ("merged", survivor)


def test_given_a_pinned_word_then_its_bytes_stay(client: Client, action: str) -> None:
    address = client.get(f"/api/actions/{action}?according_to=AFP").links["permalink"]["url"]
    before = client.get(address)
    client.add(action, "confirmed", on="2025-02-12", report=AFP)
    assert client.get(address).content == before.content
    assert client.get(address, if_none_match=before.headers["etag"]).status_code == 304
