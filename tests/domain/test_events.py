"""The facts as clients send them and as the log keeps them: what is read, derived and refused."""

import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from domain.content import Content, Occurred, Report
from domain.events import PAYLOADS, Absorbed, Changes, Corrected, Corroborated, Released, Reported, report_of
from domain.parties import Participant, Place
from tests.strategies import drafts, native, payloads, reported
from tests.support.paper_log import ADDED

REPORT = {"publisher": "Reuters", "published_at": "2025-02-17T21:00:00Z"}
DRAFT = {"kind": "visit", "title": "A visit", "occurred": {"edtf": "2025-02-14"}, "report": REPORT}
OTHER = "0b6c0000-0000-4000-8000-000000000001"
ONE_OF_EACH = {
    "corroborated": {"report": REPORT},
    "corrected": {"changes": {"title": "Another"}},
    "rescheduled": {"occurred": {"edtf": "2025-02-20"}},
    "postponed": {},
    "confirmed": {},
    "cancelled": {},
    "retracted": {},
    "merged": {"into": OTHER},
    "reinstated": {},
}


def refusal(model: type[BaseModel] | TypeAdapter, value: object) -> dict:
    """The only error that reading the value gives."""
    validate = model.validate_python if isinstance(model, TypeAdapter) else model.model_validate
    with pytest.raises(ValidationError) as caught:
        validate(value)
    [error] = caught.value.errors()
    return error


# As the log keeps them


@given(st.one_of(reported, payloads))
def test_given_any_payload_when_written_as_json_and_read_then_it_is_the_same(payload):
    text = payload.model_dump_json(exclude_unset=True)
    assert PAYLOADS[payload.type].model_validate_json(text) == payload


@given(st.one_of(reported, payloads))
def test_given_any_payload_when_written_in_full_and_read_then_it_is_the_same(payload):
    written = payload.model_dump_json(exclude={"changes"}) if isinstance(payload, Corrected) else None
    text = written or payload.model_dump_json()
    more = {"changes": payload.changes.model_dump(mode="json", exclude_unset=True)} if written else {}
    assert PAYLOADS[payload.type].model_validate(json.loads(text) | more) == payload


@given(drafts())
def test_given_any_draft_then_it_is_plain_json_that_reads_as_a_report(draft):
    payload = Reported.model_validate(json.loads(json.dumps(draft)))
    assert native(payload) == draft


def test_given_a_correction_when_written_and_read_then_it_names_the_same_fields():
    correction = Corrected(changes=Changes(summary=None, title="Another"))
    again = Corrected.model_validate_json(correction.model_dump_json(exclude_unset=True))
    assert again.changes.model_fields_set == {"summary", "title"}


def test_every_payload_has_a_stable_name_of_its_own():
    assert {name: payload.__name__.lower() for name, payload in PAYLOADS.items()} == {name: name for name in PAYLOADS}


@pytest.mark.parametrize("name", PAYLOADS)
def test_every_payload_is_frozen(name):
    payload = PAYLOADS[name].model_construct()
    with pytest.raises(ValidationError):
        payload.type = "another"


def test_given_what_the_server_makes_of_a_merge_then_it_carries_no_report_of_its_own():
    made = Absorbed(from_id=UUID(OTHER), reports=(Report.model_validate(REPORT),)), Released(from_id=UUID(OTHER))
    assert [report_of(payload) for payload in made] == [None, None]
    assert report_of(Corroborated.model_validate({"report": REPORT})) == Report.model_validate(REPORT)


# As clients send them


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_given_a_later_fact_by_its_type_then_it_is_read(name):
    fact = ADDED.validate_python({"type": name, "reason": "as seen", "report": REPORT} | ONE_OF_EACH[name])
    assert (type(fact), fact.reason) == (PAYLOADS[name], "as seen")


@pytest.mark.parametrize("name", ["absorbed", "released", "reported", "deleted", None])
def test_given_a_type_that_no_client_may_add_then_refused(name):
    error = refusal(ADDED, {"type": name, "from_id": OTHER, "reports": []} | DRAFT)
    assert (error["type"], str(name) in error["msg"]) == ("union_tag_invalid", True)


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_given_an_unknown_field_in_a_later_fact_then_it_is_named(name):
    error = refusal(ADDED, {"type": name, "staus": "planned"} | ONE_OF_EACH[name])
    assert (error["type"], error["loc"][-1]) == ("extra_forbidden", "staus")


@pytest.mark.parametrize(
    ("more", "loc"),
    [
        ({"version": 1}, ("version",)),
        ({"outcome": None}, ("outcome",)),
        ({"report": REPORT | {"author": "x"}}, ("report", "author")),
        ({"place": {"country": "FRA", "city": "Paris"}}, ("place", "city")),
        ({"participants": [{"country": "FRA", "name": "x"}]}, ("participants", 0, "name")),
    ],
)
def test_given_an_unknown_field_in_a_report_then_it_is_named(more, loc):
    error = refusal(Reported, DRAFT | more)
    assert (error["type"], error["loc"]) == ("extra_forbidden", loc)


@pytest.mark.parametrize("field", ["kind", "title", "report"])
def test_given_a_report_without_what_it_needs_then_the_field_is_named(field):
    error = refusal(Reported, {name: value for name, value in DRAFT.items() if name != field})
    assert (error["type"], error["loc"]) == ("missing", (field,))


@pytest.mark.parametrize(
    ("name", "field"),
    [("corroborated", "report"), ("corrected", "changes"), ("rescheduled", "occurred"), ("merged", "into")],
)
def test_given_a_later_fact_without_what_it_needs_then_the_field_is_named(name, field):
    error = refusal(ADDED, {"type": name})
    assert (error["type"], error["loc"]) == ("missing", (name, field))


@pytest.mark.parametrize("fields", [{"occurred": {}}, {"occurred": {"edtf": None}}])
def test_given_rescheduled_without_a_date_then_refused(fields):
    assert "without one it is postponed" in refusal(ADDED, {"type": "rescheduled"} | fields)["msg"]


@pytest.mark.parametrize("status", ["planned", "cancelled", "met"])
def test_given_confirmed_with_a_status_that_is_none_then_refused(status):
    error = refusal(ADDED, {"type": "confirmed", "status": status})
    assert (error["loc"], error["input"]) == (("confirmed", "status"), status)


# The status of a report


@pytest.mark.parametrize(
    ("edtf", "status"),
    [
        ("2025-02-18", "planned"),
        ("2025-03", "planned"),
        ("2026", "planned"),
        ("[2025-02-18..]", "planned"),
        ("2025-02-18/..", "planned"),
        ("2025-02-17", "occurred"),
        ("2025-02-16~", "occurred"),
        ("2025-01", "occurred"),
        ("[..2025-02-17]", "occurred"),
        ("../2025-02-17", "occurred"),
        ("2025-02-16/2025-02-17", "occurred"),
        ("2025-02-16/2025-02-18", "ongoing"),
        ("2025-02-17/2025-02-18", "ongoing"),
        ("2025-02/2025-03", "ongoing"),
        ("2025-02-17/..", "ongoing"),
        ("../2025-02-18", "ongoing"),
    ],
)
def test_given_no_status_then_the_date_and_the_day_of_the_report_tell_it(edtf, status):
    assert Reported.model_validate(DRAFT | {"occurred": {"edtf": edtf}}).status == status


@pytest.mark.parametrize(
    "edtf", ["2025-02", "2025", "202X", "[2025-02-16..2025-02-18]", "[2025-02-17..]", "[..2025-02-18]"]
)
def test_given_no_status_and_a_date_that_leaves_it_open_then_one_is_asked_for(edtf):
    error = refusal(Reported, DRAFT | {"occurred": {"edtf": edtf}})
    assert error["loc"] == ("status",)
    assert f"from the date {edtf!r} and a report of 2025-02-17: state one" in error["msg"]


@pytest.mark.parametrize("occurred", [None, {}, {"edtf": None}])
def test_given_no_status_and_no_date_then_one_is_asked_for(occurred):
    assert refusal(Reported, DRAFT | {"occurred": occurred})["loc"] == ("status",)


def test_given_no_status_then_the_day_of_the_report_is_that_of_utc():
    report = REPORT | {"published_at": "2025-02-13T20:00:00-05:00"}
    assert Reported.model_validate(DRAFT | {"report": report}).status == "occurred"


@pytest.mark.parametrize("status", ["planned", "ongoing", "occurred", "postponed", "cancelled"])
def test_given_a_status_then_it_holds_whatever_the_date(status):
    assert Reported.model_validate(DRAFT | {"status": status}).status == status


@pytest.mark.parametrize("status", ["retracted", "merged", "done", "", 0, False, []])
def test_given_a_status_that_no_report_may_state_then_refused(status):
    assert refusal(Reported, DRAFT | {"status": status})["loc"] == ("status",)


@pytest.mark.parametrize("field", ["report", "occurred"])
def test_given_another_field_that_is_wrong_then_nothing_is_said_about_the_status(field):
    assert refusal(Reported, DRAFT | {field: 7})["loc"] == (field,)


# Content


def test_given_nothing_but_the_needed_then_the_rest_is_empty():
    content = Content(kind="visit", title="A visit")
    assert (content.occurred, content.participants, content.place) == (Occurred(), (), None)
    assert (content.occurred.earliest, content.occurred.latest) == (None, None)


def test_given_a_basis_without_a_date_then_refused():
    assert "'stated' without an edtf date" in refusal(Occurred, {"basis": "stated"})["msg"]


def test_given_a_date_that_does_not_exist_then_it_is_named():
    error = refusal(Reported, DRAFT | {"occurred": {"edtf": "2023-02-29"}})
    assert (error["loc"], "2023-02-29" in error["msg"]) == (("occurred", "edtf"), True)


def test_given_an_unknown_kind_then_it_is_named():
    error = refusal(Content, {"kind": "picnic", "title": "A visit"})
    assert (error["loc"], "'picnic'" in error["msg"]) == (("kind",), True)


@pytest.mark.parametrize("nobody", [{}, {"role": "host"}, {"country": None, "person": None}])
def test_given_a_participant_who_is_nobody_then_refused(nobody):
    assert "names nobody" in refusal(Participant, nobody)["msg"]


@pytest.mark.parametrize(
    "somebody", [{"country": "FRA"}, {"organisation": "NATO"}, {"person": "A"}, {"title": "leader"}]
)
def test_given_a_participant_named_by_any_one_field_then_read(somebody):
    assert Participant.model_validate(somebody).role == "participant"


def test_given_a_role_that_is_none_then_refused():
    assert refusal(Participant, {"country": "FRA", "role": "guest"})["loc"] == ("role",)


@pytest.mark.parametrize("nowhere", [{}, {"name": None, "country": None}])
def test_given_a_place_that_is_nowhere_then_refused(nowhere):
    assert "is nowhere" in refusal(Place, nowhere)["msg"]


# Names of countries, which the date of the same statement may decide

THEN = [
    ("1957-05-05", "Vietnam", "XSV"),
    ("1957", "Vietnam", "XSV"),
    ("1957-05/1957-06", "viet nam", "XSV"),
    ("1995-08-05", "Vietnam", "VNM"),
    (None, "Vietnam", "VNM"),
    ("1957-05-05", "VNM", "VNM"),  # a code means the same on every day
    ("1957-05-05", "VN", "VNM"),
    ("[1980-01..1981-12]", "Congo", "COG"),
    ("../1980", "USSR", "SUN"),  # a name of one state only
]


def naming(model: type[Content], edtf: str | None, name: str) -> Content:
    fields = {
        "occurred": {"edtf": edtf},
        "place": {"country": name},
        "subjects": [name],
        "participants": [{"country": name}],
    }
    return model.model_validate({"kind": "visit", "title": "A visit", **fields})


@pytest.mark.parametrize(("edtf", "name", "code"), THEN)
@pytest.mark.parametrize("model", [Content, Changes])
def test_given_a_name_in_a_statement_then_its_date_decides_what_it_means(model, edtf, name, code):
    read = naming(model, edtf, name)
    assert (read.place.country, read.subjects, read.participants[0].country) == (code, (code,), code)
    assert model.model_validate(read.model_dump(exclude_unset=True)) == read


@pytest.mark.parametrize(
    ("edtf", "name", "msg"),
    [
        ("1975", "Vietnam", "it may be South Vietnam (XSV) or Vietnam (VNM)"),
        ("1957/..", "Vietnam", "it may be South Vietnam (XSV) or Vietnam (VNM)"),
        ("[..1985]", "Russia", "it may be Russia (RUS) or Soviet Union (SUN)"),
        ("1961", "Hawaii", "did you mean Kingdom of Hawaii (XHI)"),
    ],
)
def test_given_a_date_that_leaves_open_what_a_name_means_then_refused_where_it_stands(edtf, name, msg):
    with pytest.raises(ValidationError) as refused:
        naming(Content, edtf, name)
    errors = refused.value.errors()
    assert [error["loc"] for error in errors] == [("place", "country"), ("participants", 0, "country"), ("subjects", 0)]
    assert all(msg in error["msg"] for error in errors)


@pytest.mark.parametrize("wrong", ["Vietnam", 7, [[["Vietnam"]]], {"country": ["Vietnam"]}, {"country": 7}])
@pytest.mark.parametrize("field", ["place", "participants", "subjects"])
def test_given_no_name_where_one_belongs_then_refused_as_without_a_date(field, wrong):
    draft = {"kind": "visit", "title": "A visit", "occurred": {"edtf": "1957"}}
    assert refusal(Content, draft | {field: wrong})["loc"][0] == field


# Corrections


def test_given_changes_that_are_empty_then_refused():
    assert "give at least one of kind, title" in refusal(Changes, {})["msg"]


@pytest.mark.parametrize("field", ["kind", "title", "conditions", "participants", "subjects", "topics"])
def test_given_null_for_a_field_that_cannot_be_then_it_is_named(field):
    assert refusal(Changes, {field: None})["loc"] == (field,)


@pytest.mark.parametrize("field", ["summary", "quote", "place", "occurred"])
def test_given_null_for_a_field_that_can_be_then_it_is_emptied(field):
    changes = Changes.model_validate({field: None})
    assert changes.model_fields_set == {field}


@pytest.mark.parametrize("field", ["status", "source_ref", "report", "id"])
def test_given_a_field_that_no_correction_may_change_then_it_is_named(field):
    error = refusal(Changes, {"title": "Another", field: "x"})
    assert (error["type"], error["loc"]) == ("extra_forbidden", (field,))


def test_given_a_correction_that_is_wrong_then_it_is_refused_as_in_a_report():
    error = refusal(ADDED, {"type": "corrected", "changes": {"participants": [{"role": "host"}]}})
    assert error["loc"] == ("corrected", "changes", "participants", 0)


def test_given_the_bounds_of_the_text_when_sent_back_then_they_are_understood():
    sent = {"edtf": "2025-02", "earliest": "2025-02-01", "latest": "2025-02-28"}
    assert Occurred.model_validate(sent) == Occurred(edtf="2025-02")


@pytest.mark.parametrize("sent", [{"edtf": "2025-02", "latest": "2025-02-27"}, {"earliest": "2025-02-01"}])
def test_given_other_bounds_than_those_of_the_text_then_refused(sent):
    with pytest.raises(ValidationError, match="is not that of edtf"):
        Occurred.model_validate(sent)
