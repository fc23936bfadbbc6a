"""The log itself, and what comes in and goes out in bulk."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.events import Fact
from service.api.documentation import LINES, documented
from service.api.history import logged
from service.api.params import CLOCKS
from service.api.query import BOOLEAN, INTEGER, Param, echo, parse, vocabulary
from service.api.schemas.log import FactPage, ImportSummary
from service.api.values import boolean, whole
from service.api.view import InstanceDep, View, view
from service.api.writing import WriterDep, body_of, repeatable
from service.interchange import ALL

router = APIRouter(prefix="/api")
LOOKED_AT = 20
"""Reads of the log for one page."""
AFTER = (
    Param("after", whole(0, 2**62), "facts with a greater position", "0", schema=INTEGER),
    Param("limit", whole(1, 500), "facts on a page, 100 unless told", "100", schema=INTEGER),
)
_FORMATS = "; ".join(f"{format.name}: {format.about}" for format in ALL.values())
IMPORT = (
    vocabulary("format", list(ALL), f"how the body is written, ndjson unless told. {_FORMATS}", many=False),
    Param("dry_run", boolean, "true: say what would happen, record nothing", "true", schema=BOOLEAN),
)


@router.get("/events", **documented((*AFTER, *CLOCKS), FactPage))
async def events(request: Request) -> Response:
    """The log up to `position`, in order; with `as_of` only the facts that were public by then. Positions have gaps."""
    seen = await view(request, *AFTER, of_log=True)
    after, limit = seen.found.get("after", 0), seen.found.get("limit", 100)
    facts, last = await asyncio.to_thread(_facts, seen, after, limit)
    following = seen.next(after=str(last)) if last else None
    results = orjson.dumps([logged(fact) for fact in facts])
    rest = orjson.dumps({"next": following, "query": echo(seen.found)})[1:]
    body = b'{"results":%s,%s,%s' % (results, seen.head(), rest)
    tagged = b"%s%d" % (results, last or 0)
    return seen.respond(body, tagged, links=[f'<{following}>; rel="next"'] if following else [])


def _facts(seen: View, after: int, limit: int) -> tuple[list[Fact], int | None]:
    """Up to `limit` facts, and the position that a next page goes on after; None where there is none.

    A page of what was public long ago may be short, since it ends after some number of facts that were not.
    """
    found: list[Fact] = []
    for _ in range(LOOKED_AT):
        some = [fact for fact in seen.instance.log.read(after, limit) if fact.position <= seen.position]
        for fact in some:
            after = fact.position
            if fact.clock <= seen.as_of:
                found.append(fact)
            if len(found) == limit:
                return found, after if _goes_on(seen, after) else None
        if len(some) < limit:
            return found, None
    return found, after


def _goes_on(seen: View, after: int) -> bool:
    return any(fact.position <= seen.position for fact in seen.instance.log.read(after, 1))


@router.post("/imports", **documented(IMPORT, ImportSummary, body=LINES))
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
