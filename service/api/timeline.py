"""GET /api/timeline: actions in time order, as JSON pages or as a whole."""

from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from projections import pages
from projections.filters import Filters
from projections.pages import Place, Sort
from projections.render import RENDERING
from service.api import cursors
from service.api.digests import repr_digest
from service.api.documentation import documented
from service.api.params import CLOCKS, FILTERS, PAGING, filters
from service.api.query import echo
from service.api.schemas.actions import ActionPage
from service.api.straight import Straight
from service.api.values import day as read_day
from service.api.view import View, strong, view
from service.interchange import table

router = APIRouter(prefix="/api", route_class=Straight)
Parts = Callable[[], AsyncIterator[bytes]]
QUERY = (*FILTERS, *CLOCKS, *PAGING)
WHOLE = (*FILTERS, *CLOCKS, PAGING[2])


@router.get("/timeline", **documented(QUERY, ActionPage))
async def timeline(request: Request) -> Response:
    """Actions in time order, as known at `as_of` and as held at `position`."""
    return await answer(request)


@router.get("/timeline.ndjson", **documented(WHOLE, media="application/x-ndjson"))
async def timeline_ndjson(request: Request) -> Response:
    """The whole result, one action a line."""
    seen, states = await _whole(request)
    return await stream(seen, lambda: (state + b"\n" async for state in states()), "application/x-ndjson", "ndjson")


@router.get("/timeline.csv", **documented(WHOLE, media="text/csv"))
async def timeline_csv(request: Request) -> Response:
    """The whole result, one action a row; lists are joined by semicolons."""
    seen, states = await _whole(request)
    return await stream(seen, lambda: table.rows(states()), "text/csv; charset=utf-8", "csv")


async def answer(request: Request) -> Response:
    """One page of the timeline."""
    cursor = cursors.read(request, _ended)
    seen = await view(request, *FILTERS, *PAGING, moment=cursor.moment if cursor else None)
    limit, sort = seen.found.get("limit", 100), seen.found.get("sort", "date")
    begun, after = cursor.place if cursor else (sort, None)
    if cursor and (cursor.at, begun) != (seen.at, sort):
        raise cursors.wrong("comes from another sort, as_of or position than this request's")
    wanted = filters(seen.found)
    rows = await pages.page(seen.instance.database, wanted, seen.at, sort, after, limit + 1)
    following = seen.next(cursor=cursors.write(seen, sort, *rows[limit - 1][:2])) if len(rows) > limit else None
    counted = await _total(seen, wanted)
    results = b"[%s]" % b",".join([row[2] for row in rows[:limit]])
    rest = orjson.dumps({"next": following, **counted, "query": echo(seen.found)})[1:]
    body = b'{"results":%s,%s,%s' % (results, seen.head(), rest)
    links = [f'<{following}>; rel="next"'] if following else []
    states = [(row[1], row[3]) for row in rows]  # at one position, whose it is and since when names a state
    return seen.respond(body, tagged=orjson.dumps([RENDERING, seen.position, states, counted]), links=links)


def _ended(sort: Any, day: Any, action: Any) -> tuple[Sort, Place]:
    """In which order a page was read, and where it ended. Raises ValueError where a cursor does not say so."""
    if sort not in ("date", "-date") or not isinstance(day, str) or not isinstance(action, str):
        raise ValueError
    return sort, Place(day and read_day(day), str(UUID(action)))


async def _total(seen: View, wanted: Filters) -> dict[str, Any]:
    if not seen.found.get("count"):
        return {}
    return {"total": {"value": await pages.total(seen.instance.database, wanted, seen.at)}}


async def _whole(request: Request) -> tuple[View, Parts]:
    """The view, and what gives all its actions, as often as it is called."""
    seen = await view(request, *FILTERS, PAGING[2])
    wanted, sort = filters(seen.found), seen.found.get("sort", "date")
    return seen, lambda: pages.stream(seen.instance.database, wanted, seen.at, sort)


async def stream(seen: View, parts: Parts, media: str, ending: str) -> Response:
    """The whole result as it is read, in bounded memory. A pinned one is read once before, for its digest.

    Why not a trailer: neither browsers nor most clients hand it on, and our server cannot send one.
    """
    headers = {"Content-Disposition": f'attachment; filename="timeline.{ending}"', **seen.headers()}
    if seen.pinned:
        digest = await seen.request.app.state.digests.of(seen.permalink(), parts())
        headers["ETag"] = strong(digest.hex())
        if seen.holds(headers["ETag"]):
            return Response(status_code=304, headers=headers)
        headers["Repr-Digest"] = repr_digest(digest)
    return StreamingResponse(parts(), headers=headers, media_type=media)
