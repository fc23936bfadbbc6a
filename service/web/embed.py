"""GET /api/charts/{name}.html: a chart by itself, to stand in a frame of another site."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.instants import write_instant
from service.api.charts import DRAWING, chart_of, options
from service.api.documentation import documented
from service.api.params import CLOCKS, FILTERS, filters
from service.api.view import View, view
from service.policy import FRAMED
from service.web.templating import templates

router = APIRouter(prefix="/api")


@router.get("/charts/{name}.html", **documented((*FILTERS, *CLOCKS, *DRAWING), media="text/html"))
async def framed(name: str, request: Request) -> Response:
    """A page with nothing but the chart, as wide as its frame unless `width` is given. Its figure is the JSON one's."""
    drawn = chart_of(name)
    seen = await view(request, *FILTERS, *DRAWING)
    filters(seen.found)  # refuses those that contradict each other
    context = {"name": drawn.name, **_drawing(seen, drawn.name)}
    headers = {**seen.headers(), **FRAMED, "Cache-Control": "no-cache"}
    return templates.TemplateResponse(request, "embed.html", context, headers=headers)


def _drawing(seen: View, name: str) -> dict[str, Any]:
    """Where the figure is, and what of its options the page itself must know; None where the request names none."""
    shown = options(seen)
    query = [one for one in seen.request.query_params.multi_items() if one[0] not in ("theme", "width")]
    return {
        "src": f"/api/charts/{name}?{urlencode(query)}",
        "theme": shown.theme if "theme" in seen.found else None,
        "width": seen.found.get("width"),
        "known": write_instant(seen.as_of) if "as_of" in seen.found else None,
        "position": seen.found.get("position"),
    }
