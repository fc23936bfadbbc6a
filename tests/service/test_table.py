"""Actions as CSV: what each cell says, and that any text comes back from it as it was."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from service.interchange.table import COLUMNS, columns, participant, rows

STARMER = {"person": "Keir Starmer", "title": "Prime Minister", "country": "GBR", "organisation": None}
TRUMP = {"person": None, "title": "President", "country": "USA", "organisation": None}
ADVISER = {"person": "An adviser", "title": None, "country": "GBR", "organisation": "NATO"}
ACTION: dict[str, Any] = {
    "id": "9d4b", "kind": "visit", "status": "planned", "outcome": "open", "reason": None, "merged_into": None,
    "title": "A visit", "summary": None, "quote": None, "conditions": ["a ceasefire", "a backstop"],
    "occurred": {"edtf": "2025-02-27", "earliest": "2025-02-27", "latest": "2025-02-27", "basis": "stated"},
    "place": {"name": "White House", "country": "USA"}, "subjects": ["UKR"], "topics": [], "source_ref": "a",
    "participants": [STARMER | {"role": "visitor"}, TRUMP | {"role": "host"}, ADVISER | {"role": "delegate"}],
    "reports": [
        {"publisher": "AFP", "url": None}, {"publisher": "Reuters", "url": "https://example.org/1"},
        {"publisher": "AFP", "url": "https://example.org/2"},
    ],
    "known_from": "2025-02-17T21:00:00Z", "recorded_at": "2026-01-01T00:00:00Z", "version": 1, "position": 5,
}  # fmt: skip


def written(*actions: dict[str, Any]) -> str:
    async def states() -> AsyncIterator[bytes]:
        for action in actions:
            yield orjson.dumps(action)

    async def whole() -> bytes:
        return b"".join([line async for line in rows(states())])

    return asyncio.run(whole()).decode()


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_given_an_action_then_lists_are_joined_and_each_country_and_publisher_named_once():
    row = columns(ACTION)
    assert (row["countries"], row["publishers"]) == ("GBR; USA", "AFP; Reuters")
    assert (row["conditions"], row["urls"]) == (
        "a ceasefire; a backstop",
        "https://example.org/1; https://example.org/2",
    )
    assert (row["place"], row["place_country"], row["edtf"]) == ("White House", "USA", "2025-02-27")


def test_given_participants_then_each_is_told_by_what_is_known_of_it():
    told = "Keir Starmer, Prime Minister, GBR (visitor); President, USA (host); An adviser, GBR, NATO (delegate)"
    assert columns(ACTION)["participants"] == told
    assert participant({**TRUMP, "title": None, "role": "host"}) == "USA (host)"


def test_given_no_place_and_no_date_then_their_cells_are_empty():
    undated = dict.fromkeys(("edtf", "earliest", "latest", "basis"))
    [row] = read(written({**ACTION, "place": None, "occurred": undated}))
    assert {row[name] for name in ("place", "place_country", "edtf", "earliest", "latest", "basis")} == {""}


def test_given_nothing_then_the_header_stands_alone():
    assert written() == ",".join(COLUMNS) + "\r\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=3))
def test_given_any_titles_then_each_is_one_row_and_comes_back_as_it_was(titles):
    found = read(written(*({**ACTION, "title": title} for title in titles)))
    assert [row["title"] for row in found] == titles
