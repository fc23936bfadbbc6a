"""Countries, organisations and people: their names in paths, their shapes, their views."""

from typing import Any
from urllib.parse import quote

import pytest

from domain.countries import COUNTRIES
from projections import contacts
from service.api.schemas.parties import PartyList, Profile
from service.api.schemas.problems import ProblemDetails
from tests.support import tally
from tests.support.client import Client, Fresh
from tests.support.profile import answered, profile

PATHS = {"country": "countries", "organisation": "organisations", "person": "people"}
VISIT = [{"country": "GBR", "role": "visitor"}, {"country": "FRA", "role": "host"}]


@pytest.mark.parametrize("query", ["", "as_of=2025-02-18", "as_of=2025-08-16", "position=15&kind=statement"])
@pytest.mark.parametrize("kind", PATHS)
def test_given_the_demo_then_the_view_of_everybody_equals_a_plain_loop(demo: Client, kind: str, query: str) -> None:
    at = tally.pinned(demo, query)
    actions = tally.timeline(demo, at)
    for key in {value for action in actions for (value,) in tally.grouped(action, [kind])}:
        answer = demo.get(f"/api/{PATHS[kind]}/{key}?{at}")
        Profile.model_validate_json(answer.content)
        assert answered(answer.json()) == profile(actions, (kind, key))


def test_given_the_list_of_countries_then_it_is_ranked_and_each_count_is_that_of_the_view(demo: Client) -> None:
    answer = demo.get("/api/countries")
    PartyList.model_validate_json(answer.content)
    rows = answer.json()["results"]
    assert [(-row["count"], row["country"]) for row in rows] == sorted((-row["count"], row["country"]) for row in rows)
    for row in rows:
        view = demo.json(f"/api/countries/{row['country']}")
        assert (view["name"], view["count"]) == (row["name"], row["count"])


NAMES = {"UK": "GBR", "gb": "GBR", "GBR": "GBR", "Russia": "RUS", "russian federation": "RUS", "South Korea": "KOR"}
NAMES |= {
    "China, People's Republic of": "CHN",
    "Côte d\u2019Ivoire": "CIV",
    "USSR": "SUN",
    "Kosovo": "XKX",
    "Bahamas, The": "BHS",
}


@pytest.mark.parametrize("name", NAMES)
def test_given_a_code_a_name_or_an_alias_in_the_path_then_the_country_is_found(demo: Client, name: str) -> None:
    assert demo.json(f"/api/countries/{quote(name)}")["country"] == NAMES[name]


@pytest.mark.parametrize("name", ["NATO", "nato", "North Atlantic Treaty Organization"])
def test_given_a_name_of_an_organisation_in_the_path_then_it_is_found(demo: Client, name: str) -> None:
    assert demo.json(f"/api/organisations/{quote(name)}")["organisation"] == "NATO"


@pytest.mark.parametrize(
    "slug", ["volodymyr-zelensky", "Zelenskyy", "Volodymyr Zelenskiy", "president-zelensky", "ZELENSKY"]
)
def test_given_any_spelling_in_the_path_then_the_person_is_one(demo: Client, slug: str) -> None:
    assert demo.json(f"/api/people/{quote(slug)}") | CLOCK == demo.json("/api/people/volodymyr-zelensky") | CLOCK
    assert demo.json(f"/api/people/{quote(slug)}")["name"] == "Volodymyr Zelensky"


CLOCK = {"as_of": None}


def test_given_a_person_that_no_table_knows_then_the_view_is_there_once_an_action_named_them(client: Client) -> None:
    client.report("x:1", participants=[{"person": "Ada Lovelace", "role": "speaker"}])
    assert client.json("/api/people/ada-lovelace")["name"] == "Ada Lovelace"
    assert client.json("/api/people/ada-lovelace?kind=aid")["count"] == 0
    answer = client.get("/api/people/ada-lovelace?as_of=2025-02-16")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_given_a_person_of_the_table_who_does_nothing_then_the_view_is_empty(client: Client) -> None:
    body = client.json("/api/people/vladimir-putin")
    assert (body["count"], body["first"], body["by_kind"], body["counterparts"]) == (0, None, [], [])


def test_given_a_country_that_does_nothing_then_the_view_is_empty(client: Client) -> None:
    answer = client.get("/api/countries/TUV")
    Profile.model_validate_json(answer.content)
    assert (answer.json()["count"], answer.json()["last"], answer.json()["visits"]) == (
        0,
        None,
        {"made": [], "received": []},
    )


UNKNOWN = {
    "countries/Frnace": "France (FRA)", "countries/Korea": "KOR", "countries/NATO": "'NATO'",
    "countries/Paris": "'Paris'",
    "countries/%00": "unknown country", "countries/%FF": "unknown country", "countries/" + "x" * 5_000: "xxx...",
    "organisations/NATOO": "NATO", "organisations/France": "'France'", "organisations/%00": "unknown organisation",
    "people/nobody-at-all": "'nobody-at-all'", "people/%00": "no person", "people/%22%27": "no person",
    "people/-": "no person",
    "people/" + "king-" * 10_000: "no person", "people/\u0e01\u0e34": "no person", "people/%F0%9F%98%80": "no person",
}  # fmt: skip


@pytest.mark.parametrize("path", UNKNOWN, ids=[path[:30] for path in UNKNOWN])
def test_given_a_name_of_nobody_in_the_path_then_404_names_it_and_suggests(demo: Client, path: str) -> None:
    answer = demo.get(f"/api/{path}")
    ProblemDetails.model_validate_json(answer.content)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert UNKNOWN[path] in answer.json()["detail"]
    assert len(answer.json()["detail"]) < 500


@pytest.mark.parametrize(
    "path",
    ["countries", "countries/GBR", "organisations/NATO", "people/keir-starmer", "relations", "relations/GBR/USA"],
)
@pytest.mark.parametrize(
    "query",
    ["kind=nothing", "country=Atlantis", "interval=year", "limit=1", "as_of=1", "from=2025-03-01&to=2025-02-01"],
)
def test_given_a_wrong_parameter_then_400_names_it(demo: Client, path: str, query: str) -> None:
    answer = demo.get(f"/api/{path}?{query}")
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-query")
    assert answer.json()["errors"][0]["loc"] == [query.rpartition("&")[2].partition("=")[0]]


def test_given_a_dissolved_state_then_its_days_and_its_successors_with_links(demo: Client) -> None:
    answer = demo.get("/api/countries/Czechoslovakia")
    Profile.model_validate_json(answer.content)
    body = answer.json()
    assert (body["country"], body["existed"]["to"]) == ("CSK", "1992-12-31")
    assert [row["country"] for row in body["successors"]] == ["CZE", "SVK"]
    for row in body["successors"]:
        assert demo.json(row["url"])["name"] == row["name"]


FORMER = [country for country in COUNTRIES.values() if country.start or country.end or country.successors]


@pytest.mark.parametrize("country", FORMER, ids=lambda country: country.code)
def test_given_a_state_that_iso_does_not_list_then_all_that_is_known_is_told(client: Client, country: Any) -> None:
    body = client.json(f"/api/countries/{country.code}")
    assert body["existed"] == {"from": country.start, "to": country.end}
    assert [row["country"] for row in body["successors"]] == list(country.successors)


def test_given_a_country_of_today_then_nothing_is_said_of_its_end(demo: Client) -> None:
    assert not {"existed", "successors"} & demo.json("/api/countries/GBR").keys()


def test_given_the_last_contact_then_it_is_the_newest_day_of_what_has_begun(client: Client) -> None:
    for number, day in enumerate(("2024-05-01", "2025-02-01", "2024-07-01")):
        client.report(f"x:{number}", participants=VISIT, occurred={"edtf": day})
    client.report("x:3", participants=VISIT, occurred={"edtf": "2025-03-01"})
    client.report("x:4", participants=VISIT, occurred=None, status="occurred")
    assert client.json("/api/countries/GBR")["counterparts"] == [{"key": "FRA", "count": 4, "last": "2025-02-01"}]


def test_given_plans_then_the_next_one_is_the_first_that_is_not_over(client: Client) -> None:
    for day in ("2025-02-20", "2025-03-10", "2025-03-05/2025-03-07"):
        client.report(day, participants=VISIT, occurred={"edtf": day}, title=day)
    for today, coming in (
        ("2025-02-18", "2025-02-20"),
        ("2025-03-06", "2025-03-05/2025-03-07"),
        ("2025-03-08T11:59:59.999999Z", "2025-03-05/2025-03-07"),
        ("2025-03-08T12:00:00Z", "2025-03-10"),
    ):
        assert client.json(f"/api/countries/GBR?as_of={today}")["next_planned"]["title"] == coming
    later = client.json("/api/countries/GBR?as_of=2025-03-12")
    assert later["next_planned"] is None
    assert [action["title"] for action in later["lapsed"]] == ["2025-03-10", "2025-03-05/2025-03-07", "2025-02-20"]
    assert client.json("/api/countries/GBR?as_of=2025-02-18&from=2025-03-08")["next_planned"]["title"] == "2025-03-10"
    for query in ("status=occurred", "outcome=met"):
        found = client.json(f"/api/countries/GBR?as_of=2025-03-08&{query}")
        assert (found["next_planned"], found["lapsed"]) == (None, [])


def test_given_somebody_of_its_own_is_asked_for_then_a_country_receives_what_they_host(client: Client) -> None:
    host = {"country": "FRA", "person": "Ada Lovelace", "title": "President", "role": "host"}
    client.report("x:1", participants=[VISIT[0], host])
    client.report("x:2", participants=VISIT)
    for query, number in (("", 2), ("person=Ada+Lovelace", 1), ("role=visitor", 0), ("country=GBR", 2)):
        received = client.json(f"/api/countries/FRA?{query}")["visits"]["received"]
        assert [row["count"] for row in received] == [number] * bool(number), query


def test_given_a_visit_to_a_place_alone_then_the_country_there_receives_it(client: Client) -> None:
    client.report("x:1", participants=VISIT[:1], place={"country": "FRA"})
    assert client.json("/api/countries/GBR")["visits"]["made"] == [{"key": "FRA", "count": 1}]
    assert client.json("/api/countries/FRA")["visits"]["received"] == [{"key": "GBR", "count": 1}]
    assert client.json("/api/countries/FRA?kind=summit")["visits"]["received"] == []
    assert client.json("/api/relations/FRA/GBR")["visits"][1] == {"visitor": "GBR", "host": "FRA", "count": 1}


def test_given_a_position_not_yet_reached_then_503(fresh: Fresh) -> None:
    with Client(fresh(), project=False, wait=0) as client:
        client.report("x:1", participants=VISIT)
        for path in ("countries", "countries/GBR", "counts", "facets", "relations", "relations/GBR/FRA"):
            assert client.get(f"/api/{path}?position={client.head}").json()["type"] == "/problems/behind"
            assert client.get(f"/api/{path}?position={client.head + 1}").json()["type"] == "/problems/position-ahead"


def test_given_more_slices_than_one_statement_takes_then_the_last_contacts_are_the_same(
    demo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = demo.json("/api/countries/GBR?as_of=2025-06-01")["counterparts"]
    monkeypatch.setattr(contacts, "MOST_SLICES", 1)
    assert demo.json("/api/countries/GBR?as_of=2025-06-01")["counterparts"] == whole
