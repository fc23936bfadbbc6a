"""The demonstration's facts, folded by the domain alone: the answers that issue and README promise."""

import json
from importlib.resources import files

import pytest

from domain.fold import versions
from tests.support.oracle import breakpoints, known
from tests.support.paper_log import PaperLog, id_of

MEETING = "ukraine-2025:putin-zelensky-meeting"


@pytest.fixture(scope="module")
def lines() -> list[dict]:
    folder = files("service") / "demo"
    texts = [(folder / name).read_text("utf-8") for name in ("paris-summit.ndjson", "ukraine-2025.ndjson")]
    return [json.loads(line) for text in texts for line in text.splitlines()]


@pytest.fixture(scope="module")
def log(lines: list[dict]) -> PaperLog:
    log = PaperLog()
    for line in lines:
        log.send(line)
    return log


def test_given_the_demo_then_it_holds_fifty_actions_and_what_one_merge_brings(log, lines):
    assert (len(lines), len(log.facts)) == (74, 50)
    assert sum(len(facts) for facts in log.facts.values()) == 75


def test_given_the_demo_when_read_again_then_nothing_is_recorded(log, lines):
    assert [fact for line in lines for fact in log.send(line)] == []


def test_given_the_demo_then_every_version_of_every_action_equals_the_oracle(log):
    for facts in log.facts.values():
        for row in versions(facts):
            expected = known(facts, row.known_from)
            assert expected and (row.state.status, row.state.outcome) == (expected.status, expected.outcome)
            assert (row.state.content, row.state.reports) == (expected.content, expected.reports)
        assert {row.known_from for row in versions(facts)} <= set(breakpoints(facts))


def test_given_starmers_visit_then_it_was_planned_on_18_february_and_occurred_on_the_27th(log):
    before, after = (log.shown("seed:paris-summit:A5", on) for on in ("2025-02-18T23:59:59.999999Z", "2026-01-01"))
    assert (before.status, before.outcome, before.occurred.edtf) == ("planned", "open", "[2025-02-24..2025-03-02]")
    assert (after.status, after.outcome, after.occurred.edtf) == ("occurred", "met", "2025-02-27")
    assert after.content["place"].name == "White House, Washington"


def test_given_the_summit_reported_twice_then_the_one_is_merged_into_the_other(log):
    merged, survivor = (log.shown(name, "2026-01-01") for name in ("seed:paris-summit:A1", "ukraine-2025:paris-summit"))
    assert (merged.status, merged.merged_into) == ("merged", id_of("ukraine-2025:paris-summit"))
    assert "seed article" in [report.publisher for report in survivor.reports]


def test_given_the_meeting_of_putin_and_zelensky_then_it_lapses_at_noon_of_2_september(log):
    moments = ("2025-08-20", "2025-09-02T11:59:59.999999Z", "2025-09-02T12:00:00Z", "2025-09-03T23:59:59.999999Z")
    assert [log.shown(MEETING, on).outcome for on in moments] == ["open", "open", "lapsed", "lapsed"]
    assert log.shown(MEETING, "2026-01-01").status == "planned"
