"""The timeline: lanes from top to bottom, days from left to right, an action in the lane of each who takes part.

How much is told depends on how much there is: marks with titles, marks alone, or counts in cells.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from domain.dates import shifted
from service.charts.canvas import canvas, height
from service.charts.cells import Row, cells, members
from service.charts.entries import entries
from service.charts.extras import above, below
from service.charts.fades import fades
from service.charts.grid import edges
from service.charts.labels import labels
from service.charts.lanes import Lane, lanes
from service.charts.layout import Band, Frame, bands, frame, placed, strips
from service.charts.marks import marks
from service.charts.moves import moves
from service.charts.options import ChartOptions, Shown
from service.charts.scale import day_number, ticks
from service.charts.stages import stages
from service.charts.summary import days_of, known, replayed, summary
from service.charts.traces import Trace

MOST_LABELLED, MOST_MARKS, TALLEST = 260, 1500, 3300
"""Actions with titles, entries in lanes as marks, pixels."""

Level = Literal["labels", "marks", "cells"]


def draw(shown: Sequence[Shown], options: ChartOptions) -> dict[str, Any]:
    """A Plotly figure; `layout.meta` says in words and numbers what is in it."""
    framed = frame(options.width, *_window(shown, options), options.versions)
    scale = framed.scale
    found = entries(shown, scale)
    chosen = lanes(found, scale, options)
    inside = [one for one in found if one.overlaps(scale)]
    level, stacked = _fitting(chosen.drawn, framed, len({one.id for one in inside}))
    marked = ticks(scale)
    told = shown if level != "cells" else [one for one in shown if one.is_known(options.at)]
    meta = {
        **summary(level, framed, marked, stacked, options.theme),
        **known(told, [] if level == "cells" else found, chosen.left_out),
        "total": sum(one.is_known(options.at) for one in inside),
        **(replayed(stacked, scale, options.at) if options.versions and level != "cells" else {}),
    }
    layout = canvas(stacked, framed, marked, options.theme)
    return {"data": _traces(stacked, framed, options, level), "layout": {**layout, "meta": meta}}


def _window(shown: Sequence[Shown], options: ChartOptions) -> tuple[int, int]:
    """The days at the edges: as asked for, else so that everything is in the picture, with room for titles."""
    known_days = days_of(shown) or [(options.as_of or datetime(2025, 1, 1, tzinfo=UTC)).date()]
    room = max(2, (max(known_days) - min(known_days)).days // 40)
    first = options.first or options.window_from or shifted(min(known_days), -room)
    last = options.last or options.window_to or shifted(max(known_days), room * 3)
    return day_number(first), day_number(max(first, last))


def _fitting(drawn: Iterable[Lane], framed: Frame, total: int) -> tuple[Level, list[Band]]:
    """The most telling level that stays legible, and where the lanes stand then."""
    drawn = list(drawn)
    if sum(lane.ever for lane in drawn) > MOST_MARKS:
        return "cells", strips(drawn, framed)
    if total <= MOST_LABELLED and height(stacked := bands(drawn, framed, labelled=True)) <= TALLEST:
        return "labels", stacked
    if height(stacked := bands(drawn, framed, labelled=False)) <= TALLEST:
        return "marks", stacked
    return "cells", strips(drawn, framed)


def _traces(stacked: Sequence[Band], framed: Frame, options: ChartOptions, level: Level) -> list[Trace]:
    """From the lowest layer to the highest."""
    theme = options.theme
    on_rows = [one for band in stacked for one in placed(band, framed)]
    scale = framed.scale
    full = [_row(band, framed, options, level) for band in stacked if not band.packed]
    return [
        *cells(full, scale, theme),
        *below(on_rows, scale, theme),
        *moves(on_rows, theme),
        *(fades(on_rows, theme) if options.versions else ()),
        *marks(on_rows, scale, theme),
        *above(on_rows, scale, theme),
        *(labels(on_rows, scale, theme) if level == "labels" else ()),
    ]


def _row(band: Band, framed: Frame, options: ChartOptions, level: Level) -> Row:
    """A lane's cells: what they count at the moment shown and, for replay, at any."""
    found = members(band.lane, edges(framed.scale))
    kinds = [Counter(entry.kind for entry in cell if entry.is_known(options.at)) for cell in found]
    course = [stages(cell) for cell in found] if options.versions and level != "cells" else ()
    return Row(band.lane, band.top + framed.head, band.top + band.height, kinds, course)
