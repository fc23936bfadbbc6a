"""Version rows, in all four corners: what tests/proof asks over HTTP at random, here exhaustively of the tables."""

from datetime import datetime
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.events import Fact
from domain.instants import FOREVER, from_micros, parse_instant
from service.statements import read_statement
from tests.strategies import INSTANTS, LATE, stories
from tests.support import model
from tests.support.client import Client, Fresh
from tests.support.oracle import known

few = settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a story, told to a database, takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],  # each example empties its store
)
NEVER = UUID(int=0)


def told(client: Client, data: Any) -> list[Fact]:
    """Records a story, a few facts at a time, as the days went by and long afterwards; what the log then holds."""
    lines, times = data.draw(stories()), st.sampled_from([*INSTANTS, LATE])
    for now in sorted(data.draw(st.lists(times, max_size=3))):
        client.clock.now = now
        record(client, lines[:: data.draw(st.integers(1, 3))])  # what is known already is not recorded again
    client.clock.now = LATE
    record(client, lines)
    return client.instance.log.read(0, 1_000)


def record(client: Client, lines: list[dict[str, Any]]) -> None:
    client.instance.ledger.load((number, read_statement(line)) for number, line in enumerate(lines, 1))


@few
@given(st.data())
def test_given_any_story_then_every_version_row_is_the_model_in_all_four_corners(fresh: Fresh, data: Any) -> None:
    with Client(fresh()) as client:
        facts = told(client, data)
        rows = client.runner.run(client.instance.database.read(ROWS))
        histories = {str(history[0].action): history for history in model.histories(facts)}
        for action, json, *row in rows:
            for at, position in corners_of(row, facts[-1].position):
                state = known(histories[action], at, position)
                assert state and bytes(json) == model.as_bytes(model.plain(state))


ROWS = (
    "SELECT v.action, s.json, v.known_from, v.known_to, v.from_position, v.to_position"
    " FROM versions v JOIN states s ON s.state = v.state"
)


def corners_of(row: list[int], head: int) -> list[tuple[datetime, int]]:
    """The first and the last microsecond, at the first and the last position."""
    since, until, first, last = row
    ends = [from_micros(since), from_micros(until - 1) if until < FOREVER else parse_instant("9999-12-31T23:59:59Z")]
    return [(at, position) for at in ends for position in (first, min(last - 1, head))]


@few
@given(st.data())
def test_given_any_story_then_no_two_version_rows_of_an_action_overlap(fresh: Fresh, data: Any) -> None:
    with Client(fresh()) as client:
        told(client, data)
        assert client.runner.run(client.instance.database.read(OVERLAPPING)) == []


OVERLAPPING = (
    "SELECT a.action FROM versions a JOIN versions b ON a.action = b.action AND a.lane = b.lane"
    " AND (a.known_from, a.from_position) < (b.known_from, b.from_position)"
    " WHERE a.known_from < b.known_to AND b.known_from < a.known_to"
    " AND a.from_position < b.to_position AND b.from_position < a.to_position"
)
