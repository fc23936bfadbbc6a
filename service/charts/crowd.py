"""The timeline of more actions than single marks are worth: the database counts them by lane and cell."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from projections import crowded, density, pages
from projections.database import Database
from projections.density import Cell, Counted, Picture
from projections.filters import Filters
from projections.kept import after_all
from projections.pages import Place
from projections.readmodel import Moment
from service.api.params import filters
from service.api.view import View
from service.charts.canvas import canvas
from service.charts.cells import Row, cells
from service.charts.grid import cell_of, edges, unit_for
from service.charts.lanes import Lane, name
from service.charts.layout import frame, strips
from service.charts.options import ChartOptions, Shown, shown_of
from service.charts.scale import day_number, ticks
from service.charts.summary import known, summary

LARGE = 2_000
"""Actions from which on they are only counted: some 5,000 marks over the lanes, of which none could be told apart."""
MOST_UNDATED = 50
"""Actions without a date that are listed beside a crowd."""
SIGNS = {"day": 10, "week": 10, "month": 7, "quarter": 7}
"""Of an ISO day, that say in which cell of such a length it lies; for longer cells the year does."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What was counted on the days from `first` to `last`; cells reach beyond."""

    counted: Counted
    first: date
    last: date
    undated: Sequence[Shown]


async def read(seen: View, options: ChartOptions) -> Crowd:
    """Counts the actions on the days in the picture, and in cells on those beside it."""
    database, wide = seen.instance.database, filters(seen.found)
    undated = await pages.page(database, wide, seen.at, "date", Place("", ""), MOST_UNDATED)
    at = after_all(seen.at) if options.versions else seen.at
    first, last = await _days(database, wide, at, options)
    asked = options.first or options.last or options.window_from or options.window_to
    inside = replace(wide, start=str(first), end=str(last)) if asked else wide
    signs = SIGNS.get(unit_for(frame(options.width, day_number(first), day_number(last)).scale), 4)
    picture = Picture(inside, wide, options.lanes, options.most, signs)
    counted = await density.counted(database, await _in_order(seen, picture, options), seen.at)
    return Crowd(counted, first, last, shown_of(row[2:5] for row in undated))


async def _in_order(seen: View, picture: Picture, options: ChartOptions) -> Picture:
    """With its lanes: for replay those of all that was ever known, so that no moment has others.

    Where the moment has all of it, and all rows are looked at anyway, they are found with the counts.
    """
    if named := options.asked_for():
        return replace(picture, lanes=named[: options.most], in_all=len(named))
    has_all = "as_of" not in seen.found and not picture.wide.outcome
    if not options.versions or (has_all and not picture.is_tallied):
        return picture
    at = after_all(seen.at)
    lanes, count = await crowded.order(seen.instance.database, picture.inside, at, picture.by, picture.most)
    return replace(picture, lanes=lanes, in_all=count)


async def _days(database: Database, wanted: Filters, at: Moment, options: ChartOptions) -> tuple[date, date]:
    """The days at the edges of the picture: as asked for, else from the first action to the last."""
    first, last = options.first or options.window_from, options.last or options.window_to
    if first and last:
        return first, max(first, last)
    known = await crowded.extent(database, wanted, at) or (date.min, date.min)
    first, last = first or known[0], last or known[1]
    return first, max(first, last)


def draw(crowd: Crowd, options: ChartOptions) -> dict[str, Any]:
    """A strip of cells for each lane."""
    framed = frame(options.width, day_number(crowd.first), day_number(crowd.last))
    bands = strips(
        [Lane(key, name(key, options.lanes), count, count, ()) for key, count in crowd.counted.lanes], framed
    )
    counted = _counted(crowd.counted.cells, edges(framed.scale))
    rows = [Row(band.lane, band.top + framed.head, band.top + band.height, counted[band.lane.key]) for band in bands]
    marked = ticks(framed.scale)
    meta = {
        **summary("cells", framed, marked, bands, options.theme),
        **known(crowd.undated, [], max(0, crowd.counted.in_all - options.most)),
        "total": crowd.counted.total,
        "truncated": False,
    }
    layout = canvas(bands, framed, marked, options.theme)
    return {"data": cells(rows, framed.scale, options.theme), "layout": {**layout, "meta": meta}}


def _counted(found: Iterable[Cell], bounds: Sequence[int]) -> dict[str, list[Counter[str]]]:
    """By lane; what kinds there are in a cell is not asked for, so all count under an empty name."""
    counted: dict[str, list[Counter[str]]] = defaultdict(lambda: [Counter() for _ in bounds[1:]])
    for one in found:
        cell = cell_of(day_number(date.fromisoformat(f"{one.period}-01-01"[:10])), bounds)
        if cell is not None:
            counted[one.lane][cell][""] += one.count
    return counted
