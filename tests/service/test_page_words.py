"""What pages say of dates, sources, filters and fields, by themselves."""

import pytest
from starlette.datastructures import QueryParams

from domain.dates import parse
from service.api import params
from service.web import words


def occurred(edtf: str | None, basis: str | None = None) -> dict[str, str | None]:
    """A date as the API gives it."""
    found = parse(edtf) if edtf else None
    first, last = (found.earliest, found.latest) if found else (None, None)
    return {"edtf": edtf, "earliest": first and str(first), "latest": last and str(last), "basis": basis}


CERTAINTY = {
    None: "No report says when.",
    "2025-02-27": "",
    "2025-02-27~": "The date is approximate.",
    "2025-02-27?": "The date is uncertain.",
    "2025-02-27%": "The date is uncertain, approximate.",
    "2025-02": "It falls on one of 28 days; which one is not known.",
    "[2025-02-24..2025-03-02]": "It falls on one of 7 days; which one is not known.",
    "190X": "It falls on one of 3,652 days; which one is not known.",
    "[..2025-03-02]": "The day is known on one side only.",
    "[2025-02-24..]": "The day is known on one side only.",
    "2025-02-24/2025-03-02": "",
    "2025-02-24/..": "It lasts; one end of it is not known.",
    "../2025-03-02": "It lasts; one end of it is not known.",
}
ASKED = {
    "country=GBR&kind=visit": ["United Kingdom", "Visit"],
    "status=planned&outcome=met&topic=grain": ["Planned", "Met", "grain"],
    "person=Keir Starmer": ["Keir Starmer"],
    "party=country:FRA&party=organisation:NATO": ["with France", "with North Atlantic Treaty Organization"],
    "party=person:keir-starmer": ["with Keir Starmer"],
    "q=backstop&from=2025-02-01&to=2025-03-05": ["“backstop”", "from 1 Feb 2025 on", "until 5 Mar 2025"],
    "country=FRA&role=host&role=addressee": ["France", "as host", "as addressee"],
    "subject=UKR&publisher=AFP&source_ref=a:1": ["about Ukraine", "published by AFP", "reported as a:1"],
    "match=all&date_match=within": ["with all countries named", "wholly inside the window"],
    "match=any&date_match=overlap": ["with any country named", "inside the window or across its edge"],
    "as_of=2025-02-18&limit=7": [],
}
MACRON = {"person": "Emmanuel Macron", "title": "President", "country": "FRA", "organisation": None, "role": "host"}
NATO = {"person": None, "title": None, "country": None, "organisation": "NATO", "role": "participant"}
VALUES = [
    ("summary", None, "none"),
    ("topics", [], "none"),
    ("topics", ["grain", "trade"], "grain; trade"),
    ("kind", "visit", "Visit"),
    ("subjects", ["UKR", "RUS"], "Ukraine, Russia"),
    ("place", {"name": "Paris", "country": "FRA"}, "Paris, France"),
    ("place", {"name": None, "country": "FRA"}, "France"),
    ("place", {"name": "At sea", "country": None}, "At sea"),
    ("participants", [MACRON, NATO], "Emmanuel Macron, President, France, host; NATO"),
    ("occurred", occurred(None), "No date"),
    ("title", "A visit", "A visit"),
]


def test_given_an_instant_then_its_day_its_time_and_its_month_are_told():
    assert words.day("0987-01-05T21:04:59Z").startswith("5 Jan ")
    assert words.time("2025-02-17T21:04:59Z").endswith("17 Feb 2025, 21:04 UTC")
    assert words.month("2025-02") == "Feb 2025"


@pytest.mark.parametrize("edtf", CERTAINTY)
def test_given_a_date_then_a_sentence_says_what_is_not_certain_of_it(edtf):
    assert words.certainty(occurred(edtf)) == CERTAINTY[edtf]


@pytest.mark.parametrize(
    ("publishers", "said"),
    [
        ([], ""),
        (["AFP"], "Reports by AFP"),
        (["AFP", "Reuters", "AFP"], "Reports by AFP, Reuters"),
        (["AFP", "Reuters", "TASS", "DPA"], "Reports by AFP, Reuters, TASS and others"),
    ],
)
def test_given_reports_then_each_publisher_is_named_once_and_three_at_most(publishers, said):
    assert words.origin([{"reports": [{"publisher": one}]} for one in publishers]) == said


@pytest.mark.parametrize(
    ("outcome", "status", "look"),
    [
        ("lapsed", "planned", "lapsed"),
        ("open", "planned", "planned"),
        (None, "retracted", "cancelled"),
        (None, "merged", "cancelled"),
        ("met", "occurred", "occurred"),
    ],
)
def test_given_an_action_then_its_mark_has_the_look_of_what_became_of_it(outcome, status, look):
    assert words.look({"outcome": outcome, "status": status}) == look


def test_given_the_filters_of_the_api_then_there_are_words_for_each():
    assert set(words.FILTERS) == {param.name for param in params.FILTERS}


@pytest.mark.parametrize("query", ASKED)
def test_given_the_filters_of_a_page_then_each_is_told_in_a_few_words(query):
    assert words.asked(QueryParams(query)) == ASKED[query]


@pytest.mark.parametrize(("field", "value", "said"), VALUES)
def test_given_a_field_then_its_value_is_told_as_people_say_it(field, value, said):
    assert words.value(field, value) == said


@pytest.mark.parametrize(("role", "said"), [("host", "host"), ("addressee", "addressed"), ("participant", "")])
def test_given_a_role_then_it_is_said_where_it_tells_something(role, said):
    assert words.role(role) == said
