"""Parameters: each wrong value is a 400 that names the parameter and the value."""

import pytest

from service.api import actions, charts, log, timeline
from service.api.params import CLOCKS
from service.api.query import MOST
from tests.support.client import Client

NUMBERS = ["", "x", "-1", "1.5", "1e2", "\u0661", "0x1", "9" * 400, "0" * 30 + "9" * 30]
TEXTS = ["", "   "]
DAYS = ["2025-02-29", "2025", "2025-2-1", "today", "0000-01-01", "2025-02-18T00:00:00Z"]
INSTANTS = [
    "",
    "yesterday",
    "2025-02-30",
    "2025-02-18T10:00:00",
    "1",
    "2025-13-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
]
BOOLEANS = ["", "1", "yes", "True"]
WRONG = {
    "country": ["", "Atlantis", "Korea", "GB,US", "X" * 300],
    "subject": ["", "Atlantis"],
    "organisation": ["", "SPECTRE"],
    "party": ["", "GBR", "country:", "country: ", "ministry:GBR"],
    **{name: ["", "nothing", "Visit"] for name in ("role", "kind", "status", "outcome", "date_match", "match", "sort")},
    **{name: TEXTS for name in ("person", "topic", "publisher", "source_ref", "q")},
    **{name: DAYS for name in ("from", "to")},
    **{name: INSTANTS for name in ("as_of", "recorded_by")},
    "position": NUMBERS,
    "v": [*NUMBERS, "0", "2"],
    "limit": [*NUMBERS, "0", "501"],
    "cursor": ["x"],
    "count": BOOLEANS,
}
CASES = [(name, value) for name, values in WRONG.items() for value in values]


def test_given_the_parameters_of_the_timeline_then_each_has_wrong_values_here() -> None:
    assert {param.name for param in timeline.QUERY} == WRONG.keys()


@pytest.mark.parametrize(("name", "value"), CASES, ids=[f"{name}={value[:30]}" for name, value in CASES])
def test_given_a_wrong_value_then_400_names_the_parameter_and_the_value(demo: Client, name: str, value: str) -> None:
    answer = demo.ask("GET", "/api/timeline", params={name: value})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-query")
    assert [error["loc"] for error in answer.json()["errors"]] == [[name]]
    assert value.strip()[:20] in answer.json()["detail"]


def test_given_a_party_that_is_none_then_400_names_it(demo: Client) -> None:
    answer = demo.get("/api/timeline?party=country:Atlantis&party=organisation:NATO")
    assert answer.status_code == 400 and "party: unknown country 'Atlantis'" in answer.json()["detail"]


def test_given_parties_of_several_sorts_then_all_of_them_take_part(demo: Client) -> None:
    both = demo.json("/api/timeline?party=country:UK&party=organisation:NATO&party=person:emmanuel-macron")["results"]
    alone = demo.json("/api/timeline?organisation=NATO")["results"]
    assert 0 < len(both) < len(alone)


DRAWING = {param.name for param in charts.DRAWING}


@pytest.mark.parametrize("name", sorted(DRAWING))
def test_given_a_wrong_value_for_a_chart_then_400_names_it(demo: Client, name: str) -> None:
    answer = demo.get(f"/api/charts/timeline?{name}=nonsense")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, [name])
    assert "nonsense" in answer.json()["detail"]


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in ("after", "limit") for value in NUMBERS])
def test_given_a_wrong_number_for_the_log_then_400_names_it(demo: Client, name: str, value: str) -> None:
    answer = demo.ask("GET", "/api/events", params={name: value})
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, [name])


@pytest.mark.parametrize("query", ["format=xml", "dry_run=1", "colour=red", "dry_run=true&dry_run=true"])
def test_given_a_wrong_parameter_for_an_import_then_400_and_nothing_is_recorded(demo: Client, query: str) -> None:
    head = demo.head
    answer = demo.post(f"/api/imports?{query}", b"")
    assert (answer.status_code, demo.head) == (400, head)


SINGLE = sorted(param.name for param in timeline.QUERY if not param.many)


@pytest.mark.parametrize("name", SINGLE)
def test_given_a_single_valued_parameter_twice_then_400_names_it(demo: Client, name: str) -> None:
    value = next(param.example for param in timeline.QUERY if param.name == name)
    answer = demo.ask("GET", "/api/timeline", params=[(name, value), (name, value)])
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, [name])


PATHS = ["/api/timeline", "/api/timeline.csv", "/api/timeline.ndjson", "/api/events", "/api/charts/timeline"]
PATHS += [f"/api/actions/{'0' * 8}-0000-0000-0000-{'0' * 12}{part}" for part in ("", "/history")]


@pytest.mark.parametrize("path", PATHS)
def test_given_an_unknown_parameter_then_400_names_it_and_says_what_there_is(demo: Client, path: str) -> None:
    answer = demo.get(f"{path}?colour=red")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, ["colour"])
    assert "known are" in answer.json()["detail"]
    assert demo.get("/api/kinds?colour=red").json()["detail"].endswith("known are none")


def test_given_several_wrong_parameters_then_all_are_named(demo: Client) -> None:
    answer = demo.get("/api/timeline?country=Atlantis&limit=0&colour=red")
    assert [error["loc"] for error in answer.json()["errors"]] == [["country"], ["limit"], ["colour"]]


@pytest.mark.parametrize("query", ["position=1&recorded_by=2026-01-01", "from=2025-03-01&to=2025-02-01"])
def test_given_parameters_that_contradict_then_400(demo: Client, query: str) -> None:
    assert demo.get(f"/api/timeline?{query}").json()["type"] == "/problems/bad-query"


@pytest.mark.parametrize("name", ["q", "person", "topic"])
def test_given_too_long_or_too_many_values_then_400_names_the_parameter(demo: Client, name: str) -> None:
    wrong = {
        "501 characters": ["x" * 501],
        r"'a\x00b' holds": ["a\0b"],
        "101 times": [f"w{one}" for one in range(MOST + 1)],
    }
    for said, values in wrong.items():
        answer = demo.ask("GET", "/api/timeline", params=[(name, value) for value in values])
        assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, [name])
        assert said in answer.json()["detail"]


@pytest.mark.parametrize("name", ["q", "person", "topic", "publisher", "source_ref"])
def test_given_as_many_words_as_are_allowed_then_they_are_looked_for(demo: Client, name: str) -> None:
    values = [(name, " ".join(f"w{number}x{word}" for word in range(60))[:500]) for number in range(MOST)]
    assert demo.ask("GET", "/api/timeline", params=values).json()["results"] == []


ODD = ["%", "_", "a_b", "'", '"', "*", "-", "(", "NEAR", "a:b", "\\", "!", "^", "{", "é", "\U0001f600", "&", "|"]


@pytest.mark.parametrize("text", ODD)
def test_given_signs_that_a_database_may_read_otherwise_then_they_find_nothing(demo: Client, text: str) -> None:
    answer = demo.ask("GET", "/api/timeline", params={"q": text})
    has_word = any(letter.isalnum() for letter in text)
    assert answer.status_code == (200 if has_word else 400)
    assert answer.json()["results"] == [] if has_word else "holds no word to look for" in answer.json()["detail"]


WRITTEN = [
    "2.5% of GDP",
    "Müller-Lüdenscheidt",
    "東京会談",
    "Ελλάδα",
    "G7",
    "x²",
    "1e5",
    "rock'n'roll",
    "ﬁnance",
    "İstanbul",
]


def test_given_a_title_in_any_script_then_it_is_found_by_its_own_words_on_both_databases(client: Client) -> None:
    actions = {title: client.report(title=title) for title in WRITTEN}
    for title, action in actions.items():
        found = client.ask("GET", "/api/timeline", params={"q": title}).json()["results"]
        assert [one["id"] for one in found] == [action], title


def test_given_a_query_then_it_is_echoed_as_it_was_understood(demo: Client) -> None:
    query = demo.json("/api/timeline?country=UK&country=GBR&country=us&from=2025-02-01&limit=3&count=true")["query"]
    assert query == {"country": ["GBR", "USA"], "from": "2025-02-01", "limit": 3, "count": True}


def test_given_any_other_value_of_redirect_then_400(demo: Client) -> None:
    path = f"/api/actions/{demo.instance.log.action_of('seed:paris-summit:A1')}"
    assert demo.get(f"{path}?redirect=yes").status_code == 400
    assert [param.name for param in (*CLOCKS, actions.REDIRECT)][-1] == "redirect"
    assert {param.name for param in (*log.AFTER, *log.IMPORT)} == {"after", "limit", "format", "dry_run"}
