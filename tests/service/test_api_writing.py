"""Writing: keys, repeats, versions, what is refused; and that a refusal records nothing."""

import asyncio
from typing import Any

import httpx
import pytest

from service import keys
from service.api.schemas.actions import Recorded, RecordedReport
from service.api.schemas.problems import ProblemDetails
from tests.support.client import REPORT, Client, Fresh, reported

NOBODY = "00000000-0000-0000-0000-000000000001"
AFP = {"publisher": "AFP", "published_at": "2025-02-18T09:00:00Z"}


def refusal(client: Client, path: str, body: Any, **headers: str) -> dict[str, Any]:
    """The problem that a request is answered with; nothing may be recorded."""
    head = client.head
    answer = client.post(path, body, **headers)
    assert answer.status_code >= 400 and client.head == head, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    ProblemDetails.model_validate_json(answer.content)
    problem: dict[str, Any] = answer.json()
    return problem


def recorded(client: Client, answer: httpx.Response, version: int) -> dict[str, Any]:
    """What is answered where a fact was recorded just now."""
    body: dict[str, Any] = answer.json()
    (RecordedReport if version == 1 else Recorded).model_validate_json(answer.content)
    assert (answer.status_code, body["version"], body["position"]) == (201, version, client.head)
    return body


def test_given_a_report_then_it_is_recorded_and_seen_at_once(client: Client) -> None:
    answer = client.post("/api/actions", reported("x:1"))
    body = recorded(client, answer, version=1)
    assert answer.headers["location"] == f"/api/actions/{body['id']}"
    assert client.json(answer.headers["location"])["source_ref"] == "x:1"


def test_given_each_fact_in_turn_then_each_is_recorded(client: Client) -> None:
    other = client.report("x:2")
    path = f"/api/actions/{client.report('x:1')}/events"
    facts: list[dict[str, Any]] = [
        {"type": "corroborated", "report": AFP},
        {"type": "corrected", "changes": {"title": "Another", "place": {"country": "FR"}}},
        {"type": "rescheduled", "occurred": {"edtf": "2025-03-01"}},
        {"type": "postponed"},
        {"type": "cancelled", "reason": "snow"},
        {"type": "reinstated"},
        {"type": "confirmed", "status": "ongoing"},
        {"type": "retracted"},
        {"type": "reinstated"},
    ]
    for version, fact in enumerate(facts, 2):
        recorded(client, client.post(path, fact), version)
    assert client.post(path, {"type": "merged", "into": other}).status_code == 201
    assert client.json(f"/api/actions/{other}")["version"] == 2


def test_given_a_survivor_by_its_source_ref_then_it_is_merged_into(client: Client) -> None:
    action, other = client.report("x:1"), client.report("x:2")
    client.add(action, "merged", on="2025-02-20", into="x:2")
    assert client.get(f"/api/actions/{action}").headers["location"] == f"/api/actions/{other}"


WITHOUT = ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic x", "dt_x", "Bearer \t"]


@pytest.mark.parametrize("path", ["/api/actions", f"/api/actions/{NOBODY}/events", "/api/imports"])
@pytest.mark.parametrize("authorization", WITHOUT)
def test_given_no_key_that_is_known_then_401_and_nothing_is_recorded(
    demo: Client, path: str, authorization: str
) -> None:
    problem = refusal(demo, path, reported(), authorization=authorization)
    assert (problem["status"], problem["type"]) == (401, "/problems/key-missing")


def test_given_no_key_then_the_answer_says_how_to_send_one(demo: Client) -> None:
    assert demo.post("/api/actions", {}, authorization="").headers["www-authenticate"] == "Bearer"


def test_given_a_revoked_key_then_401(client: Client) -> None:
    keys.revoke(client.instance.log, "reporter", client.clock())
    assert refusal(client, "/api/actions", reported())["status"] == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_given_a_key_of_either_scope_then_it_may_write(client: Client, scheme: str) -> None:
    for key in (client.key, client.admin_key):
        assert client.post("/api/actions", reported(), authorization=f"{scheme} {key}").status_code == 201


def test_given_an_idempotency_key_again_then_the_first_answer_also_after_a_restart(client: Client) -> None:
    first = client.post("/api/actions", reported("x:1"), idempotency_key="k")
    again = client.post("/api/actions", reported("x:1"), idempotency_key="k")
    client.restart()
    later = client.post("/api/actions", reported("x:1"), idempotency_key="k")
    assert first.status_code == again.status_code == later.status_code == 201
    assert first.content == again.content == later.content
    assert client.head == first.json()["position"]


def test_given_an_idempotency_key_with_another_body_or_path_then_422(client: Client) -> None:
    action = client.report("x:1")
    body = {"type": "corroborated", "report": AFP}
    client.post(f"/api/actions/{action}/events", body, idempotency_key="k")
    for path, other in [
        (f"/api/actions/{action}/events", {**body, "reason": "x"}),
        ("/api/actions", reported()),
        ("/api/imports", b""),
    ]:
        problem = refusal(client, path, other, idempotency_key="k")
        assert (problem["status"], problem["type"]) == (422, "/problems/idempotency-key-reused")


def test_given_a_parameter_that_a_write_does_not_know_then_400_and_nothing_is_recorded(client: Client) -> None:
    problem = refusal(client, "/api/actions?x=1", reported(), idempotency_key="k")
    assert (problem["status"], problem["errors"][0]["loc"]) == (400, ["x"])


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "a\tb"])
def test_given_an_idempotency_key_that_is_none_then_400_names_the_header(demo: Client, key: str) -> None:
    problem = refusal(demo, "/api/actions", reported(), idempotency_key=key)
    assert (problem["type"], problem["errors"][0]["loc"]) == ("/problems/bad-header", ["Idempotency-Key"])


def test_given_a_key_whose_request_recorded_nothing_then_it_may_be_used_again(client: Client) -> None:
    refusal(client, "/api/actions", reported(kind="party"), idempotency_key="k")
    assert client.post("/api/actions", reported("x:1"), idempotency_key="k").status_code == 201
    assert client.post("/api/actions", reported("x:1"), idempotency_key="k2").status_code == 200
    assert client.post("/api/actions", reported("x:2"), idempotency_key="k2").status_code == 201


def test_given_a_merge_with_a_key_when_repeated_then_the_first_answer(client: Client) -> None:
    action, other = client.report("x:1"), client.report("x:2")
    send = (f"/api/actions/{action}/events", {"type": "merged", "into": other})
    first = client.post(*send, idempotency_key="k")
    head = client.head
    assert client.post(*send, idempotency_key="k").content == first.content
    assert (first.json()["id"], client.head) == (action, head)


def test_given_the_version_that_is_expected_in_any_form_then_the_fact_is_recorded(client: Client) -> None:
    action = client.report("x:1")
    tag = client.get(f"/api/actions/{action}").headers["etag"]
    for version, expected in enumerate([tag, '"2"', 'W/"3"', "*", ' "5" '], 2):
        answer = client.post(
            f"/api/actions/{action}/events", {"type": "corrected", "changes": {"title": "T"}}, if_match=expected
        )
        recorded(client, answer, version)
    assert client.json(f"/api/actions/{action}")["version"] == 6


@pytest.mark.parametrize("expected", ['"2"', '"0"', '"99"', 'W/"2-abc"'])
def test_given_another_version_than_expected_then_412(client: Client, expected: str) -> None:
    path = f"/api/actions/{client.report('x:1')}/events"
    problem = refusal(client, path, {"type": "cancelled"}, if_match=expected)
    assert (problem["status"], problem["type"]) == (412, "/problems/version-mismatch")


@pytest.mark.parametrize("expected", ["1", "", '"x"', '"-1"', '"1', f'"{"9" * 30}"', '"1", "2"'])
def test_given_no_version_in_if_match_then_400_names_the_header(client: Client, expected: str) -> None:
    path = f"/api/actions/{client.report('x:1')}/events"
    problem = refusal(client, path, {"type": "cancelled"}, if_match=expected)
    assert (problem["status"], problem["errors"][0]["loc"]) == (400, ["If-Match"])


def test_given_sixteen_writers_with_one_version_then_one_wins(client: Client) -> None:
    action, head = client.report("x:1"), client.head
    headers = {"Authorization": f"Bearer {client.key}", "If-Match": '"1"'}

    async def all_at_once() -> list[int]:
        sent = [
            client.http.post(
                f"/api/actions/{action}/events", headers=headers, json={"type": "cancelled", "reason": f"{n}"}
            )
            for n in range(16)
        ]
        return [answer.status_code for answer in await asyncio.gather(*sent)]

    assert sorted(client.runner.run(all_at_once())) == [201, *[412] * 15]
    assert len(client.instance.log.read(head, 100)) == 1


def test_given_a_repeat_then_its_key_goes_before_everything_else(client: Client) -> None:
    action = client.report("x:1")
    send = (f"/api/actions/{action}/events", {"type": "cancelled"})
    first = client.post(*send, idempotency_key="k", if_match='"1"')
    client.add(action, "retracted")
    again = client.post(*send, idempotency_key="k", if_match='"1"')
    assert (again.status_code, again.content) == (201, first.content)


def test_given_the_same_fact_then_200_goes_before_412_and_409(client: Client) -> None:
    action = client.report("x:1")
    fact = {"type": "confirmed", "report": AFP}
    first = client.post(f"/api/actions/{action}/events", fact)
    client.add(action, "retracted", on="2025-02-18")
    head = client.head
    again = client.post(f"/api/actions/{action}/events", fact, if_match='"1"')
    assert (again.status_code, again.content, client.head) == (200, first.content, head)


def test_given_a_stale_version_and_a_halt_then_412_goes_before_409(client: Client) -> None:
    action = client.report("x:1")
    client.add(action, "retracted")
    path = f"/api/actions/{action}/events"
    assert refusal(client, path, {"type": "confirmed"}, if_match='"1"')["status"] == 412
    assert refusal(client, path, {"type": "confirmed"}, if_match='"2"')["status"] == 409


def test_given_the_same_report_under_its_source_ref_then_200_and_nothing_is_recorded(client: Client) -> None:
    first = client.post("/api/actions", reported("x:1"))
    again = client.post("/api/actions", reported("x:1"))
    assert (again.status_code, again.content, client.head) == (200, first.content, first.json()["position"])


def test_given_a_source_ref_with_blanks_around_it_then_it_is_the_same_one(client: Client) -> None:
    first = client.post("/api/actions", reported("x:1"))
    assert client.post("/api/actions", reported(" x:1 ")).content == first.content
    assert client.post("/api/actions", reported("x:1 ", title="Another")).status_code == 409


def test_given_another_report_under_a_source_ref_then_409(client: Client) -> None:
    client.report("x:1")
    problem = refusal(client, "/api/actions", reported("x:1", title="Another"))
    assert (problem["status"], problem["type"]) == (409, "/problems/source-ref-taken")


def test_given_a_fact_without_report_and_clock_then_it_is_always_new(client: Client) -> None:
    path = f"/api/actions/{client.report('x:1')}/events"
    for version in (2, 3):
        recorded(client, client.post(path, {"type": "confirmed"}), version)
    history = client.json(path.replace("events", "history"))["results"]
    assert [fact["type"] for fact in history] == ["reported", "confirmed", "confirmed"]


def test_given_a_clock_that_was_recorded_as_now_then_both_name_the_same_fact(client: Client) -> None:
    path = f"/api/actions/{client.report('x:1')}/events"
    fact = {"type": "cancelled", "reported_at": "2026-01-01T12:00:00Z"}
    client.post(path, fact)
    clock = client.json(path.replace("events", "history"))["results"][1]["reported_at"]
    assert clock < "2026-01-01T12:00:00Z"
    for given in (fact["reported_at"], clock):
        assert client.post(path, {**fact, "reported_at": given}).status_code == 200


UNDER_A_HALT: list[dict[str, Any]] = [
    {"type": "rescheduled", "occurred": {"edtf": "2025-03-01"}},
    {"type": "postponed"},
    {"type": "confirmed"},
    {"type": "cancelled"},
    {"type": "retracted"},
    {"type": "merged", "into": "x:2"},
]


@pytest.mark.parametrize("fact", UNDER_A_HALT, ids=[str(fact["type"]) for fact in UNDER_A_HALT])
def test_given_a_retracted_action_then_409_for_what_a_halt_does_not_allow(client: Client, fact: Any) -> None:
    client.report("x:2")
    action = client.report("x:1")
    client.add(action, "retracted", on="2025-02-20")
    problem = refusal(client, f"/api/actions/{action}/events", fact)
    assert (problem["status"], problem["type"]) == (409, "/problems/not-allowed")
    before = {**fact, "reported_at": "2025-02-19T12:00:00Z"}
    assert client.post(f"/api/actions/{action}/events", before).status_code == 201


def test_given_a_retracted_action_then_it_may_be_corroborated_corrected_and_reinstated(client: Client) -> None:
    action = client.report("x:1")
    client.add(action, "retracted", on="2025-02-20")
    client.add(action, "corroborated", report=AFP)
    client.add(action, "corrected", changes={"title": "T"})
    client.add(action, "reinstated")
    assert client.json(f"/api/actions/{action}")["status"] == "occurred"


def merged(into: str) -> dict[str, str]:
    return {"type": "merged", "into": into}


def test_given_nothing_to_reinstate_or_a_merge_that_cannot_be_then_409(client: Client) -> None:
    first, second, gone = client.report("x:1"), client.report("x:2"), client.report("x:3")
    client.add(gone, "retracted", on="2025-02-20")
    client.add(first, "merged", on="2025-02-20", into=second)
    for action, fact in [
        (second, {"type": "reinstated"}),
        (second, merged(second)),
        (second, merged(gone)),
        (second, merged("x:1")),
        (first, merged(second)),
    ]:
        assert refusal(client, f"/api/actions/{action}/events", fact)["type"] == "/problems/not-allowed"


def test_given_an_unknown_action_then_404(demo: Client) -> None:
    for path in (f"/api/actions/{NOBODY}/events", "/api/actions/nonsense/events"):
        problem = refusal(demo, path, {"type": "cancelled"})
        assert (problem["status"], problem["type"]) == (404, "/problems/not-found")


BAD_REPORTS: list[tuple[dict[str, Any], list[Any]]] = [
    ({"kind": "party"}, ["kind"]),
    ({"kind": None}, ["kind"]),
    ({"title": ""}, ["title"]),
    ({"title": "x" * 501}, ["title"]),
    ({"title": "a\u0000b"}, ["title"]),
    ({"title": "a\nb"}, ["title"]),
    ({"title": 5}, ["title"]),
    ({"occurred": {"edtf": "2023-02-29"}}, ["occurred", "edtf"]),
    ({"occurred": {"edtf": "2025-02/2025-01"}}, ["occurred", "edtf"]),
    ({"occurred": {"edtf": "yesterday"}}, ["occurred", "edtf"]),
    ({"occurred": {"edtf": "2025", "basis": "guess"}}, ["occurred", "basis"]),
    ({"occurred": "2025"}, ["occurred"]),
    ({"place": {}}, ["place"]),
    ({"place": {"country": "Atlantis"}}, ["place", "country"]),
    ({"participants": [{}]}, ["participants", 0]),
    ({"participants": [{"country": "FRA"}, {"country": "Korea"}]}, ["participants", 1, "country"]),
    ({"participants": [{"country": "FRA", "role": "guest"}]}, ["participants", 0, "role"]),
    ({"participants": {"country": "FRA"}}, ["participants"]),
    ({"subjects": ["Atlantis"]}, ["subjects", 0]),
    ({"topics": [""]}, ["topics", 0]),
    ({"status": "merged"}, ["status"]),
    ({"occurred": None}, ["status"]),
    ({"source_ref": 5}, ["source_ref"]),
    ({"source_ref": ""}, ["source_ref"]),
    ({"source_ref": "a\0b"}, ["source_ref"]),
    ({"source_ref": "x" * 501}, ["source_ref"]),
    ({"id": "x"}, ["id"]),
    ({"type": "confirmed"}, ["type"]),
    ({"colour": "red"}, ["colour"]),
    ({"report": None}, ["report"]),
    ({"report": {**REPORT, "published_at": "2025-02-17T21:00:00"}}, ["report", "published_at"]),
    ({"report": {**REPORT, "published_at": "2026-01-03T00:00:00Z"}}, ["report", "published_at"]),
    ({"report": {**REPORT, "published_at": 1739826000}}, ["report", "published_at"]),
    ({"report": {**REPORT, "url": "ftp://example.org"}}, ["report", "url"]),
    ({"report": {**REPORT, "url": "javascript:alert(1)"}}, ["report", "url"]),
    ({"report": {**REPORT, "language": "english!"}}, ["report", "language"]),
    ({"reported_at": "2026-01-03T00:00:00Z"}, ["reported_at"]),
]


@pytest.mark.parametrize(("fields", "loc"), BAD_REPORTS, ids=[str(fields)[:50] for fields, _ in BAD_REPORTS])
def test_given_a_wrong_field_then_422_names_it_and_nothing_is_recorded(
    demo: Client, fields: dict[str, Any], loc: list[Any]
) -> None:
    problem = refusal(demo, "/api/actions", reported(**fields))
    assert (problem["status"], problem["type"]) == (422, "/problems/bad-body")
    assert loc in [error["loc"] for error in problem["errors"]]


BAD_FACTS: list[tuple[Any, list[Any]]] = [
    ({}, ["type"]),
    ({"type": "exploded"}, ["type"]),
    ({"type": ["confirmed"]}, ["type"]),
    ({"type": "absorbed", "from_id": NOBODY, "reports": []}, ["type"]),
    (reported(type="reported"), ["type"]),
    ({"type": "confirmed", "id": NOBODY}, ["id"]),
    ({"type": "confirmed", "source_ref": "x"}, ["source_ref"]),
    ({"type": "confirmed", "status": "planned"}, ["status"]),
    ({"type": "corroborated"}, ["report"]),
    ({"type": "corrected"}, ["changes"]),
    ({"type": "corrected", "changes": {}}, ["changes"]),
    ({"type": "corrected", "changes": {"status": "occurred"}}, ["changes", "status"]),
    ({"type": "corrected", "changes": {"source_ref": "y"}}, ["changes", "source_ref"]),
    ({"type": "corrected", "changes": {"title": None}}, ["changes", "title"]),
    ({"type": "rescheduled"}, ["occurred"]),
    ({"type": "merged"}, ["into"]),
    ({"type": "merged", "into": NOBODY}, ["into"]),
    ({"type": "merged", "into": "no:such"}, ["into"]),
    ({"type": "merged", "into": 5}, ["into"]),
    ({"type": "merged", "into": "a\0b"}, ["into"]),
]


@pytest.mark.parametrize(("fact", "loc"), BAD_FACTS, ids=[str(fact)[:60] for fact, _ in BAD_FACTS])
def test_given_a_wrong_fact_then_422_names_what_is_wrong(demo: Client, fact: Any, loc: list[Any]) -> None:
    action = demo.instance.log.action_of("seed:paris-summit:A5")
    problem = refusal(demo, f"/api/actions/{action}/events", fact)
    assert (problem["status"], problem["type"]) == (422, "/problems/bad-body")
    assert loc in [error["loc"] for error in problem["errors"]]


def test_given_several_wrong_fields_then_each_is_named_with_its_value(demo: Client) -> None:
    problem = refusal(demo, "/api/actions", reported(kind="party", subjects=["Atlantis"], colour="red"))
    assert {tuple(error["loc"]) for error in problem["errors"]} >= {("kind",), ("subjects", 0), ("colour",)}
    assert "'party'" in problem["detail"] and "'Atlantis'" in problem["detail"]


def test_given_names_of_countries_then_their_codes_are_kept(client: Client) -> None:
    parties = [{"country": "UK"}, {"country": "China, People's Republic of"}, {"country": "de"}]
    action = client.report("x:1", participants=parties, subjects=["Russia"])
    state = client.json(f"/api/actions/{action}")
    assert [party["country"] for party in state["participants"]] == ["GBR", "CHN", "DEU"]
    assert state["subjects"] == ["RUS"]


def test_given_a_refused_request_then_a_server_that_does_not_project_also_records_nothing(fresh: Fresh) -> None:
    with Client(fresh(), project=False) as client:
        assert refusal(client, "/api/actions", reported(kind="party"))["status"] == 422
