"""How soon a visitor sees the chart, a filter's effect, a step of replay, and two other timelines beside it.

Milliseconds in a real browser whose cache is empty at first; medians over rounds.
"""

import json
import statistics
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from benchmarks import peers, servers, writes
from benchmarks.figures import Figure
from tests.support.browser import find, is_root

ROUNDS = 7
LONGEST = 120_000  # milliseconds; what takes longer counts as not drawn
PAST = "as_of=2025-04-01"
WINDOWS = {0.01: "from=2010-01-01&to=2010-08-31", 0.1: "from=2010-01-01&to=2016-08-31"}
"""About such a share of the actions, which are made up over 66 years."""
FIRST = (
    "new PerformanceObserver((list) => { window.firstDrawn ??= list.getEntriesByName('chart-drawn')[0]?.startTime; })"
    ".observe({ entryTypes: ['mark'] })"
)
"""The page and those of its peers leave the mark `chart-drawn` in the browser's list whenever a chart stands."""
AFTER = """(key) => new Promise((done) => {
  const start = performance.now();
  const seen = new PerformanceObserver((list) => {
    const drawn = list.getEntriesByName('chart-drawn').find((one) => one.startTime > start);
    if (drawn) { seen.disconnect(); done(drawn.startTime - start); }
  });
  seen.observe({ entryTypes: ['mark'] });
  if (key) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  else document.querySelector('.kinds .chip.present input').click();
})"""
"""Milliseconds from a key, or a click on the first filter chip, until the chart stands again."""


def timings(folder: Path, actions: int) -> Iterator[Figure]:
    """Of the demo, then of an archive of so many actions; the peers where npm can install them."""
    archive = writes.store(folder / "archive", actions)
    with tempfile.TemporaryDirectory() as other, sync_playwright() as playwright:
        beside = Path(other) if peers.install(Path(other)) else None
        if beside is None:
            print("TimelineJS and vis-timeline are left out: npm could not install them")
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"] if is_root() else [])
        with tempfile.TemporaryDirectory() as demo, servers.product(demo, demo=True) as product:
            yield from _ours(browser, product.url, "the demo", 2_000)
            yield from _theirs(browser, product.url, "", "the demo", beside)
        with servers.product(archive) as product:
            url = product.url
            yield from _ours(browser, url, f"{actions:,} actions", 2_500)
            for share, window in WINDOWS.items():
                name = f"about {share * actions:,.0f} actions"
                yield _timing(f"first chart, {name}", _first(browser, f"{url}/?{window}"))
                yield from _theirs(browser, url, window, name, beside)
        browser.close()


def _timing(name: str, milliseconds: float | None, aim: float | None = None) -> Figure:
    why = "never drawn" if milliseconds is None else ""
    return Figure(name, milliseconds, aim, least=False, table="browser", why=why)


def _ours(browser: Browser, url: str, name: str, aim: float) -> Iterator[Figure]:
    yield _timing(f"first chart, {name}", _first(browser, url), aim)
    yield _timing(f"a filter chip clicked until redrawn, {name}", _again(browser, url, ""), 150)
    yield _timing(f"a step of replay until redrawn, {name}", _again(browser, f"{url}/?{PAST}", "]"), 100)


def _theirs(browser: Browser, url: str, window: str, name: str, folder: Path | None) -> Iterator[Figure]:
    if folder is None:
        return
    with urllib.request.urlopen(f"{url}/api/timeline.ndjson?{window}") as answer:
        peers.write(folder, [json.loads(line) for line in answer])
    with peers.serving(folder) as address:
        for peer in peers.PAGES:
            found = _first(browser, f"{address}/{peer}.html", rounds=3 if name == "the demo" else 1)
            yield _timing(f"first chart of {peer}, {name}", found)


def _first(browser: Browser, url: str, rounds: int = ROUNDS) -> float | None:
    """From asking for the page until its first chart stands, each time with an empty cache."""
    found = [one for one in (_once(browser, url) for _ in range(rounds)) if one is not None]
    return statistics.median(found) if len(found) * 2 > rounds else None


def _once(browser: Browser, url: str) -> float | None:
    page = _opened(browser)
    try:
        page.goto(url)
        page.wait_for_function("() => window.firstDrawn")
        return float(page.evaluate("window.firstDrawn"))
    except Error:
        return None
    finally:
        page.context.close()


def _again(browser: Browser, url: str, key: str) -> float:
    """The median from acting until the chart stands again."""
    page = _opened(browser)
    page.goto(url)
    page.wait_for_selector("html[data-ready]", state="attached")
    found = []
    for _ in range(ROUNDS + 1):
        found.append(float(page.evaluate(AFTER, key)))
        page.wait_for_timeout(400)
    page.context.close()
    return statistics.median(found[1:])


def _opened(browser: Browser) -> Page:
    """A page that fetches nothing from any other machine."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.route(lambda url: "//127.0.0.1" not in url, lambda route: route.abort())
    context.add_init_script(FIRST)
    context.set_default_timeout(LONGEST)
    return context.new_page()
