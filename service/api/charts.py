"""GET /api/charts/{name}: Plotly figures as JSON."""

from typing import get_args

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from projections.counts import INTERVALS
from service import charts
from service.api.documentation import documented
from service.api.params import CLOCKS, FILTERS
from service.api.query import BOOLEAN, DAY, INTEGER, Param, in_order, vocabulary
from service.api.schemas.charts import Figure
from service.api.values import boolean, country, day, whole
from service.api.view import View, view
from service.charts import ChartOptions
from service.charts.options import LaneBy, Theme, options_of
from service.charts.plain import untitled
from service.problems import Problem

router = APIRouter(prefix="/api")
DRAWING = (
    vocabulary("theme", get_args(Theme), "colours for a light or a dark page", many=False),
    Param("width", whole(200, 5_000), "pixels", "1200", schema=INTEGER),
    Param("title", boolean, "false: title and note stand in layout.meta, not in the picture", "true", schema=BOOLEAN),
    vocabulary(
        "interval", INTERVALS, "activity, knowledge: the length of a period; by the data unless told", many=False
    ),
    vocabulary("lanes", get_args(LaneBy), "timeline: what each lane stands for", many=False),
    Param(
        "most", whole(1, 300), "timeline, relations, network: the most active lanes or countries", "14", schema=INTEGER
    ),
    Param("focus", country, "map: visits of this country alone; of several, those among them", "GBR", many=True),
    Param("first", day, "timeline: first day in the picture, where it is not `from`", "2025-02-10", schema=DAY),
    Param("last", day, "timeline: last day in the picture, where it is not `to`", "2025-03-10", schema=DAY),
    Param(
        "versions",
        boolean,
        "timeline: true for every version, for replay; activity, map, relations, network: axes and places of all that"
        " was ever known",
        "true",
        schema=BOOLEAN,
    ),
)
_CHARTS = {chart.name: chart for chart in charts.ALL}


@router.get("/charts/{name}", **documented((*FILTERS, *CLOCKS, *DRAWING), Figure))
async def chart(name: str, request: Request) -> Response:
    """A figure of the actions that the filters leave, as known at `as_of`."""
    drawn = chart_of(name)
    seen = await view(request, *FILTERS, *DRAWING)
    shown = options(seen)
    figure = drawn.draw(await drawn.read(seen), shown)
    return seen.respond(orjson.dumps(figure if shown.title else untitled(figure)))


def chart_of(name: str) -> charts.Chart:
    """The chart of a name. Raises Problem where there is none."""
    if name not in _CHARTS:
        raise Problem("not-found", f"no chart is called {name!r}; there are {', '.join(_CHARTS)}")
    return _CHARTS[name]


def options(seen: View) -> ChartOptions:
    """How a request wants its chart drawn. Raises Problem where the picture would end before it begins."""
    in_order(seen.found, "first", "last")
    return options_of(seen.found, seen.as_of)
