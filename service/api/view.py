"""What every read has in common: its moment, its pin, its tags and links."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from starlette.responses import Response

from domain.instants import to_micros, write_instant
from projections.readmodel import Moment
from projections.render import RENDERING
from service.api import memento
from service.api.digests import repr_digest
from service.api.moments import Asked, asked, asked_of_then, logged_now, not_ahead, projected_now, wait_for
from service.api.params import CLOCKS
from service.api.query import Param, bad_query, parse
from service.instance import Instance
from service.problems import Problem
from service.statements import FieldError

JSON = "application/json"
T = TypeVar("T")
PINS = frozenset(("as_of", "position", "v"))
"""Given together they pin an answer: its bytes are fixed."""


def named(find: Callable[[str], T], text: str) -> T:
    """What a part of the path names. Raises Problem, 404, with what `find` says where it names nothing."""
    try:
        return find(text)
    except ValueError as error:
        raise Problem("not-found", str(error)) from None


def instance_of(request: Request) -> Instance:
    """The running instance behind this request."""
    instance: Instance = request.app.state.instance
    return instance


InstanceDep = Annotated[Instance, Depends(instance_of)]


@dataclass(frozen=True, slots=True)
class View:
    """A request that was understood, at the moment it asks for.

    `recorded_at` is when the position that the request names was recorded; None where it names none, or 0. `settled` is
    the clock that other parameters set, so that nothing of its own pins it.
    """

    request: Request
    instance: Instance
    found: Mapping[str, Any]
    as_of: datetime
    position: int
    recorded_at: datetime | None = None
    settled: frozenset[str] = frozenset()

    @property
    def at(self) -> Moment:
        return Moment(to_micros(self.as_of), self.position)

    @property
    def pinned(self) -> bool:
        """Whether as_of, position and v are all given, so that the bytes of the answer are fixed."""
        return self.found.keys() >= PINS - self.settled

    def permalink(self, path: str | None = None) -> str:
        """This request with its moment and the version of the rendering pinned."""
        instant = write_instant(self.as_of).replace(":", "%3A")
        pins = {"as_of": instant, "position": self.position, "v": RENDERING}
        own = "&".join(f"{name}={value}" for name, value in pins.items() if name not in self.settled)
        return self._address({*PINS, "recorded_by"}, own, path)

    def original(self) -> str:
        """This request without what pins it. A day of knowledge stays where it looks back behind what was recorded."""
        looks_back = not self.pinned or (self.recorded_at is not None and self.as_of < self.recorded_at)
        return self._address({"position", "recorded_by", "v", "cursor", *(() if looks_back else ("as_of",))})

    def next(self, **place: str) -> str:
        """The path of the page that follows; what was pinned stays pinned."""
        return self._address({*place}, urlencode(place))

    def _address(self, without: set[str], plus: str = "", path: str | None = None) -> str:
        """This request without some parameters, and with others that are written already."""
        kept = tuple(one for one in self.request.query_params.multi_items() if one[0] not in without)
        query = "&".join(filter(None, (_written(kept), plus)))
        return (path or quote(self.request.scope["path"])) + (f"?{query}" if query else "")

    def head(self) -> bytes:
        """The moment as the members of a JSON object that every answer carries."""
        return b'"as_of":"%s","position":%d' % (write_instant(self.as_of).encode(), self.position)

    def respond(
        self, body: bytes, tagged: bytes | None = None, links: Sequence[str] = (), media: str = JSON
    ) -> Response:
        """The answer with its tag, or 304 where the client holds it.

        The bytes of a pinned answer are fixed, so its tag is strong; else it is a weak one of what is `tagged`, the
        part that does not tell the time.
        """
        digest = hashlib.sha256(body if self.pinned or tagged is None else tagged).hexdigest()
        return self.tagged(body, strong(digest) if self.pinned else f"W/{strong(digest)}", links, media)

    def tagged(self, body: bytes, tag: str, links: Sequence[str] = (), media: str = JSON) -> Response:
        """The answer under a tag of the caller's, or 304 where the client holds it."""
        headers = {"ETag": tag, **self.headers(links)}
        if self.holds(tag):
            return Response(status_code=304, headers=headers)
        if self.pinned:
            headers["Repr-Digest"] = repr_digest(hashlib.sha256(body).digest())
        return Response(body, headers=headers, media_type=media)

    def headers(self, links: Sequence[str] = ()) -> dict[str, str]:
        """What every answer carries: where its other states are, and how long it may be kept.

        A pinned answer for a day; by anyone, if anyone may read it.
        """
        here = self.permalink()
        states = () if self.settled else memento.links(self.original(), here if self.pinned else None, self.recorded_at)
        headers = {"Link": ", ".join([*links, f'<{here}>; rel="permalink"', *states])}
        if not self.pinned:
            return {**headers, "Cache-Control": "no-cache", **({} if self.settled else {"Vary": memento.HEADER})}
        if self.recorded_at and not self.settled:
            headers["Memento-Datetime"] = memento.written(self.recorded_at)
        shared = "public" if self.instance.settings.open_reading else "private"
        return {**headers, "Cache-Control": f"{shared}, max-age=86400"}

    def holds(self, tag: str) -> bool:
        """If-None-Match, by weak comparison (RFC 9110, 13.1.2)."""
        given = self.request.headers.get("if-none-match", "").split(",")
        held = [one.strip().removeprefix("W/") for one in given]
        return tag.removeprefix("W/") in held or "*" in held


@lru_cache(maxsize=1_000)
def _written(query: tuple[tuple[str, str], ...]) -> str:
    """As it stands in an address; an answer has several links that differ in what follows."""
    return urlencode(query)


def strong(digest: str) -> str:
    """A tag of 32 hexadecimal digits."""
    return f'"{digest[:32]}"'


async def view(
    request: Request,
    *known: Param,
    moment: tuple[datetime, int] | None = None,
    of_log: bool = False,
    settled: frozenset[str] = frozenset(),
) -> View:
    """Reads the query and finds its moment. `moment` is that of an earlier page, which goes before now.

    `of_log`: the log itself is read, so that no read model has to be waited for. `settled`: what compares two moments
    is no state of one. Raises Elsewhere where the request asks by `Accept-Datetime` for another time.
    """
    found = parse(request.query_params, (*known, *CLOCKS))
    instance = instance_of(request)
    _check_version(found, request)
    now = Asked(*moment) if moment else await (logged_now if of_log else projected_now)(instance)
    one_moment = moment or settled or {"position", "recorded_by"} & found.keys()
    when = None if one_moment else memento.asked_for(request)
    if when:
        at = await asked_of_then(instance, found, now, when)
        raise await _elsewhere(View(request, instance, found, at.as_of, at.position))
    at = await asked(instance, found, now, paged=moment is not None)
    if moment or at.position != now.position:  # nobody knows whether the moment of an earlier page is reached here
        await (not_ahead if of_log else wait_for)(instance, at.position)
    return View(request, instance, found, at.as_of, at.position, at.recorded_at, settled)


async def _elsewhere(seen: View) -> memento.Elsewhere:
    recorded_at = await asyncio.to_thread(seen.instance.log.recorded_at, seen.position)
    links = memento.links(seen.original(), seen.permalink(), recorded_at)
    return memento.Elsewhere(seen.permalink(), ", ".join(links))


def _check_version(found: Mapping[str, Any], request: Request) -> None:
    version = found.get("v", RENDERING)
    if version > RENDERING or version < 1:
        raise bad_query(FieldError(("v",), f"{version} is not rendered by this server; the newest is {RENDERING}"))
    if version < RENDERING:
        now = request.url.include_query_params(v=RENDERING)
        address = f"{now.path}?{now.query}"
        link = {"Link": f'<{address}>; rel="successor-version"'}
        raise Problem("gone", f"v={version} is retired; the same state is now at {address}", headers=link)
