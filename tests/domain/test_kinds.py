"""The vocabulary of actions."""

from typing import get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.kinds import KINDS, KindName, PloverType

NAMES = TypeAdapter(KindName)
CONTRACT = (
    "summit conference meeting visit delegation call negotiation mediation statement appeal offer agreement recognition"
    " appointment endorsement cooperation aid vote protest rejection threat sanction expulsion"
)


def test_the_kinds_are_those_of_the_contract_in_its_order():
    assert " ".join(KINDS) == CONTRACT


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_is_defined_on_one_line_and_mapped(kind):
    assert kind.definition.endswith(".") and len(kind.definition) <= 100
    assert kind.plover is None or kind.plover in get_args(PloverType)
    assert kind.mode is None or kind.plover
    assert kind.cameo and all("01" <= code[:2] <= "20" and len(code) in (2, 3) for code in kind.cameo)


def test_no_two_kinds_share_a_definition():
    assert len({kind.definition for kind in KINDS.values()}) == len(KINDS)


def test_given_a_known_kind_when_validated_then_it_is_kept():
    assert NAMES.validate_python("visit") == "visit"


@pytest.mark.parametrize("wrong", ["visits", "Visit", "", "war"])
def test_given_an_unknown_kind_when_validated_then_the_error_names_it_and_all_that_are_allowed(wrong):
    with pytest.raises(ValidationError) as refusal:
        NAMES.validate_python(wrong)
    assert repr(wrong) in str(refusal.value)
    assert all(name in str(refusal.value) for name in KINDS)


def test_the_schema_lists_every_kind():
    assert NAMES.json_schema()["enum"] == list(KINDS)


def test_a_label_is_the_name_as_a_heading():
    assert KINDS["call"].label == "Call"
