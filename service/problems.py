"""Errors as problem details (RFC 9457), on every path. One table says which refusal is answered how."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from domain import errors
from projections.counts import TooManyRows
from service import keys, ledger
from service.statements import FieldError, InvalidBody

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A problem type: its slug is the end of its URL, `explanation` what /problems/<slug> says."""

    slug: str
    status: int
    title: str
    explanation: str


class Problem(Exception):
    """A refusal that only HTTP knows: a bad query, a missing key, a body that is too large."""

    def __init__(self, slug: str, detail: str, *found: FieldError, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.kind, self.errors, self.headers = KINDS[slug], found, headers or {}


def bad_header(name: str, message: str) -> Problem:
    """A problem that names a header."""
    return Problem("bad-header", f"{name} {message}", FieldError((name,), message))


Page = Callable[[Request, Kind, str, Sequence[str]], Response | None]
"""What tells a problem to people; None where a program asks."""


def _kinds(*rows: tuple[str, int, str, str]) -> dict[str, Kind]:
    return {slug: Kind(slug, status, title, text) for slug, status, title, text in rows}


# fmt: off
KINDS = _kinds(
    ("bad-query", 400, "A query parameter is wrong",
     "A parameter is unknown, given twice, or has a value that is not understood. `errors` names each, with what would"
     " be right; GET /docs lists all parameters."),
    ("position-ahead", 400, "The log has not come so far",
     "`position` lies beyond the last fact recorded. GET /api/events shows the log; leave the parameter out for now."),
    ("bad-header", 400, "A header is wrong", "`errors` names the header and what would be right."),
    ("key-missing", 401, "A key is needed",
     "Send `Authorization: Bearer <key>`. The first start of the server prints one; `keys create` makes more."),
    ("key-insufficient", 403, "The key does not allow this",
     "The key is in force, but its scope is too narrow. `keys create --scope admin` makes one for operators."),
    ("not-found", 404, "There is nothing here",
     "No action, country or page has this address, or it was not known at the moment asked for by `as_of` or"
     " `position`."),
    ("method-not-allowed", 405, "The method does not fit the address", "`Allow` in the headers lists what fits."),
    ("source-ref-taken", 409, "The source_ref is in use",
     "Another report stands under this source_ref or id. Add a `corrected` fact to that action, or choose another"
     " name."),
    ("not-allowed", 409, "The action does not allow this fact",
     "Just before the fact's own place in the order of clocks the action is retracted, merged, or has nothing to"
     " reinstate; or a merge would lead back to itself. `detail` says which."),
    ("gone", 410, "This version of the rendering is retired",
     "The `v` of the address is no longer rendered. `detail` says where the same state is now."),
    ("version-mismatch", 412, "The action has moved on",
     "`If-Match` names a version that the action no longer has. Read it again, and decide again."),
    ("too-large", 413, "The body is too large", "docs/settings.md says how large a body may be. Split an import."),
    ("bad-body", 422, "The body is wrong",
     "`errors` names each field that is wrong, with the value and what would be right. Nothing was recorded."),
    ("idempotency-key-reused", 422, "The Idempotency-Key came before",
     "The same key was used with another path or body. Take a new key for a new request."),
    ("internal", 500, "The server failed", "A fault of the server, written to its log. Nothing is half done."),
    ("unavailable", 503, "The database does not answer", "The server is up, its database is not. Ask again later."),
    ("behind", 503, "The views have not come so far",
     "The log holds the position, the views do not yet. Ask again after `Retry-After` seconds."),
)
# fmt: on

SLUGS: dict[type[errors.Refused], str] = {
    InvalidBody: "bad-body",
    errors.BadField: "bad-body",
    TooManyRows: "bad-query",
    errors.NotAllowed: "not-allowed",
    errors.SourceRefTaken: "source-ref-taken",
    errors.OtherVersion: "version-mismatch",
    errors.UnknownAction: "not-found",
    ledger.KeyReused: "idempotency-key-reused",
    keys.BadName: "bad-body",
    keys.NameTaken: "bad-body",
    keys.NoSuchKey: "not-found",
}
"""How each refusal is answered; a subclass without a row of its own is answered like its parent."""


def install(app: FastAPI, unavailable: Sequence[type[Exception]] = (), page: Page | None = None) -> None:
    """Every error of the domain, of the framework, of our own and of a database that is `unavailable` is a problem.

    `page` tells it to people.
    """
    app.state.problem_page = page
    for error in unavailable:
        app.add_exception_handler(error, _unavailable)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(errors.Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid_path)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(ClientDisconnect, _gone_away)
    app.add_exception_handler(Exception, _fault)


def respond(
    kind: Kind, detail: str, found: tuple[FieldError, ...] = (), headers: dict[str, str] | None = None
) -> Response:
    """A problem as a response; `errors` where several things may be wrong."""
    body = {"type": f"/problems/{kind.slug}", "title": kind.title, "status": kind.status, "detail": detail}
    listed = [{"loc": list(error.loc), "msg": error.msg} for error in found]
    content = orjson.dumps({**body, "errors": listed} if listed else body)
    return Response(content, kind.status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


def _told(request: Request, kind: Kind, *rest: Any, **more: Any) -> Response:
    """The problem, as a page where people ask for one."""
    page: Page | None = request.app.state.problem_page
    detail, *found = rest
    wrong = [str(error.loc[0]) for error in (found[0] if found else ()) if error.loc]
    return (page and page(request, kind, detail, wrong)) or respond(kind, *rest, **more)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return _told(request, error.kind, str(error), error.errors, error.headers)


async def _refused(request: Request, error: Exception) -> Response:
    slug = next(SLUGS[cls] for cls in type(error).__mro__ if cls in SLUGS)
    found: tuple[FieldError, ...] = ()
    if isinstance(error, InvalidBody):
        found = error.errors
    elif isinstance(error, errors.BadField):
        found = (FieldError(error.loc, str(error)),)
    return _told(request, KINDS[slug], str(error), found)


async def _invalid_path(request: Request, error: Exception) -> Response:
    """Only paths are left to the framework's validation, and what is no id is the id of nothing."""
    assert isinstance(error, RequestValidationError)
    values = ", ".join(repr(found["input"]) for found in error.errors())
    return _told(request, KINDS["not-found"], f"{values} names nothing here")


async def _framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    by_status = {kind.status: kind for kind in reversed(KINDS.values())}
    kind = by_status.get(error.status_code, KINDS["not-found"])
    detail = f"{request.method} {request.url.path}: {HTTPStatus(error.status_code).phrase}"
    return _told(request, kind, detail, headers=dict(error.headers or {}))


async def _unavailable(request: Request, error: Exception) -> Response:
    logger.error("%s %s: %s", request.method, request.url.path, error)
    detail = f"the database does not answer: {type(error).__name__}"
    return _told(request, KINDS["unavailable"], detail, headers={"Retry-After": "1"})


async def _gone_away(request: Request, error: Exception) -> Response:
    """Nobody hears the answer to a request that broke off."""
    return Response(status_code=400)


async def _fault(request: Request, error: Exception) -> Response:
    return _told(request, KINDS["internal"], "the fault is in the server's log")
