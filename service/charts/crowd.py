"""The timeline of more actions than single marks are worth: the database counts them by lane and cell."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.instants import FOREVER
from projections import density
from projections.database import Database
from projections.density import Cell
from projections.filters import Filters
from projections.profiles import grouped
from projections.readmodel import Moment
from service.charts.canvas import canvas
from service.charts.cells import Row, cell_of, cells, edges, unit_for
from service.charts.lanes import Lane, name
from service.charts.layout import frame, strips
from service.charts.options import ChartOptions, Shown
from service.charts.scale import number, ticks
from service.charts.summary import known, summary

LARGE = 2_000
"""Actions from which on they are only counted: some 5,000 marks over the lanes, of which none could be told apart."""
SIGNS = {"day": 10, "week": 10, "month": 7, "quarter": 7}
"""Of an ISO day, that say in which cell of such a length it lies; for longer cells the year does."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """`total` and `lanes` (key and count, in order) are of the days from `first` to `last`; `cells` reach beyond."""

    total: int
    first: date
    last: date
    lanes: Sequence[tuple[str, int]]
    left_out: int
    cells: Sequence[Cell]
    undated: Sequence[Shown]


async def read(
    database: Database, filters: Filters, at: Moment, options: ChartOptions, undated: Sequence[Shown]
) -> Crowd:
    """Counts the lanes on the days in the picture, then the cells of those that are drawn.

    For replay the days and the lanes are those of all that was ever known, so that no moment has others.
    """
    of_all = after_all(at) if options.versions else at
    first, last = await _days(database, filters, of_all, options)
    asked = options.first or options.last or options.window_from or options.window_to
    inside = replace(filters, start=str(first), end=str(last)) if asked else filters
    found = await _ranked(database, inside, at, options)
    order = options.asked_for() or list(found if of_all == at else await _ranked(database, inside, of_all, options))
    drawn = order[: options.most]
    scale = frame(options.width, number(first), number(last)).scale
    return Crowd(
        total=await density.total(database, inside, at),
        first=first,
        last=last,
        lanes=[(key, found.get(key, 0)) for key in drawn],
        left_out=max(0, len(order) - options.most),
        cells=await density.cells(database, filters, at, options.lanes, drawn, SIGNS.get(unit_for(scale), 4)),
        undated=undated,
    )


async def _ranked(database: Database, filters: Filters, at: Moment, options: ChartOptions) -> dict[str, int]:
    """Lane -> count, the largest first."""
    return {row.group[0]: int(row.count) for row in await grouped(database, filters, at, options.lanes)}


def after_all(at: Moment) -> Moment:
    """When all is known that is held at a position, and every plan has had its day."""
    return Moment(FOREVER - 1, at.position)


async def _days(database: Database, filters: Filters, at: Moment, options: ChartOptions) -> tuple[date, date]:
    """The days at the edges of the picture: as asked for, else from the first action to the last."""
    first, last = options.first or options.window_from, options.last or options.window_to
    if first and last:
        return first, max(first, last)
    known = await density.extent(database, filters, at) or (date.min, date.min)
    first, last = first or known[0], last or known[1]
    return first, max(first, last)


def draw(crowd: Crowd, options: ChartOptions) -> dict[str, Any]:
    """A strip of cells for each lane."""
    framed = frame(options.width, number(crowd.first), number(crowd.last))
    bands = strips([Lane(key, name(key, options.lanes), count, count, ()) for key, count in crowd.lanes], framed)
    counted = _counted(crowd.cells, edges(framed.scale))
    rows = [Row(band.lane, band.top + framed.head, band.top + band.height, counted[band.lane.key]) for band in bands]
    marked = ticks(framed.scale)
    meta = {
        **summary("cells", framed, marked, bands, options.theme),
        **known(crowd.undated, [], crowd.left_out),
        "total": crowd.total,
        "truncated": False,
    }
    layout = canvas(bands, framed, marked, options.theme)
    return {"data": cells(rows, framed.scale, options.theme), "layout": {**layout, "meta": meta}}


def _counted(found: Iterable[Cell], bounds: Sequence[int]) -> dict[str, list[Counter[str]]]:
    """By lane; what kinds there are in a cell is not asked for, so all count under an empty name."""
    counted: dict[str, list[Counter[str]]] = defaultdict(lambda: [Counter() for _ in bounds[1:]])
    for one in found:
        cell = cell_of(number(date.fromisoformat(f"{one.period}-01-01"[:10])), bounds)
        if cell is not None:
            counted[one.lane][cell][""] += one.count
    return counted
