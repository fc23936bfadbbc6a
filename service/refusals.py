"""Errors as problem details (RFC 9457), on every path. One table says which refusal is answered how."""

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from domain import errors
from projections.counts import TooManyRows
from service import ledger
from service.problems import TYPES, Problem, ProblemType
from service.statements import FieldError, InvalidBody

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
Page = Callable[[Request, ProblemType, str, Sequence[str]], Response | None]
"""What tells a problem to people; None where a program asks."""

SLUGS: dict[type[errors.Refused], str] = {
    InvalidBody: "bad-body",
    errors.BadField: "bad-body",
    TooManyRows: "bad-query",
    errors.NotAllowed: "not-allowed",
    errors.SourceRefTaken: "source-ref-taken",
    errors.OtherVersion: "version-mismatch",
    errors.UnknownAction: "not-found",
    ledger.KeyReused: "idempotency-key-reused",
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
    kind: ProblemType, detail: str, found: tuple[FieldError, ...] = (), headers: dict[str, str] | None = None
) -> Response:
    """A problem as a response; `errors` where several things may be wrong."""
    body = {"type": f"/problems/{kind.slug}", "title": kind.title, "status": kind.status, "detail": detail}
    listed = [{"loc": list(error.loc), "msg": error.msg} for error in found]
    content = orjson.dumps({**body, "errors": listed} if listed else body)
    return Response(content, kind.status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


def _told(
    request: Request,
    kind: ProblemType,
    detail: str,
    found: tuple[FieldError, ...] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """The problem, as a page where people ask for one."""
    page: Page | None = request.app.state.problem_page
    wrong = [str(error.loc[0]) for error in found if error.loc]
    shown = page and page(request, kind, detail, wrong)
    if not shown:
        return respond(kind, detail, found, headers)
    shown.headers.update(headers or {})
    return shown


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
    return _told(request, TYPES[slug], str(error), found)


async def _invalid_path(request: Request, error: Exception) -> Response:
    """Only paths are left to the framework's validation, and what is no id is the id of nothing."""
    assert isinstance(error, RequestValidationError)
    values = ", ".join(repr(found["input"]) for found in error.errors())
    return _told(request, TYPES["not-found"], f"{values} names nothing here")


async def _framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    by_status = {kind.status: kind for kind in reversed(TYPES.values())}
    kind = by_status.get(error.status_code, TYPES["not-found"])
    detail = f"{request.method} {request.url.path}: {HTTPStatus(error.status_code).phrase}"
    headers = dict(error.headers or {})
    if "GET" in headers.get("Allow", "").split(", "):
        headers["Allow"] += ", HEAD"
    return _told(request, kind, detail, headers=headers)


async def _unavailable(request: Request, error: Exception) -> Response:
    logger.error("%s %s: %s", request.method, request.url.path, error)
    detail = f"the database does not answer: {type(error).__name__}"
    return _told(request, TYPES["unavailable"], detail, headers={"Retry-After": "1"})


async def _gone_away(request: Request, error: Exception) -> Response:
    """Nobody hears the answer to a request that broke off."""
    return Response(status_code=400)


async def _fault(request: Request, error: Exception) -> Response:
    return _told(request, TYPES["internal"], "the fault is in the server's log")
