"""Sums of deltas equal plain loops over the timeline at every moment, however facts arrive."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.instants import FOREVER, from_micros, to_micros, write_instant
from projections import cells, promises, summed, tallies
from projections.cells import AFTER, OF_A_COUNTRY, VALUES, first_cell
from projections.filters import Filters
from projections.readmodel import Moment
from projections.summed import lane_of, tallied
from service.demo import load
from service.statements import id_of
from tests.projections.test_timeline import few, told
from tests.support import tally
from tests.support.client import Client, Fresh

OF_ALL = ["year", "month", "ahead", *tally.GROUPS, "pair", "two", "visit"]
LANES = ["", "GBR", "USA", "FRA"]


def looped(actions: list[tally.Action], lane: str, facet: str) -> Counter[str]:
    """value -> count, by a plain loop."""
    own = [action for action in actions if not lane or facet == "visitors" or lane in tally.countries(action)]
    return Counter(value for action in own for value in _values(action, lane, facet))


def _values(action: tally.Action, lane: str, facet: str) -> set[str]:
    if facet in _TIES:
        return _TIES[facet](tally.done([action]), lane)
    if facet == "own role":
        return {party["role"] for party in action["participants"] if party["country"] == lane}
    if facet == "ahead":
        return {f"{action['outcome']} {_ahead(action)}"} if action["outcome"] else set()
    if facet == "year":
        return {(tally.day(action) or "")[:4]}
    if facet == "month":
        return {f"{(tally.day(action) or '')[:7]} {action['kind']} {action['status']}"}
    return {value for (value,) in tally.grouped(action, (facet,))}


def _ahead(action: tally.Action) -> int | str:
    day, heard = tally.day(action), date.fromisoformat(action["known_from"][:10])
    return (date.fromisoformat(day) - heard).days if day else ""


_TIES: dict[str, Callable[[list[tally.Action], str], set[str]]] = {
    "with": lambda begun, lane: {b for a, b in tally.pairs(begun) if a == lane},
    "visits": lambda begun, lane: {host for guest, host in tally.visits(begun) if guest == lane},
    "visitors": lambda begun, lane: {guest for guest, host in tally.visits(begun) if host == lane},
    "visit": lambda begun, lane: {" ".join(pair) for pair in tally.visits(begun)},
    "pair": lambda begun, lane: {" ".join(sorted(pair)) for pair in tally.pairs(begun)},
    "two": lambda begun, lane: {
        " ".join(sorted(pair)) for pair in tally.pairs(begun) if len(tally.countries(begun[0])) == 2
    },
}


def assert_tallied(client: Client, at: datetime) -> None:
    moment = Moment(to_micros(at), client.head)
    actions = tally.timeline(client, f"as_of={write_instant(at)}&position={client.head}")
    for lane in LANES:
        for facet in OF_A_COUNTRY if lane else OF_ALL:
            found = client.runner.run(tallied(client.instance.database, lane, facet, moment))
            assert found == looped(actions, lane, facet), (lane, facet)


@few
@given(st.data())
def test_given_any_story_then_every_tally_is_that_of_a_plain_loop(fresh: Fresh, data: Any) -> None:
    with Client(fresh()) as client:
        told(client, data)
        rows = client.runner.run(client.instance.database.read("SELECT known_from, known_to FROM versions"))
        ends = sorted({end for row in rows for end in row if end < FOREVER})
        at = data.draw(st.sampled_from(ends)) + data.draw(st.sampled_from([-1, 0]))
        assert_tallied(client, from_micros(at))


@pytest.mark.parametrize("day", ["2024-12-31", "2025-01-01", "2025-02-18", "2025-09-03", "2026-01-01"])
def test_given_the_demo_on_a_day_then_every_tally_is_that_of_a_plain_loop(demo: Client, day: str) -> None:
    assert_tallied(demo, datetime.fromisoformat(f"{day}T12:00:00+00:00"))


@pytest.mark.parametrize("day", ["2025-02-02", "2025-02-18", "2025-02-27"])
def test_given_many_facts_on_both_sides_of_a_day_in_its_month_then_the_nearer_end_tells_the_same(
    demo: Client, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setattr(summed, "LEAST", 1)
    assert_tallied(demo, datetime.fromisoformat(f"{day}T12:00:00+00:00"))


def test_given_little_room_then_a_batch_is_added_up_in_parts_to_the_same_sums(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "ADDED", 1)
    monkeypatch.setattr(tallies, "KEPT", 50)
    monkeypatch.setattr(tallies, "WRITTEN", 7)
    load(client.instance)
    assert_tallied(client, datetime.fromisoformat("2025-09-03T12:00:00+00:00"))


def test_given_a_fact_that_changes_nothing_that_counts_then_the_sums_stay(client: Client) -> None:
    load(client.instance)
    meeting = str(id_of("ukraine-2025:putin-zelensky-meeting"))
    client.add(meeting, "retracted", on="2025-09-10", reason="No such plan.")
    client.add(meeting, "corroborated", report={"publisher": "Gazette", "published_at": "2025-09-11T08:00:00Z"})
    assert_tallied(client, datetime.fromisoformat("2025-09-12T12:00:00+00:00"))


def test_given_visits_counted_the_other_way_round_then_the_digest_is_another_one(client: Client) -> None:
    load(client.instance)
    guest, host = (first_cell(lane, "visits", 0) for lane in ("GBR", "USA"))
    with client.instance.database.transaction() as execute:
        numbers = dict(execute.rows("SELECT name, number FROM names WHERE name IN ('GBR', 'USA')"))
        before = tallies.digest(execute)
        moved = (
            "UPDATE tallies SET cell = cell + :by WHERE cell >= :first AND cell < :last AND cell % :values = :value"
            " RETURNING cell"
        )
        by, last = host - guest + numbers["GBR"] - numbers["USA"], guest + (AFTER << VALUES)
        asked = {"by": by, "first": guest, "last": last, "values": 1 << VALUES, "value": numbers["USA"]}
        assert execute.rows(moved, asked)
        assert tallies.digest(execute) != before


def test_given_all_lanes_and_facets_then_a_cell_has_the_bits_of_a_database() -> None:
    series = max(cells.LANES.values()) + max(cells.FACETS.values())
    assert series + (1 << cells.SPANS + cells.VALUES) <= 1 << 63


def test_given_an_older_position_or_what_is_not_kept_then_there_is_no_tally(demo: Client) -> None:
    read, now = demo.instance.database, to_micros(demo.clock())
    assert demo.runner.run(tallied(read, "", "kind", Moment(now, demo.head - 1))) is None
    assert demo.runner.run(tallied(read, "GBR", "pair", Moment(now, demo.head))) is None


def test_given_nothing_was_announced_then_the_tallies_say_so_and_no_row_is_read(
    demo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promises, "_read", None)
    at, wanted = Moment(to_micros(datetime.fromisoformat("2020-01-01T00:00:00+00:00")), demo.head), Filters()
    assert [one.count for one in demo.runner.run(promises.promises(demo.instance.database, wanted, at))] == [0] * 4


@pytest.mark.parametrize(
    ("filters", "lane"),
    [
        (Filters(), ""),
        (Filters(country=("GBR",)), "GBR"),
        (Filters(country=("GBR",), match="all"), None),
        (Filters(country=("GBR", "USA")), None),
        (Filters(status=("planned",)), None),
    ],
)
def test_given_filters_then_only_all_and_one_country_have_a_lane(filters: Filters, lane: str | None) -> None:
    assert lane_of(filters) == lane
