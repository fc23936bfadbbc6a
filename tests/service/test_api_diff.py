"""GET /api/diff: the story of the demonstration, why an action comes and goes, its pages, pins and errors."""

import base64
import json
from typing import Any

import pytest

from service.api.bounds import QUERY
from service.api.query import Param
from service.api.schemas.diff import Diff
from service.rebuild import rebuild
from tests.support.addresses import COMPARED
from tests.support.client import REPORT, Client, Fresh

FORTNIGHT = "/api/diff?from=2025-02-18&to=2025-03-01"
STARMER = "2cda5093-afe1-5e7f-8cbf-f77da58b89c1"


def moved(rows: list[Any]) -> list[tuple[str, str, str | None]]:
    """Title, why and type of fact of what came or went."""
    return [(row["title"], row["why"], row["fact"] and row["fact"]["type"]) for row in rows]


def made(rows: list[Any], action: str) -> dict[str, tuple[str | None, str | None]]:
    """Field -> the type of the fact that changed it, and the publisher of its report."""
    own = [row for row in rows if row["id"] == action]
    return {row["field"]: (row["fact"] and row["fact"]["type"], (row["report"] or {}).get("publisher")) for row in own}


def test_given_the_demo_then_between_18_february_and_1_march_the_visit_came_about_and_others_became_known(
    demo: Client,
) -> None:
    found = demo.json(FORTNIGHT)
    Diff.model_validate_json(demo.get(FORTNIGHT).content)
    assert [row["occurred"]["edtf"] for row in found["added"]][:2] == ["2025-02-20", "2025-03-02"]
    assert {row["why"] for row in found["added"]} == {"reported"} and found["withdrawn"] == []
    assert made(found["changed"], STARMER) == {
        **dict.fromkeys(("occurred", "status", "outcome", "reports"), ("confirmed", "public record")),
        "place": ("corrected", "public record"),
    }
    assert {row["id"] for row in found["changed"]} == {STARMER}


def test_given_the_demo_then_a_change_says_what_was_and_what_is(demo: Client) -> None:
    rows = {row["field"]: row for row in demo.json(FORTNIGHT)["changed"]}
    assert (rows["outcome"]["before"], rows["outcome"]["after"]) == ("open", "met")
    assert rows["occurred"]["before"]["edtf"] == "[2025-02-24..2025-03-02]"
    assert rows["occurred"]["after"]["edtf"] == "2025-02-27"
    assert rows["status"]["fact"].keys() == {"position", "version", "type", "recorded_at", "reported_at", "reason"}


def test_given_a_plan_that_lapses_then_no_fact_and_no_report_made_it(demo: Client) -> None:
    found = demo.json("/api/diff?from=2025-09-01&to=2025-09-02")
    assert [(row["field"], row["after"], row["fact"], row["report"]) for row in found["changed"]] == [
        ("outcome", "lapsed", None, None)
    ]
    assert moved(demo.json("/api/diff?from=2025-09-01&to=2025-09-02&outcome=open")["withdrawn"]) == [
        ("Putin and Zelensky to meet within two weeks, says Merz", "lapsed", None)
    ]


def test_given_the_positions_of_the_merge_then_the_merged_action_is_withdrawn_and_the_survivor_has_its_reports(
    demo: Client,
) -> None:
    [merge] = [fact for fact in demo.json("/api/events?limit=500")["results"] if fact["type"] == "merged"]
    found = demo.json(f"/api/diff?from_position={merge['position'] - 1}&to_position={merge['position'] + 1}")
    [gone] = found["withdrawn"]
    assert (gone["id"], gone["why"], gone["fact"]["position"]) == (merge["id"], "merged", merge["position"])
    assert (gone["status"], gone["merged_into"]) == ("merged", found["changed"][0]["id"])
    assert [(row["field"], row["fact"]["type"]) for row in found["changed"]] == [("reports", "absorbed")]


def test_given_a_retraction_and_its_end_then_each_says_why_with_its_reason(client: Client) -> None:
    action = client.report("x:1")
    client.add(action, "retracted", "2025-02-20", reason="a hoax")
    client.add(action, "reinstated", "2025-02-25")
    [gone] = client.json("/api/diff?from=2025-02-18&to=2025-02-21")["withdrawn"]
    assert (gone["why"], gone["reason"], gone["fact"]["reason"]) == ("retracted", "a hoax", "a hoax")
    assert moved(client.json("/api/diff?from=2025-02-21&to=2025-02-26")["added"]) == [
        ("A visit", "reinstated", "reinstated")
    ]
    assert client.json("/api/diff?from=2025-02-18&to=2025-02-26")["changed"] == []


def test_given_filters_then_what_they_begin_or_cease_to_leave_comes_or_goes(client: Client) -> None:
    action = client.report("x:1", occurred={"edtf": "2025-02-25"})
    afp = REPORT | {"publisher": "AFP", "published_at": "2025-02-20T12:00:00Z"}
    client.add(action, "corrected", "2025-02-20", changes={"topics": ["trade"]})
    client.add(action, "corroborated", report=afp)
    client.add(action, "confirmed", "2025-02-25")
    between = "/api/diff?from=2025-02-18&to=2025-02-26"
    for filters, side, fact in [
        ("status=planned", "withdrawn", "confirmed"),
        ("outcome=met", "added", "confirmed"),
        ("topic=trade", "added", "corrected"),
        ("publisher=AFP", "added", "corroborated"),
    ]:
        assert moved(client.json(f"{between}&{filters}")[side]) == [("A visit", "changed", fact)], filters


def test_given_the_days_on_which_actions_occur_then_they_have_names_of_their_own(demo: Client) -> None:
    found = demo.json(f"{FORTNIGHT}&occurred_from=2025-03-01&occurred_to=2025-03-02")
    assert [row["occurred"]["edtf"] for row in found["added"]] == ["2025-03-02"]
    assert moved(found["withdrawn"]) == [
        ("Starmer to visit the United States for talks with Trump", "changed", "corrected")
    ]
    within = demo.json(f"{FORTNIGHT}&occurred_from=2025-02-24&occurred_to=2025-02-24&date_match=within")
    assert len(within["added"]) == 3


def test_given_a_late_found_report_when_positions_are_compared_then_since_when_it_was_known_has_changed(
    client: Client,
) -> None:
    action = client.report("x:1")
    early = REPORT | {"publisher": "AFP", "published_at": "2025-02-10T08:00:00Z"}
    position = client.add(action, "corroborated", report=early)
    found = client.json(f"/api/diff?from_position={position - 1}&to_position={position}")
    assert made(found["changed"], action)["known_from"] == ("corroborated", "AFP")
    before = client.json(f"/api/diff?from_position={position - 1}&to_position={position}&as_of=2025-02-12")
    assert moved(before["added"]) == [("A visit", "reported", "corroborated")]


@pytest.mark.parametrize(
    "query", ["from=1900-01-01&to=1950-01-01", "from=2025-02-18&to=2025-02-18", "from_position=0&to_position=0"]
)
def test_given_nothing_known_or_no_time_between_then_the_answer_is_empty(demo: Client, query: str) -> None:
    found = demo.json(f"/api/diff?{query}")
    assert found["added"] == found["changed"] == found["withdrawn"] == [] and found["next"] is None


def test_given_everything_since_before_anything_was_known_then_all_is_added_page_by_page(demo: Client) -> None:
    address, added = "/api/diff?from=0001-01-01&to=2025-10-20&limit=7", []
    while address:
        page = demo.json(address)
        assert len(page["added"]) <= 7 and not page["changed"]
        added, address = added + page["added"], page["next"]
    assert {row["id"] for row in added} == {
        row["id"] for row in demo.json("/api/timeline?limit=500&as_of=2025-10-20")["results"]
    }
    assert [row["why"] for row in added] == ["reported"] * len(added)


def test_given_the_log_from_its_beginning_then_actions_come_as_the_log_made_them_what_they_are(demo: Client) -> None:
    found = demo.json("/api/diff?from_position=0&to_position=75&limit=500")
    positions = [row["position"] for row in found["added"]]
    assert positions == sorted(positions) and len(positions) == 49
    assert found["from"]["position"] == 0 and found["to"] == {"as_of": found["as_of"], "position": 75}


def test_given_a_page_when_facts_arrive_then_the_next_page_does_not_shift(client: Client) -> None:
    for number in range(4):
        client.report(f"x:{number}")
    first = client.json(f"{FORTNIGHT.replace('18', '16')}&limit=2")
    client.report("x:9")
    second = client.json(first["next"])
    assert len(second["added"]) == 2 and second["position"] == first["position"] and second["next"] is None


BOUNDS = ["from=2025-02-10&to=2025-02-28", "from_position=0&to_position=2", "from_position=0&to_position=2&limit=1"]


@pytest.mark.parametrize("query", BOUNDS)
def test_given_a_permalink_when_facts_arrive_and_all_is_rebuilt_and_restarted_then_its_bytes_stay(
    client: Client, query: str
) -> None:
    action = client.report("x:1", occurred={"edtf": "2025-02-25"})
    client.report("x:2")
    pinned = client.get(f"/api/diff?{query}").links["permalink"]["url"]
    before = client.get(pinned)
    client.add(action, "corrected", "2025-02-16", changes={"title": "Another visit"})
    rebuild(client.instance, None, lambda *_: None)
    client.restart()
    again = client.get(pinned)
    assert (again.content, again.headers["etag"]) == (before.content, before.headers["etag"])
    assert again.headers["cache-control"] == "public, max-age=86400" and "repr-digest" in again.headers
    assert client.get(pinned, if_none_match=again.headers["etag"]).status_code == 304


def test_given_the_same_comparison_again_then_304_until_something_is_recorded(client: Client) -> None:
    client.report("x:1")
    tag = client.get(FORTNIGHT).headers["etag"]
    assert tag.startswith("W/") and client.get(FORTNIGHT, if_none_match=tag).status_code == 304
    client.report("x:2", report=REPORT | {"published_at": "2025-02-20T12:00:00Z"})
    assert client.get(FORTNIGHT, if_none_match=tag).status_code == 200


def test_given_a_comparison_then_it_is_no_state_of_one_moment_for_memento(demo: Client) -> None:
    for path, query in COMPARED.items():
        answer = demo.get(f"{path}?{query}", accept_datetime="Sun, 22 Nov 2026 10:00:00 GMT")
        assert answer.status_code == 200 and "timemap" not in answer.links
        assert "accept-datetime" not in answer.headers["vary"].lower()
        assert demo.get(f"/api/timemap{path.removeprefix('/api')}?{query}").status_code == 404


WRONG = [
    ("", "from", "is missing; give from and to, or from_position and to_position"),
    ("from=2025-02-18", "to", "is missing; from alone is not enough"),
    ("to_position=3", "from_position", "is missing; to_position alone is not enough"),
    ("from=2025-02-18&to_position=3", "to_position", "does not go with from"),
    ("from=2025-02-18&to=2025-02-19&from_position=1&to_position=2", "to_position", "two dates or two positions"),
    ("from=2025-03-01&to=2025-02-18", "to", "2025-02-18T23:59:59.999999Z lies before from, 2025-03-01T"),
    ("from_position=6&to_position=5", "to_position", "5 lies before from_position, 6"),
    ("from=2025-02-30&to=2025-03-01", "from", "'2025-02-30' is not a day"),
    ("from=2025-02-18&to=2025", "to", "'2025' is not an instant"),
    ("from_position=-1&to_position=5", "from_position", "'-1' is not a whole number"),
    ("from=2025-02-18&to=2025-02-19&as_of=2025-02-18", "as_of", "cannot be given together with from and to"),
    ("from_position=1&to_position=5&position=5", "position", "together with from_position and to_position"),
    ("from_position=1&to_position=5&recorded_by=2026-01-01", "recorded_by", "leave it out"),
    ("from=2025-02-18&to=2025-02-19&occurred_from=2025-02-02&occurred_to=2025-02-01", "occurred_to", "lies before"),
    ("from=2025-02-18&to=2025-02-19&limit=501", "limit", "501"),
    ("from=2025-02-18&to=2025-02-19&sort=date", "sort", "is not a parameter here"),
    ("from=2025-02-18&to=2025-02-19&position=1&recorded_by=2026-01-01", "recorded_by", "leave one out"),
]


@pytest.mark.parametrize(("query", "name", "message"), WRONG, ids=[query for query, _, _ in WRONG])
def test_given_bounds_that_mean_nothing_then_400_names_the_parameter_and_what_would_be_right(
    demo: Client, query: str, name: str, message: str
) -> None:
    answer = demo.get(f"/api/diff?{query}")
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-query")
    assert [error["loc"] for error in answer.json()["errors"]] == [[name]]
    assert message in answer.json()["detail"]


def test_given_a_position_ahead_of_the_log_then_400_names_it(demo: Client) -> None:
    answer = demo.get("/api/diff?from_position=1&to_position=76")
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/position-ahead")
    assert answer.json()["errors"] == [{"loc": ["to_position"], "msg": "76 lies beyond the last fact, 75"}]
    assert demo.get(f"{FORTNIGHT}&position=76").json()["type"] == "/problems/position-ahead"


def test_given_a_position_that_is_not_projected_yet_then_503_and_no_answer_that_lacks_it(fresh: Fresh) -> None:
    with Client(fresh(), project=False, wait=0) as client:
        client.report("x:1")
        answer = client.get(f"/api/diff?from_position=0&to_position={client.head}")
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/behind")
        ahead = cursor(0, client.head, 0, ID)
        for path in ("timeline.atom", "diff?from=0001-01-01&to=1970-01-01T00:00:00Z"):
            address = f"/api/{path}{'&' if '?' in path else '?'}cursor={ahead}"
            assert client.get(address).json()["type"] == "/problems/behind"


def cursor(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


ID = "00000000-0000-0000-0000-000000000001"
CURSORS = [
    "x",
    cursor(),
    cursor(1, 2, 3),
    cursor(1, 2, 3, 4),
    cursor(1, 2, 3, "x"),
    cursor(1.5, 2, 3, ID),
    cursor(1, -1, 3, ID),
    cursor(1, 2, 1 << 63, ID),
    cursor(1 << 62, 2, 3, ID),
]


@pytest.mark.parametrize("text", CURSORS)
def test_given_a_cursor_of_nobody_then_400_names_it(demo: Client, text: str) -> None:
    answer = demo.get(f"{FORTNIGHT}&cursor={text}")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, ["cursor"])


def test_given_a_cursor_of_another_comparison_then_400(demo: Client) -> None:
    given = demo.json(f"{FORTNIGHT}&limit=1")["next"].partition("cursor=")[2]
    for query in ("from=2025-02-18&to=2025-03-02", "from=2025-02-18&to=2025-03-01&position=74"):
        answer = demo.get(f"/api/diff?{query}&cursor={given}")
        assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, ["cursor"]), query


@pytest.mark.parametrize("param", QUERY, ids=lambda param: param.name)
def test_given_any_parameter_with_its_example_then_it_is_understood(demo: Client, param: Param) -> None:
    bounds = ("from_position", "to_position") if "_position" in param.name else ("from", "to")
    asked = {one.name: one.example for one in QUERY if one.name in bounds}
    answer = demo.ask("GET", "/api/diff", params={**asked, param.name: param.example})
    assert answer.status_code == (400 if param.name == "cursor" else 200), answer.text
