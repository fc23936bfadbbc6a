"""The pages and their files. A page is whole without JavaScript: the timeline as a table, filtered by a form."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from service.api import timeline as listing
from service.problems import Problem, ProblemType
from service.web import action_page, assets, party_pages, relation_pages
from service.web.earlier import gate
from service.web.reading import Reading
from service.web.templating import render
from service.web.understood import only_known

router = APIRouter(include_in_schema=False)
BEFORE = [Depends(only_known), Depends(gate)]
for part in (party_pages, relation_pages, action_page):
    router.include_router(part.router, dependencies=BEFORE)


@router.get("/", dependencies=BEFORE)
async def timeline(request: Request) -> Response:
    """The timeline: a chart and a table of the same actions. A refused query is a page too, which says why."""
    answer, refused = await _read(request)
    status = refused.kind.status if refused else 200
    context = {"answer": answer, "listed": answer["results"], "refused": refused}
    return render(request, "timeline.html", status, active="Timeline", **context)


async def _read(request: Request) -> tuple[dict[str, Any], Problem | None]:
    try:
        return await Reading(request).ask(listing.answer), None
    except Problem as problem:
        return {"results": [], "next": None}, problem


@router.get("/static/{tag}/{name}")
def static(tag: str, name: str, request: Request) -> Response:
    """A file for the browser; 404 where there is none of this name."""
    found = assets.body(name)
    if found is None:
        raise Problem("not-found", f"no file {name!r}")
    return assets.respond(name, found, request)


def refusal(request: Request, kind: ProblemType, detail: str, wrong: Sequence[str]) -> Response | None:
    """Why there is no such page, and where to go from there; None where no browser asks, or the API is asked.

    What is `wrong` of its address, by name, none of its links takes along.
    """
    if "text/html" not in request.headers.get("accept", "") or request.url.path.startswith(("/api/", "/static/")):
        return None
    return render(request, "refused.html", kind.status, wrong, kind=kind, detail=detail)
