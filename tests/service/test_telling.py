"""Actions and changes in words: the columns of the terminal, what a change says, by what and why."""

import pytest

from service import telling
from tests.support.paper_log import PaperLog, report

ACTION = {
    "occurred": {"edtf": "[2025-02-24..2025-03-02]"},
    "status": "planned",
    "kind": "visit",
    "title": "Starmer to visit",
    "participants": [
        {"country": "GBR", "organisation": None},
        {"country": None, "organisation": "NATO"},
        {"country": "GBR", "organisation": "EU"},
        {"country": None, "organisation": None},
    ],
}
STARMER = {"person": "Keir Starmer", "title": "Prime Minister", "country": "GBR", "organisation": None, "role": "host"}
NOBODY = {"person": None, "title": None, "country": "USA", "organisation": None, "role": "visitor"}
STATED = {"edtf": "2025-02-27", "basis": "stated"}
CHANGES = [
    ("status", "planned", "occurred", "status: planned -> occurred"),
    ("reason", None, "illness", "reason: none -> illness"),
    ("merged_into", None, "9d4b", "merged into: none -> 9d4b"),
    ("occurred", {"edtf": None, "basis": None}, STATED, "date: no date -> 2025-02-27 (stated)"),
    ("place", None, {"name": "Paris", "country": "FRA"}, "place: none -> Paris, FRA"),
    ("place", {"name": None, "country": "FRA"}, None, "place: FRA -> none"),
    ("topics", ["trade", "grain"], ["grain", "aid"], "topics: + aid; - trade"),
    ("topics", ["trade", "grain"], ["grain", "trade"], "topics: in another order"),
    (
        "participants",
        [STARMER],
        [NOBODY],
        "participants: + USA (visitor); - Keir Starmer, Prime Minister, GBR (host)",
    ),
    (
        "reports",
        [],
        [{"publisher": "AFP", "title": None, "published_at": "2025-02-17T21:00:00Z"}],
        "reports: + AFP, 2025-02-17T21:00:00Z",
    ),
    ("summary", "x" * 120, "y" * 121, f"summary: {'x' * 120} -> {'y' * 120}..."),
]


def test_given_an_action_then_its_row_names_each_party_once_and_passes_over_who_has_no_code():
    when, who = "[2025-02-24..2025-03-02]".ljust(26), "GBR,NATO".ljust(20)
    assert telling.row(ACTION) == f"{when} planned    visit        {who} Starmer to visit"


def test_given_an_action_without_a_date_then_its_row_says_so():
    assert telling.row({**ACTION, "occurred": {"edtf": None}}).startswith("undated  ")


@pytest.mark.parametrize(("field", "before", "after", "said"), CHANGES, ids=[change[3][:40] for change in CHANGES])
def test_given_a_change_then_it_says_what_was_and_what_is(field, before, after, said):
    assert telling.change(field, before, after) == said


def test_given_no_fact_then_time_did_it():
    assert telling.made(None) == "time passed"
    assert telling.why("lapsed", None) == "lapsed: time passed"


def test_given_a_fact_then_its_day_its_publisher_and_its_reason_are_told():
    log = PaperLog()
    log.report("a", "17", "2025-02-24")
    [cancelled] = log.add("a", "cancelled", "20", reason="illness", report=report("20", "AFP"))
    assert telling.made(cancelled) == "cancelled 2025-02-20, AFP: illness"
    assert telling.why("cancelled", cancelled) == telling.made(cancelled)
    assert telling.why("changed", cancelled) == f"changed: {telling.made(cancelled)}"
