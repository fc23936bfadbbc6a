"""What was known when, and how long after it happened.

From left to right: the day, week, month or year in which the public could first know of an action. From bottom to top:
bars, how many became known then, one above the other by the lag between happening and report; a line, against the axis
on the right, how many were known in all by then. An action happens on its earliest possible day.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from projections.counts import Count
from projections.heard import Lag, lags
from projections.shares import period_of
from service.api.params import filters
from service.api.view import View
from service.charts.options import ChartOptions, Theme
from service.charts.palette import INKS, tint
from service.charts.periods import fitting, period, periodic
from service.charts.plain import FEW, NARROW, Figure, Room, counted, empty, hatched, layout
from service.charts.scale import DAY

TITLE = "What became known when"
INSIDE = 220  # pixels


@dataclass(frozen=True, slots=True)
class Look:
    """How a lag is told and drawn: `share` is how strong its colour is, `hatch` the name of a Plotly pattern."""

    label: str
    share: float = 1.0
    hatch: str = ""


LOOKS: dict[Lag, Look] = {
    "ahead": Look("announced ahead", hatch="/"),
    "day": Look("the same day"),
    "week": Look("within a week", 0.75),
    "month": Look("within a month", 0.5),
    "year": Look("within a year", 0.3),
    "later": Look("later", 0.12),
    "undated": Look("without a date", hatch="."),
}
"""From the axis up."""


async def read(seen: View) -> list[Count]:
    """Counts by period and lag; without `interval`, in periods that are neither too many nor too long."""
    heard = await lags(seen.instance.database, filters(seen.found), seen.at)
    interval = seen.found.get("interval") or (fitting(heard[0].day, heard[-1].day) if heard else "day")
    found = Counter[tuple[str, Lag]]()
    for one in heard:
        found[period_of(one.day, interval), one.lag] += one.count
    return [Count(when, (lag,), count) for (when, lag), count in found.items()]


def draw(found: Sequence[Count], options: ChartOptions) -> Figure:
    """A bar for each lag and period, and the line of all."""
    if not found:
        return empty(options, TITLE)
    traces = [_bars(lag, [one for one in found if one.group == (lag,)], options.theme) for lag in LOOKS]
    data = [trace for trace in traces if trace["x"]]
    return {"data": [*data, _known(found, options.theme)], "layout": _layout(found, options)}


def _bars(lag: Lag, found: Sequence[Count], theme: Theme) -> dict[str, Any]:
    periods = [period(str(one.period)) for one in found]
    label = LOOKS[lag].label
    hover = [
        f"<b>{when.label}</b><br>{counted(one.count, 'action')}, {label}"
        for when, one in zip(periods, found, strict=True)
    ]
    return {
        "type": "bar",
        "name": label[0].upper() + label[1:],
        **periodic(periods, [one.count for one in found], _marker(LOOKS[lag], theme), hover),
        "meta": {"lag": lag, "periods": [one.period for one in found]},
    }


def _marker(look: Look, theme: Theme) -> dict[str, Any]:
    ink = INKS[theme]
    if look.hatch:
        return hatched(look.hatch, ink.accent, ink.page, line=1)
    return {"color": tint(ink.accent, look.share, ink.page), "line": {"width": 1, "color": ink.accent}}


def _known(found: Sequence[Count], theme: Theme) -> dict[str, Any]:
    """How many were known at the end of each period in which any became known."""
    new = Counter[str]()
    for one in found:
        new[str(one.period)] += int(one.count)
    periods, totals = [period(text) for text in sorted(new)], list(accumulate(new[text] for text in sorted(new)))
    labels = zip(periods, totals, strict=True)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "Known in all",
        "yaxis": "y2",
        "x": [periods[0].first * DAY, *(one.end * DAY for one in periods)],
        "y": [0, *totals],
        "line": {"color": INKS[theme].text, "width": 2, "shape": "hv"},
        "hovertext": ["", *(f"<b>{one.label}</b><br>{counted(total, 'action')} known in all" for one, total in labels)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _layout(found: Sequence[Count], options: ChartOptions) -> dict[str, Any]:
    ink, interval = INKS[options.theme], period(str(found[0].period)).interval
    by_lag = Counter[str]()
    for one in found:
        by_lag[one.group[0]] += int(one.count)
    lines = {"zeroline": False, "ticks": "", "fixedrange": True, "tickfont": {"color": ink.mute}, "rangemode": "tozero"}
    room = Room(INSIDE, 56, 64, 84 if options.width < NARROW else 28, 52)
    heard = {"text": f"{interval.capitalize()} in which an action became known"}
    return {
        **layout(options, TITLE, _note(by_lag), room),
        "barmode": "stack",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        "xaxis": {**lines, "rangemode": "normal", "type": "date", "showgrid": False, "title": heard},
        "yaxis": {**lines, "gridcolor": ink.grid, "title": {"text": "Became known"}, **_ticks(found)},
        "yaxis2": {
            **lines,
            "overlaying": "y",
            "side": "right",
            "showgrid": False,
            "title": {"text": "Known in all"},
            **_whole(by_lag.total()),
        },
        "meta": {"interval": interval, "total": by_lag.total(), "lags": {lag: by_lag[lag] for lag in LOOKS}},
    }


def _ticks(found: Sequence[Count]) -> dict[str, Any]:
    highest = Counter[str]()
    for one in found:
        highest[str(one.period)] += int(one.count)
    return _whole(max(highest.values()))


def _whole(highest: int) -> dict[str, Any]:
    """Whole numbers only."""
    return {"dtick": 1} if highest <= FEW else {"tickformat": ",d", "tickmode": "auto", "nticks": 6}


def _note(by_lag: Counter[str]) -> str:
    told: Iterable[str] = (f"{by_lag[lag]:,} {look.label}" for lag, look in LOOKS.items() if by_lag[lag])
    return " · ".join([counted(by_lag.total(), "action"), *told])
