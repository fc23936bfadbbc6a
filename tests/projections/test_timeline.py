"""The timeline over HTTP equals a naive model, to the byte, for any history, any query and any (K, N)."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.events import Fact
from domain.instants import FOREVER, from_micros, parse_instant, write_instant
from service.statements import read_statement
from tests.projections.queries import clocks, queries
from tests.strategies import INSTANTS, LATE, stories
from tests.support import model
from tests.support.client import Client, Fresh
from tests.support.model import Query
from tests.support.oracle import breakpoints, known

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


def asked(data: Any, facts: list[Fact]) -> Query:
    recorded = [fact.recorded_at for fact in facts]
    when: Query = data.draw(clocks(breakpoints(facts), recorded, facts[-1].position))
    query: Query = data.draw(queries())
    return query | when


def moment(query: Query, facts: list[Fact], now: str) -> tuple[datetime, int]:
    """K and N of a query, as CONTRACT.md has them; `now` is the answer's own as_of, where it is asked for none."""
    given = {name: values[0] for name, values in query.items()}
    position = int(given.get("position", facts[-1].position))
    if by := given.get("recorded_by"):
        position = max((fact.position for fact in facts if fact.recorded_at <= parse_instant(by)), default=0)
        return parse_instant(given.get("as_of", by)), position
    held = [fact.recorded_at for fact in facts if fact.position <= position]
    alone = write_instant(max(held)) if held else "0001-01-01T00:00:00Z"
    return parse_instant(given.get("as_of", alone if "position" in given else now)), position


@few
@given(st.data())
def test_given_any_story_when_any_query_is_paged_to_its_end_then_it_equals_the_model(fresh: Fresh, data: Any) -> None:
    with Client(fresh()) as client:
        facts = told(client, data)
        for query in [asked(data, facts) for _ in range(8)]:
            assert_pages(client, query, facts)


def assert_pages(client: Client, query: Query, facts: list[Fact]) -> None:
    address = f"/api/timeline?{urlencode(query, doseq=True)}"
    at, position = moment(query, facts, client.json(address)["as_of"])
    rest = expected = model.timeline(facts, query, at, position)
    limit = int(query["limit"][0])
    while address:
        answer = client.get(address)
        page, rest = rest[:limit], rest[limit:]
        at = parse_instant(answer.json()["as_of"]) if not {"as_of", "position", "recorded_by"} & query.keys() else at
        head = f'],"as_of":"{write_instant(at)}","position":{position},'.encode()
        assert answer.content.startswith(b'{"results":[' + b",".join(page) + head)
        assert answer.json().get("total") == ({"value": len(expected)} if query["count"] == ["true"] else None)
        address = answer.json()["next"]
    assert not rest


@few
@given(st.data())
def test_given_any_story_when_an_action_is_read_then_it_equals_the_model(fresh: Fresh, data: Any) -> None:
    with Client(fresh()) as client:
        facts = told(client, data)
        for history in [*model.histories(facts), []]:
            query = data.draw(clocks(breakpoints(facts), [fact.recorded_at for fact in facts], facts[-1].position))
            assert_action(client, history, query, *moment(query, facts, write_instant(client.clock.now)))


def assert_action(client: Client, history: list[Fact], query: Query, at: datetime, position: int) -> None:
    state, id = known(history, at, position), history[0].action if history else NEVER
    address = f"/api/actions/{id}?{urlencode(query, doseq=True)}"
    answer = client.get(address)
    if state is None:
        assert answer.status_code == 404
    elif state.merged_into:
        assert answer.status_code == 308
        assert answer.headers["location"].partition("?")[0] == f"/api/actions/{state.merged_into}"
    else:
        assert answer.content == model.as_bytes(model.plain(state))
    if state:
        assert client.get(f"{address}&redirect=no").content == model.as_bytes(model.plain(state))


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
