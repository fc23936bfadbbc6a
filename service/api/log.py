"""The log itself, and what comes in and goes out in bulk."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.actions import logged
from service.api.documentation import FACT_PAGE, LINES, SUMMARY, documented
from service.api.params import Param, boolean, parse, vocabulary, whole
from service.api.view import InstanceDep
from service.api.writing import WriterDep, body_of, repeatable
from service.interchange import ALL

router = APIRouter()
_INTEGER = {"type": "integer"}
AFTER = (
    Param("after", whole(0, 2**62), "facts with a greater position", "0", schema=_INTEGER),
    Param("limit", whole(1, 500), "facts on a page, 100 unless told", "100", schema=_INTEGER),
)
_FORMATS = "; ".join(f"{format.name}: {format.about}" for format in ALL.values())
IMPORT = (
    vocabulary("format", list(ALL), f"how the body is written, ndjson unless told. {_FORMATS}", many=False),
    Param("dry_run", boolean, "true: say what would happen, record nothing", "true", schema={"type": "boolean"}),
)


@router.get("/events", **documented(AFTER, FACT_PAGE))
async def events(request: Request, instance: InstanceDep) -> Response:
    """The log, in order of positions; positions may have gaps."""
    found = parse(request.query_params, AFTER)
    after, limit = found.get("after", 0), found.get("limit", 100)
    head = await asyncio.to_thread(instance.log.head)
    facts = await asyncio.to_thread(instance.log.read, after, limit)
    following = f"/api/events?after={facts[-1].position}&limit={limit}" if len(facts) == limit else None
    results = [logged(fact) for fact in facts]
    body = orjson.dumps({"results": results, "next": following, "position": head, "query": found})
    links = {"Link": f'<{following}>; rel="next"'} if following else {}
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-cache", **links})


@router.post("/imports", **documented(IMPORT, SUMMARY, body=LINES))
async def imports(request: Request, instance: InstanceDep, allowed: WriterDep) -> Response:
    """Records what can be recorded, all in one transaction, and lists the lines that cannot."""
    found = parse(request.query_params, IMPORT)
    body = await body_of(request, instance.settings.max_import)
    again, dry_run, name = repeatable(request, body), found.get("dry_run", False), found.get("format", "ndjson")
    entries = ALL[name].read(_lines(body))
    summary = await asyncio.to_thread(instance.ledger.load, entries, dry_run, again)
    answer = {"format": name, "dry_run": dry_run, **asdict(summary)}
    return Response(orjson.dumps(answer), media_type="application/json")


def _lines(body: bytes) -> Iterator[bytes]:
    yield from body.split(b"\n")
