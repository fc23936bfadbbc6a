"""Digests of results too large to be held: each is read from end to end once, and only so many are kept."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator

import pytest

from service.api import digests
from service.api.digests import Digests, repr_digest


class Result:
    """A result in parts, which counts how often it is read to its end."""

    def __init__(self, *parts: bytes) -> None:
        self.parts, self.read = parts, 0

    async def stream(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            yield part
        self.read += 1


def of(known: Digests, address: str, result: Result) -> bytes:
    return asyncio.run(known.of(address, result.stream()))


@pytest.mark.parametrize("parts", [(), (b"",), (b"one part",), (b"one", b" ", b"part")])
def test_given_a_result_in_parts_then_its_digest_is_that_of_the_whole(parts: tuple[bytes, ...]) -> None:
    assert of(Digests(), "/x", Result(*parts)) == hashlib.sha256(b"".join(parts)).digest()


def test_given_an_address_asked_for_again_then_it_is_not_read_again() -> None:
    known, result = Digests(), Result(b"a")
    assert of(known, "/x", result) == of(known, "/x", result)
    assert result.read == 1


def test_given_two_addresses_then_each_has_its_own_digest() -> None:
    known = Digests()
    assert of(known, "/x", Result(b"a")) != of(known, "/y", Result(b"b"))


def test_given_more_than_are_kept_then_the_one_not_asked_for_longest_is_read_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(digests, "REMEMBERED", 2)
    known, results = Digests(), {name: Result(name.encode()) for name in "abc"}
    for name in "abacab":  # c takes the place of b, since a was asked for after it
        of(known, name, results[name])
    assert {name: result.read for name, result in results.items()} == {"a": 1, "b": 2, "c": 1}


def test_given_a_digest_then_the_header_has_it_as_rfc_9530_writes_bytes() -> None:
    digest = hashlib.sha256(b"{}").digest()
    written = repr_digest(digest)
    assert written.startswith("sha-256=:") and written.endswith(":")
    assert base64.b64decode(written[9:-1], validate=True) == digest
