"""The bounds of a stretch never leave out a row that matches: held against the definition of a match, day by day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.instants import FOREVER
from projections import counts, wanted, years
from projections.filters import MOST_LANES, Filters
from projections.readmodel import Moment
from projections.stretches import DATED, UNDATED, bounds, stretch_of
from projections.years import Run, Years
from tests.support import tally
from tests.support.client import Client

DAYS = st.integers(-1_500, 1_500).map(lambda number: date(2000, 1, 1) + timedelta(days=number))
MAYBE = st.none() | DAYS


@given(MAYBE, MAYBE, DAYS, MAYBE, MAYBE, MAYBE, st.sampled_from(["overlap", "within"]), MAYBE)
def test_given_any_version_that_matches_then_its_day_lies_within_the_bounds(
    earliest: date | None, latest: date | None, since: date, until: date | None, start: date | None, end: date | None,
    match: str, known: date | None,
) -> None:  # fmt: skip
    if earliest and latest:
        earliest, latest = sorted((earliest, latest))
    number = stretch_of(earliest, latest, since, until)
    if number == UNDATED or not matches(earliest, latest, since, until, start, end, match, known):
        return
    texts = (day and day.isoformat() for day in (start, end))
    day = earliest or latest
    bound = bounds(replace(DATED[number], lead=(day - since).days), *texts, match, known)
    assert bound and (bound.first or "") <= day.isoformat() <= (bound.last or "9999-12-31")


def matches(
    earliest: date | None, latest: date | None, since: date, until: date | None, start: date | None, end: date | None,
    match: str, known: date | None,
) -> bool:  # fmt: skip
    if known and not (since <= known and (until is None or known <= until)):
        return False
    first, last = earliest or date.min, latest or date.max
    if match == "within":
        return (not start or first >= start) and (not end or last <= end)
    return (not start or last >= start) and (not end or first <= end)


@pytest.mark.parametrize(
    ("earliest", "latest", "since", "until", "number"),
    [
        (date(2025, 2, 1), date(2025, 2, 1), date(2025, 2, 1), None, 0),
        (date(2025, 2, 1), date(2025, 2, 2), date(2025, 2, 1), None, 1),
        (date(2025, 2, 1), date(2025, 2, 1), date(2025, 1, 1), date(2025, 2, 2), 2),
        (date(2025, 2, 1), date(2025, 2, 1), date(2023, 1, 1), date(2025, 2, 2), 3),
        (date(2025, 2, 1), date(2025, 2, 1), date(2025, 1, 1), None, 4),
        (date(2025, 1, 1), date(2025, 12, 31), date(2025, 2, 1), None, 5),
        (date(2025, 1, 1), None, date(2025, 2, 1), None, 6),
        (None, date(2025, 1, 1), date(2025, 2, 1), None, 7),
        (None, None, date(2025, 2, 1), None, 8),
    ],
)
def test_given_a_version_then_it_lies_in_the_first_stretch_that_it_fits(
    earliest: date | None, latest: date | None, since: date, until: date | None, number: int
) -> None:
    assert stretch_of(earliest, latest, since, until) == number


def test_given_days_at_the_ends_of_the_calendar_then_bounds_stay_within_it() -> None:
    bound = bounds(DATED[2], "0001-01-02", "9999-12-31", "overlap", date(1, 1, 3))
    assert bound and (bound.first, bound.last) == ("0001-01-01", "0001-04-05")
    assert bounds(DATED[-1], "2025-01-01", None, "within", None) is None


YEARS = Years(
    9, [("", 8, 5, 1, 0), ("1900", 0, 50, 2, -9), ("1950", 0, 5, 2, -4), ("1950", 2, 70, 3, 60), ("1960", 0, 8, 6, -7)]
)


@pytest.mark.parametrize(
    ("at", "runs"),
    [
        (None, ["", "1900-1960"]),
        (Moment(60, 9), ["", "1900-1960"]),
        (Moment(40, 9), ["", "1950-1960"]),
        (Moment(60, 2), ["", "1900-1950"]),
        (Moment(4, 9), []),
    ],
)
def test_given_a_moment_then_years_in_which_nothing_was_known_are_not_read(at: Moment | None, runs: list[str]) -> None:
    found = YEARS.runs(at)
    assert [run.first and f"{run.first[:4]}-{run.last[:4]}" for run in found] == runs


def test_given_years_then_a_stretch_leads_as_far_as_any_of_its_rows() -> None:
    assert [(one.number, one.lead) for one in YEARS.stretches] == [(0, -4), (2, 60)]


def test_given_more_moments_than_are_remembered_then_their_runs_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years, "KEPT", 2)
    fresh = Years(YEARS.position, YEARS.rows)
    for known in (4, 40, 60, 40, 4):
        assert fresh.runs(Moment(known, 9)) == YEARS.runs(Moment(known, 9))


def test_given_years_between_that_cannot_match_then_the_runs_are_apart() -> None:
    apart = Years(9, [("1900", 0, 5, 1, 0), ("1910", 0, 99, 1, 0), ("1920", 0, 5, 1, 0)])
    assert apart.runs(Moment(10, 9)) == [
        Run("1900-01-01", "1900-12-31", frozenset([0])),
        Run("1920-01-01", "1920-12-31", frozenset([0])),
    ]


def test_given_more_slices_than_one_statement_takes_then_whole_lanes_are_read(
    demo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/counts?group_by=kind&from=2025-02-10&to=2025-02-20&{tally.pinned(demo, 'as_of=2025-02-18')}"
    sliced = demo.json(address)["results"]
    monkeypatch.setattr(wanted, "MOST_SLICES", 0)
    assert sliced and demo.json(address)["results"] == sliced


def test_given_as_many_lanes_as_are_merged_then_all_their_stretches_fit_in_one_statement() -> None:
    lanes, run = [f":v{number}" for number in range(MOST_LANES)], Run("2001-01-01", "2001-12-31", frozenset(range(8)))
    asked = wanted.Wanted(Filters(start="2001-01-01"), None, "", {}, "", "", lanes, [run], DATED)
    assert len(list(asked.slices(run))) == MOST_LANES * len(DATED) <= wanted.MOST_SLICES - MOST_LANES


@pytest.mark.parametrize("query", ["person=Keir+Starmer", "topic=ukraine", "q=summit", "organisation=EU&q=ukraine"])
def test_given_what_too_many_states_have_then_they_are_looked_for_in_order(
    demo: Client, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    paths = [f"/api/{path}&{query}" for path in ("timeline?sort=-date", "timeline?limit=3", "counts?interval=year")]
    gathered = [demo.json(path)["results"] for path in paths]
    monkeypatch.setattr(wanted, "RARE", -1)
    assert all(gathered) and [demo.json(path)["results"] for path in paths] == gathered


@pytest.mark.parametrize(
    ("filters", "gathered"),
    [
        (Filters(), True),
        (Filters(country=("USA",)), True),
        (Filters(country=("NOR",)), False),
        (Filters(start="2025-02-01"), True),
        (Filters(start="2026-01-01"), False),
        (Filters(country=("NOR", "USA", "RUS"), end="2025-12-31"), True),
        (Filters(country=("USA",), end="2024-12-31"), False),
    ],
)
def test_given_what_many_states_have_then_it_is_gathered_to_be_counted_unless_a_lane_or_a_range_leaves_less(
    demo: Client, monkeypatch: pytest.MonkeyPatch, filters: Filters, gathered: bool
) -> None:
    monkeypatch.setattr(wanted, "RARE", 0)
    monkeypatch.setattr(wanted, "GATHERED", 1)
    asked, at = replace(filters, topic=("ceasefire",)), Moment(FOREVER - 1, demo.head)
    found = demo.runner.run(wanted.wanted(demo.instance.database, asked, at))
    assert (not found.lanes) is gathered


@pytest.mark.parametrize(
    ("filters", "lane"),
    [
        (Filters(country=("USA", "NOR"), match="all"), "NOR"),
        (Filters(country=("USA",), also=(("country", "NOR"), ("organisation", "EU"))), "NOR"),
        (Filters(also=(("country", "USA"), ("country", "NOR"))), "NOR"),
        (Filters(country=("USA",), role=("host",), also=(("country", "NOR"),)), "USA"),
    ],
)
def test_given_countries_that_are_all_to_take_part_then_the_lane_of_the_rarest_is_read(
    demo: Client, monkeypatch: pytest.MonkeyPatch, filters: Filters, lane: str
) -> None:
    monkeypatch.setattr(wanted, "RARE", -1)
    found = demo.runner.run(wanted.unsliced(demo.instance.database, filters, Moment(FOREVER - 1, demo.head)))
    assert [found.params[name[1:]] for name in found.lanes] == [lane]


@pytest.mark.parametrize("more", ["interval=month", "interval=week", "interval=month&spread=true"])
def test_given_more_rows_than_an_answer_may_have_then_counts_are_refused(
    demo: Client, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    monkeypatch.setattr(counts, "MOST", 2)
    refused = demo.get(f"/api/counts?group_by=kind&{more}")
    assert refused.status_code == 400 and "count by a longer interval" in refused.json()["detail"]
