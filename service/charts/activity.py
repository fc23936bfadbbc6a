"""How much happens when, and of what family of kinds.

From left to right: the day, week, month or year in which an action begins, at the earliest that is possible. From
bottom to top: how many actions. Full bars took place or go on, hatched ones are planned or postponed, dotted ones were
called off; one above the other they are all that is known. Actions without any date are named in words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from math import ceil
from typing import Any

from projections.counts import Count, counts
from projections.kept import after_all, of_all
from projections.profiles import edge
from projections.readmodel import Moment
from service.api.params import filters
from service.api.view import View
from service.charts.options import ChartOptions
from service.charts.palette import INKS
from service.charts.periods import fitting, period
from service.charts.plain import FEW, NARROW, Figure, Room, counted, empty, layout
from service.charts.replayed import Replayed, ever
from service.charts.scale import DAY, day_of
from service.charts.stacks import STATES, bars
from service.charts.words import width

TITLE = "Diplomatic activity"
INSIDE, LEFT, RIGHT = 220, 56, 16  # pixels
LEGEND, LEGEND_LINE, LEGEND_SIGN = 9, 19, 44  # pixels around it, of a line, beside a name
ABOVE = 1.15  # times the highest bar


async def read(seen: View) -> list[Count]:
    """Counts by period, kind and status; without `interval`, in periods that are neither too many nor too long."""
    if not seen.found.get("versions"):
        return await _counts(seen, seen.at, await _interval(seen, seen.at))
    at = after_all(seen.at)
    interval = await _interval(seen, at)
    key = "activity", filters(seen.found), interval
    framing = await of_all(seen.instance.database, at, key, partial(_counts, seen, at, interval))
    return Replayed(await _counts(seen, seen.at, interval), framing)


async def _counts(seen: View, at: Moment, interval: str) -> list[Count]:
    return await counts(seen.instance.database, filters(seen.found), at, interval, ("kind", "status"))


async def _interval(seen: View, at: Moment) -> str:
    if named := seen.found.get("interval"):
        return str(named)
    database, wanted = seen.instance.database, filters(seen.found)
    first, last = await edge(database, wanted, at, "date"), await edge(database, wanted, at, "-date")
    return fitting(date.fromisoformat(first[0]), date.fromisoformat(last[0])) if first and last else "day"


def draw(found: Sequence[Count], options: ChartOptions) -> Figure:
    """A stack of bars for each period, the families in one order from the axis up."""
    if not any(count.period for count in ever(found)):
        return _undated(found, options)
    drawn, framing = (bars([one for one in some if one.period], options.theme) for some in (found, ever(found)))
    named = [trace["name"] for trace in framing if trace["showlegend"]]
    return {"data": drawn, "layout": _layout(found, options, _legend(named, options))}


def _undated(found: Sequence[Count], options: ChartOptions) -> Figure:
    if not found:
        return empty(options, TITLE)
    total = _total(found)
    figure = empty(options, TITLE, f"{counted(total, 'action')}, none of which has a date.")
    figure["layout"]["meta"] = {"total": total, "undated": total}
    return figure


def _total(found: Iterable[Count]) -> float:
    return sum(count.count for count in found)


def _legend(names: Sequence[str], options: ChartOptions) -> int:
    """Pixels that the legend needs above the bars; in a narrow picture it has several lines."""
    if options.width >= NARROW:
        return LEGEND + LEGEND_LINE
    across = max(1, int((options.width - LEFT - RIGHT) // (max(map(width, names)) + LEGEND_SIGN)))
    return LEGEND + LEGEND_LINE * ceil(len(names) / across)


def _layout(found: Sequence[Count], options: ChartOptions, legend: int) -> dict[str, Any]:
    ink = INKS[options.theme]
    interval = period(next(count.period for count in ever(found) if count.period)).interval
    undated = _total(count for count in found if not count.period)
    lines = {"zeroline": False, "ticks": "", "fixedrange": True, "tickfont": {"color": ink.mute}}
    is_narrow = options.width < NARROW
    apart = {"ticklabelstandoff": 9} if is_narrow else {}  # else the first day touches the zero
    begins = {"text": f"{interval.capitalize()} in which an action begins"}
    room = Room(INSIDE, LEFT, RIGHT, legend, 61 if is_narrow else 52)
    return {
        **layout(options, TITLE, _note(found, undated), room),
        "barmode": "stack",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        "xaxis": {**lines, "type": "date", "showgrid": False, "title": begins, **apart, **_days(found)},
        "yaxis": {**lines, "gridcolor": ink.grid, "rangemode": "tozero", "title": {"text": "Actions"}, **_ticks(found)},
        "meta": {"interval": interval, "total": _total(found), "undated": undated},
    }


def _note(found: Sequence[Count], undated: float) -> str:
    statuses = {count.group[1] for count in found if count.period}
    parts = [counted(_total(found), "action")]
    if undated:
        parts.append(f"{counted(undated, 'of them has', 'of them have')} no date and no bar")
    parts += [state.legend for state in STATES if state.legend and statuses.intersection(state.statuses)]
    return " · ".join(parts)


def _days(found: Sequence[Count]) -> dict[str, Any]:
    """Of a few days each is named, with room beside them: by itself the axis would name hours."""
    days = [period(count.period) for count in ever(found) if count.period]
    first, end = min(one.first for one in days), max(one.end for one in days)
    if end - first > FEW:
        return {"range": [first * DAY, end * DAY]} if isinstance(found, Replayed) else {}
    named = {round((day + 0.5) * DAY): f"{day_of(day).day} {day_of(day):%b<br>%Y}" for day in range(first, end)}
    return {"range": [(first - 2) * DAY, (end + 2) * DAY], "tickvals": list(named), "ticktext": list(named.values())}


def _ticks(found: Sequence[Count]) -> dict[str, Any]:
    """Whole numbers only. In a replay with room above, for what was known twice before it was merged."""
    highest = _highest(ever(found))
    ticks = {"dtick": 1} if highest <= FEW else {"tickformat": ",d"}
    return {**ticks, "range": [0, max(highest * ABOVE, _highest(found))]} if isinstance(found, Replayed) else ticks


def _highest(found: Iterable[Count]) -> int:
    """Of all bars."""
    heights = Counter[str]()
    for count in found:
        if count.period:
            heights[count.period] += int(count.count)
    return max(heights.values(), default=0)
