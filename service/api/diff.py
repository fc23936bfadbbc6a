"""GET /api/diff: what came into a view, what changed in it, what left it, between two moments."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.instants import from_micros, to_micros, write_instant
from projections.differences import Between, Place
from projections.readmodel import Moment
from service.api.bounds import QUERY, by_date, filters_of
from service.api.cursors import Cursor, begins_after, cursor_after, cursor_of
from service.api.documentation import documented
from service.api.history import made_by
from service.api.moments import BEFORE_THE_LOG
from service.api.params import CLOCKS
from service.api.query import echo, parse
from service.api.schemas.diff import Diff
from service.api.view import View, instance_of, view
from service.differences import Changed, Compared, Moved, compare
from service.instance import Instance
from service.problems import Problem
from service.statements import FieldError

router = APIRouter(prefix="/api")


@router.get("/diff", **documented((*QUERY, *CLOCKS), Diff))
async def diff(request: Request) -> Response:
    """What differs between two days of knowledge or two positions, with the fact and the report that made it so."""
    cursor = cursor_of(request)
    seen, between = await _understood(request, cursor)
    place, limit = begins_after(cursor, seen), seen.found.get("limit", 100)
    return _answer(seen, between, await compare(seen.instance, filters_of(seen.found), between, place, limit))


async def _understood(request: Request, cursor: Cursor[Place] | None) -> tuple[View, Between]:
    found = parse(request.query_params, (*QUERY, *CLOCKS))
    if by_date(found):
        earlier = cursor.moment if cursor else None
        seen = await view(request, *QUERY, moment=earlier, settled=frozenset(("as_of",)))
        seen = replace(seen, as_of=found["to"])
        return seen, Between(Moment(to_micros(found["from"]), seen.position), seen.at)
    until = await _position(instance_of(request), found)
    seen = await view(request, *QUERY, moment=until, settled=frozenset(("position",)))
    return seen, Between(Moment(seen.at.known, found["from_position"]), seen.at)


async def _position(instance: Instance, found: Mapping[str, Any]) -> tuple[datetime, int]:
    """When the later position was recorded, and itself. Raises Problem where the log has not come so far."""
    position: int = found["to_position"]
    if position > (head := await asyncio.to_thread(instance.log.head)):
        wrong = FieldError(("to_position",), f"{position} lies beyond the last fact, {head}")
        raise Problem("position-ahead", f"to_position: {wrong.msg}", wrong)
    return await asyncio.to_thread(instance.log.recorded_at, position) or BEFORE_THE_LOG, position


def _answer(seen: View, between: Between, found: Compared) -> Response:
    following = seen.next(cursor=cursor_after(seen, found.last)) if found.last else None
    sides = {"added": [_moved(one) for one in found.added], "changed": [_changed(one) for one in found.changed]}
    told = orjson.dumps({**sides, "withdrawn": [_moved(one) for one in found.withdrawn], "next": following})
    moments = {"from": _moment(between.before), "to": _moment(between.after), "query": echo(seen.found)}
    body = b"%s,%s,%s" % (told[:-1], seen.head(), orjson.dumps(moments)[1:])
    links = [f'<{following}>; rel="next"'] if following else []
    return seen.respond(body, tagged=b"%d %s" % (seen.position, told), links=links)


def _moved(one: Moved) -> dict[str, Any]:
    return {**one.action, "why": one.why, **made_by(one.fact)}


def _changed(one: Changed) -> dict[str, Any]:
    what = {"id": one.action["id"], "title": one.action["title"], "field": one.field}
    return {**what, "before": one.before, "after": one.after, **made_by(one.fact)}


def _moment(at: Moment) -> dict[str, Any]:
    return {"as_of": write_instant(from_micros(at.known)), "position": at.position}
