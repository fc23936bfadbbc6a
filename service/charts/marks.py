"""The marks themselves: a symbol for each day, a bar for each span."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from service.charts import words
from service.charts.entries import MARK
from service.charts.layout import Placed
from service.charts.options import Theme
from service.charts.palette import INKS, SIZES, SYMBOL_OF
from service.charts.scale import DAY, Scale
from service.charts.traces import Trace, colour, fill, grouped, meta, on_top

BAR = 15  # pixels
INSET = 11  # pixels from the end of a bar to the middle of what stands in it
HATCHES = {"planned": "/", "postponed": ".", "lapsed": "."}


def marks(placed: Sequence[Placed], scale: Scale, theme: Theme) -> Iterator[Trace]:
    """One trace for each kind in each state."""
    bars = [one for one in placed if one.entry.is_bar]
    yield from (_bars(group, theme) for group in grouped(bars, _style))
    yield from (_bar_symbols(group, scale, theme) for group in grouped(bars, _style))
    points = (one for one in placed if not one.entry.is_bar)
    yield from (_points(group, theme) for group in grouped(points, _style))


def _style(one: Placed) -> Hashable:
    return one.entry.kind, one.entry.look


def _common(placed: Sequence[Placed]) -> Trace:
    return {
        "name": f"{placed[0].entry.kind}, {placed[0].entry.look}",
        "y": [one.y for one in placed],
        "hovertext": [words.hover(one.entry.action, one.entry.when) for one in placed],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "meta": meta(placed),
    }


def _points(placed: Sequence[Placed], theme: Theme) -> Trace:
    first = placed[0]
    full = first.entry.look == "occurred"
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(one.entry.at * DAY) for one in placed],
        "marker": {
            "symbol": SYMBOL_OF[first.entry.kind],
            "size": MARK * SIZES.get(SYMBOL_OF[first.entry.kind], 1),
            "opacity": 1,
            "color": fill(first, theme),
            "line": {"width": 1.2 if full else 2, "color": INKS[theme].page if full else colour(first, theme)},
        },
        **_common(placed),
    }


def _bars(placed: Sequence[Placed], theme: Theme) -> Trace:
    first = placed[0]
    marker = {
        "color": fill(first, theme),
        "cornerradius": 4,
        "line": {"width": 1.6, "color": colour(first, theme)},
        **_pattern(first, theme),
    }
    return {
        "type": "bar",
        "orientation": "h",
        "base": [round(one.entry.start * DAY) for one in placed],
        "x": [round((one.entry.end - one.entry.start) * DAY) for one in placed],
        "width": BAR,
        "textposition": "none",
        "marker": marker,
        **_common(placed),
    }


def _pattern(one: Placed, theme: Theme) -> dict[str, Any]:
    shape = HATCHES.get(one.entry.look)
    drawn = {"fillmode": "replace", "size": 6, "solidity": 0.22, "bgcolor": INKS[theme].page}
    return {"pattern": {"shape": shape, "fgcolor": colour(one, theme), **drawn}} if shape else {}


def _bar_symbols(placed: list[Placed], scale: Scale, theme: Theme) -> Trace:
    """The kind's shape at the left end of a bar, since a bar's own shape says only that it lasted."""
    first = placed[0]
    full, hatched = first.entry.look == "occurred", first.entry.look in HATCHES
    marker = {
        "symbol": SYMBOL_OF[first.entry.kind],
        "size": 10 if hatched else 8,
        "opacity": 1,
        "color": INKS[theme].page if full else colour(first, theme),
        "line": {"width": 1.5 if hatched else 0, "color": INKS[theme].page},
    }
    middle = [round((one.entry.start + scale.days_in(INSET)) * DAY) for one in placed]
    return {**on_top("kind of a bar", "markers", placed), "x": middle, "marker": marker}
