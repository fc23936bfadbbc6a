"""The page of one action: to be read, printed and cited."""

import asyncio
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import pages
from projections.pages import Place, Sort
from service.api import actions, history
from service.api.moved import moved
from service.api.params import filters
from service.api.view import View
from service.web.history import moments
from service.web.reading import Json, Reading
from service.web.templating import render

router = APIRouter(include_in_schema=False)


@router.get("/actions/{id}")
async def action(id: UUID, request: Request) -> Response:
    """An action as it was known; a merged one leads to the one that survives."""
    reading = Reading(request)
    similar = await reading.alone(actions.similar_actions, id)
    state = await reading.alone(actions.action, id, redirect="no")
    if state["merged_into"] and request.query_params.get("redirect") != "no":
        return moved(request, f"/actions/{state['merged_into']}")
    context = {"action": state, "similar": similar["results"], "answer": similar, **await _told(reading, id, state)}
    return render(request, "action.html", active="Timeline", scope=_scope(state), **context)


def _scope(state: Json) -> str:
    """What the replay bar asks the changes of; without a name of its own the whole log's."""
    return urlencode({"source_ref": state["source_ref"]}) if state["source_ref"] else ""


async def _told(reading: Reading, id: UUID, state: Json) -> dict[str, Any]:
    """Its record and its history, and its neighbours in time among what the filters leave."""
    traced = await reading.alone(history.history, id)
    seen = await reading.view()
    facts = (await asyncio.to_thread(seen.instance.log.facts_of, [id]))[id]
    day = state["occurred"]["earliest"] or state["occurred"]["latest"]
    return {
        "record": await reading.pinned(actions.action, f"/api/actions/{id}", id),
        "moments": moments(facts, seen.as_of, seen.instance.clock(), seen.position, traced),
        "dated_by": traced["fields"]["occurred"]["report"],
        "before": await _next(seen, "-date", day, state["id"]),
        "after": await _next(seen, "date", day, state["id"]),
    }


async def _next(seen: View, sort: Sort, day: str | None, id: str) -> Json | None:
    """The neighbour of a dated action in one direction."""
    if day is None:
        return None
    rows = await pages.page(seen.instance.database, filters(seen.found), seen.at, sort, Place(day, id), 1)
    found: Json | None = orjson.loads(bytes(rows[0][2])) if rows and rows[0][0] else None
    return found
