"""Memento (RFC 7089): earlier states by `Accept-Datetime`, on the recorded clock, and the list of them."""

import re
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import pytest

from domain.instants import parse_instant, write_instant
from service.api import timemap
from tests.support.addresses import ACTION, PAGES, READS, at, reads
from tests.support.client import REPORT, START, Client

FIRST, BEFORE, LATER = START, START - timedelta(days=1), START + timedelta(days=400)


def http(instant: datetime) -> str:
    return format_datetime(instant.replace(microsecond=0), usegmt=True)


def recorded(client: Client, position: int) -> datetime:
    fact = client.instance.log.newest_at(position)
    assert fact and fact.position == position
    return fact.recorded_at


def linked(answer: Any) -> dict[str, str]:
    """Every relation that `Link` names, with the address."""
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"', answer.headers["link"])
    return {relation: address for address, relations in found for relation in relations.split()}


@pytest.mark.parametrize("address", reads())
def test_given_a_date_then_302_to_the_pinned_answer_which_says_when_it_was_recorded(demo: Client, address: str) -> None:
    gate = demo.get(address, accept_datetime=http(recorded(demo, 40)))
    assert (gate.status_code, gate.headers["vary"]) == (302, "Accept-Datetime")
    state = demo.get(gate.headers["location"], accept_datetime=http(BEFORE))
    assert state.status_code == 200
    assert state.headers["memento-datetime"] == http(recorded(demo, 40))
    assert linked(state)["memento"] == gate.headers["location"] == linked(gate)["memento"]
    for answer in (gate, state, demo.get(address)):
        assert linked(answer)["original"] == linked(answer)["timegate"] == address
        assert demo.get(linked(answer)["timemap"]).headers["content-type"] == "application/link-format"


def test_given_the_documentation_then_it_promises_earlier_states_of_what_has_them(demo: Client) -> None:
    paths = demo.json("/openapi.json")["paths"]
    promised = {path for path, item in paths.items() if "302" in item.get("get", {}).get("responses", ())}
    assert promised == {*READS, *PAGES}


def test_given_a_date_between_two_facts_then_the_answer_is_the_one_of_then(client: Client) -> None:
    first = client.report("x:1", occurred={"edtf": "2026-01-03"})
    client.clock.now += timedelta(days=5)
    client.report("x:2")
    gate = client.get("/api/timeline", accept_datetime=http(START + timedelta(days=2)))
    [then] = client.json(gate.headers["location"])["results"]
    assert (then["id"], then["outcome"]) == (first, "open")
    lapsed = client.get("/api/timeline", accept_datetime=http(START + timedelta(days=4)))
    assert client.json(lapsed.headers["location"])["results"][0]["outcome"] == "lapsed"


def test_given_the_date_of_a_memento_then_that_memento_is_found(client: Client) -> None:
    client.clock.now = parse_instant("2026-01-01T00:00:00.250000Z")
    client.report("x:1")
    date = http(recorded(client, client.head))
    state = client.get(client.get("/api/timeline", accept_datetime=date).headers["location"])
    assert (state.headers["memento-datetime"], len(state.json()["results"])) == (date, 1)


@pytest.mark.parametrize("address", reads())
def test_given_a_date_before_the_log_began_then_position_0_without_a_date(demo: Client, address: str) -> None:
    gate = demo.get(address, accept_datetime=http(BEFORE))
    state = demo.get(gate.headers["location"])
    assert "position=0" in gate.headers["location"] and "memento" not in linked(gate)
    assert "memento-datetime" not in state.headers
    assert state.status_code == (404 if "/actions/" in address else 200)


def test_given_a_date_in_the_future_then_the_state_is_the_present_one(client: Client) -> None:
    client.report("x:1", occurred={"edtf": "2026-02-01"})
    state = client.json(client.get("/api/timeline", accept_datetime=http(LATER)).headers["location"])
    assert (state["position"], state["results"][0]["outcome"]) == (client.head, "open")
    assert state["as_of"] < write_instant(LATER)


def test_given_a_day_of_knowledge_then_it_is_kept_here_and_in_the_original(demo: Client) -> None:
    gate = demo.get("/api/timeline?as_of=2025-02-18", accept_datetime=http(recorded(demo, 40)))
    state = demo.get(gate.headers["location"])
    assert state.json()["as_of"] == "2025-02-18T23:59:59.999999Z"
    assert linked(state)["original"].startswith("/api/timeline?as_of=2025-02-18T23")


PLACES = ("/", "/countries", "/countries/GBR", "/relations", "/relations/GBR/USA", "/people/keir-starmer")
PLACES += (f"/actions/{ACTION}?redirect=no", "/?country=UK&kind=visit", "/api/charts/activity.html?kind=visit")


@pytest.mark.parametrize("address", PLACES)
def test_given_a_date_then_a_page_is_shown_as_this_log_had_it(demo: Client, address: str) -> None:
    date = http(recorded(demo, 40))
    gate = demo.get(address, accept_datetime=date, accept="text/html")
    assert (gate.status_code, gate.headers["vary"], linked(gate)["original"]) == (302, "Accept-Datetime", address)
    state = demo.get(gate.headers["location"], accept_datetime=http(BEFORE), accept="text/html")
    assert (state.status_code, state.headers["memento-datetime"]) == (200, date)
    assert linked(state)["memento"] == gate.headers["location"] and linked(state)["timegate"] == address
    now = demo.get(address, accept="text/html")
    assert "Accept-Datetime" in now.headers["vary"] and "memento-datetime" not in now.headers


def test_given_a_page_before_the_log_began_then_an_empty_one_without_a_date(demo: Client) -> None:
    state = demo.get(demo.get("/", accept_datetime=http(BEFORE)).headers["location"])
    assert (state.status_code, "memento-datetime" in state.headers) == (200, False)
    assert demo.get(demo.get(f"/actions/{ACTION}", accept_datetime=http(BEFORE)).headers["location"]).status_code == 404


def test_given_a_page_that_looks_back_then_its_day_of_knowledge_is_kept(demo: Client) -> None:
    gate = demo.get("/?as_of=2025-02-18", accept_datetime=http(recorded(demo, 40)))
    assert "as_of=2025-02-18T23" in gate.headers["location"]
    assert linked(demo.get(gate.headers["location"]))["original"].startswith("/?as_of=2025-02-18T23")


def test_given_a_page_then_a_wrong_date_is_400_and_a_wrong_day_is_told_by_the_page(demo: Client) -> None:
    assert demo.get("/", accept_datetime="yesterday").json()["type"] == "/problems/bad-header"
    for query in ("as_of=2025-02-30", "position=900", "position=4&position=5"):
        answer = demo.get(f"/?{query}", accept_datetime=http(BEFORE), accept="text/html")
        assert (answer.status_code, "memento-datetime" in answer.headers) == (400, False)


def test_given_a_page_and_when_it_was_recorded_then_it_leads_to_that_state(demo: Client) -> None:
    assert demo.get("/countries?recorded_by=2025-01-01").headers["location"].endswith("999999Z&position=0")
    both = demo.get("/?recorded_by=2025-01-01&position=4", accept="text/html")
    assert (both.status_code, "leave one out" in both.text) == (400, True)
    assert demo.get("/?recorded_by=2026-02-30").json()["errors"][0]["loc"] == ["recorded_by"]


def test_given_a_file_of_a_page_then_the_date_is_not_heeded(demo: Client) -> None:
    file = re.findall(r'href="(/static/[^"]+)"', demo.get("/").text)[0]
    assert demo.get(file, accept_datetime=http(BEFORE)).status_code == 200


@pytest.mark.parametrize("query", ["position=40", "recorded_by=2026-01-01", "as_of=2025-03-01&position=40&v=1"])
def test_given_a_request_that_names_its_state_then_the_date_is_not_heeded(demo: Client, query: str) -> None:
    assert demo.get(f"/api/timeline?{query}", accept_datetime="nonsense").status_code == 200


def test_given_the_next_page_of_an_answer_then_the_date_is_not_heeded(demo: Client) -> None:
    following = demo.json("/api/timeline?limit=5")["next"]
    assert demo.get(following, accept_datetime=http(BEFORE)).status_code == 200
    assert linked(demo.get(following))["original"] == "/api/timeline?limit=5"


WRONG = ["", "2026-01-01", "yesterday", "Fri, 30 Feb 2026 00:00:00 GMT", "Mon, 01 Jan 2026 00:00:00 GMT"]
WRONG += [
    "Thu, 1 Jan 2026 00:00:00 GMT",
    "Thu, 01 Jan 2026 00:00:00 CET",
    "Thu, 01 Jan 2026 24:00:00 GMT",
    "\u00e9" * 9,
]


@pytest.mark.parametrize("date", WRONG)
@pytest.mark.parametrize("path", ["/api/timeline", "/api/timeline.csv", "/api/events"])
def test_given_a_wrong_date_then_400_names_the_header_and_the_value(demo: Client, path: str, date: str) -> None:
    answer = demo.ask("GET", path, {"accept-datetime": date.encode()})  # type: ignore[dict-item]  # as a client may send it
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-header")
    assert answer.json()["errors"][0]["loc"] == ["Accept-Datetime"]
    assert date.encode().decode("latin-1") in answer.json()["detail"]


def test_given_two_dates_then_400(demo: Client) -> None:
    answer = demo.runner.run(demo.http.get("/api/timeline", headers=[("Accept-Datetime", http(FIRST))] * 2))
    assert answer.json()["type"] == "/problems/bad-header"


# --- the list of states ---


def over_days(client: Client, days: int) -> list[int]:
    """Two facts on each of some days; the positions of the later ones."""
    heads = []
    for day in range(days):
        client.clock.now = START + timedelta(days=3 * day)
        client.report(f"x:{day}:1")
        client.report(f"x:{day}:2")
        heads.append(client.head)
    return heads


def mementos(text: str) -> list[tuple[str, datetime]]:
    found = re.findall(r'<([^>]*)>; rel="memento"; datetime="([^"]*)"', text)
    return [(address, parsedate_to_datetime(date)) for address, date in found]


def test_given_facts_of_several_days_then_the_last_state_of_each_is_listed(client: Client) -> None:
    heads = over_days(client, 3)
    found = mementos(client.get("/api/timemap/timeline?kind=visit").text)
    assert [date.date() for _, date in found] == [(START + timedelta(days=3 * day)).date() for day in range(3)]
    states = [client.get(address) for address, _ in found]
    assert [state.json()["position"] for state in states] == heads
    assert [parsedate_to_datetime(state.headers["memento-datetime"]) for state in states] == [date for _, date in found]
    assert {linked(state)["original"] for state in states} == {"/api/timeline?kind=visit"}


def test_given_more_days_than_one_list_holds_then_it_names_the_next(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timemap, "LISTED", 2)
    over_days(client, 5)
    address, sizes = "/api/timemap/timeline?kind=visit", []
    while address:
        answer = client.get(address)
        assert f'<{address}>; rel="self"' in answer.text or sizes
        sizes.append(len(mementos(answer.text)))
        address = next(iter(re.findall(r'<([^>]*)>; rel="timemap"', answer.text)), "")
    assert sizes == [2, 2, 1]


def test_given_an_action_then_its_list_begins_when_it_was_recorded_and_each_state_answers(client: Client) -> None:
    over_days(client, 2)
    client.clock.now = START + timedelta(days=9)
    action = client.report("late")
    for path in (f"actions/{action}", f"actions/{action}/history"):
        [(address, _)] = mementos(client.get(f"/api/timemap/{path}").text)
        assert client.get(address).status_code == 200
    assert client.get(f"/api/timemap/actions/{action}?as_of=1999-12-31").status_code == 404
    for path in ("actions/00000000-0000-4000-8000-000000000000", "actions/nobody"):
        assert client.get(f"/api/timemap/{path}").status_code == 404


def test_given_a_publisher_then_the_list_begins_when_its_first_word_was_recorded(client: Client) -> None:
    action = client.report("x:1")
    client.clock.now += timedelta(days=2)
    client.add(action, "corroborated", report=REPORT | {"publisher": "AFP"})
    for path in (f"actions/{action}", f"actions/{action}/history"):
        for publisher, position in (("Reuters", 1), ("AFP", 2), ("%20AFP", 2)):
            address, _ = mementos(client.get(f"/api/timemap/{path}?according_to={publisher}").text)[0]
            assert f"position={position}" in address and client.get(address).status_code == 200


def test_given_a_person_whom_no_table_has_then_the_list_begins_with_them_and_outlives_what_they_did(
    client: Client,
) -> None:
    over_days(client, 2)
    client.clock.now = START + timedelta(days=9)
    action = client.report("late", participants=[{"person": "Ada Lovelace", "role": "speaker"}])
    client.clock.now = START + timedelta(days=10)
    client.add(action, "retracted")
    states = [client.json(address) for address, _ in mementos(client.get("/api/timemap/people/ada-lovelace").text)]
    assert [state["count"] for state in states] == [1, 0]


def test_given_an_empty_log_then_a_list_without_states(client: Client) -> None:
    answer = client.get("/api/timemap/countries/GBR")
    assert (answer.status_code, mementos(answer.text)) == (200, [])


@pytest.mark.parametrize("path", ["", "nothing", "kinds", "timemap/timeline", "imports", "../healthz", "actions"])
def test_given_what_has_no_states_then_404(demo: Client, path: str) -> None:
    assert demo.get(f"/api/timemap/{path}").status_code == 404


WRONG_QUERIES = ["colour=red", "position=4", "cursor=x", "v=1", "kind=x", "recorded_from=2026-02-30"]
WRONG_QUERIES += ["recorded_from=2026-02-01&recorded_from=2026-02-02"]


@pytest.mark.parametrize("query", WRONG_QUERIES)
def test_given_a_parameter_that_does_not_belong_then_400_names_it(demo: Client, query: str) -> None:
    answer = demo.get(f"/api/timemap/timeline?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, [query.partition("=")[0]])


REFUSED = ["countries/Atlantis", "organisations/FOO", "people/nobody-here", "relations/GBR/Atlantis", "charts/foo"]
REFUSED += ["relations/GBR/GBR", "actions/xyz", f"actions/{ACTION}?as_of=1999-12-31", "charts/map?width=1"]
REFUSED += [
    "counts?group_by=shoe",
    "timeline?from=2024-02-02&to=2024-02-01",
    f"actions/{ACTION}/history?according_to=x",
]
REFUSED += ["timeline?as_of=2025-02-30", "timeline.csv?country=Atlantis"]


@pytest.mark.parametrize("path", REFUSED)
def test_given_an_answer_that_is_refused_then_its_list_is_refused_in_the_same_words(demo: Client, path: str) -> None:
    refusal = demo.get(f"/api/{path}")
    listed = demo.get(f"/api/timemap/{path}")
    assert refusal.status_code in (400, 404)
    assert (listed.status_code, listed.json()) == (refusal.status_code, refusal.json())


def test_given_any_day_to_begin_with_then_the_list_begins_there(demo: Client) -> None:
    whole = mementos(demo.get("/api/timemap/timeline").text)
    assert mementos(demo.get("/api/timemap/timeline?recorded_from=0001-01-01").text) == whole
    assert mementos(demo.get(at("/api/timemap/timeline", "recorded_from=9999-12-31")).text) == []
