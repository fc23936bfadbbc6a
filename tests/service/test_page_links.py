"""Addresses that pages lead to: they keep its filters and its moment, and drop what would lead nowhere."""

import pytest
from starlette.datastructures import QueryParams

from service.api import params
from service.web.about import About
from service.web.links import Links, understood

USA, SOMEBODY = ("country", "USA"), ("person", "x")
PAGE = "country=GBR&kind=visit&as_of=2025-02-18&limit=7&topic="
FRANCE = About("country", "France", (("country", "FRA"),))
NATO = About("organisation", "NATO", (("organisation", "NATO"),))
STARMER = About("person", "Keir Starmer", (("person", "keir-starmer"),))
BOTH = About("relation", "France and Germany", (("country", "FRA"), ("country", "DEU")))


def links(query: str = PAGE, wrong: tuple[str, ...] = ()) -> Links:
    return Links(QueryParams(query), wrong)


def test_given_the_api_then_the_address_of_a_page_understands_each_of_its_filters():
    given = [(param.name, param.example) for param in params.FILTERS]
    assert understood(QueryParams(given)) == given


def test_given_an_address_then_only_its_filters_and_its_moment_are_understood():
    assert understood(QueryParams(PAGE)) == [("country", "GBR"), ("kind", "visit"), ("as_of", "2025-02-18")]
    assert understood(QueryParams(PAGE), ["kind"]) == [("country", "GBR"), ("as_of", "2025-02-18")]


@pytest.mark.parametrize(
    ("path", "plus", "address"),
    [
        ("/", {}, "/?country=GBR&kind=visit&as_of=2025-02-18"),
        ("/", {"kind": "call"}, "/?kind=call&country=GBR&as_of=2025-02-18"),
        ("/", {"kind": ["call", "summit"]}, "/?kind=call&kind=summit&country=GBR&as_of=2025-02-18"),
        ("/", {"kind": []}, "/?country=GBR&as_of=2025-02-18"),
        ("/#facts", {}, "/?country=GBR&kind=visit&as_of=2025-02-18#facts"),
        ("/people/josé", {}, "/people/jos%C3%A9?country=GBR&kind=visit&as_of=2025-02-18"),
    ],
)
def test_given_a_page_when_it_leads_on_then_its_query_comes_along_but_for_what_is_replaced(path, plus, address):
    assert links().to(path, **plus) == address


def test_given_a_page_when_it_leads_to_another_party_then_whom_its_filters_name_stays_behind():
    query = f"{PAGE}&party=person:x&person=y&organisation=NATO&role=host&match=all"
    assert links(query).elsewhere("/countries/USA") == "/countries/USA?kind=visit&as_of=2025-02-18"


@pytest.mark.parametrize(
    ("query", "party", "address"),
    [
        ("", USA, "/countries/USA"),
        ("country=GBR&country=FRA&kind=visit", USA, "/countries/USA?country=GBR&country=FRA&kind=visit"),
        ("person=keir-starmer&q=x", USA, "/countries/USA?party=person%3Akeir-starmer&q=x"),
        ("party=person:x&organisation=NATO", USA, "/countries/USA?party=person%3Ax&party=organisation%3ANATO"),
        ("person=x&person=y", USA, "/?party=country%3AUSA&person=x&person=y"),
        ("role=host&subject=UKR", USA, "/?party=country%3AUSA&role=host&subject=UKR"),
        ("party=person:x&role=host", USA, "/?party=person%3Ax&party=country%3AUSA&role=host"),
        ("country=GBR&role=host&match=all", USA, "/countries/USA?country=GBR&role=host&match=all"),
        ("country=GBR&country=FRA", SOMEBODY, "/?party=person%3Ax&country=GBR&country=FRA"),
        ("country=GBR&country=FRA&match=all", SOMEBODY, "/people/x?party=country%3AGBR&party=country%3AFRA"),
        ("country=GBR&role=host&match=all", SOMEBODY, "/?party=person%3Ax&country=GBR&role=host&match=all"),
        ("country=GBR&person=y&match=all", SOMEBODY, "/people/x?country=GBR&person=y&match=all"),
    ],
)
def test_given_a_party_counted_under_filters_then_the_link_asks_for_it_together_with_whom_they_name(
    query, party, address
):
    assert links(query).together(*party) == address


@pytest.mark.parametrize(
    ("about", "query", "added"),
    [
        (FRANCE, "kind=visit", {}),
        (FRANCE, "role=host", {"country": ["FRA"]}),
        (FRANCE, "person=x", {"country": ["FRA"]}),
        (FRANCE, "country=GBR&role=host", {}),
    ],
)
def test_given_whom_the_filters_speak_of_then_a_link_to_a_relation_names_it(about, query, added):
    assert about.met(QueryParams(query)) == added


def test_given_a_page_without_a_query_then_addresses_have_none():
    assert (links("").to("/relations"), links("").elsewhere("/")) == ("/relations", "/")


def test_given_what_is_wrong_of_an_address_then_no_link_takes_it_along():
    assert links(PAGE, wrong=("as_of", "country")).to("/") == "/?kind=visit"


@pytest.mark.parametrize(
    ("about", "path", "focus"),
    [
        (FRANCE, "/countries/FRA", ["FRA"]),
        (NATO, "/organisations/NATO", []),
        (STARMER, "/people/keir-starmer", []),
        (BOTH, "/relations/FRA/DEU", ["FRA", "DEU"]),
    ],
)
def test_given_whom_a_page_is_about_then_it_has_an_address_and_a_map_of_its_countries(about, path, focus):
    assert (about.path, about.focus) == (path, focus)


@pytest.mark.parametrize(
    ("about", "query", "asked"),
    [
        (FRANCE, "", {"country": ["FRA"]}),
        (FRANCE, "kind=visit", {"country": ["FRA"]}),
        (FRANCE, "country=GBR", {"party": ["country:FRA"]}),
        (FRANCE, "country=GBR&party=person:x", {"party": ["person:x", "country:FRA"]}),
        (NATO, "country=GBR", {"organisation": ["NATO"]}),
        (BOTH, "", {"country": ["FRA", "DEU"], "match": ["all"]}),
        (BOTH, "country=GBR", {"party": ["country:FRA", "country:DEU"]}),
        (BOTH, "person=x", {"party": ["country:FRA", "country:DEU"]}),
        (BOTH, "role=host", {"party": ["country:FRA", "country:DEU"]}),
        (FRANCE, "role=host", {"country": ["FRA"]}),
    ],
)
def test_given_whom_a_page_is_about_then_the_api_is_asked_for_it_beside_the_filters_of_the_page(about, query, asked):
    assert about.asked(QueryParams(query)) == asked


@pytest.mark.parametrize(
    ("about", "query", "filters"),
    [
        (FRANCE, "", {"country": ["FRA"]}),
        (STARMER, "", {"person": ["Keir Starmer"]}),
        (STARMER, "person=Trump", {"party": ["person:keir-starmer"]}),
        (BOTH, "", {"party": ["country:FRA", "country:DEU"]}),
    ],
)
def test_given_whom_a_page_is_about_then_the_timeline_is_filtered_by_it_without_match(about, query, filters):
    assert about.on_timeline(QueryParams(query)) == filters
