"""Files for the browser, at addresses that change with their content.

Each is compressed once, when it is first asked for, and may be kept for ever: a new version has a new address.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import brotli
from starlette.requests import Request
from starlette.responses import Response

from service.web import generated

FOLDER = Path(__file__).parent / "static"
MEDIA = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}
GENERATED: dict[str, Callable[[], bytes]] = {
    "names.js": generated.names,
    "palette.css": generated.palette,
    "plotly.css": generated.plotly_styles,
    "plotly.min.js": generated.plotly,
}
_IMPORT = re.compile(r"from '\./([\w-]+\.js)'")
FOR_EVER = "public, max-age=31536000, immutable"
LARGE = 1_000_000
"""Bytes; from here on the best compression takes longer than a visitor should wait."""


@cache
def body(name: str) -> bytes | None:
    """The bytes of a file; None where there is none of this name."""
    if name in GENERATED:
        return GENERATED[name]()
    return own()[name].read_bytes() if name in own() else None


@cache
def own() -> dict[str, Path]:
    """By its name alone: no two files have the same, in whatever folder."""
    return {path.name: path for path in FOLDER.rglob("*") if path.suffix in MEDIA}


@cache
def modules(entry: str) -> list[str]:
    """What a module needs, itself included, for browsers to fetch at once and not one after the other."""
    found = [entry]
    for name in found:
        text = (body(name) or b"").decode()
        found += [other for other in dict.fromkeys(_IMPORT.findall(text)) if other not in found]
    return sorted(found)


@cache
def tag() -> str:
    """Changes with any file: modules name each other, so all share one folder."""
    digest = hashlib.sha256(generated.plotly_version().encode())
    for name in sorted({*own(), *GENERATED} - {"plotly.min.js", "plotly.css"}):
        digest.update(body(name) or b"")
    return digest.hexdigest()[:12]


def address(name: str) -> str:
    """plotly.js, the largest by far, has an address of its own: it stays the same when our files change."""
    folder = f"plotly-{generated.plotly_version()}" if name.startswith("plotly.") else tag()
    return f"/static/{folder}/{name}"


@cache
def packed(name: str, encoding: str) -> bytes:
    """The compressed bytes of a file that there is; for the largest that takes a third of a second."""
    found = body(name) or b""
    if encoding == "br":
        return bytes(brotli.compress(found, quality=6 if len(found) > LARGE else 11))
    return gzip.compress(found, 6 if len(found) > LARGE else 9, mtime=0)


def respond(name: str, found: bytes, request: Request) -> Response:
    """In the best encoding that the browser takes; only the address of the present content may be kept for ever."""
    accepted = request.headers.get("accept-encoding", "")
    encoding = next((one for one in ("br", "gzip") if one in accepted), "")
    headers = {
        "Cache-Control": FOR_EVER if request.url.path == address(name) else "no-cache",
        "Vary": "Accept-Encoding",
        **({"Content-Encoding": encoding} if encoding else {}),
    }
    media = f"{MEDIA[Path(name).suffix]}; charset=utf-8"
    return Response(packed(name, encoding) if encoding else found, headers=headers, media_type=media)
