"""Which organisation a text means, and what is refused."""

import pickle
import re

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.naming import LONGEST, fold
from domain.organisations import ORGANISATIONS, OrganisationCode, UnknownOrganisation, find_organisation

CODES = TypeAdapter(OrganisationCode)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NATO", "NATO"),
        ("Nato", "NATO"),
        ("North Atlantic Treaty Organization", "NATO"),
        ("EU", "EU"),
        ("E.U.", "EU"),
        ("the European Union", "EU"),
        ("European Commission", "EU"),
        ("United Nations", "UN"),
        ("UN Security Council", "UN"),
        ("African Union", "AU"),
        ("G7", "G7"),
        ("G-7", "G7"),
        ("Group of Seven", "G7"),
        ("Arab League", "LAS"),
        ("Organization of American States", "OAS"),
        ("Organisation of American States", "OAS"),
        ("P5+1", "P5+1"),
        ("Organisation for Security and Co-operation in Europe", "OSCE"),
        (" League of Nations ", "LON"),
    ],
)
def test_given_a_code_or_a_name_when_sought_then_it_is_understood(text, code):
    assert find_organisation(text).code == code


@pytest.mark.parametrize("text", ["France", "Organization", "League", "European", " ", "Angela Merkel", "x" * 9_999])
def test_given_what_is_no_organisation_when_sought_then_it_is_refused(text):
    with pytest.raises(UnknownOrganisation, match=re.escape(text[:LONGEST])):
        find_organisation(text)


def test_given_a_misspelling_when_sought_then_close_names_are_suggested_not_taken():
    with pytest.raises(UnknownOrganisation) as refusal:
        find_organisation("Europaen Union")
    assert "did you mean European Union (EU)" in str(refusal.value)
    assert refusal.value.suggestions[0].code == "EU"


def test_a_refusal_survives_the_way_between_processes():
    with pytest.raises(UnknownOrganisation) as refusal:
        find_organisation("Europaen Union")
    assert str(pickle.loads(pickle.dumps(refusal.value))) == str(refusal.value)


def test_no_name_stands_for_two_organisations():
    owners = {
        (fold(name), organisation.code)
        for organisation in ORGANISATIONS.values()
        for name in (organisation.code, organisation.name, *organisation.aliases)
    }
    assert len({name for name, _ in owners}) == len(owners)


def test_codes_are_short_capitals():
    assert all(re.fullmatch(r"[A-Z0-9+]{2,12}", code) for code in ORGANISATIONS)


def test_given_a_name_when_validated_then_the_field_holds_the_code():
    assert CODES.validate_python("european union") == "EU"


@pytest.mark.parametrize(("wrong", "message"), [("Hansa", "unknown organisation 'Hansa'"), (7, "valid string")])
def test_given_what_is_no_organisation_when_validated_then_the_error_names_it(wrong, message):
    with pytest.raises(ValidationError, match=message):
        CODES.validate_python(wrong)


def test_the_schema_takes_names_in_and_promises_codes_out():
    assert "pattern" not in CODES.json_schema()
    assert "pattern" in CODES.json_schema(mode="serialization")
