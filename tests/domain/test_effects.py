"""What became of each fact, against what the fold gives with and without it; and one publisher's word."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.according import according_to, fates_according_to, publishers
from domain.content import Content
from domain.course import known_from
from domain.effects import Fate, fates
from domain.events import Fact, Reinstated, Reported
from domain.evidence import FIELDS, evidence, value
from domain.fold import fold
from tests.strategies import histories, moments
from tests.support.oracle import breakpoints
from tests.support.paper_log import PaperLog, day, id_of, report

some = settings(max_examples=60, report_multiple_bugs=False)
SET = (*Content.model_fields, "status", "reason", "merged_into")
"""What facts set, beside the reports that add up and the outcome that follows from all this."""


def shown(facts: list[Fact], at, fields=FIELDS):
    state = fold(facts, at)
    return state and {name: value(state, name) for name in fields}


def without(facts: list[Fact], fate: Fate) -> list[Fact]:
    return [fact for fact in facts if fact != fate.fact]


@st.composite
def at_a_moment(draw):
    """Facts up to a position, a moment at which the action is known, and what became of each."""
    facts = draw(histories(max_size=10))
    position = draw(st.sampled_from([fact.position for fact in facts]))
    held = [fact for fact in facts if fact.position <= position]
    at = max(draw(moments(breakpoints(held))), known_from(held))
    found = fates(facts, at, position)
    assert [fate.fact for fate in found] == held
    return held, at, found


@some
@given(at_a_moment())
def test_given_facts_that_changed_nothing_or_were_not_known_then_without_them_the_same_is_shown(given_):
    held, at, found = given_
    dropped = [fate.fact for fate in found if fate.effect in ("nothing", "later")]
    kept = [fact for fact in held if fact not in dropped or isinstance(fact.payload, Reported)]
    assert shown(kept, at) == shown(held, at)
    for fate in found:
        assert (fate.effect == "later") == (fate.fact.clock > at and not isinstance(fate.fact.payload, Reported))


@some
@given(at_a_moment())
def test_given_what_a_field_stands_on_then_that_fact_holds_it_still(given_):
    held, at, found = given_
    since = {max(fact.clock, known_from(held)) for fact in held}
    if len(since) < len(held):
        return  # at one instant a fact may undo another, which nobody sees
    ground, by_position = evidence(held, at), {fate.fact.position: fate for fate in found}
    for name in SET:
        fate = by_position[ground[name].position]
        assert value(fate.after, name) == value(fold(held, at), name)
        assert fate.effect in ("stands", "halted") or isinstance(fate.fact.payload, Reported)


@some
@given(at_a_moment())
def test_given_a_fact_that_was_overridden_then_without_it_all_that_facts_set_is_the_same(given_):
    held, at, found = given_
    for fate in [fate for fate in found if fate.effect == "overridden"]:
        assert fate.by and all((one.clock, one.position) > (fate.fact.clock, 0) for one in fate.by)
        undone = any(isinstance(one.payload, Reinstated) for one in fate.by)  # without what it lifts it lifts another
        if not undone and not isinstance(fate.fact.payload, Reported):
            assert shown(without(held, fate), at, SET) == shown(held, at, SET)


@some
@given(at_a_moment())
def test_given_a_halt_then_all_that_is_not_overridden_lies_under_the_one_that_stands(given_):
    held, at, found = given_
    status = fold(held, at).status
    halting = {one.payload.type for fate in found if fate.effect == "halted" for one in fate.by}
    assert halting <= {status}
    standing = [fate.fact.payload.type for fate in found if fate.effect == "stands"]
    assert standing == [status] or status not in ("retracted", "merged")


@some
@given(at_a_moment())
def test_given_what_a_field_stands_on_then_that_fact_was_known_and_changed_something(given_):
    held, at, found = given_
    effects = {fate.fact.position: fate.effect for fate in found}
    ground = evidence(held, at)
    for name, fact in ((name, ground[name]) for name in SET):
        assert (
            fact is None or isinstance(fact.payload, Reported) or effects[fact.position] not in ("nothing", "later")
        ), name


@some
@given(at_a_moment())
def test_given_the_facts_in_their_order_then_what_each_changed_adds_up_to_what_is_shown(given_):
    held, at, found = given_
    known = [fate for fate in found if fate.fact.clock <= at]
    known.sort(key=lambda fate: (fate.fact.clock, fate.fact.position))
    assert known and {name: value(known[-1].after, name) for name in SET} == shown(held, at, SET)
    for one, following in pairwise(known):
        if following.before:
            assert all(value(following.before, name) == value(one.after, name) for name in SET)


@pytest.fixture
def log() -> PaperLog:
    return PaperLog()


def told(log: PaperLog, on: str) -> list[tuple[str, str, list[str]]]:
    found = fates(log.facts[id_of("a")], day(on))
    return [(fate.fact.payload.type, fate.effect, [by.payload.type for by in fate.by]) for fate in found]


def test_given_a_plan_that_is_moved_and_called_off_then_each_fact_says_what_became_of_it(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "rescheduled", "11", occurred={"edtf": "2025-02-15"})
    log.add("a", "cancelled", "12")
    log.add("a", "cancelled", "13")
    log.add("a", "confirmed", "20")
    assert told(log, "15") == [
        ("reported", "stands", []), ("rescheduled", "stands", []), ("cancelled", "stands", []),
        ("cancelled", "nothing", []), ("confirmed", "later", []),
    ]  # fmt: skip
    assert told(log, "20")[2] == ("cancelled", "overridden", ["confirmed"])


def test_given_a_day_before_anything_was_known_then_nothing_is_told(log):
    log.report("a", "10", "2025-02-14")
    assert told(log, "09") == []


def test_given_facts_of_one_instant_then_the_outcome_changes_with_the_one_that_announces_and_none_before_it(log):
    log.report("a", "10", "2025-02-08")
    log.add("a", "corrected", "12", changes={"title": "Another"})
    log.add("a", "rescheduled", "12", occurred={"edtf": "2025-02-20"})
    log.add("a", "cancelled", "12")
    log.add("a", "reinstated", "12")
    found = fates(log.facts[id_of("a")], day("12"))
    assert [fate.after.outcome for fate in found] == [None, None, "open", "cancelled", "open"]


def test_given_a_cancellation_that_is_taken_back_then_what_it_covered_stands_again(log):
    log.report("a", "10", "2025-02-10")
    log.add("a", "confirmed", "11", status="ongoing")
    log.add("a", "cancelled", "12")
    assert told(log, "12")[1] == ("confirmed", "overridden", ["cancelled"])
    log.add("a", "reinstated", "13")
    assert told(log, "13")[1:] == [
        ("confirmed", "stands", []), ("cancelled", "overridden", ["reinstated"]), ("reinstated", "stands", [])
    ]  # fmt: skip


def test_given_a_retraction_then_all_else_lies_under_it_until_it_is_lifted(log):
    log.report("a", "10", "2025-02-10")
    log.add("a", "retracted", "11")
    assert told(log, "11") == [("reported", "halted", ["retracted"]), ("retracted", "stands", [])]
    log.add("a", "reinstated", "12")
    assert told(log, "12") == [
        ("reported", "stands", []), ("retracted", "overridden", ["reinstated"]), ("reinstated", "stands", [])
    ]  # fmt: skip


def test_given_an_older_claim_found_later_then_it_is_overridden_by_the_newer_one_from_the_start(log):
    log.report("a", "10", "2025-02-10")
    log.add("a", "corrected", "14", changes={"title": "Newer"})
    log.add("a", "corrected", "12", changes={"title": "Older"})
    found = fates(log.facts[id_of("a")], day("20"))
    assert [(fate.effect, [by.version for by in fate.by]) for fate in found[1:]] == [
        ("stands", []),
        ("overridden", [2]),
    ]
    assert found[1].before and (found[1].before.content["title"], found[1].after.content["title"]) == ("Older", "Newer")


def test_given_what_was_reported_first_but_is_not_first_by_the_clock_then_it_gave_what_it_later_changed(log):
    log.report("a", "20", "2025-02-25")
    log.add("a", "confirmed", "12", report=report("12", "AP"))
    log.add("a", "corroborated", "11", report=report("11", "AFP"))
    [reported, confirmed, heard] = fates(log.facts[id_of("a")], day("20"))
    assert (reported.given.status, confirmed.before.status, confirmed.after.status) == (
        "planned",
        "planned",
        "occurred",
    )
    assert (reported.before, reported.after.status) == (confirmed.after, "planned")
    assert (heard.before, confirmed.given) == (reported.given, None)
    [earlier, *_] = fates(log.facts[id_of("a")], day("13"))  # its own place is not reached
    assert (earlier.before, earlier.after, earlier.given) == (None, reported.given, reported.given)


def test_given_a_merge_that_ends_then_what_it_brought_is_overridden_by_its_release(log):
    log.report("a", "10", "2025-02-10")
    log.report("b", "11", "2025-02-10")
    log.add("b", "merged", "12", into="a")
    assert told(log, "12")[1] == ("absorbed", "stands", [])
    log.add("b", "reinstated", "13")
    assert told(log, "13")[1:] == [("absorbed", "overridden", ["released"]), ("released", "stands", [])]


# --- one publisher's word ---


@some
@given(st.data())
def test_given_any_publisher_then_its_facts_alone_fold_from_its_first_word_on(data):
    facts = data.draw(histories(max_size=10))
    publisher = data.draw(st.sampled_from(publishers(facts)))
    own = according_to(facts, publisher)
    first = min(fact.clock for fact in own)
    state = fold(own, data.draw(moments(breakpoints(facts))).replace(year=2026))
    assert state and {one.publisher for one in state.reports} == {publisher}
    assert state.known_from >= first
    assert state.position in {fact.position for fact in own}


@some
@given(histories(max_size=10), st.data())
def test_given_a_publisher_who_alone_said_everything_then_its_word_is_all_that_is_known(facts, data):
    by_one = [fact for fact in facts if getattr(fact.payload, "report", None)]
    names = publishers(by_one)
    alone = [fact for fact in by_one if fact.payload.report.publisher == names[0]] if names else []
    if any(isinstance(fact.payload, Reported) for fact in alone):
        at = data.draw(moments(breakpoints(facts)))
        assert fold(according_to(alone, names[0]), at) == fold(alone, at)


def test_given_a_publisher_who_only_confirms_then_it_speaks_of_the_action_as_it_was_known_before(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "corrected", "11", changes={"title": "Reuters knows better"})
    log.add("a", "corroborated", "12", report=report("12", "AFP"))
    log.add("a", "corrected", "13", changes={"title": "Later"}, report=report("13"))
    log.add("a", "confirmed", "15", report=report("15", "AFP"))
    own = according_to(log.facts[id_of("a")], "AFP")
    then, later = fold(own, day("12")), fold(own, day("20"))
    assert fold(own, day("11")) is None
    assert (then.status, then.content["title"], then.known_from) == ("planned", "Reuters knows better", day("12"))
    assert (later.status, later.content["title"], len(later.reports)) == ("occurred", "Reuters knows better", 2)
    found = fates_according_to(log.facts[id_of("a")], "AFP", day("20"))
    assert [(fate.fact.payload.type, fate.effect) for fate in found] == [
        ("corroborated", "stands"), ("confirmed", "stands")
    ]  # fmt: skip
    assert found[0].before is None and found[0].after == then


def test_given_facts_without_a_report_then_they_are_nobodys_word(log):
    log.report("a", "10", "2025-02-14")
    log.add("a", "retracted", "11")
    facts = log.facts[id_of("a")]
    assert publishers(facts) == ["Reuters"]
    assert fold(according_to(facts, "Reuters"), day("20")).status == "planned"
    assert [fate.effect for fate in fates_according_to(facts, "Reuters", day("20"))] == ["stands"]
    assert according_to(facts, "AFP") == fates_according_to(facts, "AFP", day("20")) == fates([], day("20")) == []
