"""The vocabulary, and what operators and load balancers ask."""

import asyncio
from dataclasses import asdict

import orjson
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from domain.kinds import KINDS
from projections.readmodel import reached
from service.api.documentation import documented
from service.api.query import parse
from service.api.schemas.kinds import KindList
from service.api.view import InstanceDep
from service.api.writing import require
from service.problems import Problem

router = APIRouter(prefix="/api")
health = APIRouter()
_METRICS = """\
# HELP timeline_log_position The last position of the log.
# TYPE timeline_log_position gauge
timeline_log_position {head}
# HELP timeline_projected_position The position that the read models have reached.
# TYPE timeline_projected_position gauge
timeline_projected_position {position}
"""


@router.get("/kinds", **documented((), KindList))
async def kinds(request: Request) -> Response:
    """Every kind of action: its definition, its PLOVER type and mode, its CAMEO codes."""
    parse(request.query_params, ())
    rows = [{**asdict(kind), "label": kind.label} for kind in KINDS.values()]
    return Response(orjson.dumps({"results": rows}), media_type="application/json")


@health.get("/healthz", **documented(()))
async def healthz(request: Request) -> Response:
    """200 while the process answers."""
    parse(request.query_params, ())
    return Response(b'{"status":"ok"}', media_type="application/json")


@health.get("/readyz", **documented(()))
async def readyz(request: Request, instance: InstanceDep) -> Response:
    """200 while the log and the read models can be read; says how far behind the read models are."""
    parse(request.query_params, ())
    head, position = await _positions(instance)
    body = {"status": "ok", "head": head, "position": position, "behind": head - position}
    return Response(orjson.dumps(body), media_type="application/json")


@health.get("/metrics", **documented((), media="text/plain"))
async def metrics(request: Request, instance: InstanceDep) -> Response:
    """Positions in the text format of Prometheus. Where reading needs a key, this needs one with the scope admin."""
    parse(request.query_params, ())
    if not instance.settings.open_reading:
        await require(request, "admin")
    head, position = await _positions(instance)
    return PlainTextResponse(_METRICS.format(head=head, position=position), media_type="text/plain; version=0.0.4")


async def _positions(instance: InstanceDep) -> tuple[int, int]:
    try:
        return await asyncio.to_thread(instance.log.head), (await reached(instance.database)).position
    except Exception as error:
        raise Problem("unavailable", f"the database does not answer: {type(error).__name__}") from error
