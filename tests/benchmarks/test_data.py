"""The actions made up for the bench are of the shape that is asked for."""

from collections import Counter
from datetime import date

from benchmarks import data, reads

ACTIONS = 4_000


def test_given_a_number_then_the_actions_made_up_have_the_shares_of_real_archives() -> None:
    told = list(data.lines(ACTIONS))
    instants = Counter(ref for ref, _ in {(line["source_ref"], line["report"]["published_at"]) for line in told})
    reports = [line for line in told if line["type"] == "reported"]
    ahead = [_days_late(line) for line in reports]
    assert len(reports) == ACTIONS
    assert abs(sum(days < 0 for days in ahead) / ACTIONS - 0.1) < 0.02
    assert abs(sum(days > 20 * 365 for days in ahead) / ACTIONS - 0.3) < 0.02
    assert abs(sum(number > 1 for number in instants.values()) / ACTIONS - 0.2) < 0.02
    assert max(instants.values()) == 4
    assert {len(line["participants"]) for line in reports} == {1, 2, 3, 4}


def test_given_the_page_that_is_measured_then_a_part_of_it_was_not_known_on_the_past_day() -> None:
    country, first, last = reads.ASKED
    day = reads.PAST.removeprefix("as_of=")
    asked = [
        line["report"]["published_at"][:10] > day
        for line in data.lines(ACTIONS)
        if line["type"] == "reported" and first <= line["occurred"]["edtf"] <= last
        if country in {party["country"] for party in line["participants"]}
    ]
    assert 0.1 < sum(asked) / len(asked) < 0.4


def test_given_the_same_number_then_the_actions_are_the_same() -> None:
    few, more = list(data.lines(50)), list(data.lines(100))
    assert few == list(data.lines(50)) == more[: len(few)]


def _days_late(line: dict[str, dict[str, str]]) -> int:
    known = date.fromisoformat(line["report"]["published_at"][:10])
    return (known - date.fromisoformat(line["occurred"]["edtf"])).days
