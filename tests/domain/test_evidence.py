"""What fields stand on and how states differ, against the oracle's states one after the other."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import Corroborated, Fact, Reported
from domain.evidence import FIELDS, differences, evidence, known_between, recorded_between, value
from domain.fold import fold
from tests.strategies import LATE, histories, moments
from tests.support.oracle import Known, breakpoints, known
from tests.support.paper_log import PaperLog, day, id_of, report

MICROSECOND = timedelta(microseconds=1)
some = settings(max_examples=60)


def field_of(state: Known, name: str):
    return state.content[name] if name in state.content else getattr(state, name)


def became(shown: list[Known], name: str) -> int:
    """The number of the first state from which on a field has the value of the last."""
    values = [field_of(state, name) for state in shown]
    return max((number for number, one in enumerate(values) if one != values[-1]), default=-1) + 1


@some
@given(st.data())
def test_given_two_dates_then_each_difference_is_that_of_the_oracle_and_its_fact_of_the_right_moment(data):
    facts = data.draw(histories(max_size=10))
    position = data.draw(st.sampled_from([fact.position for fact in facts]))
    since, until = sorted(data.draw(st.tuples(*[moments(breakpoints(facts))] * 2)))
    before = known(facts, since, position)
    points = [since, *(at for at in breakpoints(facts) if since < at <= until)]
    taken = known_between(facts, since, until, position)
    if before is None:
        assert bool(taken) == (known(facts, until, position) is not None)
        return
    shown = [state for at in points if (state := known(facts, at, position))]
    found = {found.field: found for found in differences(fold(facts, since, position), taken)}
    assert set(found) == {name for name in FIELDS if field_of(before, name) != field_of(shown[-1], name)}
    for name, difference in found.items():
        assert (difference.before, difference.after) == (field_of(before, name), field_of(shown[-1], name))
        assert_made(difference.fact, points[became(shown, name)], facts, name, position)


def assert_made(fact: Fact | None, at, facts: list[Fact], name: str, position: int) -> None:
    """With the fact, and not without it and what follows at the same instant, the field is what it became."""
    after = known(facts, at, position)
    if fact is None:
        told = [one for one in facts if one.clock != at or isinstance(one.payload, Reported)]
        assert name == "outcome" and known(told, at, position).outcome == after.outcome == "lapsed"
        return
    assert fact.clock == at
    ends = [one for one in facts if one.clock != at or one.position <= fact.position]
    if name != "outcome":
        assert field_of(known(ends, at, position), name) == field_of(after, name)


@some
@given(st.data())
def test_given_two_positions_then_each_difference_is_that_of_the_oracle_and_its_fact_the_one_recorded(data):
    facts = data.draw(histories(max_size=10))
    at = data.draw(moments(breakpoints(facts)))
    held = [fact.position for fact in facts]
    after, position = sorted(data.draw(st.tuples(*[st.sampled_from([0, *held])] * 2)))
    before, shown = known(facts, at, after), {one: known(facts, at, one) for one in held if after < one <= position}
    taken = recorded_between(facts, after, position, at)
    if before is None or not taken:
        assert bool(taken) == any(shown.values())
        return
    states = [before, *shown.values()]
    found = {found.field: found for found in differences(fold(facts, at, after), taken)}
    assert set(found) == {name for name in FIELDS if field_of(before, name) != field_of(states[-1], name)}
    for name, difference in found.items():
        assert (difference.before, difference.after) == (field_of(before, name), field_of(states[-1], name))
        assert difference.fact.position == [after, *shown][became(states, name)]


@some
@given(st.data())
def test_given_any_moment_then_what_a_field_stands_on_was_known_and_its_value_has_held_ever_since(data):
    facts = data.draw(histories(max_size=10))
    at = data.draw(moments(breakpoints(facts)))
    state, found = fold(facts, at), evidence(facts, at)
    assert set(found) == (set(FIELDS) if state else set())
    for name, fact in found.items():
        assert fact is None or fact.clock <= at or isinstance(fact.payload, Reported)
        since = max(fact.clock, state.known_from) if fact else at
        for point in [one for one in breakpoints(facts) if since <= one <= at]:
            assert value(fold(facts, point), name) == value(state, name)
    assert not state or isinstance(found["known_from"].payload, Reported | Corroborated)


@pytest.fixture
def log() -> PaperLog:
    return PaperLog()


def standing(log: PaperLog, on: str, *names: str) -> list[str | None]:
    """The types of the facts that fields of action `a` stand on; None for time."""
    found = evidence(log.facts[id_of("a")], day(on))
    return [fact and fact.payload.type for fact in (found[name] for name in names)]


def test_given_a_plan_that_is_confirmed_then_status_and_date_stand_on_it_and_the_title_on_the_report(log):
    log.report("a", "10", "[2025-02-14..2025-02-16]")
    log.add("a", "confirmed", "15", occurred={"edtf": "2025-02-15"}, report=report("15", "AFP"))
    assert standing(log, "12", "status", "occurred", "outcome") == ["reported"] * 3
    assert standing(log, "20", "status", "occurred", "outcome", "reports") == ["confirmed"] * 4
    assert standing(log, "20", "title", "known_from", "reason") == ["reported"] * 3


def test_given_a_plan_that_lapses_then_its_outcome_stands_on_no_fact_even_at_the_instant_of_another_one(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "corroborated", "2025-02-15T12:00:00Z", report=report("15", "AFP"))
    assert standing(log, "14", "outcome") == ["reported"]
    assert standing(log, "20", "outcome", "reports") == [None, "corroborated"]


def test_given_an_older_report_found_late_then_only_the_reports_and_when_it_was_known_stand_on_it(log):
    log.report("a", "20", "2025-02-14")
    log.add("a", "corroborated", "12", report=report("12", "AFP"))
    assert standing(log, "13", "known_from", "reports", "title") == ["corroborated", "corroborated", "reported"]
    assert standing(log, "20", "known_from", "reports", "status") == ["corroborated", "reported", "reported"]


def test_given_a_fact_that_says_what_is_shown_already_then_nothing_stands_on_it(log):
    log.report("a", "10", "2025-02-10")
    log.add("a", "corrected", "12", changes={"title": "A visit"})
    log.add("a", "confirmed", "13")
    assert standing(log, "20", "title", "status") == ["reported", "reported"]


def test_given_a_value_that_came_back_then_it_stands_on_the_fact_that_brought_it_back(log):
    log.report("a", "10", "2025-02-10")
    for on, title in [("12", "Another"), ("14", "A visit")]:
        log.add("a", "corrected", on, changes={"title": title})
    found = evidence(log.facts[id_of("a")], day("20"))
    assert found["title"].clock == day("14")
    state = fold(log.facts[id_of("a")], day("11"))
    assert differences(state, known_between(log.facts[id_of("a")], day("11"), day("20"), log.position)) == []


def test_given_several_corrections_at_one_instant_then_the_one_that_holds_made_the_change(log):
    log.report("a", "10", "2025-02-10")
    for title in ("One", "Two"):
        log.add("a", "corrected", "12", changes={"title": title})
    log.add("a", "corrected", "12", changes={"topics": ["trade"]})
    facts = log.facts[id_of("a")]
    made = {one.field: one.fact.version for one in differences(
        fold(facts, day("11")), known_between(facts, day("11"), LATE, log.position))}  # fmt: skip
    assert made == {"title": 3, "topics": 4}
