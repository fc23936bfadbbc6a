"""SHA-256 of answers, for the header that RFC 9530 defines, so that whoever cites one can check it."""

import base64
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator

REMEMBERED = 1_000
"""Addresses whose digest is kept; of those that are asked for again and again none is read twice."""


def repr_digest(digest: bytes) -> str:
    """A SHA-256 digest as `Repr-Digest` writes it."""
    return f"sha-256=:{base64.b64encode(digest).decode()}:"


class Digests:
    """The digests of pinned results too large to be held: known once they have been read from end to end."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, bytes] = OrderedDict()

    async def of(self, address: str, parts: AsyncIterator[bytes]) -> bytes:
        """The digest of what an address answers; `parts` is read where it was not asked for lately."""
        if address not in self._known:
            self._known[address] = await _digest(parts)
        self._known.move_to_end(address)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return self._known[address]


async def _digest(parts: AsyncIterator[bytes]) -> bytes:
    found = hashlib.sha256()
    async for part in parts:
        found.update(part)
    return found.digest()
