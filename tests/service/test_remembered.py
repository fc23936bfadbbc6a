"""Pinned answers come from memory the second time, and nothing else does."""

import asyncio
from typing import Any

import pytest

from service.api import remembered
from service.api.remembered import Remembered
from tests.support import tally
from tests.support.client import Client


def asked(app: Any, query: bytes, *headers: tuple[bytes, bytes]) -> bytes:
    """What is sent for GET /x with a query; what was sent before an error counts for nothing."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/x", "query_string": query, "headers": list(headers)}
    asyncio.run(app(scope, None, send))
    return b"".join(message.get("body", b"") for message in sent)


class Counting:
    """Answers with how often it was asked, under a digest as pinned answers have."""

    def __init__(self, *, digest: bool = True, size: int = 0, parts: int = 1) -> None:
        self.calls, self._size, self._parts = 0, size, parts
        self._headers = [(b"repr-digest", b"sha-256=:x:")] if digest else []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.calls += 1
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        for part in range(self._parts, 0, -1):
            body = b"%d" % self.calls + b" " * self._size
            await send({"type": "http.response.body", "body": body, "more_body": part > 1})


def test_given_a_pinned_answer_when_asked_again_then_it_comes_from_memory() -> None:
    app = Remembered(Counting())
    assert [asked(app, b"v=1"), asked(app, b"v=1"), asked(app, b"v=1&q=2")] == [b"1", b"1", b"2"]


@pytest.mark.parametrize("options", [{"digest": False}, {"size": remembered.LARGEST}, {"parts": 2}])
def test_given_what_is_not_pinned_or_large_or_streamed_then_it_is_asked_for_again(options: dict[str, Any]) -> None:
    counting = Counting(**options)
    asked(app := Remembered(counting), b"v=1")
    asked(app, b"v=1")
    assert counting.calls == 2


def test_given_no_v_or_a_tag_that_is_held_then_the_service_answers_itself() -> None:
    counting = Counting()
    app = Remembered(counting)
    for _ in range(2):
        asked(app, b"")
        asked(app, b"v=1", (b"if-none-match", b'"x"'))
    assert counting.calls == 4


def test_given_more_than_may_be_kept_then_what_was_asked_for_last_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_BYTES", 250)
    app = Remembered(Counting(size=100))
    first, second = asked(app, b"v=1&a"), asked(app, b"v=1&b")
    assert asked(app, b"v=1&a") == first
    asked(app, b"v=1&c")
    assert asked(app, b"v=1&a") == first and asked(app, b"v=1&b") != second


def test_given_the_demo_then_a_remembered_answer_is_the_first_one_byte_for_byte(demo: Client) -> None:
    address = f"/api/timeline?{tally.pinned(demo)}&v=1"
    first, again = demo.get(address), demo.get(address)
    assert again.content == first.content and dict(again.headers) == dict(first.headers)
    assert demo.get(address, if_none_match=first.headers["etag"]).status_code == 304


def test_given_reading_with_a_key_then_memory_asks_for_it_too(client: Client) -> None:
    client.report()
    client.restart(open_reading=False)
    address, key = f"/api/timeline?as_of=2025-03-01&position={client.head}&v=1", f"Bearer {client.key}"
    assert [client.get(address, authorization=key).status_code for _ in range(2)] == [200, 200]
    assert client.get(address).status_code == 401
