"""The command `diff` and changes in words, on both databases."""

from collections.abc import Iterator

import pytest

from domain.errors import Refused
from service import telling
from service.comparing import diff
from service.demo import load as load_demo
from service.instance import Instance
from tests.support.output import Told
from tests.support.store import first, later, load, opened, report


@pytest.fixture
def instance(database: str) -> Iterator[Instance]:
    with opened(database) as instance:
        yield instance


def told(instance: Instance, limit: int = 100, **query: str) -> Told:
    output = Told()
    assert diff(instance, output, {name.strip("_"): [value] for name, value in query.items()}, limit) == 0
    return output


def test_given_the_demo_when_two_days_are_compared_then_each_change_is_told_with_its_fact(instance: Instance) -> None:
    load_demo(instance)
    found = told(instance, from_="2025-02-18", to="2025-03-01", kind="visit", country="UK")
    assert found.lines[0].split()[:5] == ["changed", "2025-02-27", "occurred", "visit", "GBR,USA"]
    made = "(confirmed 2025-02-27, public record: Starmer met Trump at the White House)"
    assert f"           status: planned -> occurred {made}" in found.lines
    assert f"           date: [2025-02-24..2025-03-02] (derived) -> 2025-02-27 (external) {made}" in found.lines
    assert found.notes == ["0 added, 1 changed, 0 withdrawn"]


def test_given_two_positions_then_what_was_recorded_between_them_is_told(instance: Instance) -> None:
    load(instance, first("case:a"), first("case:b"), later("case:a", "retracted", reason="a hoax"))
    found = told(instance, from_position="1", to_position="3")
    assert [line.split()[0] for line in found.lines[::2]] == ["added", "withdrawn"]
    assert [line.strip() for line in found.lines[1::2]] == [
        "reported 2025-02-17, Reuters",
        "retracted 2025-02-20: a hoax",
    ]
    before = told(instance, from_position="1", to_position="3", as_of="2025-02-18")
    assert before.notes == ["1 added, 0 changed, 0 withdrawn"]
    assert told(instance, from_position="0", to_position="0").notes == ["0 added, 0 changed, 0 withdrawn"]


def test_given_a_lapse_and_what_a_filter_leaves_then_each_says_why(instance: Instance) -> None:
    load(instance, first("case:a"), first("case:b"), later("case:b", "confirmed", on="2025-02-18"))
    found = told(instance, from_="2025-02-17", to="2025-02-21", outcome="open")
    assert [line.strip() for line in found.lines[1::2]] == ["changed: confirmed 2025-02-18", "lapsed: time passed"]


def test_given_more_than_the_limit_then_it_says_so(instance: Instance) -> None:
    load(instance, *(first(f"case:{number}") for number in range(3)))
    found = told(instance, limit=2, from_="2025-01-01", to="2025-03-01", position="3")
    assert found.notes[0] == "2 added, 0 changed, 0 withdrawn" and "more than --limit 2" in found.notes[1]


def test_given_an_instant_of_recording_then_only_what_was_recorded_by_then_is_compared(instance: Instance) -> None:
    load(instance, first("case:a"))
    known = {"from_": "2025-01-01", "to": "2025-03-01"}
    assert told(instance, **known, recorded_by="2020-01-01").notes == ["0 added, 0 changed, 0 withdrawn"]
    assert told(instance, **known, recorded_by="2999-01-01").notes == ["1 added, 0 changed, 0 withdrawn"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"from_": "2025-02-18"}, "--to: is missing"),
        ({"from_": "2025-02-18", "to": "2025-02-30"}, "--to: '2025-02-30' is not a day"),
        ({"from_": "2025-02-18", "to": "2025-01-30"}, "--to: 2025-01-30T23:59:59.999999Z lies before from"),
        ({"from_position": "0", "to_position": "9"}, "position 9 lies beyond the last fact, 0"),
        ({"from_": "2025-01-01", "to": "2025-02-01", "position": "9"}, "position 9 lies beyond the last fact, 0"),
        (
            {"from_": "2025-01-01", "to": "2025-02-01", "position": "0", "recorded_by": "2025-01-01"},
            "--recorded-by: cannot",
        ),
        ({"from_": "2025-01-01", "to": "2025-02-01", "occurred_from": "2"}, "--occurred-from: '2' is not a day"),
    ],
)
def test_given_bounds_that_mean_nothing_then_refused_naming_them(
    instance: Instance, query: dict[str, str], message: str
) -> None:
    with pytest.raises(Refused) as refusal:
        told(instance, **query)
    assert message in str(refusal.value)


PARTY = {"country": "GBR", "organisation": None, "person": "Keir Starmer", "title": None, "role": "visitor"}
REPORT = report() | {"title": "A visit", "published_at": "2025-02-17T12:00:00Z"}


@pytest.mark.parametrize(
    ("field", "before", "after", "words"),
    [
        ("topics", ["trade", "ukraine"], ["aid", "ukraine"], "topics: + aid; - trade"),
        ("topics", ["trade", "aid"], ["aid", "trade"], "topics: in another order"),
        ("participants", [], [PARTY], "participants: + Keir Starmer, GBR (visitor)"),
        ("reports", [], [REPORT], "reports: + Reuters, A visit, 2025-02-17T12:00:00Z"),
        ("reason", None, "snow", "reason: none -> snow"),
        ("place", None, {"name": None, "country": "FRA"}, "place: none -> FRA"),
        ("occurred", {"edtf": None, "basis": None}, {"edtf": "2025", "basis": None}, "date: no date -> 2025"),
        ("quote", "a", "b" * 121, f"quote: a -> {'b' * 120}..."),
    ],
)
def test_given_a_change_then_it_is_told_in_words(field: str, before: object, after: object, words: str) -> None:
    assert telling.change(field, before, after) == words
