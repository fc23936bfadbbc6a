"""Counts of the demonstration, by every group and pair, equal plain loops; shares of uncertain dates."""

from itertools import combinations
from typing import Any

import pytest

from projections.counts import INTERVALS
from tests.support import tally
from tests.support.client import Client
from tests.support.tally import counted

GROUPINGS = [(), *combinations(tally.GROUPS, 1), *combinations(tally.GROUPS, 2)]


def assert_counts(client: Client, query: str, some: list[Any]) -> None:
    """With no row for nothing, but where there is one row in all."""
    actions = tally.timeline(client, query)
    for interval, groups in some:
        expected = dict(tally.counts(actions, interval, groups))
        assert counted(client, query, interval, groups) == (expected or tally.nothing(interval, groups))


@pytest.mark.parametrize("interval", [None, *INTERVALS])
@pytest.mark.parametrize("query", ["", "as_of=2025-03-01", "country=GBR", "country=GBR&status=planned&status=merged"])
def test_given_the_demo_when_counted_by_each_group_and_pair_then_it_equals_a_plain_loop(
    demo: Client, query: str, interval: str | None
) -> None:
    assert_counts(demo, tally.pinned(demo, query), [(interval, groups) for groups in GROUPINGS])


def test_given_two_groups_when_turned_round_then_the_counts_are_the_same(demo: Client) -> None:
    for a, b in combinations(tally.GROUPS, 2):
        there, back = counted(demo, "", "year", (a, b)), counted(demo, "", "year", (b, a))
        assert {(period, y, x): count for (period, x, y), count in there.items()} == back


@pytest.mark.parametrize("interval", INTERVALS)
def test_given_the_demo_when_spread_then_the_sum_is_the_same(demo: Client, interval: str) -> None:
    for groups in GROUPINGS[:11]:
        spread, whole = (counted(demo, "", interval, groups, spread=text) for text in ("true", "false"))
        for group in {key[1:] for key in whole}:
            sums = [sum(count for key, count in found.items() if key[1:] == group) for found in (spread, whole)]
            assert sums[0] == pytest.approx(sums[1], abs=1e-6 * len(spread))


FULL_WEEKS = ["2025-W06", "2025-W07", "2025-W08"]
SHARES = [
    ("2025-02", "day", {f"2025-02-{day:02}": 0.035714 for day in range(1, 29)}),
    ("2025-02", "week", {"2025-W05": 0.071429, "2025-W09": 0.178571, **dict.fromkeys(FULL_WEEKS, 0.25)}),
    ("2025-02", "month", {"2025-02": 1}),
    ("2024", "month", {f"2024-{month:02}": round(days / 366, 6) for month, days in enumerate(
        [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], start=1)}),
    ("2024", "year", {"2024": 1}),
    ("2025-02-27/2025-03-02", "month", {"2025-02": 0.5, "2025-03": 0.5}),
    ("2024-12-30/2025-01-02", "week", {"2025-W01": 1}),
    ("2024-12-30/2025-01-02", "year", {"2024": 0.5, "2025": 0.5}),
    ("2023-12-31/2024-01-01", "week", {"2023-W52": 0.5, "2024-W01": 0.5}),
    ("2021-01-03", "week", {"2020-W53": 1}),
    ("[2025-02-28..2025-03-01]", "day", {"2025-02-28": 0.5, "2025-03-01": 0.5}),
    ("2025-02-12/..", "month", {"2025-02": 1}),
    ("../2025-03-13", "month", {"2025-03": 1}),
    ("[..2025-03-13]", "week", {"2025-W11": 1}),
    ("2024-02-28/2024-03-01", "month", {"2024-02": 0.666667, "2024-03": 0.333333}),
    ("0001-01-01/0001-01-14", "week", {"0001-W01": 0.5, "0001-W02": 0.5}),
    ("0001", "year", {"0001": 1}),
    ("9999-12-25/9999-12-31", "week", {"9999-W51": 0.285714, "9999-W52": 0.714286}),
    ("9999-12-25", "week", {"9999-W51": 1}),
    ("9999-11-30/9999-12-31", "month", {"9999-11": 0.03125, "9999-12": 0.96875}),
    ("9999-12-31", "day", {"9999-12-31": 1}),
    ("9999", "year", {"9999": 1}),
    ("XXXX", "year", {f"{year:04}": 0.0001 for year in range(1, 10_000)}),
]  # fmt: skip


@pytest.mark.parametrize(("edtf", "interval", "shares"), SHARES, ids=[f"{edtf} by {by}" for edtf, by, _ in SHARES])
def test_given_an_uncertain_date_when_spread_then_each_period_has_its_share(
    client: Client, edtf: str, interval: str, shares: dict[str, float]
) -> None:
    client.report("x:1", occurred={"edtf": edtf}, status="planned")
    found = counted(client, "", interval, spread="true")
    assert found == {(period,): pytest.approx(share, abs=2e-6) for period, share in shares.items()}
    [(period,)] = counted(client, "", interval)
    assert period == min(shares)


def test_given_thirds_when_spread_then_they_add_up_to_whole_numbers(client: Client) -> None:
    for number in range(3):
        client.report(f"x:{number}", occurred={"edtf": "2025-01-31/2025-02-02"})
    assert counted(client, "", "month", spread="true") == {("2025-01",): 1, ("2025-02",): 2}


@pytest.mark.parametrize("spread", ["true", "false"])
def test_given_an_undated_action_then_it_has_no_period(client: Client, spread: str) -> None:
    client.report("x:1", occurred=None, status="planned")
    client.report("x:2")
    assert counted(client, "", "year", spread=spread) == {("2025",): 1, (None,): 1}
    assert counted(client, "", None, spread=spread) == {(None,): 2}


@pytest.mark.parametrize(
    ("day", "week"), [("0001-01-01", "0001-W01"), ("0999-12-31", "1000-W01"), ("9999-12-31", "9999-W52")]
)
def test_given_days_at_the_ends_of_time_then_their_periods_have_four_digits(
    client: Client, day: str, week: str
) -> None:
    client.report("x:1", occurred={"edtf": day}, status="planned")
    periods = [period for interval in INTERVALS for (period,) in counted(client, "", interval)]
    assert periods == [day, week, day[:7], day[:4]]


@pytest.mark.parametrize("spread", ["true", "false"])
def test_given_nothing_to_count_then_one_number_in_all_is_0_whether_spread_or_not(client: Client, spread: str) -> None:
    assert counted(client, "", None, spread=spread) == {(None,): 0}
    assert counted(client, "", "year", spread=spread) == {}
