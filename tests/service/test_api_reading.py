"""What reads answer: their shapes, their moment, their pins, tags and links."""

import csv
from io import StringIO
from typing import Any

import pytest
from pydantic import BaseModel

from service.api.schemas.actions import Action, ActionPage
from service.api.schemas.charts import Figure
from service.api.schemas.history import History
from service.api.schemas.kinds import KindList
from service.api.schemas.log import FactPage
from service.api.schemas.problems import ProblemDetails
from tests.support.client import Client, Fresh
from tests.support.shapes import read_as

NOBODY = "00000000-0000-0000-0000-000000000001"
MERGED = "seed:paris-summit:A1"


def id_of(client: Client, source_ref: str) -> str:
    return str(client.instance.log.action_of(source_ref))


def pinned(client: Client, path: str) -> str:
    return client.get(path).links["permalink"]["url"]


SHAPES: list[tuple[str, type[BaseModel]]] = [
    ("/api/timeline?limit=500&count=true", ActionPage),
    ("/api/timeline?limit=500&status=merged&status=retracted&status=cancelled", ActionPage),
    ("/api/timeline?limit=7&as_of=2025-02-18&country=UK", ActionPage),
    ("/api/events?limit=500", FactPage),
    ("/api/kinds", KindList),
    ("/api/timeline?country=Atlantis", ProblemDetails),
    ("/api/charts/timeline", Figure),
]


@pytest.mark.parametrize(("path", "shape"), SHAPES, ids=[path for path, _ in SHAPES])
def test_given_the_demo_when_read_then_the_bytes_have_the_shape_that_is_documented(
    demo: Client, path: str, shape: type[BaseModel]
) -> None:
    answer = demo.get(path)
    assert read_as(shape, answer) == answer.json()


def test_given_the_demo_when_each_action_is_read_then_its_bytes_and_its_history_have_their_shapes(demo: Client) -> None:
    for action in demo.json("/api/timeline?limit=500")["results"]:
        answer = demo.get(f"/api/actions/{action['id']}")
        assert answer.json() == action
        Action.model_validate_json(answer.content)
        History.model_validate_json(demo.get(f"/api/actions/{action['id']}/history").content)


QUERIES = [
    "",
    "sort=-date",
    "country=GBR&as_of=2025-02-18",
    "status=merged",
    "q=backstop",
    "from=2025-02-17&position=15",
]


@pytest.mark.parametrize("query", QUERIES)
def test_given_any_query_then_the_lines_of_ndjson_are_the_pages_of_json(demo: Client, query: str) -> None:
    results: list[dict[str, Any]] = []
    address = f"/api/timeline?limit=7&{query}"
    while address:
        page = demo.json(address)
        results, address = results + page["results"], page["next"]
    lines = demo.get(f"/api/timeline.ndjson?{query}").text.splitlines()
    assert f"[{','.join(lines)}]".encode() in demo.get(f"/api/timeline?limit=500&{query}").content
    assert len(lines) == len(results)


def flat(action: dict[str, Any]) -> dict[str, Any]:
    """What a row of the table says of an action."""
    place, parties = action["place"] or {}, action["participants"]
    lists: dict[str, list[str]] = {
        **{name: action[name] for name in ("conditions", "subjects", "topics")},
        "countries": list(dict.fromkeys(party["country"] for party in parties if party["country"])),
        "publishers": list(dict.fromkeys(report["publisher"] for report in action["reports"])),
        "urls": [report["url"] for report in action["reports"] if report["url"]],
    }
    scalars = {**action, **action["occurred"], "place": place.get("name"), "place_country": place.get("country")}
    return {**scalars, **{name: "; ".join(values) for name, values in lists.items()}}


def test_given_the_demo_then_each_row_of_csv_says_what_the_json_says(demo: Client) -> None:
    rows = list(csv.DictReader(StringIO(demo.get("/api/timeline.csv").text)))
    actions = demo.json("/api/timeline?limit=500")["results"]
    for row, action in zip(rows, actions, strict=True):
        expected = flat(action)
        for name in row.keys() - {"participants"}:
            assert row[name] == ("" if expected[name] is None else str(expected[name]))
        assert all(party["person"] in row["participants"] for party in action["participants"] if party["person"])


def test_given_a_whole_result_then_its_headers_say_what_it_is(demo: Client) -> None:
    table, lines = demo.get("/api/timeline.csv"), demo.get("/api/timeline.ndjson")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert 'filename="timeline.csv"' in table.headers["content-disposition"]
    assert "permalink" in table.links


@pytest.mark.parametrize("query", QUERIES)
def test_given_any_answer_when_its_permalink_is_followed_then_the_same_comes(demo: Client, query: str) -> None:
    first = demo.get(f"/api/timeline?limit=5&{query}")
    again = demo.get(first.links["permalink"]["url"])
    for name in ("results", "as_of", "position"):
        assert again.json()[name] == first.json()[name]
    assert demo.get(again.links["permalink"]["url"]).content == again.content


def test_given_a_page_then_the_link_to_the_next_is_the_one_in_the_body(demo: Client) -> None:
    first = demo.get("/api/timeline?limit=5")
    assert first.links["next"]["url"] == first.json()["next"]
    assert "next" not in demo.get("/api/timeline?limit=500").links


def test_given_a_pinned_page_then_its_next_is_pinned_too(demo: Client) -> None:
    page = demo.json(pinned(demo, "/api/timeline?limit=5"))
    assert demo.get(page["next"]).headers["cache-control"] == "public, max-age=86400"


def test_given_an_unpinned_answer_then_it_is_asked_for_anew_and_its_weak_tag_changes_only_with_the_log(
    client: Client,
) -> None:
    client.report("x:1")
    first, later = client.get("/api/timeline"), client.get("/api/timeline")
    client.report("x:2")
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["etag"].startswith('W/"')
    assert first.headers["etag"] == later.headers["etag"] != client.get("/api/timeline").headers["etag"]


def test_given_an_action_then_its_tag_names_its_version(client: Client) -> None:
    action = client.report("x:1")
    client.add(action, "confirmed", on="2025-02-20")
    tag = client.get(f"/api/actions/{action}").headers["etag"]
    assert tag.startswith('"2-')
    assert client.get(f"/api/actions/{action}", if_none_match=tag).status_code == 304


def test_given_a_day_for_as_of_then_its_last_microsecond_is_meant(demo: Client) -> None:
    answer = demo.json("/api/timeline?as_of=2025-02-18")
    assert answer["as_of"] == "2025-02-18T23:59:59.999999Z"
    assert answer["query"] == {"as_of": "2025-02-18T23:59:59.999999Z"}


@pytest.mark.parametrize("text", ["2025-02-18T12:00:00Z", "2025-02-18T13:00:00+01:00", "2025-02-18T13:00:00%2B01:00"])
def test_given_an_instant_in_any_zone_then_it_is_understood(demo: Client, text: str) -> None:
    assert demo.json(f"/api/timeline?as_of={text}")["as_of"] == "2025-02-18T12:00:00Z"


def test_given_a_position_alone_then_as_of_is_when_it_was_recorded(client: Client) -> None:
    first = client.report("x:1")
    client.report("x:2")
    state = client.json(f"/api/actions/{first}")
    answer = client.json(f"/api/timeline?position={state['position']}")
    assert [action["id"] for action in answer["results"]] == [first]
    assert answer["as_of"] == state["recorded_at"]


def test_given_position_zero_then_the_answer_is_valid_and_empty(client: Client) -> None:
    client.report("x:1")
    answer = client.json("/api/timeline?position=0")
    assert (answer["results"], answer["position"]) == ([], 0)
    ActionPage.model_validate(answer)


def test_given_recorded_by_then_it_is_the_last_position_recorded_by_then(client: Client) -> None:
    first = client.json(f"/api/actions/{client.report('x:1')}")
    client.report("x:2")
    answer = client.json(f"/api/timeline?recorded_by={first['recorded_at']}")
    assert (answer["position"], answer["as_of"]) == (first["position"], first["recorded_at"])
    assert client.json("/api/timeline?recorded_by=2025-12-31")["position"] == 0
    assert client.json("/api/timeline?recorded_by=2026-01-01")["position"] == client.head


def test_given_neither_clock_then_the_answer_is_of_now(client: Client) -> None:
    client.report("x:1")
    asked_at = client.clock.now
    answer = client.json("/api/timeline")
    assert answer["as_of"] > asked_at.isoformat()
    assert answer["position"] == client.head


def test_given_a_server_clock_that_went_back_then_now_is_not_before_the_last_fact(client: Client) -> None:
    recorded = client.json(f"/api/actions/{client.report('x:1')}")["recorded_at"]
    client.clock.now = client.clock.now.replace(year=2025, month=12)
    assert client.json("/api/timeline")["as_of"] == recorded


def test_given_read_models_that_lag_when_their_position_is_asked_for_then_it_waits_and_answers_503(
    fresh: Fresh,
) -> None:
    with Client(fresh(), project=False, wait=0.05) as client:
        client.report("x:1")
        answer = client.get(f"/api/timeline?position={client.head}")
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/behind")
        assert int(answer.headers["retry-after"]) > 0
        assert client.json("/api/timeline")["position"] == 0
        client.instance.projector.catch_up()
        assert client.get(f"/api/timeline?position={client.head}").status_code == 200


def test_given_a_merged_action_then_it_answers_308_to_the_survivor_and_keeps_the_moment(demo: Client) -> None:
    merged, survivor = id_of(demo, MERGED), id_of(demo, "ukraine-2025:paris-summit")
    answer = demo.get(f"/api/actions/{merged}?as_of=2025-10-01&position={demo.head}")
    assert (answer.status_code, answer.headers["cache-control"]) == (308, "no-store")
    assert answer.headers["location"] == f"/api/actions/{survivor}?as_of=2025-10-01&position={demo.head}"
    assert demo.json(answer.headers["location"])["id"] == survivor


def test_given_a_merged_action_when_read_without_redirect_then_it_says_into_what(demo: Client) -> None:
    state = demo.json(f"/api/actions/{id_of(demo, MERGED)}?redirect=no")
    assert (state["status"], state["merged_into"]) == ("merged", id_of(demo, "ukraine-2025:paris-summit"))


def test_given_a_retracted_action_then_it_answers_200_with_the_reason_and_is_in_no_view_unless_asked_for(
    client: Client,
) -> None:
    action = client.report("x:1")
    client.add(action, "retracted", on="2025-02-20", reason="a hoax")
    state = client.json(f"/api/actions/{action}")
    assert (state["status"], state["reason"]) == ("retracted", "a hoax")
    assert client.json("/api/timeline")["results"] == []
    assert client.json("/api/timeline?status=retracted")["results"] == [state]


@pytest.mark.parametrize("id", [NOBODY, "nonsense", "A5", "%00", "..%2F"])
@pytest.mark.parametrize("path", ["/api/actions/{}", "/api/actions/{}/history"])
def test_given_an_id_of_nothing_then_404(demo: Client, path: str, id: str) -> None:
    answer = demo.get(path.format(id))
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_given_a_moment_before_it_was_known_then_an_action_is_404(demo: Client) -> None:
    path = f"/api/actions/{id_of(demo, 'seed:paris-summit:A5')}"
    assert demo.get(f"{path}?as_of=2025-02-17T20:59:59.999999Z").status_code == 404
    assert demo.get(f"{path}?as_of=2025-02-17T21:00:00Z").status_code == 200
    assert demo.get(f"{path}?as_of=2025-02-18&position=4").status_code == 404


def test_given_a_history_then_it_holds_every_fact_up_to_the_position(client: Client) -> None:
    action = client.report("x:1")
    client.add(action, "cancelled", on="2025-02-20", reason="snow")
    later = client.add(action, "reinstated", on="2025-02-21")
    facts = client.json(f"/api/actions/{action}/history")["results"]
    assert [(fact["type"], fact["version"]) for fact in facts] == [("reported", 1), ("cancelled", 2), ("reinstated", 3)]
    assert (facts[1]["reason"], facts[1]["reported_at"]) == ("snow", "2025-02-20T12:00:00Z")
    earlier = client.json(f"/api/actions/{action}/history?position={later - 1}")["results"]
    assert [fact["position"] for fact in earlier] == [fact["position"] for fact in facts[:2]]


READ = ["/api/timeline", "/api/timeline.csv", "/api/timeline.ndjson", "/api/events", "/api/kinds", "/api/timeline?x=1"]
READ += [f"/api/actions/{NOBODY}", "/healthz", "/readyz", "/metrics", "/docs", "/problems", "/openapi.json"]


@pytest.mark.parametrize("path", READ)
def test_given_head_then_the_status_of_get_and_no_body(demo: Client, path: str) -> None:
    head, get = demo.ask("HEAD", path), demo.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize("path", [*READ, "/api/nothing", "/"])
def test_given_any_answer_then_nothing_may_load_from_another_host(demo: Client, path: str) -> None:
    headers = demo.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
