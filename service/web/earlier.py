"""Memento (RFC 7089) for pages: one without a position is its own TimeGate, one with a position a state.

As in the API the recorded clock is meant. A page is drawn anew each time, so its state is pinned, not its bytes.
"""

import asyncio
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from starlette.datastructures import QueryParams

from domain.instants import write_instant
from service.api import memento, params
from service.api.moments import Asked, asked, asked_of_then, projected_now
from service.api.query import parse
from service.api.view import instance_of
from service.problems import Problem

Pins = list[tuple[str, str]]
PAGE_CLOCKS = frozenset(("as_of", "position", "recorded_by"))


async def gate(request: Request) -> None:
    """Leaves for `render` what the headers say of the page's other states.

    Raises Elsewhere where `Accept-Datetime` or `recorded_by` asks for another time, Problem where one of them is wrong.
    What else is wrong with the address the page says itself, as it says what is wrong with its filters.
    """
    given = _clocks(request)
    named = "recorded_by" in given
    try:
        found = parse(given, params.CLOCKS)
    except Problem:
        if named:
            raise
        return
    when = None if named or "position" in found else memento.asked_for(request)
    if named or when:
        raise await _elsewhere(request, await _then(request, found, when))
    own = {"Link": _links(_address(request)), "Vary": memento.HEADER}
    request.state.earlier = await _of_state(request, found) if "position" in found else own


def _clocks(request: Request) -> QueryParams:
    given = request.query_params.multi_items()
    return QueryParams([one for one in given if one[0] in PAGE_CLOCKS and one[1].strip()])


async def _then(request: Request, found: dict[str, Any], when: datetime | None) -> Asked:
    instance = instance_of(request)
    now = await projected_now(instance)
    return await (asked_of_then(instance, found, now, when) if when else asked(instance, found, now))


async def _of_state(request: Request, found: dict[str, Any]) -> dict[str, str]:
    recorded_at = await _recorded_at(request, found["position"])
    is_now = recorded_at is not None and found.get("as_of", recorded_at) >= recorded_at
    original = _address(request, {"position", "as_of"} if is_now else {"position"})
    headers = {"Link": _links(original, _address(request), recorded_at)}
    return {**headers, "Memento-Datetime": memento.written(recorded_at)} if recorded_at else headers


async def _elsewhere(request: Request, at: Asked) -> memento.Elsewhere:
    pins = [("as_of", write_instant(at.as_of)), ("position", str(at.position))]
    state = _address(request, PAGE_CLOCKS, pins)
    recorded_at = await _recorded_at(request, at.position)
    return memento.Elsewhere(state, _links(_address(request, {"recorded_by"}), state, recorded_at))


async def _recorded_at(request: Request, position: int) -> datetime | None:
    return await asyncio.to_thread(instance_of(request).log.recorded_at, position)


def _links(original: str, state: str = "", recorded_at: datetime | None = None) -> str:
    """Without a list of states, which only answers have."""
    own = [f'<{original}>; rel="original timegate"']
    dated = [f'<{state}>; rel="memento"; datetime="{memento.written(recorded_at)}"'] if recorded_at else []
    return ", ".join(own + dated)


def _address(request: Request, without: set[str] | frozenset[str] = frozenset(), pins: Pins | None = None) -> str:
    kept = [one for one in request.query_params.multi_items() if one[0] not in without]
    query = urlencode([*kept, *(pins or [])])
    return quote(request.scope["path"]) + (f"?{query}" if query else "")
