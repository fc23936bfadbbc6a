"""Doing things with the chart as a visitor does: Plotly's drag layer covers the marks, so by coordinates."""

from typing import Any

from playwright.sync_api import Page

MARKS = """() => {
  const plot = document.getElementById('plot'), box = plot.getBoundingClientRect(), { xaxis, yaxis } = plot._fullLayout;
  return plot.data.filter((trace) => trace.hovertext && trace.meta?.id && trace.type === 'scatter').flatMap((trace) =>
    trace.meta.id.map((id, n) => ({
      id, lane: trace.meta.lane[n], name: trace.name,
      x: box.left + xaxis._offset + xaxis.d2p(trace.x[n]), y: box.top + yaxis._offset + yaxis.d2p(trace.y[n]),
    })));
}"""


def marks(page: Page) -> list[dict[str, Any]]:
    """What the chart shows: id, lane, name of the trace, and where on the screen."""
    found: list[dict[str, Any]] = page.evaluate(MARKS)
    return found


def mark_of(page: Page, id: str) -> dict[str, Any]:
    return next(one for one in marks(page) if one["id"] == id)


def settled(page: Page, act: Any) -> None:
    """Acts, and waits until the page has loaded and drawn what follows."""
    before = int(page.locator("html").get_attribute("data-ready") or 0)
    act()
    page.wait_for_selector(f'html[data-ready]:not([data-ready="{before}"])', state="attached")


def summary(page: Page) -> str:
    return page.locator("#summary").inner_text()
