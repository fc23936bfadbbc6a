"""How names are compared, and what is said of one that nobody knows."""

import pickle
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.naming import LONGEST, Unknown, close_to, fold, listed, shown


@dataclass(frozen=True)
class Ship:
    code: str
    name: str


class UnknownShip(Unknown):
    sort = "ship"


FLEET = (Ship("VIC", "Victory"), Ship("BEL", "Bellerophon"))
SAME = [
    ("Côte d'Ivoire", "COTE D\u2019IVOIRE"),
    ("St. Kitts & Nevis", "saint kitts and nevis"),
    ("The Gambia", "Gambia, The"),
    ("U.S.S.R.", "ussr"),
    ("Guinea-Bissau", "guinea  bissau"),
    ("Straße", "STRASSE"),
    ("Türkiye", "Tu\u0308rkiye"),  # one letter, or a letter and its dots
    ("\uff2e\uff21\uff34\uff2f", "NATO"),  # letters of full width
]
OTHER = [("Niger", "Nigeria"), ("Stand", "Saintand"), ("North Korea", "South Korea"), ("Andorra", "Orra"), ("", "x")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_given_what_writers_vary_then_the_names_are_the_same(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_given_what_makes_another_name_then_they_stay_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_given_any_text_when_folded_twice_then_it_is_as_folded_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("folded", "found"), [("victry", ["victory"]), ("victory", ["victory"]), ("zebra", [])])
def test_given_a_name_then_those_that_look_like_it_are_found(folded, found):
    assert close_to(folded, ["victory", "bellerophon"]) == found


def test_given_suggestions_then_the_refusal_offers_each_by_name_and_code():
    told = "unknown ship 'Victry'; did you mean Victory (VIC) or Bellerophon (BEL)?"
    assert str(UnknownShip("Victry", FLEET)) == told
    assert listed(FLEET[:1]) == "Victory (VIC)"


def test_given_no_suggestion_then_the_refusal_offers_none():
    assert str(UnknownShip("Zebra")) == "unknown ship 'Zebra'"


def test_given_a_refusal_when_it_passes_between_processes_then_it_says_the_same():
    error = UnknownShip("Victry", FLEET)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.text, again.suggestions) == (str(error), "Victry", FLEET)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("it's", '"it\'s"'),
        ("a\x00b", r"'a\x00b'"),
        ("x" * LONGEST, f"'{'x' * LONGEST}'"),
        ("x" * (LONGEST + 1), f"'{'x' * LONGEST}...'"),
    ],
)
def test_given_any_text_then_a_message_shows_it_whole_up_to_a_length(text, told):
    assert shown(text) == told
