"""What every write has in common: a key, a bounded body, and the headers that make repeating safe."""

import asyncio
import hashlib
import re
from typing import Annotated

from fastapi import Depends, Request

from service import keys
from service.api.view import instance_of
from service.ledger import Repeatable
from service.problems import Problem, bad_header

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_VERSION = re.compile(r'(?:W/)?"([0-9]{1,18})(?:-[0-9a-f]*)?"')


async def may_write(request: Request) -> None:
    """Lets a request pass that carries a key in force."""
    await require(request, "report", "admin")


async def require(request: Request, *scopes: str) -> None:
    """Raises Problem where the request carries no key in force, or none of these scopes."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    challenge = {"WWW-Authenticate": "Bearer"}
    if scheme.lower() != "bearer" or not key.strip():
        raise Problem("key-missing", "send the header `Authorization: Bearer <key>`", headers=challenge)
    scope = await asyncio.to_thread(keys.scope_of, instance_of(request).log, key.strip())
    if scope is None:
        raise Problem("key-missing", "the key is unknown or revoked", headers=challenge)
    if scope not in scopes:
        raise Problem("key-insufficient", f"the key has the scope {scope}; this needs {' or '.join(scopes)}")


async def body_of(request: Request, most: int) -> bytes:
    """The body. Raises Problem as soon as it is known to be longer than `most` bytes.

    The connection stays: most clients read no answer before they have sent all, and a closed one would cut them off.
    The server takes in what they go on sending, and drops it.
    """
    declared = request.headers.get("content-length", "0")
    body = bytearray()
    if not (declared.isdigit() and int(declared) > most):
        async for part in request.stream():
            body += part
            if len(body) > most:
                break
        else:
            return bytes(body)
    raise Problem("too-large", f"a body may have {most:,} bytes here")


def repeatable(request: Request, body: bytes) -> Repeatable:
    """How the client will recognise this request, by its Idempotency-Key, if it sends it again."""
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        raise bad_header("Idempotency-Key", "must be 1 to 255 visible ASCII characters")
    target = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return Repeatable(key, hashlib.sha256(target + body).hexdigest())


def expected_version(request: Request) -> int | None:
    """The version that If-Match names, as "<version>" or as the ETag of an action; None where any will do."""
    given = request.headers.get("if-match")
    if given is None or given.strip() == "*":
        return None
    if not (found := _VERSION.fullmatch(given.strip())):
        raise bad_header("If-Match", f'{given[:80]!r} is not a version; send "3", or the ETag of the action')
    return int(found[1])


WriterDep = Annotated[None, Depends(may_write)]
