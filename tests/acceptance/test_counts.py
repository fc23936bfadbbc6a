"""Counts, relations and views of every country equal a plain loop over the timeline, now and as of ten past days."""

import shutil
from collections.abc import Iterator
from itertools import islice

import pytest

from service import demo as demonstration
from tests.support import tally
from tests.support.client import Client
from tests.support.profile import answered, profile

NOW = ""
DEMO = "2025-02-17 2025-02-18 2025-02-28 2025-03-12 2025-04-20 2025-05-16 2025-08-16 2025-08-19 2025-09-03 2025-10-01"
ARCHIVE = (
    "2010-02-25 2010-02-26 2010-10-25 2012-01-01 2014-06-15 2017-04-21 2017-09-20 2018-03-11 2020-12-31 2025-02-26"
)
BY = [("country",), ("country", "kind"), ("country", "role"), ("organisation", "kind"), ("person",)]
VIEWED = 4
"""Countries and pairs looked at one by one on each day, others on every day: a view of the archive takes 0.1 s."""


@pytest.fixture(scope="module")
def archive(both_lists: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A service that holds both lists of the Department of State and the demonstration's data."""
    with Client(str(shutil.copytree(both_lists, tmp_path_factory.mktemp("archive"), dirs_exist_ok=True))) as client:
        demonstration.load(client.instance)
        yield client


@pytest.mark.parametrize("day", [NOW, *DEMO.split()])
def test_given_the_demo_on_a_day_then_every_number_equals_a_plain_loop(demo: Client, day: str) -> None:
    assert_all(demo, day, DEMO.find(day))


@pytest.mark.parametrize("day", [NOW, *ARCHIVE.split()])
def test_given_the_archive_on_a_day_then_every_number_equals_a_plain_loop(archive: Client, day: str) -> None:
    assert_all(archive, day, ARCHIVE.find(day))


def assert_all(client: Client, day: str, turn: int) -> None:
    """`turn`: another number on every day."""
    at = tally.pinned(client, f"as_of={day}" if day else "")
    actions = tally.timeline(client, at)
    rows = {row["country"]: row["count"] for row in client.json(f"/api/countries?{at}")["results"]}
    assert actions and {(None, code): count for code, count in rows.items()} == tally.counts(
        actions, None, ("country",)
    )
    assert_counted(client, at, actions)
    assert_related(client, at, tally.done(actions), turn)
    assert_viewed(client, at, actions, islice(sorted(rows), turn % 11, None, max(1, len(rows) // VIEWED)))


def assert_counted(client: Client, at: str, actions: list[tally.Action]) -> None:
    for groups in BY:
        assert tally.counted(client, at, None, groups) == tally.counts(actions, None, groups)
    assert tally.counted(client, at, "year", ("country",)) == tally.counts(actions, "year", ("country",))
    assert sum(tally.counted(client, at, "month").values()) == len(actions)


def assert_related(client: Client, at: str, met: list[tally.Action], turn: int) -> None:
    """Each pair as the matrix, its own page and the timeline have it."""
    related, went = tally.pairs(met), tally.visits(met)
    assert tally.matrix(client.json(f"/api/relations?{at}")["results"]) == related
    for a, b in islice(sorted(related), turn, None, 1 + len(related) // VIEWED):
        pair = client.json(f"/api/relations/{a}/{b}?{at}")
        total = client.json(f"{pair['actions_url']}&limit=1&count=true")["total"]["value"]
        assert pair["count"] == total == related[a, b]
        assert [row["count"] for row in pair["visits"]] == [went[a, b], went[b, a]]


def assert_viewed(client: Client, at: str, actions: list[tally.Action], codes: Iterator[str]) -> None:
    for code in codes:
        view = answered(client.json(f"/api/countries/{code}?{at}"))
        assert view == profile(actions, ("country", code))
