"""The people of real data: the demo's, and those of us-state, whose publisher's own ids are an answer not ours."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from domain.countries import find
from domain.people import person_key

DATA = Path(__file__).parents[2].parent / "shared" / "data"
WRITTEN_BY_US_STATE = {"Korea": "KOR", "Somoa": "WSM"}
"""What this one source means by names that at large are ambiguous or misspelt."""

IN_TWO_STATES = {"vaclav-havel"}
"""Visitors who led two states: Havel Czechoslovakia, then the Czech Republic."""

ONE_VISITOR = [
    ("President Volodymyr Zelensky", "President Volodymyr Zelenskyy"),
    ("Prime Minister Benjamin Netanyahu", "Prime Minister Binyamin Netanyahu", "Prime Minister Benyamin Netanyahu"),
    ("General Secretary Mikhail S. Gorbachev", "President Mikhail S. Gorbachev"),
    ("President Dimitry A. Medvedev", "President Dmitriy Medvedev", "Prime Minister Dmitri Medvedev"),
    ("President Geidar Aliyev", "President Heydar Aliyev"),
    ("Prime Minister Recep Erdogan", "President Recep Tayyip Erdo\u011fan"),
    ("Shah Mohammad Reza Pahlavi", "Shah Mohammed Reza Pahlavi"),
    ("Amir Tamim bin Hamad al-Thani", "Amir Sheikh Tameem bin Hamad al-Thani", "Amir Sheikh Tamim bin Hamad Al Thani"),
    ("King Abdullah II", "King Abdullah II bin Al-Hussein", "King Abdullah II ibn Al Hussein"),
    ("President Abdelfattah Said Elsisi", "President Abdel Fattah Said Alsisi", "President Abdel Fattah al-Sisi"),
    ("President Jacques R. Chirac", "Prime Minister Jacques R. Chirac", "President Jacques Chirac"),
    ("Prime Minister Rudolphus F. M. (Ruud) Lubbers", "Prime Minister Ruud Lubbers"),
    ("President Surangel Whipps Jr.", "President Surangel Whipps, Jr"),
    ("Prime Minister Fiame Naomi Mata'afa", "Prime Minister Fiam\u0113 Naomi Mata\u2019afa"),
    ("President Felipe Calderon", "President Feilipe Calderon", "President-elect Felipe Calderon"),
]

TWO_VISITORS = [
    ("King Hussein", "King Abdullah II", "King Abdullah bin Abd-el Aziz al-Saud"),
    ("Prime Minister Constantine Mitsotakis", "Prime Minister Kyriakos Mitsotakis"),
    ("President Heydar Aliyev", "President Ilham Aliyev"),
    ("Prime Minister Justin Trudeau", "Prime Minister Pierre Elliott Trudeau"),
    ("President Ferdinand Marcos", "President Ferdinand Marcos Jr."),
    ("Prime Minister Anders Fogh Rasmussen", "Prime Minister Lars Rasmussen", "Prime Minister Poul Nyrup Rasmussen"),
    ("President Amata Kabua", "President Imata Kabua", "President David Kabua"),
    ("Emperor Dom Pedro II", "King Peter II"),
    ("Prime Minister Rafiq Hariri", "Prime Minister Saad Hariri"),
    ("Prime Minister Najib Razak", "Prime Minister Tun Abdul Razak"),
]


def _rows(name):
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def _persons():
    """Every name in the demo data, wherever a fact, or what it changes, names somebody."""
    facts = [fact for file in sorted(DATA.glob("*/facts.ndjson")) for fact in _rows(file.relative_to(DATA))]
    contents = [content for fact in facts for content in (fact, fact.get("changes") or {})]
    parties = [party for content in contents for party in content.get("participants", [])]
    return sorted({party["person"] for party in parties if party.get("person")})


def test_every_person_of_the_demo_has_a_key_of_their_own():
    keys = [person_key(name) for name in _persons()]
    assert len(set(keys)) == len(keys) == 30
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", key) for key in keys), keys


def test_every_traveller_of_us_state_is_who_the_publishers_own_id_says():
    named = {(row["person_id"], person_key(row["person"])) for row in _rows("us-state/travels.jsonl")}
    assert len(named) == len({own for own, _ in named}) == len({key for _, key in named}) == 55


def test_every_visitor_of_us_state_has_a_plain_key():
    for row in _rows("us-state/visits.jsonl"):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", person_key(row["visitor"])), row["visitor"]


def test_no_visitors_from_two_countries_are_made_one():
    countries = defaultdict(set)
    for row in _rows("us-state/visits.jsonl"):
        country = find(row["country"], row["start_date"], WRITTEN_BY_US_STATE)
        countries[person_key(row["visitor"])].add(country.code)
    assert {key for key, codes in countries.items() if len(codes) > 1} == IN_TWO_STATES


@pytest.mark.parametrize("names", ONE_VISITOR, ids=lambda names: names[0])
def test_given_one_visitor_written_in_several_ways_then_one_key(names):
    assert set(names) <= {row["visitor"] for row in _rows("us-state/visits.jsonl")}
    assert len({person_key(name) for name in names}) == 1


@pytest.mark.parametrize("names", TWO_VISITORS, ids=lambda names: names[0])
def test_given_different_visitors_of_like_names_then_different_keys(names):
    assert set(names) <= {row["visitor"] for row in _rows("us-state/visits.jsonl")}
    assert len({person_key(name) for name in names}) == len(names)
