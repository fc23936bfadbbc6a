"""Pinned answers, kept in memory as they were sent: their bytes are fixed, so nobody need wait for a query again."""

from collections import OrderedDict

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 32 << 20
"""Of all answers that a process keeps; those that were not asked for lately go first."""
LARGEST = 1 << 20
"""Bytes of one that is kept."""
Key = tuple[str, bytes]


class Remembered:
    """Answers from memory what it answered before. An answer is known to be pinned by the digest that it carries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: OrderedDict[Key, tuple[Message, Message]] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or b"v=" not in scope["query_string"]:
            await self._app(scope, receive, send)
            return
        key = scope["path"], scope["query_string"]
        if key not in self._kept:
            await self._app(scope, receive, self._listening(key, send))
        elif any(name == b"if-none-match" for name, _ in scope["headers"]):
            await self._app(scope, receive, send)
        else:
            self._kept.move_to_end(key)
            start, body = self._kept[key]
            await send({**start})
            await send({**body})

    def _listening(self, key: Key, send: Send) -> Send:
        """Passes an answer on, and keeps it where it is pinned and comes in one piece."""
        start: Message | None = None

        async def sending(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = {**message} if _is_pinned(message) else None
            elif start:
                if not message.get("more_body"):
                    self._keep(key, start, message)
                start = None
            await send(message)

        return sending

    def _keep(self, key: Key, start: Message, body: Message) -> None:
        if len(body["body"]) > LARGEST or key in self._kept:
            return
        self._kept[key] = start, {**body}
        self._bytes += len(body["body"])
        while self._bytes > MOST_BYTES:
            _, (_, oldest) = self._kept.popitem(last=False)
            self._bytes -= len(oldest["body"])


def _is_pinned(start: Message) -> bool:
    return start["status"] == 200 and any(name == b"repr-digest" for name, _ in start["headers"])
