"""What is recorded, what is refused and why, and what merges and their ends bring along."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given

from domain.decisions import expect_version, stated_clock
from domain.errors import (
    BadField,
    MergeInCircle,
    MergeIntoHalted,
    MergeIntoItself,
    NotAllowed,
    NothingToReinstate,
    OtherVersion,
    PublishedAhead,
    Refused,
    SourceRefTaken,
    UnderHalt,
    UnknownAction,
    UnknownSurvivor,
)
from domain.events import Absorbed, Fact, Merged, Released
from domain.fold import State
from tests.strategies import INSTANTS, merges_and_ends, native, stories
from tests.support.oracle import breakpoints
from tests.support.paper_log import PaperLog, day, id_of, report


@pytest.fixture
def log() -> PaperLog:
    """Three actions, a, b and c, known from the 10th, the 11th and the 12th."""
    log = PaperLog()
    for name, on in [("a", "10"), ("b", "11"), ("c", "12")]:
        log.report(name, on, "2025-02-14", title=f"Visit {name}")
    return log


# Refusals


def test_given_a_source_ref_when_another_report_takes_it_then_refused(log):
    with pytest.raises(SourceRefTaken, match=r"^a is the name of another report"):
        log.report("a", "10", "2025-02-15")


def test_given_no_action_when_a_fact_is_added_then_refused(log):
    with pytest.raises(UnknownAction, match="nowhere"):
        log.add("nowhere", "confirmed", "14")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("rescheduled", {"occurred": {"edtf": "2025-02-20"}}),
        ("postponed", {}),
        ("confirmed", {}),
        ("cancelled", {}),
        ("retracted", {}),
        ("merged", {"into": "b"}),
    ],
)
@pytest.mark.parametrize(("halt", "into"), [("retracted", {}), ("merged", {"into": "c"})])
def test_given_a_halt_when_anything_else_is_added_then_refused(log, halt, into, kind, fields):
    log.add("a", halt, "13", **into)
    with pytest.raises(UnderHalt, match=f"is {halt} at 2025-02-14T12:00:00Z"):
        log.add("a", kind, "14", **fields)


def test_given_a_halt_when_corroborated_or_corrected_then_recorded(log):
    log.add("a", "retracted", "13")
    assert log.add("a", "corroborated", "14", report=report("14"))
    assert log.add("a", "corrected", "14", changes={"title": "Another"})


def test_given_a_halt_when_a_fact_is_dated_before_it_then_recorded(log):
    log.add("a", "retracted", "13")
    assert log.add("a", "cancelled", "12")


def test_given_a_later_halt_lifted_when_a_fact_is_dated_into_it_then_refused(log):
    log.add("a", "retracted", "13")
    log.add("a", "reinstated", "15")
    with pytest.raises(UnderHalt):
        log.add("a", "confirmed", "14")


@pytest.mark.parametrize("on", ["11", "14"])
def test_given_neither_halt_nor_cancellation_there_when_reinstated_then_refused(log, on):
    log.add("a", "cancelled", "12")
    log.add("a", "reinstated", "13")
    with pytest.raises(
        NothingToReinstate, match=f"no fact retracts, merges or cancels the action at 2025-02-{on}T12:00:00Z"
    ):
        log.add("a", "reinstated", on, reason="again")


def test_given_an_action_when_merged_into_itself_then_refused(log):
    with pytest.raises(MergeIntoItself, match=str(id_of("a"))):
        log.add("a", "merged", "13", into="a")


def test_given_no_survivor_when_merged_then_the_field_is_named(log):
    with pytest.raises(UnknownSurvivor, match=str(id_of("nowhere"))) as refusal:
        log.add("a", "merged", "13", into="nowhere")
    assert refusal.value.loc == ("into",)


@pytest.mark.parametrize(("halt", "into"), [("retracted", {}), ("merged", {"into": "c"})])
def test_given_a_halted_survivor_when_merged_then_refused_from_its_halt_on(log, halt, into):
    log.add("b", halt, "14", **into)
    with pytest.raises(MergeIntoHalted, match=f"{id_of('b')} is itself {halt} at 2025-02-14T12:00:00Z"):
        log.add("a", "merged", "14", into="b")
    assert log.add("a", "merged", "13", into="b")


def test_given_another_version_than_expected_then_refused_with_both(log):
    facts = log.facts[id_of("a")]
    expect_version(facts, 1)
    with pytest.raises(OtherVersion, match="at version 1, not 2"):
        expect_version(facts, 2)


def test_given_a_report_published_more_than_a_day_ahead_then_the_field_is_named():
    log = PaperLog(day("2025-02-09T11:59:59Z"))
    with pytest.raises(PublishedAhead, match="2025-02-10T12:00:01Z") as refusal:
        log.report("a", "2025-02-10T12:00:01Z", "2025-02-14")
    assert refusal.value.loc == ("report", "published_at")
    assert log.report("a", "2025-02-10T12:00:01Z", "2025-02-14")  # a second later


def test_given_a_fact_reported_more_than_a_day_ahead_then_the_field_is_named(log):
    with pytest.raises(PublishedAhead, match="2030-01-01T12:00:00Z") as refusal:
        log.add("a", "confirmed", "2030-01-01")
    assert refusal.value.loc == ("reported_at",)


def test_every_refusal_is_a_field_or_a_matter_of_state():
    kinds = {PublishedAhead: BadField, UnknownSurvivor: BadField, UnderHalt: NotAllowed, MergeInCircle: NotAllowed}
    assert all(issubclass(refusal, kind) and issubclass(kind, Refused) for refusal, kind in kinds.items())


# Clocks


def test_given_a_fact_of_a_moment_ahead_then_its_clock_is_the_moment_it_is_recorded():
    log = PaperLog(day("10"))
    [fact] = log.report("a", "2025-02-11T00:00:00Z", "2025-02-14")
    assert fact.clock == fact.recorded_at == day("2025-02-10T12:00:01Z")


def test_given_reported_at_and_a_report_then_reported_at_is_the_clock(log):
    [fact] = log.add("a", "confirmed", "14", report=report("16"))
    assert fact.clock == stated_clock(fact.payload) == day("14")


def test_given_neither_then_a_fact_is_known_from_when_it_is_recorded(log):
    [fact] = log.send({"type": "cancelled", "source_ref": "a"})
    assert fact.clock == fact.recorded_at


# The same fact again


def test_given_a_fact_when_sent_again_then_nothing_is_recorded(log):
    line = {"type": "confirmed", "source_ref": "a", "report": report("14"), "occurred": {"edtf": "2025-02-14"}}
    assert [len(log.send(line)), len(log.send(line))] == [1, 0]


@pytest.mark.parametrize(
    "other",
    [
        {"report": report("14", "AFP")},
        {"report": report("15")},
        {"reported_at": day("13")},
        {"reason": "seen by our correspondent"},
        {"status": "ongoing"},
        {"occurred": {"edtf": "2025-02-13"}},
    ],
)
def test_given_a_fact_when_another_one_is_sent_then_it_is_recorded(log, other):
    line = {"type": "confirmed", "source_ref": "a", "report": report("14")}
    assert [len(log.send(line)), len(log.send(line | other))] == [1, 1]


def test_given_a_fact_capped_at_its_recording_when_sent_as_given_or_as_recorded_then_nothing_is_recorded():
    log = PaperLog(day("10"))
    [fact] = log.report("a", "2025-02-11T00:00:00Z", "2025-02-14")
    as_given, as_recorded = native(fact.payload), native(fact.payload, reported_at=fact.clock)
    assert [log.send(line) for line in (as_given, as_recorded)] == [[], []]


def test_given_a_fact_without_a_clock_when_sent_again_then_it_is_new_but_not_as_recorded(log):
    line = {"type": "corrected", "source_ref": "a", "changes": {"title": "Another"}}
    [fact] = log.send(line)
    assert log.send(line | {"reported_at": fact.clock}) == []
    assert len(log.send(line)) == 1


def test_given_a_correction_when_one_names_another_field_of_equal_value_then_it_is_recorded(log):
    log.add("a", "corrected", "13", changes={"summary": None})
    assert log.add("a", "corrected", "13", changes={"quote": None})
    assert log.add("a", "corrected", "13", changes={"summary": None, "quote": None})
    assert log.add("a", "corrected", "13", changes={"summary": None}) == []


def test_given_the_same_report_with_its_derived_status_written_out_then_nothing_is_recorded(log):
    assert log.report("a", "10", "2025-02-14", title="Visit a", status="planned") == []
    with pytest.raises(SourceRefTaken):
        log.report("a", "10", "2025-02-14", title="Visit a", status="ongoing")


def test_given_a_fact_that_no_longer_stands_when_sent_again_then_nothing_is_recorded(log):
    log.add("a", "cancelled", "12")
    log.add("a", "reinstated", "13")
    assert log.add("a", "cancelled", "12") == []


# Merges


def test_given_a_merge_before_the_survivor_was_known_then_its_clock_is_the_survivors(log):
    merged, absorbed = log.add("a", "merged", "08", into="b")
    assert merged.clock == absorbed.clock == day("11")
    assert log.add("a", "merged", "08", into="b") == log.add("a", "merged", "11", into="b") == []


def test_given_a_merge_then_the_survivor_shows_the_reports_that_the_merged_action_shows_there(log):
    log.add("a", "corroborated", "13", report=report("13", "AFP"))
    log.add("a", "corroborated", "16", report=report("16", "dpa"))
    _, absorbed = log.send({"type": "merged", "source_ref": "a", "into": "b", "report": report("14", "EFE")})
    assert [each.publisher for each in absorbed.payload.reports] == ["Reuters", "AFP", "EFE"]
    assert [len(log.shown("b", on).reports) for on in ("13", "14")] == [1, 4]


def test_given_a_merge_then_both_versions_rise_and_positions_follow(log):
    merged, absorbed = log.add("a", "merged", "13", into="b")
    assert isinstance(absorbed.payload, Absorbed) and absorbed.action == id_of("b")
    assert (merged.version, absorbed.version) == (2, 2)
    assert absorbed.position > merged.position


def test_given_a_merge_when_reinstated_then_the_survivor_releases_what_it_brought(log):
    log.add("a", "merged", "13", into="b")
    reinstated, released = log.add("a", "reinstated", "15")
    assert isinstance(released.payload, Released)
    assert (released.action, released.clock) == (id_of("b"), reinstated.clock)
    assert [len(log.shown("b", on).reports) for on in ("12", "14", "15")] == [1, 2, 1]
    assert [log.shown("a", on).merged_into for on in ("14", "15")] == [id_of("b"), None]


def test_given_a_merge_under_a_later_retraction_when_reinstated_then_the_survivor_is_released(log):
    log.add("a", "retracted", "14")
    log.add("a", "merged", "13", into="b")
    _, released = log.add("a", "reinstated", "16")
    assert (released.action, released.payload) == (id_of("b"), Released(from_id=id_of("a")))


def test_given_two_merges_when_reinstated_then_both_survivors_are_released(log):
    log.add("a", "merged", "14", into="b")
    log.add("a", "merged", "13", into="c")
    assert {fact.action for fact in log.add("a", "reinstated", "16")} == {id_of("a"), id_of("b"), id_of("c")}


def test_given_a_reinstatement_when_a_merge_before_it_is_found_late_then_it_is_released_there(log):
    log.add("a", "cancelled", "12")
    reinstated, *_ = log.add("a", "reinstated", "15")
    *_, released = log.add("a", "merged", "13", into="b")
    assert (released.action, released.clock) == (id_of("b"), reinstated.clock)


def test_given_a_retraction_or_a_cancellation_when_reinstated_then_nothing_is_released(log):
    log.add("a", "retracted", "13")
    assert len(log.add("a", "reinstated", "14")) == 1
    log.add("a", "cancelled", "15")
    assert len(log.add("a", "reinstated", "16")) == 1


def test_given_a_merge_when_the_survivor_is_merged_back_earlier_then_a_circle_of_two_is_refused(log):
    log.add("a", "merged", "15", into="b")
    with pytest.raises(MergeInCircle, match=f"lead back to {id_of('b')} at 2025-02-15T12:00:00Z"):
        log.add("b", "merged", "13", into="a")


def test_given_two_merges_when_the_last_is_merged_back_earlier_then_a_circle_of_three_is_refused(log):
    log.add("b", "merged", "17", into="c")
    log.add("a", "merged", "15", into="b")
    with pytest.raises(MergeInCircle, match="2025-02-17T12:00:00Z"):
        log.add("c", "merged", "13", into="a")


def test_given_a_merge_that_ends_when_the_survivor_is_merged_back_then_only_from_its_end_on(log):
    log.add("a", "merged", "13", into="b")
    log.add("a", "reinstated", "15")
    with pytest.raises(MergeInCircle, match="2025-02-13T12:00:00Z"):
        log.add("b", "merged", "12", into="a")
    assert log.add("b", "merged", "15", into="a")


def test_given_a_merge_back_that_ended_in_time_then_it_is_no_circle(log):
    log.add("b", "merged", "12", into="a")
    log.add("b", "reinstated", "13")
    assert log.add("a", "merged", "14", into="b")


# Whole stories


def tell(lines: list[dict], now=INSTANTS[-6]) -> tuple[PaperLog, list[Fact]]:
    """What is recorded of a story, told as it goes on, so that some of its reports lie ahead."""
    log, recorded = PaperLog(now), []
    for line in lines:
        try:
            recorded += log.send(line)
        except Refused:
            continue
    return log, recorded


def exported(fact: Fact, names: dict[UUID, str]) -> dict:
    """A line of `export ndjson`, with source_refs for ids."""
    into = {"into": names[fact.payload.into]} if isinstance(fact.payload, Merged) else {}
    return native(fact.payload, source_ref=names[fact.action], reported_at=fact.clock, **into)


def export(recorded: list[Fact]) -> list[dict]:
    names = {id_of(name): name for name in ("case:0", "case:1", "case:2")}
    return [exported(fact, names) for fact in recorded if not isinstance(fact.payload, Absorbed | Released)]


@given(stories(later=merges_and_ends))
def test_given_any_merges_then_no_chain_of_merges_ever_leads_back(lines):
    log, recorded = tell(lines)
    for at in {fact.clock for fact in recorded}:
        into = {name: state.merged_into for name in log.facts if (state := log.state_of(name, at))}
        for action in into:
            chain = [action]
            while (found := into.get(chain[-1])) and len(chain) < 9:
                chain.append(found)
            assert len(chain) == len(set(chain))


@given(stories())
def test_given_any_story_when_its_export_is_sent_again_then_nothing_is_recorded(lines):
    log, recorded = tell(lines)
    assert [log.send(line) for line in export(recorded)] == [[] for _ in export(recorded)]


def without_recording(state: State | None) -> State | None:
    return state and replace(state, position=0, recorded_at=day("10"))


@given(stories())
def test_given_any_story_when_its_export_fills_a_second_log_then_it_answers_the_same_at_every_moment(lines):
    log, recorded = tell(lines)
    second = PaperLog()
    for line in export(recorded):
        second.send(line)
    for name in log.facts:
        for at in breakpoints(log.facts[name]):
            assert without_recording(second.state_of(name, at)) == without_recording(log.state_of(name, at))
