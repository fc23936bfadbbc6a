"""A small load over kept-alive connections, light enough that the server is what is measured."""

import asyncio
import time
from urllib.parse import urlsplit


async def _one(host: str, port: int, request: bytes, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection(host, port)
    seconds = []
    while (start := time.perf_counter()) < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        seconds.append(time.perf_counter() - start)
    writer.close()
    return seconds


async def _all(url: str, connections: int, seconds: float) -> list[float]:
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}"
    request = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    until = time.perf_counter() + seconds
    found = await asyncio.gather(
        *(_one(parts.hostname or "", parts.port or 80, request, until) for _ in range(connections))
    )
    return [one for some in found for one in some]


def rate(url: str, connections: int = 8, seconds: float = 2.0) -> tuple[float, float]:
    """Requests per second, and the median time of one in milliseconds."""
    times = sorted(asyncio.run(_all(url, connections, seconds)))
    return len(times) / seconds, 1_000 * times[len(times) // 2]
