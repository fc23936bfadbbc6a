"""The HTTP application: routes, problems, headers. Nothing runs on import."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import version

from fastapi import FastAPI, Request
from starlette.datastructures import QueryParams
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Lifespan, Message, Receive, Scope, Send

from service import refusals
from service.api import (
    actions,
    charts,
    counts,
    diff,
    documentation,
    feed,
    history,
    log,
    memento,
    operations,
    parties,
    relations,
    timeline,
    timemap,
)
from service.api.digests import Digests
from service.api.remembered import Remembered
from service.api.view import PINS
from service.api.writing import require
from service.instance import Instance
from service.policy import HEADERS
from service.problem_pages import router as problem_pages
from service.problems import Problem
from service.store.postgres import UNAVAILABLE
from service.web import embed, pages

ALWAYS_OPEN = ("/docs", "/healthz", "/metrics", "/openapi.json", "/problems", "/readyz", "/static/")
"""Paths that show no action; /metrics asks for a key itself."""
ONE_ACTION = re.compile("/api/actions/[^/]+")
"""The only path that gives a strong tag to what is not pinned."""
DESCRIPTION = (
    "Who did what with whom, when - and what was known about it at the time. `as_of` looks back on what the public"
    " knew, `position` and `recorded_by` on what this log held; together they pin an answer for good."
)


def create_app(instance: Instance, demo: bool = False, lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """The application over an open instance; `demo` says that its data is the demonstration's."""
    app = FastAPI(
        title="Diplomatic timeline", version=version("diplomatic-timeline"), description=DESCRIPTION, openapi_url=None,
        lifespan=lifespan or _following(instance), redirect_slashes=False, routes=_routes(),
    )  # fmt: skip
    app.state.instance, app.state.demo = instance, demo
    app.state.digests = Digests()
    refusals.install(app, unavailable=UNAVAILABLE, page=pages.refusal)
    app.add_exception_handler(memento.Elsewhere, memento.elsewhere)
    documentation.install(app)
    app.add_middleware(Compressed, minimum_size=1_500, compresslevel=5)
    app.add_middleware(Remembered)
    app.add_middleware(Guard, instance=instance)
    return app


@cache
def _routes() -> list[BaseRoute]:
    """The same in every application: FastAPI takes longer to make them than a test takes for all else.

    In one flat list: routers within routers are looked through again for every request.
    """
    apart = (timeline, feed, diff, actions, history, counts, parties, relations, log, charts, operations, timemap)
    routers = (embed.router, *(part.router for part in apart), operations.health, problem_pages, pages.router)
    return [route for router in routers for route in router.routes]


def _following(instance: Instance) -> Lifespan[FastAPI]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if instance.settings.project:
            instance.projector.start()
        yield
        await instance.close()

    return lifespan


class Compressed(GZipMiddleware):
    """Compresses answers, but none with a strong tag: it and a digest are those of the bytes that are sent."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _is_pinned(scope) or ONE_ACTION.fullmatch(scope.get("path", "")):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def _is_pinned(scope: Scope) -> bool:
    query = scope.get("query_string", b"")
    return b"v=" in query and QueryParams(query).keys() >= PINS


class Guard:
    """Asks readers for a key where the settings say so, puts the security headers on every answer, answers HEAD."""

    def __init__(self, app: ASGIApp, instance: Instance) -> None:
        self._app, self._instance = app, instance
        self._headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        asked_for_head = scope["method"] == "HEAD"
        if asked_for_head:
            scope = {**scope, "method": "GET"}

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in self._headers if one[0] not in own)]
            elif asked_for_head:
                message = {**message, "body": b""}
            await send(message)

        try:
            if not self._instance.settings.open_reading and not scope["path"].startswith(ALWAYS_OPEN):
                await require(Request(scope), "report", "admin")
        except Problem as error:
            refusal = refusals.respond(error.kind, str(error), error.errors, error.headers)
            await refusal(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)
