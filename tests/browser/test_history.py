"""How the panel tells an action's history: facts of one moment together, and a plan that nobody confirmed in time."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from playwright.sync_api import Locator, Page, expect

from service.statements import id_of
from tests.support.server import serving

PLAN, CALL = "history:plan", "history:call"


def fact(ref: str, type: str, published: str, **more: Any) -> dict[str, Any]:
    return {"type": type, "source_ref": ref, "report": {"publisher": "Gazette", "published_at": published}, **more}


FACTS = [
    fact(
        PLAN, "reported", "2024-03-01T08:00:00Z", kind="visit", title="Visit to Quito", occurred={"edtf": "2024-03-10"}
    ),
    fact(PLAN, "confirmed", "2024-05-01T08:00:00Z", status="occurred"),
    fact(CALL, "reported", "2024-06-01T08:00:00Z", kind="call", title="Call", occurred={"edtf": "2024-06-20"}),
    fact(CALL, "corrected", "2024-06-05T08:00:00Z", changes={"title": "Call with Lima"}),
    fact(CALL, "cancelled", "2024-06-05T08:00:00Z", reason="A strike."),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(str(tmp_path_factory.mktemp("told") / "data"), "--no-demo") as running:
        body = b"\n".join(map(orjson.dumps, FACTS))
        assert running.client.post("/api/imports?format=ndjson", content=body).json()["recorded"] == len(FACTS)
        yield running.url


def history(page: Page, told: str, ref: str, as_of: str) -> Locator:
    page.goto(f"{told}/?as_of={as_of}&action={id_of(ref)}")
    entries = page.locator("#panel .hist > li")
    expect(entries.first).to_contain_text("First reported")
    return entries


def test_given_a_plan_that_lapsed_before_it_was_confirmed_then_each_is_told_at_its_time(page: Page, told: str):
    entries = history(page, told, PLAN, "2024-04-01")
    expect(entries).to_have_count(3)
    expect(entries.nth(1)).to_contain_text("The day went by, and no report says that it happened")
    expect(entries.nth(1)).to_contain_text("open → lapsed")
    expect(entries.nth(1)).to_contain_text("11 Mar 2024")
    expect(entries.nth(2)).to_contain_text("not known yet")
    expect(entries.nth(2)).to_contain_text("planned → occurred")


def test_given_that_plan_before_its_day_or_once_confirmed_then_nothing_is_said_to_have_lapsed(page: Page, told: str):
    for as_of, later in (("2024-03-05", 1), ("2024-06-01", 0)):
        entries = history(page, told, PLAN, as_of)
        expect(entries).to_have_count(2)
        expect(page.locator("#panel .hist .later")).to_have_count(later)


def test_given_two_facts_of_one_moment_then_they_are_told_together_with_all_that_they_changed(page: Page, told: str):
    entries = history(page, told, CALL, "2024-07-01")
    expect(entries).to_have_count(2)
    last = entries.nth(1)
    for text in ("Corrected", "Called off: A strike.", "Call → Call with Lima", "planned → cancelled", "as fact 4;"):
        expect(last).to_contain_text(text)
    expect(last.locator("time")).to_have_count(1)
