"""GET /api/charts/{name}: Plotly figures as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Any, get_args

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.instants import FOREVER
from projections import pages
from projections.database import Row
from service import charts
from service.api.documentation import FIGURE, documented
from service.api.params import CLOCKS, FILTERS, Param, boolean, day, filters, vocabulary, whole
from service.api.view import View, view
from service.charts import ChartOptions, Shown
from service.charts.options import LaneBy, Theme
from service.problems import Problem

router = APIRouter()
MOST_ACTIONS = 20_000
"""Versions read for one figure; beyond it a figure says so in `layout.meta.truncated`."""
_DAY = {"type": "string", "format": "date"}
_INTEGER = {"type": "integer"}
DRAWING = (
    vocabulary("theme", get_args(Theme), "colours for a light or a dark page", many=False),
    Param("width", whole(200, 5_000), "pixels", "1200", schema=_INTEGER),
    vocabulary("lanes", get_args(LaneBy), "what each lane stands for", many=False),
    Param("most", whole(1, 300), "lanes drawn at most; those with most actions", "14", schema=_INTEGER),
    Param("first", day, "first day in the picture, where it is not `from`", "2025-02-10", schema=_DAY),
    Param("last", day, "last day in the picture, where it is not `to`", "2025-03-10", schema=_DAY),
    Param("versions", boolean, "true: every version, whenever it was known, for replay", "true"),
)
_CHARTS = {chart.name: chart for chart in charts.ALL}


@router.get("/charts/{name}", **documented((*FILTERS, *CLOCKS, *DRAWING), FIGURE))
async def chart(name: str, request: Request) -> Response:
    """A figure of the actions that the filters leave, as known at `as_of`."""
    if name not in _CHARTS:
        raise Problem("not-found", f"no chart is called {name!r}; there are {', '.join(_CHARTS)}")
    seen = await view(request, *FILTERS, *DRAWING)
    rows = await _rows(seen)
    shown = [Shown(orjson.loads(row[0]), row[1], None if row[2] == FOREVER else row[2]) for row in rows[:MOST_ACTIONS]]
    figure = _CHARTS[name].draw(shown, _options(seen))
    figure["layout"].setdefault("meta", {})["truncated"] = len(rows) > MOST_ACTIONS
    return seen.respond(orjson.dumps(figure))


async def _rows(seen: View) -> Sequence[Row]:
    wanted, database = filters(seen.found), seen.instance.database
    if seen.found.get("versions"):
        return await pages.window(database, wanted, seen.position, MOST_ACTIONS + 1)
    return [row[2:5] for row in await pages.page(database, wanted, seen.at, "date", None, MOST_ACTIONS + 1)]


def _options(seen: View) -> ChartOptions:
    names = {name for name in ChartOptions.model_fields if name in seen.found} - {"first", "last"}
    days: dict[str, Any] = {name: date.fromisoformat(seen.found[name]) for name in _DAYS if name in seen.found}
    return ChartOptions(**{**{name: seen.found[name] for name in names}, **days, "as_of": seen.as_of})


_DAYS = ("first", "last", "from", "to")
