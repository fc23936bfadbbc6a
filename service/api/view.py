"""What every read has in common: its moment, its pin, its tags and links."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from starlette.responses import Response

from domain.instants import from_micros, to_micros, write_instant
from projections.readmodel import Moment, reached
from projections.render import RENDERING
from service.api.params import CLOCKS, Param, bad_query, parse
from service.instance import Instance
from service.problems import Problem
from service.statements import FieldError

JSON = "application/json"
T = TypeVar("T")
_BEFORE_THE_LOG = datetime(1, 1, 1, tzinfo=UTC)


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

    `pinned`: as_of, position and v are all given, so the bytes of the answer are fixed.
    """

    request: Request
    instance: Instance
    found: Mapping[str, Any]
    as_of: datetime
    position: int

    @property
    def at(self) -> Moment:
        return Moment(to_micros(self.as_of), self.position)

    @property
    def pinned(self) -> bool:
        return {"as_of", "position", "v"} <= self.found.keys()

    def permalink(self, path: str | None = None) -> str:
        """This request with its moment and the version of the rendering pinned."""
        pins = {"as_of": write_instant(self.as_of), "position": str(self.position), "v": str(RENDERING)}
        return self._address({"as_of", "position", "recorded_by", "v"}, pins, path)

    def next(self, cursor: str) -> str:
        """The path of the page that follows; what was pinned stays pinned."""
        return self._address({"cursor"}, {"cursor": cursor})

    def _address(self, without: set[str], plus: Mapping[str, str], path: str | None = None) -> str:
        kept = [(name, value) for name, value in self.request.query_params.multi_items() if name not in without]
        return f"{path or quote(self.request.scope['path'])}?{urlencode([*kept, *plus.items()])}"

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
        digest = hashlib.sha256(body if self.pinned or tagged is None else tagged).hexdigest()[:32]
        tag = f'"{digest}"' if self.pinned else f'W/"{digest}"'
        return self.tagged(body, tag, links, media)

    def tagged(self, body: bytes, tag: str, links: Sequence[str] = (), media: str = JSON) -> Response:
        """The answer under a tag of the caller's, or 304 where the client holds it."""
        link = ", ".join([*links, f'<{self.permalink()}>; rel="permalink"'])
        headers = {"ETag": tag, "Link": link, **self.caching()}
        if _holds(self.request, tag):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type=media)

    def caching(self) -> dict[str, str]:
        """A pinned answer may be kept for a day; by anyone, if anyone may read it."""
        if not self.pinned:
            return {"Cache-Control": "no-cache"}
        return {"Cache-Control": f"{'public' if self.instance.settings.open_reading else 'private'}, max-age=86400"}


def _holds(request: Request, tag: str) -> bool:
    """If-None-Match, by weak comparison (RFC 9110, 13.1.2)."""
    held = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return tag.removeprefix("W/") in held or "*" in held


async def view(request: Request, *known: Param, moment: tuple[datetime, int] | None = None) -> View:
    """Reads the query and finds its moment. `moment` is that of an earlier page, which goes before now."""
    found = parse(request.query_params, (*known, *CLOCKS))
    instance = instance_of(request)
    _check_version(found, request)
    if "position" in found and "recorded_by" in found:
        raise bad_query(FieldError(("recorded_by",), "cannot be given together with position; leave one out"))
    as_of, position = moment or await _now(instance)
    if "recorded_by" in found:
        as_of = found["recorded_by"]
        if moment is None:
            position = await asyncio.to_thread(instance.log.position_at, as_of)
    elif "position" in found:
        position = found["position"]
        if "as_of" not in found:
            as_of = await asyncio.to_thread(_recorded_at, instance, position)
    await wait_for(instance, position)
    return View(request, instance, found, found.get("as_of", as_of), position)


def _check_version(found: Mapping[str, Any], request: Request) -> None:
    version = found.get("v", RENDERING)
    if version > RENDERING or version < 1:
        raise bad_query(FieldError(("v",), f"{version} is not rendered by this server; the newest is {RENDERING}"))
    if version < RENDERING:
        now = request.url.include_query_params(v=RENDERING)
        raise Problem("gone", f"v={version} is retired; the same state is now at {now.path}?{now.query}")


async def _now(instance: Instance) -> tuple[datetime, int]:
    at = await reached(instance.database)
    return max(instance.clock(), from_micros(at.recorded_at)), at.position


def _recorded_at(instance: Instance, position: int) -> datetime:
    fact = instance.log.newest_at(position)
    return fact.recorded_at if fact else _BEFORE_THE_LOG


async def wait_for(instance: Instance, position: int) -> None:
    """Until the read models have reached a position, for a bounded time. Raises Problem where they do not."""
    if (await reached(instance.database)).position >= position:
        return
    if position > (head := await asyncio.to_thread(instance.log.head)):
        raise Problem("position-ahead", f"position {position} lies beyond the last fact, {head}")
    if not await reaches(instance, position):
        raise Problem("behind", f"position {position} is recorded but not projected yet", headers={"Retry-After": "1"})


async def reaches(instance: Instance, position: int) -> bool:
    """Whether the read models reach a position within the time that a request waits."""
    until = time.monotonic() + instance.settings.wait
    while (await reached(instance.database)).position < position:
        if time.monotonic() > until:
            return False
        await asyncio.sleep(0.02)
    return True
