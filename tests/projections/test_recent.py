"""The feed over HTTP equals a plain loop, for any history, any filters and any moment."""

from typing import Any
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from domain.events import Fact
from domain.instants import write_instant
from tests.projections.queries import queries
from tests.projections.test_timeline import few, told
from tests.strategies import moments
from tests.support import feed
from tests.support.client import Client, Fresh
from tests.support.model import Query, as_bytes, plain
from tests.support.oracle import breakpoints, known


@few
@given(st.data())
def test_given_any_story_when_its_feed_is_read_to_its_end_then_it_equals_the_model(fresh: Fresh, data: Any) -> None:
    with Client(fresh()) as client:
        facts = told(client, data)
        for _ in range(8):
            at, position = data.draw(moments(breakpoints(facts))), data.draw(st.integers(0, facts[-1].position))
            filters = {name: values for name, values in data.draw(queries()).items() if name not in ("sort", "count")}
            pins = {"as_of": [write_instant(at)], "position": [str(position)]}
            found = pages(client, filters | pins)
            assert [one.change for one in found] == feed.expected(facts, filters, at, position)
            assert_states(client, found[:2], [fact for fact in facts if fact.position <= position])


def pages(client: Client, query: Query) -> list[feed.Entry]:
    """The entries of all parts of a feed."""
    found: list[feed.Entry] = []
    address: str | None = f"/api/timeline.atom?{urlencode(query, doseq=True)}"
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        found, address = found + feed.read(answer.content), feed.link(answer.content, "next")
    return found


def assert_states(client: Client, entries: list[feed.Entry], facts: list[Fact]) -> None:
    """The pinned address of a change gives the action as it was from then on."""
    for entry in entries:
        action, at = entry.change
        state = known([fact for fact in facts if str(fact.action) == action], at)
        assert state and client.get(entry.links["related"]).content == as_bytes(plain(state))
