"""What OpenAPI says of each route: its parameters, its answers, its body; and the page at /docs that shows it."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any, get_args

import orjson
from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.responses import HTMLResponse, Response

from domain.events import Added, Merged, Reported
from service.api.examples import ACCEPT_DATETIME, IDEMPOTENCY_KEY, IF_MATCH, fill
from service.api.query import Param, parse
from service.api.schemas.problems import ProblemDetails
from service.problems import Problem

_REF = "#/components/schemas/{model}"
_ADDED = get_args(Added)
_REPORT = {"publisher": "seed article", "published_at": "2025-02-17T21:00:00Z", "language": "en"}
REPORTED = {
    "schema": {"$ref": _REF.format(model="Reported")},
    "example": {
        "kind": "visit", "title": "Starmer to visit the United States", "source_ref": "my:1",
        "occurred": {"edtf": "[2025-02-24..2025-03-02]", "basis": "derived"},
        "participants": [{"country": "GBR", "person": "Keir Starmer", "role": "visitor"}], "report": _REPORT,
    },
}  # fmt: skip
ADDITION = {
    "schema": {"oneOf": [{"$ref": _REF.format(model=added.__name__)} for added in _ADDED]},
    "example": {"type": "confirmed", "occurred": {"edtf": "2025-02-27", "basis": "stated"}, "report": _REPORT},
}
LINES = {"schema": {"type": "string"}, "example": '{"type": "reported", "source_ref": "my:1", "kind": "call", ...}'}

router = APIRouter(include_in_schema=False)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Diplomatic timeline: API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>"""
_START = 'SwaggerUIBundle({url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null});'


def documented(
    params: Sequence[Param], model: type[BaseModel] | None = None, media: str = "application/json", body: Any = None
) -> dict[str, Any]:
    """What a route's decorator takes to describe it, since its query and body are read by our own table."""
    extra: dict[str, Any] = {"parameters": [param.openapi() for param in params]}
    text = {} if media == "application/json" else {"schema": {"type": "string"}}
    good: dict[str, Any] = {"model": model} if model else {"content": {media: text}}
    good["description"] = "OK"
    if body:
        content = "application/x-ndjson" if body is LINES else "application/json"
        extra["requestBody"] = {"required": True, "content": {content: body}}
        extra["security"] = [{"key": []}]
        extra["parameters"] += [IDEMPOTENCY_KEY, IF_MATCH] if body is ADDITION else [IDEMPOTENCY_KEY]
    names = {param.name for param in params}
    found: dict[int | str, Any] = {304: {"description": "As the client holds it"}} if "position" in names else {}
    if "position" in names and "from_position" not in names:  # what compares two moments is no state of one
        extra["parameters"].append(ACCEPT_DATETIME)
        found[302] = {"description": "To the answer of the time that `Accept-Datetime` names"}
    if "redirect" in names:
        found[308] = {"description": "To the action that survived a merge"}
    if body and body is not LINES:
        found[201] = {**good, "description": "Recorded"}
        good["description"] = "Recorded before: where it stands"
    problem = {"model": ProblemDetails, "description": "A problem (RFC 9457)"}
    return {"responses": {200: good, **found, "default": problem}, "openapi_extra": extra}


def install(app: FastAPI) -> None:
    """OpenAPI with the bodies that are read by hand, and the page that shows it without any other host."""
    app.include_router(router)

    def openapi() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = _openapi(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend the schema


def _openapi(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    _, bodies = models_json_schema([(model, "validation") for model in (Reported, *_ADDED)], ref_template=_REF)
    into = bodies["$defs"][Merged.__name__]["properties"]["into"]
    into |= {"description": "id or source_ref of the survivor", "examples": ["ukraine-2025:paris-summit"]}
    into.pop("format", None)
    found["components"]["schemas"] |= bodies["$defs"]
    found["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for path in found["paths"].values():
        for operation in path.values():
            problem = operation["responses"]["default"]["content"]
            problem["application/problem+json"] = problem.pop("application/json")
    fill(found)
    return found


@router.get("/docs")
async def docs(request: Request) -> Response:
    """The API, to read and to try."""
    parse(request.query_params, ())
    return HTMLResponse(_PAGE)


@router.get("/openapi.json")
async def schema(request: Request) -> Response:
    """The API as OpenAPI describes it."""
    parse(request.query_params, ())
    return Response(orjson.dumps(request.app.openapi()), media_type="application/json")


@router.get("/docs/start.js")
async def start() -> Response:
    """Starts the page: the security policy allows no script inside it."""
    return Response(_START, media_type="text/javascript")


@router.get("/docs/{name}")
async def swagger_file(name: str) -> Response:
    """A file of Swagger UI, as the installed package ships it."""
    types = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
    if name not in types:
        raise Problem("not-found", f"no file {name!r}")
    content = (files("fastapi_swagger") / "resources" / name).read_bytes()
    return Response(content, media_type=types[name], headers={"Cache-Control": "public, max-age=86400"})
