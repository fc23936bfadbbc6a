"""The fold as properties, against the oracle; then rule by rule, in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import Corroborated, Fact, Reported
from domain.fold import State, fold, versions
from tests.strategies import LATE, histories, moments
from tests.support.oracle import Known, breakpoints, known, known_since
from tests.support.paper_log import PaperLog, day, id_of, report

MICROSECOND = timedelta(microseconds=1)
END = datetime(9999, 1, 1, tzinfo=UTC)
fewer = settings(max_examples=40)
"""For what the oracle already says at every moment, said here as a property of its own."""


def without_log(state: State | None) -> State | None:
    """The state without what only says how it came into the log."""
    return state and replace(state, version=0, position=0, recorded_at=END)


@given(st.data())
def test_given_any_history_when_folded_at_and_beside_every_change_then_it_equals_the_oracle(data):
    facts = data.draw(histories())
    position = data.draw(st.sampled_from([fact.position + step for fact in facts for step in (-1, 0)]))
    for at in [point + step * MICROSECOND for point in breakpoints(facts) for step in (-1, 0, 1)]:
        assert Known.of(fold(facts, at, position)) == known(facts, at, position)


@given(st.data())
def test_given_any_history_when_folded_at_any_moment_then_it_equals_the_oracle(data):
    facts = data.draw(histories(max_size=12))
    at = data.draw(moments(breakpoints(facts)))
    assert Known.of(fold(facts, at)) == known(facts, at)


@fewer
@given(histories())
def test_given_any_history_then_its_versions_tile_the_time_from_known_from_on(facts):
    rows = list(versions(facts))
    assert rows[0].known_from == known_since(facts)
    assert all(row.known_from < row.known_to == after.known_from for row, after in pairwise(rows))
    assert rows[-1].known_to is None


@given(histories(), st.randoms(use_true_random=False))
def test_given_any_version_then_its_state_is_the_fold_at_its_start_its_end_and_between(facts, random):
    for row in versions(facts):
        last = (row.known_to or END) - MICROSECOND
        between = row.known_from + random.random() * (last - row.known_from)
        assert {fold(facts, at) == row.state for at in (row.known_from, between, last)} == {True}


@fewer
@given(histories())
def test_given_any_version_that_ends_without_a_fact_then_a_plan_lapsed_at_noon(facts):
    clocks = {fact.clock for fact in facts}
    for row, after in pairwise(versions(facts)):
        if after.known_from not in clocks:
            assert after.known_from == day(str(row.state.occurred.latest)) + timedelta(days=1)
            assert (row.state.outcome, after.state.outcome) == ("open", "lapsed")
            assert replace(row.state, outcome="lapsed") == after.state


@given(histories(), st.randoms(use_true_random=False))
def test_given_facts_of_different_clocks_when_they_arrive_in_another_order_then_they_mean_the_same(facts, random):
    first, *later = [replace(fact, clock=fact.clock + place * MICROSECOND) for place, fact in enumerate(facts)]
    if len({fact.clock for fact in [first, *later]}) == len(facts):
        shuffled = [first, *random.sample(later, len(later))]
        again = [replace(fact, version=n, position=n, recorded_at=LATE) for n, fact in enumerate(shuffled, start=1)]
        for at in breakpoints([first, *later]):
            assert without_log(fold([first, *later], at)) == without_log(fold(again, at))


@fewer
@given(histories(), st.randoms(use_true_random=False))
def test_given_facts_handed_over_in_any_order_then_the_fold_is_the_same(facts, random):
    for at in breakpoints(facts):
        assert fold(random.sample(facts, len(facts)), at) == fold(facts, at)


@fewer
@given(st.data())
def test_given_any_moment_then_nothing_that_became_public_later_shows(data):
    facts = data.draw(histories())
    at = data.draw(moments(breakpoints(facts)))
    public = [fact for fact in facts if fact.clock <= at or isinstance(fact.payload, Reported)]
    assert fold(facts, at) == fold(public, at)


@fewer
@given(histories())
def test_given_any_history_before_it_was_known_then_there_is_no_state(facts):
    since = min(fact.clock for fact in facts if isinstance(fact.payload, Reported | Corroborated))
    assert fold(facts, since - MICROSECOND) is None
    assert fold(facts, since) is not None
    assert fold(facts, END, facts[0].position - 1) is None


def test_given_no_facts_then_there_is_no_state_and_no_version():
    nothing: list[Fact] = []
    assert fold(nothing, END) is None
    assert list(versions(nothing)) == []


@pytest.fixture
def log() -> PaperLog:
    return PaperLog()


def test_given_a_plan_when_noon_of_the_next_day_comes_then_it_lapses_to_the_microsecond(log):
    log.report("a", "10", "2025-02-14")
    assert log.shown("a", "2025-02-15T11:59:59.999999Z").outcome == "open"
    assert log.shown("a", "2025-02-15T12:00:00Z").outcome == "lapsed"


def test_given_a_lapsed_plan_when_confirmed_late_then_it_was_lapsed_in_between(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "confirmed", "20")
    assert [log.shown("a", on).outcome for on in ("14", "16", "20")] == ["open", "lapsed", "met"]


@pytest.mark.parametrize("occurred", [None, "2025-02-14/..", "[2025-02-14..]", "9999-12-31", "XXXX"])
def test_given_a_plan_without_a_last_day_then_it_never_lapses(log, occurred):
    log.report("a", "10", occurred, status="planned")
    assert log.shown("a", "9999-12-31T23:59:59.999999Z").outcome == "open"


def test_given_what_had_happened_when_reported_then_it_has_no_outcome(log):
    log.report("a", "14", "2025-02-14")
    assert (log.shown("a", "20").status, log.shown("a", "20").outcome) == ("occurred", None)


def test_given_a_plan_confirmed_at_the_same_instant_then_it_was_never_announced_ahead(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "confirmed", "10")
    assert log.shown("a", "20").outcome is None


def test_given_an_older_report_found_late_then_it_moves_known_from_back_from_its_position_on(log):
    log.report("a", "20", "2025-02-14")
    log.add("a", "corroborated", "12", report=report("12"))
    assert log.state("a", "13", position=2) is None
    assert log.shown("a", "13", position=4).known_from == day("12")


def test_given_a_report_after_the_event_when_an_announcement_is_found_then_it_was_planned_until_reported(log):
    log.report("a", "20", "2025-02-14")
    log.add("a", "corroborated", "12", report=report("12"))
    assert [log.shown("a", on).status for on in ("12", "19", "20")] == ["planned", "planned", "occurred"]
    assert [log.shown("a", on).outcome for on in ("12", "19", "20")] == ["open", "lapsed", "met"]


@pytest.mark.parametrize(
    ("occurred", "heard", "status"),
    [
        ("2025-02-14", "13", "planned"),
        ("2025-02-14", "14", "occurred"),
        ("[2025-02-12..2025-02-14]", "13", "planned"),
        ("2025-02-14/..", "13", "planned"),
        ("2025-02-14/..", "14", "occurred"),
        (None, "13", "occurred"),
    ],
)
def test_given_only_an_older_report_then_what_was_ahead_of_it_counts_as_planned(log, occurred, heard, status):
    log.report("a", "20", occurred, status="occurred")
    log.add("a", "corroborated", heard, report=report(heard))
    assert [log.shown("a", on).status for on in (heard, "19", "20")] == [status, status, "occurred"]


def test_given_a_plan_confirmed_the_instant_it_would_lapse_then_no_version_is_empty(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "confirmed", "2025-02-15T12:00:00Z")
    assert [row.state.outcome for row in versions(log.facts[id_of("a")])] == ["open", "met"]


def test_given_a_plan_first_known_the_instant_it_lapses_then_it_has_one_version(log):
    log.report("a", "2025-02-15T12:00:00Z", "2025-02-14", status="planned")
    assert [row.state.outcome for row in versions(log.facts[id_of("a")])] == ["lapsed"]


def test_given_two_actions_merged_in_when_one_is_reinstated_then_only_its_reports_go(log):
    for name, publisher in [("a", "Reuters"), ("b", "AFP"), ("c", "dpa")]:
        log.report(name, "10", "2025-02-10", report=report("10", publisher))
    log.add("b", "merged", "12", into="a")
    log.add("c", "merged", "13", into="a")
    log.add("b", "reinstated", "14")
    publishers = [[each.publisher for each in log.shown("a", on).reports] for on in ("12", "13", "14")]
    assert publishers == [["Reuters", "AFP"], ["Reuters", "AFP", "dpa"], ["Reuters", "dpa"]]


def test_given_an_older_report_then_only_reports_public_by_then_are_listed(log):
    log.report("a", "20", "2025-02-14")
    log.add("a", "corroborated", "12", report=report("12", "AFP"))
    assert [each.publisher for each in log.shown("a", "13").reports] == ["AFP"]
    assert [each.publisher for each in log.shown("a", "20").reports] == ["AFP", "Reuters"]


def test_given_the_same_report_on_several_facts_then_it_is_listed_once(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "confirmed", "15", report=report("10"))
    assert len(log.shown("a", "15").reports) == 1


def test_given_contradicting_corrections_then_the_newer_claim_wins_in_any_order_of_arrival(log):
    log.report("a", "10", "2025-02-10")
    log.add("a", "corrected", "14", changes={"title": "newer"})
    log.add("a", "corrected", "12", changes={"title": "older", "topics": ["ukraine"]})
    assert [log.shown("a", on).content["title"] for on in ("11", "13", "20")] == ["A visit", "older", "newer"]
    assert log.shown("a", "20").content["topics"] == ("ukraine",)


def test_given_a_correction_to_null_then_the_field_is_emptied(log):
    log.report("a", "10", "2025-02-10", summary="Talks.", place={"country": "FRA"})
    log.add("a", "corrected", "12", changes={"summary": None, "place": None, "occurred": None})
    content = log.shown("a", "12").content
    assert (content["summary"], content["place"], content["occurred"].edtf) == (None, None, None)


def test_given_a_correction_older_than_the_report_then_the_report_overrides_it(log):
    log.report("a", "10", "2025-02-10")
    log.add("a", "corrected", "09", changes={"title": "older"})
    assert log.shown("a", "20").content["title"] == "A visit"


@pytest.mark.parametrize("fields", [{}, {"occurred": None}, {"occurred": {"edtf": None}}])
def test_given_put_off_without_a_date_then_it_has_none_and_stays_open(log, fields):
    log.report("a", "10", "2025-02-14")
    log.add("a", "postponed", "12", reason="no quorum", **fields)
    state = log.shown("a", "2030-01-01")
    assert (state.status, state.occurred.edtf, state.outcome, state.reason) == ("postponed", None, "open", "no quorum")


@pytest.mark.parametrize("fields", [{}, {"occurred": None}, {"occurred": {"edtf": None}}])
def test_given_confirmed_without_a_date_then_the_planned_one_stays(log, fields):
    log.report("a", "10", "2025-02-14")
    log.add("a", "confirmed", "14", status="ongoing", **fields)
    assert (log.shown("a", "14").status, log.shown("a", "14").occurred.edtf) == ("ongoing", "2025-02-14")


def test_given_rescheduled_then_it_is_planned_again_and_lapses_by_the_new_date(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "rescheduled", "20", occurred={"edtf": "2025-02-22"})
    assert [log.shown("a", on).outcome for on in ("10", "19", "20", "23")] == ["open", "lapsed", "open", "lapsed"]


def test_given_cancelled_twice_when_reinstated_then_the_standing_before_the_first_is_back(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "cancelled", "11", reason="illness")
    log.add("a", "cancelled", "12")
    log.add("a", "reinstated", "13")
    assert [log.shown("a", on).status for on in ("11", "12", "13")] == ["cancelled", "cancelled", "planned"]
    assert [log.shown("a", on).reason for on in ("11", "12", "13")] == ["illness", None, None]


def test_given_cancelled_in_its_first_report_when_reinstated_then_nothing_changes(log):
    log.report("a", "10", "2025-02-14", status="cancelled")
    log.add("a", "reinstated", "12")
    assert log.shown("a", "12").status == "cancelled"


def test_given_a_postponement_cancelled_and_reinstated_then_its_reason_stands_again(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "postponed", "11", reason="no quorum")
    log.add("a", "cancelled", "12", reason="called off")
    log.add("a", "reinstated", "13", reason="a mistake")
    assert [log.shown("a", on).reason for on in ("11", "12", "13")] == ["no quorum", "called off", "no quorum"]


def test_given_retracted_then_the_halt_covers_the_standing_until_it_is_lifted(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "cancelled", "11", reason="illness")
    log.add("a", "retracted", "12", reason="a hoax")
    log.add("a", "reinstated", "13")
    states = [log.shown("a", on) for on in ("11", "12", "13")]
    assert [state.status for state in states] == ["cancelled", "retracted", "cancelled"]
    assert [state.reason for state in states] == ["illness", "a hoax", "illness"]
    assert [state.outcome for state in states] == ["cancelled", None, "cancelled"]


def test_given_two_halts_recorded_in_the_wrong_order_then_the_one_of_the_later_clock_counts(log):
    log.report("a", "10", "2025-02-10")
    log.report("b", "10", "2025-02-10")
    log.add("a", "retracted", "14")
    log.add("a", "merged", "12", into="b")
    assert [log.shown("a", on).status for on in ("11", "13", "15")] == ["occurred", "merged", "retracted"]
    assert [log.shown("a", on).merged_into for on in ("13", "15")] == [id_of("b"), None]


def test_given_a_back_dated_fact_then_version_and_position_are_those_of_the_newest_recorded_that_counts(log):
    log.report("a", "10", "2025-02-10")
    log.add("a", "corrected", "20", changes={"title": "last"})
    log.add("a", "corrected", "12", changes={"title": "between"})
    states = [log.shown("a", on) for on in ("11", "13", "20")]
    assert [(state.version, state.position) for state in states] == [(1, 2), (3, 6), (3, 6)]
