"""The two lists of the US Department of State: what a row says, how it is known again, what is refused."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from service import importing
from service.console import records
from service.interchange import ALL
from service.interchange.us_state_refs import slug
from service.ledger import Summary
from service.statements import InvalidBody, Statement
from tests.support.client import Client
from tests.support.output import Told

VISIT: dict[str, Any] = {
    "id": 1,
    "start_date": "2017-08-28",
    "end_date": "2017-08-29",
    "visitor": "President Sauli Niinistö",
    "country": "Finland",
    "country_id": "finland",
    "host_country": "United States",
    "remarks": "Official Working Visit.",
    "recorded_at": "2018-04-21T14:29:13.672-04:00",
    "modified_at": None,
    "source_file": "data/2010.xml",
}
TRAVEL: dict[str, Any] = {
    "id": 2,
    "start_date": "2019-05-08",
    "end_date": "2019-05-08",
    "person": "Michael R. Pompeo",
    "person_id": "pompeo-michael-r",
    "role": "secretary",
    "from_country": "United States",
    "country": "United Kingdom",
    "country_id": "united-kingdom",
    "place": "London",
    "remarks": "Met with Prime Minister May.",
    "recorded_at": "2019-09-01T22:00:00-04:00",
    "modified_at": None,
    "source_file": "secretary-travels/pompeo-michael-r.xml",
}
ROWS = {"us-state-visits": VISIT, "us-state-travels": TRAVEL}


def read(format: str, *rows: Any) -> list[Statement | InvalidBody]:
    lines = [row if isinstance(row, bytes) else orjson.dumps(row) for row in rows]
    return [said for _, said in ALL[format].read(lines)]


def bodies(format: str = "us-state-visits", **fields: Any) -> list[Any]:
    """What a row says, with these fields replaced."""
    said = read(format, ROWS[format] | fields)
    assert all(isinstance(one, Statement) for one in said), said
    return [one.body for one in said if isinstance(one, Statement)]


def faults(format: str, row: Any) -> list[tuple[str, str]]:
    """What is wrong with a row: the field and the message."""
    (error,) = read(format, row)
    assert isinstance(error, InvalidBody)
    return [(".".join(map(str, fault.loc)), fault.msg) for fault in error.errors]


def load(client: Client, format: str, *rows: Any) -> Summary:
    return client.instance.ledger.load(ALL[format].read([orjson.dumps(row) for row in rows]))


def test_given_a_visit_then_title_and_name_are_apart_and_the_united_states_are_the_host() -> None:
    (body,) = bodies()
    guest = {"title": "President", "person": "Sauli Niinistö", "country": "FIN", "role": "visitor"}
    assert body["participants"] == [guest, {"country": "USA", "role": "host"}]
    assert body["title"] == "President Sauli Niinistö (Finland) visits the United States"
    assert (body["kind"], body["place"]) == ("visit", {"country": "USA"})


def test_given_a_visit_then_its_dates_are_stated_and_its_remarks_kept() -> None:
    (body,) = bodies()
    assert body["occurred"] == {"edtf": "2017-08-28/2017-08-29", "basis": "stated"}
    assert (body["summary"], body["topics"]) == ("Official Working Visit.", ["official-working-visit"])


def test_given_a_visit_then_the_list_reports_it_since_the_row_was_recorded() -> None:
    (body,) = bodies()
    assert body["report"] == {
        "publisher": "US Department of State, Office of the Historian",
        "title": "Visits by Foreign Leaders",
        "published_at": "2018-04-21T18:29:13.672000Z",
        "language": "en",
        "locator": "data/2010.xml",
    }


def test_given_a_journey_then_the_traveller_is_american_and_the_country_the_host() -> None:
    (body,) = bodies("us-state-travels")
    traveller = {"country": "USA", "person": "Michael R. Pompeo", "title": "Secretary of State", "role": "visitor"}
    assert body["participants"] == [traveller, {"country": "GBR", "role": "host"}]
    assert body["place"] == {"name": "London", "country": "GBR"}
    assert body["title"] == "Secretary of State Michael R. Pompeo visits the United Kingdom (London)"
    assert (body["occurred"]["edtf"], body["topics"]) == ("2019-05-08", ["meeting"])


def test_given_a_president_without_a_place_then_the_country_alone_is_named() -> None:
    (body,) = bodies("us-state-travels", role="president", place=None, country="Vatican City")
    assert body["title"] == "President Michael R. Pompeo visits Vatican City"
    assert body["place"] == {"name": None, "country": "VAT"}
    assert body["report"]["title"] == "Travels Abroad of the President"


@pytest.mark.parametrize(
    ("country", "day", "code"),
    [("Vietnam", "1957-05-08", "XSV"), ("Vietnam", "1995-08-05", "VNM"), ("Korea", "1953-06-16", "KOR")],
)
def test_given_a_name_that_meant_several_countries_then_the_first_day_decides(
    country: str, day: str, code: str
) -> None:
    (body,) = bodies(country=country, start_date=day, end_date=day)
    assert body["participants"][0]["country"] == code


def test_given_two_visitors_then_both_take_part() -> None:
    (body,) = bodies(visitor="King Abdullah and Crown Prince Hussein", country="Jordan")
    assert [(one.get("title"), one.get("person"), one["country"]) for one in body["participants"]] == [
        ("King", "Abdullah", "JOR"),
        ("Crown Prince", "Hussein", "JOR"),
        (None, None, "USA"),
    ]


@pytest.mark.parametrize("batch", [1, 2, 1_000])
def test_given_rows_that_say_two_things_when_imported_from_files_then_each_is_read_once(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(importing, "BATCH", batch)
    told, file = Told(), tmp_path / "visits"
    twice = VISIT | {"recorded_at": "2017-04-21T12:00:00-04:00", "modified_at": "2018-03-11T12:00:00-04:00"}
    file.write_bytes(b"\n".join(map(orjson.dumps, (twice, twice | {"start_date": "2017-08-27"}))))
    importing.load(client.instance, told, "us-state-visits", {"visits": str(file)}, strict=False)
    assert told.notes == [importing.WHAT_COUNTS, "2 read, 4 recorded, 0 unchanged, 0 rejected"]


def test_given_a_row_entered_beforehand_and_seen_again_after_its_end_then_a_plan_is_confirmed(client: Client) -> None:
    plan = VISIT | {"recorded_at": "2017-04-21T14:29:13-04:00", "modified_at": "2018-03-12T14:29:13-04:00"}
    assert load(client, "us-state-visits", plan).recorded == 2
    seen = [client.json(f"/api/timeline?as_of={day}")["results"][0] for day in ("2017-08-27", "2018-03-12")]
    assert [(one["status"], one["outcome"]) for one in seen] == [("planned", "open"), ("occurred", "met")]


def test_given_a_row_entered_beforehand_and_never_seen_again_then_the_plan_lapses(client: Client) -> None:
    load(client, "us-state-visits", VISIT | {"recorded_at": "2017-04-21T14:29:13-04:00"})
    (action,) = client.json("/api/timeline")["results"]
    assert (action["status"], action["outcome"]) == ("planned", "lapsed")


def test_given_a_row_entered_during_the_visit_then_it_is_ongoing(client: Client) -> None:
    load(client, "us-state-visits", VISIT | {"recorded_at": "2017-08-28T12:00:00Z"})
    assert client.json("/api/timeline")["results"][0]["status"] == "ongoing"


@pytest.mark.parametrize("modified", ["2010-01-01T00:00:00Z", "2018-04-22T00:00:00Z"], ids=["before", "after"])
def test_given_a_visit_that_was_over_when_entered_then_a_change_of_its_row_says_nothing(modified: str) -> None:
    assert [body["type"] for body in bodies(modified_at=modified)] == ["reported"]


@pytest.mark.parametrize("format", ROWS)
def test_given_the_same_row_with_another_number_then_nothing_is_recorded(client: Client, format: str) -> None:
    assert load(client, format, ROWS[format]).recorded == 1
    again = load(client, format, ROWS[format] | {"id": 4711})
    assert (again.recorded, again.unchanged, again.rejected) == (0, 1, [])


def test_given_a_known_row_that_says_something_else_then_it_is_refused(client: Client) -> None:
    load(client, "us-state-visits", VISIT)
    (rejected,) = load(client, "us-state-visits", VISIT | {"remarks": "State visit."}).rejected
    assert rejected.line == 1 and "us-state-visits:2017-08-28:finland:president-sauli-niinisto" in rejected.reason


def test_given_two_rows_that_only_their_place_tells_apart_then_both_have_a_name_of_their_own() -> None:
    rusk = {"start_date": "1962-06-21", "end_date": "1962-06-23", "country_id": "germany", "country": "Germany"}
    row = TRAVEL | rusk | {"person_id": "rusk-david-dean"}
    said = read("us-state-travels", row | {"place": "West Berlin"}, row | {"place": "Bonn"})
    refs = [one.source_ref for one in said if isinstance(one, Statement)]
    known = "us-state-travels:1962-06-21:germany:rusk-david-dean"
    assert refs == [f"{known}:west-berlin", f"{known}:bonn"]


@pytest.mark.parametrize(("text", "expected"), [("Tô Lâm", "to-lam"), ("O\u2019Kelly", "o-kelly"), ("Đặng", "đang")])
def test_slugs_of_names_do_not_change(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize("format", ROWS)
def test_given_a_missing_field_then_it_is_named(format: str) -> None:
    needed = ROWS[format].keys() - {"id", "remarks", "modified_at", "place"}
    for field in needed:
        row = {name: value for name, value in ROWS[format].items() if name != field}
        assert faults(format, row) == [(field, "is missing")]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("start_date", "28 August", "'28 August': is not a day; write it like 1874-12-12"),
        ("start_date", "2017-02-29", "2017-02-29: February 2017 has 28 days"),
        ("start_date", 2017, "2017: Input should be a valid string"),
        ("end_date", None, "Input should be a valid string"),
        ("end_date", "2017-08-27", "2017-08-27 lies before the start_date, 2017-08-28"),
        ("visitor", "", "String should have at least 1 character"),
        ("visitor", ["King"], "Input should be a valid string"),
        ("visitor", "x" * 201, "String should have at most 200 characters"),
        ("country", "Atlantis", "unknown country 'Atlantis'"),
        ("country", "Congo", "ambiguous country 'Congo'"),
        ("host_country", "Nowhere", "unknown country 'Nowhere'"),
        ("recorded_at", "2018-04-21T14:29:13", "has no zone"),
        ("recorded_at", None, "None is not an instant"),
        ("modified_at", "soon", "'soon' is not an instant"),
        ("remarks", "a\0b", "control character"),
    ],
)
def test_given_a_bad_value_then_its_field_and_what_is_wrong_are_named(field: str, value: Any, reason: str) -> None:
    ((found, message),) = faults("us-state-visits", VISIT | {field: value})
    assert found == field and reason in message


def test_given_a_role_that_is_no_office_then_both_that_are_are_named() -> None:
    (fault,) = faults("us-state-travels", TRAVEL | {"role": "ambassador"})
    assert fault == ("role", "'ambassador': Input should be 'president' or 'secretary'")


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b"7", b'"x"', b"null", b"\xff\xfe", b"[" * 5_000, b'{"visitor": "\\ud800"}']
)
def test_given_a_line_that_is_no_row_then_it_is_refused_and_the_others_are_read(line: bytes) -> None:
    said = read("us-state-visits", line, b"  \n", VISIT)
    assert [type(one) for one in said] == [InvalidBody, Statement]


@pytest.mark.parametrize("format", ROWS)
def test_given_rows_sent_to_the_api_then_the_answer_names_the_format_and_the_bad_line(
    client: Client, format: str
) -> None:
    body = b"\n".join([orjson.dumps(ROWS[format]), orjson.dumps(ROWS[format] | {"country": "Atlantis"})])
    answer = client.post(f"/api/imports?format={format}", body).json()
    assert (answer["format"], answer["recorded"]) == (format, 1)
    (rejected,) = answer["rejected"]
    assert (rejected["line"], rejected["field"]) == (2, "country") and "Atlantis" in rejected["reason"]


def test_given_an_unknown_format_then_the_known_ones_are_listed(client: Client) -> None:
    answer = client.post("/api/imports?format=us-state", b"")
    assert answer.status_code == 400
    assert all(name in answer.json()["detail"] for name in ALL)


def test_the_command_line_offers_every_format() -> None:
    assert tuple(ALL) == records.IMPORTS
    assert tuple(name for name, format in ALL.items() if format.write) == records.EXPORTS
