"""GET /api/timemap/...: where the earlier states of an answer are (RFC 7089), the last one of each day of recording."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.routing import Match, compile_path

from domain.according import according_to
from domain.dates import end_of_day
from domain.events import Fact
from domain.fold import fold
from domain.instants import to_micros, write_instant
from domain.people import person_name
from projections.profiles import first_known
from projections.readmodel import Moment
from projections.render import RENDERING
from service.api import memento
from service.api.documentation import documented
from service.api.history import ACCORDING
from service.api.parties import key_in_path
from service.api.query import Param, bad_query, parse
from service.api.values import day, moment
from service.api.view import instance_of
from service.instance import Instance
from service.problems import Problem
from service.statements import FieldError
from service.store.log import Log

router = APIRouter(prefix="/api")
LISTED = 100
"""Days of one list; a list that is not the last one names the next."""
FROM = Param("recorded_from", day, "first day of recording; all others are the answer's own", "2026-11-22")
Query = list[tuple[str, str]]
Recorded = tuple[datetime, int]
"""When the last fact of a day was recorded, and its position."""


@router.get("/timemap/{path:path}", **documented((FROM,), media=memento.LINKS))
async def timemap(path: str, request: Request) -> Response:
    """The states of an answer, oldest first; `path` and the query are those of the answer itself, without `/api`."""
    first, query = _parted(request.query_params)
    _has_states(request, f"/api/{path}", query)
    await _is_answered(request, f"/api/{path}", query)
    instance = instance_of(request)
    held_since = await _held_since(instance, path, dict(query))
    days = await asyncio.to_thread(_days, instance.log, max(held_since, first))
    lines = _lines(f"/api/{quote(path)}", query, days)
    return Response(",\n".join(lines) + "\n", media_type=memento.LINKS, headers={"Cache-Control": "no-cache"})


def _parted(given: QueryParams) -> tuple[date, Query]:
    """The first day of recording, and the answer's own parameters. Raises Problem where there is no such day."""
    items = given.multi_items()
    first = parse(QueryParams([one for one in items if one[0] == FROM.name]), (FROM,)).get(FROM.name)
    return date.fromisoformat(first or "0001-01-01"), [one for one in items if one[0] != FROM.name]


async def _is_answered(request: Request, path: str, query: Query) -> None:
    """Asks for the newest state, of which a response is made but not sent. Raises what the answer refuses with."""
    scope = {**request.scope, "path": path, "query_string": urlencode(query).encode(), "headers": [], "path_params": {}}
    for route in request.app.routes:
        match, found = route.matches(scope)
        if match is Match.FULL and isinstance(route, APIRoute):
            await route.get_route_handler()(Request({**scope, **found}))
            return


async def _held_since(instance: Instance, path: str, asked: dict[str, str]) -> date:
    """The day on which what is answered was first recorded, as known at `as_of` where that is given.

    An action, or a publisher's word of it, or a person whom no table has; all else is answered of any day.
    """
    folder, _, rest = path.partition("/")
    as_of = moment(asked["as_of"]) if "as_of" in asked else None
    if folder == "actions":
        return await asyncio.to_thread(_recorded, instance.log, UUID(rest.partition("/")[0]), as_of, asked)
    if folder == "people" and not person_name(key := key_in_path(rest)):
        known = as_of or datetime.max.replace(tzinfo=UTC)
        position = await first_known(instance.database, key, Moment(to_micros(known), instance.log.head()))
        recorded_at = await asyncio.to_thread(instance.log.recorded_at, position) if position else None
        return recorded_at.date() if recorded_at else date.min
    return date.min


def _recorded(log: Log, action: UUID, as_of: datetime | None, asked: dict[str, str]) -> date:
    facts = log.facts_of([action])[action]
    held = ((fact, _told(facts[:place], asked)) for place, fact in enumerate(facts, 1))
    return next(fact for fact, told in held if fold(told, as_of or fact.recorded_at)).recorded_at.date()


def _told(facts: list[Fact], asked: dict[str, str]) -> list[Fact]:
    """The facts that the answer rests on."""
    publisher = asked.get(ACCORDING.name)
    return facts if publisher is None else according_to(facts, ACCORDING.read(publisher))


def _has_states(request: Request, path: str, query: Query) -> None:
    """Raises Problem where no answer that has states is at this path, or it has no such parameters."""
    names = _parameters(request.app.openapi()["paths"], path)
    if "position" not in names or "from_position" in names:
        raise Problem("not-found", f"{path} is no answer that has earlier states")
    for name, _ in query:
        if name not in names - {"position", "recorded_by", "v", "cursor"}:
            raise bad_query(FieldError((name,), f"is not a parameter of {path} that all its states share"))


def _parameters(paths: dict[str, Any], path: str) -> set[str]:
    """The names of the query parameters that a path is documented with, empty where there is no such path."""
    reads = (item["get"] for template, item in paths.items() if "get" in item and compile_path(template)[0].match(path))
    return {param["name"] for read in reads for param in read.get("parameters", ()) if param["in"] == "query"}


def _days(log: Log, first: date) -> list[Recorded]:
    """The last fact of each day of recording; one more than are listed, where there are more."""
    return list(islice(_each_day(log, first), LISTED + 1))


def _each_day(log: Log, first: date) -> Iterator[Recorded]:
    before = log.position_at(end_of_day(first - timedelta(days=1))) if first > date.min else 0
    while facts := log.read(before, 1):
        before = log.position_at(end_of_day(facts[0].recorded_at.date()))
        yield log.recorded_at(before) or facts[0].recorded_at, before


def _lines(path: str, query: Query, days: list[Recorded]) -> Iterator[str]:
    original = _address(path, query)
    yield f'<{original}>; rel="original timegate"'
    yield f'<{memento.timemap(original)}>; rel="self"; type="{memento.LINKS}"'
    for recorded_at, position in days[:LISTED]:
        as_of = [] if any(name == "as_of" for name, _ in query) else [("as_of", write_instant(recorded_at))]
        state = _address(path, [*query, *as_of, ("position", str(position)), ("v", str(RENDERING))])
        yield f'<{state}>; rel="memento"; datetime="{memento.written(recorded_at)}"'
    for recorded_at, _ in days[LISTED:]:
        following = memento.timemap(_address(path, [*query, (FROM.name, recorded_at.date().isoformat())]))
        yield f'<{following}>; rel="timemap"; type="{memento.LINKS}"; from="{memento.written(recorded_at)}"'


def _address(path: str, query: Query) -> str:
    return path + (f"?{urlencode(query)}" if query else "")
