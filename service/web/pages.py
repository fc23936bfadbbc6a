"""The pages and their files. A page is whole without JavaScript: the timeline as a table, filtered by a form."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.templating import Jinja2Templates
from starlette.datastructures import QueryParams
from starlette.responses import Response

from domain.dates import parse
from domain.kinds import KINDS
from service.charts import words
from service.charts.palette import FAMILIES
from service.problems import Problem
from service.web import assets, generated
from service.web.icons import icon

FILTERS = ("country", "kind", "status", "outcome", "topic", "organisation", "person", "q", "from", "to")
CLOCKS = ("as_of", "position")
FACETS = (
    ("country", "Countries", "a country"),
    ("organisation", "Organisations", "an organisation"),
    ("person", "People", "a person"),
    ("topic", "Topics", "a topic"),
)
"""The filters that are lists: what each is called, and one of it."""
STATUSES = ("occurred", "ongoing", "planned", "postponed", "cancelled")

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(Path(__file__).parent / "templates")


def instant_in_words(text: str) -> str:
    day = date.fromisoformat(text[:10])
    return f"{day.day} {day:%b} {day.year}"


def when_in_words(occurred: dict[str, Any]) -> str:
    is_span = bool(occurred["edtf"]) and parse(occurred["edtf"]).is_span
    said = words.when(occurred, is_span) or "no date"
    return said[0].upper() + said[1:]


def origin(answer: dict[str, Any]) -> str:
    """Who published what is listed."""
    named = dict.fromkeys(report["publisher"] for action in answer["results"] for report in action["reports"])
    return f"Reports by {', '.join(list(named)[:3])}{' and others' if len(named) > 3 else ''}" if named else ""


templates.env.globals.update(
    address=assets.address,
    modules=assets.modules,
    style_ids=generated.plotly_style_ids,
    icon=icon,
    families=FAMILIES,
    kinds=KINDS,
    party=words.party,
    status_in_words=words.status,
    when=when_in_words,
    day=instant_in_words,
    country_name=words.country_name,
    statuses=STATUSES,
    facets=FACETS,
    origin=origin,
)


@router.get("/")
async def timeline(request: Request) -> Response:
    """The timeline: a chart and a table of the same actions. A refused query is a page too, which says why."""
    asked = QueryParams(understood(request.query_params))
    answer, refused = await _read(request, asked)
    context = {"answer": answer, "refused": refused, "query": asked, **_common(request)}
    return templates.TemplateResponse(request, "timeline.html", context, refused.kind.status if refused else 200)


async def _read(request: Request, asked: QueryParams) -> tuple[dict[str, Any], Problem | None]:
    try:
        return await request.app.state.read_timeline(asked), None
    except Problem as problem:
        return {"results": [], "next": None}, problem


@router.get("/actions/{id}")
async def action(id: UUID, request: Request) -> Response:
    """One action, to be read, printed and cited."""
    return templates.TemplateResponse(request, "action.html", {"id": str(id), **_common(request)})


@router.get("/static/{tag}/{name}")
def static(tag: str, name: str, request: Request) -> Response:
    """A file for the browser; 404 where there is none of this name."""
    found = assets.body(name)
    if found is None:
        raise Problem("not-found", f"no file {name!r}")
    return assets.respond(name, found, request)


def understood(given: QueryParams) -> list[tuple[str, str]]:
    """What of a page's address the timeline is asked with: the page's own parameters and empty fields left out."""
    return [(name, value) for name, value in given.multi_items() if name in (*FILTERS, *CLOCKS) and value.strip()]


def _common(request: Request) -> dict[str, Any]:
    return {"demo": bool(getattr(request.app.state, "demo", False))}
