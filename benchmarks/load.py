"""A load over kept-alive connections, a few or a thousand, light enough that the server is what is measured."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

import uvloop

from benchmarks.figures import ratio

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_LAST_CHUNK = b"\r\n0\r\n\r\n"
CLIENTS = 8
SLOW = 100
"""Milliseconds from which on an answer is waited for by one client at a time."""


@dataclass
class Load:
    """What came of it: seconds of each answer asked for between `begin` and `end`, and how many went wrong."""

    request: bytes
    begin: float
    end: float
    seconds: list[float] = field(default_factory=list)
    errors: int = 0

    def share(self, part: float) -> float:
        """Milliseconds within which this part of the answers came."""
        found = sorted(self.seconds)
        return 1_000 * found[min(len(found) - 1, int(part * len(found)))]


class _Client(asyncio.Protocol):
    """Asks, reads the whole answer, and asks again until the time is over; then `done` is set."""

    def __init__(self, load: Load) -> None:
        self.done = asyncio.get_running_loop().create_future()
        self._load, self._head, self._left, self._tail = load, b"", 0, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def _ask(self) -> None:
        self._sent, self._head = time.perf_counter(), b""
        self._transport.write(self._load.request)

    def data_received(self, data: bytes) -> None:
        if self._in_head():
            self._head += data
            if self._in_head():
                return
            head, _, data = self._head.partition(b"\r\n\r\n")
            found = _LENGTH.search(head)
            self._left = int(found[1]) if found else -1  # -1: in chunks
            self._load.errors += not head.startswith(b"HTTP/1.1 200")
            self._tail = b"\r\n"
        if self._left < 0:
            self._tail = (self._tail + data)[-len(_LAST_CHUNK) :]
            if self._tail == _LAST_CHUNK:
                self._answered()
            return
        self._left -= len(data)
        if not self._left:
            self._answered()

    def _in_head(self) -> bool:
        return b"\r\n\r\n" not in self._head

    def _answered(self) -> None:
        now = time.perf_counter()
        if self._sent >= self._load.begin:
            self._load.seconds.append(now - self._sent)
        if now < self._load.end:
            self._ask()
        else:
            self.done.set_result(None)
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self._load.errors += 1
            self.done.set_result(None)


async def _run(url: str, connections: int, seconds: float, warm: float) -> Load:
    parts = urlsplit(url)
    request = f"GET {parts.path or '/'}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    begin = time.perf_counter() + warm
    load, loop = Load(request, begin, begin + seconds), asyncio.get_running_loop()

    async def one() -> None:
        try:
            _, client = await loop.create_connection(lambda: _Client(load), parts.hostname or "", parts.port or 80)
            await client.done
        except OSError:
            load.errors += 1

    await asyncio.gather(*(one() for _ in range(connections)))
    return load


def crowd(url: str, connections: int, seconds: float, warm: float = 0.0) -> Load:
    """So many clients at once, each asking anew as soon as it has its answer; the first seconds do not count."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(url, connections, seconds, warm))


def times(url: str, beside: str) -> float:
    """How many times as many answers a second one address gives as another, both to as many clients, in turn."""
    clients = 1 if max(once(url), once(beside)) >= SLOW else CLIENTS
    return ratio(lambda: rate(url, clients), lambda: rate(beside, clients))


def rate(url: str, clients: int = CLIENTS) -> float:
    """Answers a second. Raises RuntimeError where one was not 200."""
    started = time.perf_counter()
    load = _sound(crowd(url, clients, 1.0), url)
    return len(load.seconds) / (time.perf_counter() - started)


def once(url: str) -> float:
    """Milliseconds until an answer stands, to one client."""
    return 1_000 * _sound(crowd(url, 1, 0.0), url).seconds[0]


def _sound(load: Load, url: str) -> Load:
    if load.errors:
        raise RuntimeError(f"{load.errors} answers of {url} were not 200")
    return load
