"""What changed between two days of knowledge, as a view of its own."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.support import settled, summary

SPAN = "/?view=changes&since=2025-02-17&as_of=2025-02-28"


def listed(page: Page) -> dict[str, int]:
    """How many rows each list says that it has."""
    heads = page.locator("#news h2").all_inner_texts()
    return {head.rpartition("\n")[0]: int(head.rpartition("\n")[2]) for head in heads}


def test_given_two_days_then_what_is_new_and_what_changed_is_told_with_its_evidence(open_page: Open):
    page = open_page(SPAN)
    diff = page.request.get("/api/diff?from=2025-02-17&to=2025-02-28&limit=200").json()
    changed = {row["id"] for row in diff["changed"]}
    assert listed(page) == {"New": len(diff["added"]), "Changed": len(changed)}
    assert summary(page).startswith(f"{len(diff['added'])} new, {len(changed)} changed, 0 shown no more")
    visit = page.locator("#news li", has_text="Starmer to visit")
    expect(visit).to_contain_text("Status: planned → occurred")
    expect(visit).to_contain_text("known since 27 Feb 2025, 21:00 UTC")
    expect(visit).to_contain_text("public record")
    visit.get_by_role("button").click()
    expect(page.locator("#panel h2")).to_contain_text("Starmer to visit")


def test_given_the_view_then_its_days_filters_and_keys_change_it_and_stand_in_the_address(open_page: Open):
    page = open_page("/?as_of=2025-02-28")
    settled(page, lambda: page.keyboard.press("c"))
    expect(page.locator("#since")).to_have_value("2025-02-21")
    settled(page, lambda: page.get_by_role("button", name="Month").click())
    assert "since=2025-01-29" in page.url
    settled(page, lambda: page.locator(".chip", has_text="Vote").click())
    assert listed(page) == {"New": 1}
    settled(page, lambda: page.locator("#since").fill("2025-02-27"))
    expect(page.locator("#news")).to_contain_text("Nothing changed between 27 Feb 2025 and 28 Feb 2025")
    settled(page, lambda: page.get_by_role("button", name="Chart", exact=True).click())
    assert "view=" not in page.url


def test_given_only_time_that_passed_then_it_is_said_that_no_fact_was_needed(open_page: Open):
    page = open_page("/?view=changes&since=2025-09-01&as_of=2025-09-03")
    expect(page.locator("#news li").first).to_contain_text("Outcome: open → lapsed")
    expect(page.locator("#news li").first).to_contain_text("no fact was needed")


def test_given_an_instant_then_nothing_is_told_that_became_known_later_on_its_day(open_page: Open):
    page = open_page("/?view=changes&since=2025-02-10&as_of=2025-02-17T20:59:59Z")
    then, day = (
        len(page.request.get(f"/api/diff?from=2025-02-10&to={to}&limit=200").json()["added"])
        for to in ("2025-02-17T20:59:59Z", "2025-02-17")
    )
    assert listed(page)["New"] == then < day
    page = open_page("/?view=changes&since=2025-02-17&as_of=2025-02-17T20:59:59Z")
    expect(page.locator("#news")).to_contain_text("Nothing changed")
