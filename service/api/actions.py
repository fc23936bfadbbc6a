"""Single actions: read one, and what may be the same; report one, add a fact to it."""

import asyncio
import hashlib
from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.instants import to_micros
from projections import pages
from projections.readmodel import Moment
from projections.similar import similar
from service.api.answers import listed
from service.api.documentation import ADDITION, REPORTED, documented
from service.api.history import ACCORDING, held, state_of, unknown
from service.api.moments import reaches
from service.api.moved import moved
from service.api.params import CLOCKS
from service.api.query import Param, parse
from service.api.schemas.actions import Action, Recorded, RecordedReport, SimilarList
from service.api.values import one_of
from service.api.view import View, view
from service.api.writing import WriterDep, body_of, expected_version, repeatable
from service.instance import Instance
from service.interchange.native import parse_json
from service.ledger import Answer
from service.statements import FieldError, InvalidBody, Statement, read_statement

router = APIRouter(prefix="/api")
REDIRECT = Param(
    "redirect", one_of("no"), "no: read a merged action itself instead of being sent to the survivor", "no"
)


@router.get("/actions/{id}", **documented((*CLOCKS, REDIRECT, ACCORDING), Action))
async def action(id: UUID, request: Request) -> Response:
    """One action, as known at `as_of` and held at `position`; a merged one answers 308 to the survivor.

    By one publisher's word it is read itself: what a merge brings to the survivor is nobody's word.
    """
    seen = await view(request, REDIRECT, ACCORDING)
    state = state_of(seen, await held(seen, id)) if "according_to" in seen.found else await _shown(seen, id)
    return _merged(seen, state) or seen.tagged(state, _tag(state))


async def _shown(seen: View, id: UUID) -> bytes:
    state = await pages.one(seen.instance.database, id, seen.at)
    if state is None:
        raise unknown(id, seen)
    return state


def _merged(seen: View, state: bytes) -> Response | None:
    into = orjson.loads(state)["merged_into"]
    if into is None or "redirect" in seen.found or "according_to" in seen.found:
        return None
    return moved(seen.request, f"/api/actions/{into}")


def _tag(state: bytes) -> str:
    return f'"{orjson.loads(state)["version"]}-{hashlib.sha256(state).hexdigest()[:16]}"'


@router.get("/actions/{id}/similar", **documented(CLOCKS, SimilarList))
async def similar_actions(id: UUID, request: Request) -> Response:
    """Actions that may be the same as this one, with the reasons; none is ever merged by itself."""
    seen = await view(request)
    found = await similar(seen.instance.database, orjson.loads(await _shown(seen, id)), seen.at)
    return listed(seen, [{"action": orjson.Fragment(row.json), "reasons": row.reasons} for row in found])


@router.post("/actions", status_code=201, **documented((), RecordedReport, body=REPORTED))
async def report(request: Request, allowed: WriterDep) -> Response:
    """Reports an action. 200 where the same report was recorded before."""
    return await _submit(request, None)


@router.post("/actions/{id}/events", status_code=201, **documented((), Recorded, body=ADDITION))
async def add(id: UUID, request: Request, allowed: WriterDep) -> Response:
    """Adds a fact to an action. 200 where the same fact was recorded before."""
    return await _submit(request, id)


async def _submit(request: Request, action: UUID | None) -> Response:
    parse(request.query_params, ())
    instance = request.app.state.instance
    body = await body_of(request, instance.settings.max_body)
    statement = _statement(parse_json(body), action)
    again, version = repeatable(request, body), expected_version(request) if action else None
    answer = await asyncio.to_thread(instance.ledger.submit, statement, again, version)
    return _answered(answer, {} if action else {"similar": await _duplicates(instance, answer)})


async def _duplicates(instance: Instance, answer: Answer) -> list[dict[str, Any]] | None:
    """What may be the same as a report, as of its own moment: asked again, the answer is the same.

    None where the views do not hold the report yet: it is recorded all the same.
    """
    fact = await asyncio.to_thread(instance.log.newest_at, answer.position)
    if fact is None or not await reaches(instance, answer.position):
        return None
    at = Moment(to_micros(fact.recorded_at), answer.position)
    state = await pages.one(instance.database, answer.id, at)
    found = await similar(instance.database, orjson.loads(state), at) if state else []
    return [{"id": row.action["id"], "title": row.action["title"], "reasons": row.reasons} for row in found]


def _statement(body: object, action: UUID | None) -> Statement:
    """A first report where no action is named in the path, else a later fact of that action."""
    if not isinstance(body, dict):
        raise InvalidBody(FieldError((), "is not a JSON object"))
    if action is None:
        if body.get("type", "reported") != "reported":
            raise InvalidBody(
                FieldError(("type",), "must be reported here; POST later facts to /api/actions/{id}/events")
            )
        return read_statement({**body, "type": "reported"})
    if body.get("type") == "reported":
        raise InvalidBody(FieldError(("type",), "cannot be reported here; POST first reports to /api/actions"))
    for name in ("id", "source_ref"):
        if name in body:
            raise InvalidBody(FieldError((name,), "is not a known field: the action is named by the path"))
    return read_statement({**body, "id": str(action)})


def _answered(answer: Answer, rest: dict[str, Any]) -> Response:
    body = {"id": str(answer.id), "version": answer.version, "position": answer.position, **rest}
    headers = {"Location": f"/api/actions/{answer.id}"}
    return Response(orjson.dumps(body), 201 if answer.recorded else 200, headers, "application/json")
