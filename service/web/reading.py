"""Asking the API from within this process, so that a page says what the API says."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import Request
from starlette.responses import Response

from projections.render import RENDERING
from service.api.params import FILTERS
from service.api.view import View, view
from service.web.links import KEPT_CLOCKS, Links

Json = dict[str, Any]
Endpoint = Callable[..., Awaitable[Response]]
Pairs = list[tuple[str, Any]]


class Reading:
    """All that one page reads, at one moment: that of its first answer, which every later question names."""

    def __init__(self, request: Request) -> None:
        self.app = request.app
        self.links = Links(request.query_params)
        self.query = self.links.query
        self._moment = [pair for pair in self.query.multi_items() if pair[0] in KEPT_CLOCKS]

    async def ask(self, endpoint: Endpoint, *path: Any, **plus: Any) -> Json:
        """An endpoint's answer under the page's filters; `plus` stands in place of those of the same name."""
        return await self._answer(endpoint, path, [*self._filters(*plus), *plus.items()])

    async def alone(self, endpoint: Endpoint, *path: Any, **asked: Any) -> Json:
        """An endpoint's answer at the page's moment, whatever its filters."""
        return await self._answer(endpoint, path, list(asked.items()))

    async def pinned(self, endpoint: Endpoint, path: str, *rest: Any) -> tuple[str, str]:
        """The pinned address of an answer at the page's moment, and the SHA-256 of its bytes."""
        request = self._request([("redirect", "no"), ("v", str(RENDERING))])
        response = await endpoint(*rest, request)
        return f"{path}?{request.url.query}", hashlib.sha256(bytes(response.body)).hexdigest()

    async def view(self) -> View:
        """The page's filters and moment, as the API understands them."""
        return await view(self._request(self._filters()), *FILTERS)

    def _filters(self, *without: str) -> Pairs:
        return [pair for pair in self.query.multi_items() if pair[0] not in {*without, *KEPT_CLOCKS}]

    def _request(self, asked: Pairs) -> Request:
        query = urlencode([*asked, *self._moment], doseq=True).encode()
        scope = {"type": "http", "method": "GET", "path": "/api", "headers": [], "app": self.app}
        return Request({**scope, "query_string": query})

    async def _answer(self, endpoint: Endpoint, path: tuple[Any, ...], asked: Pairs) -> Json:
        """Raises Problem like the endpoint."""
        response = await endpoint(*path, self._request(asked))
        answer: Json = orjson.loads(bytes(response.body))
        if "as_of" in answer:
            self._moment = [("as_of", answer["as_of"]), ("position", str(answer["position"]))]
        return answer
