"""Relations: which countries act together, and one pair of them in detail."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.countries import COUNTRIES, find
from projections import pages
from projections.counts import counts
from projections.filters import Filters
from projections.relations import Pair, done, pairs, visits_between
from service.api.answers import listed, single
from service.api.documentation import documented
from service.api.params import CLOCKS, FILTERS, filters
from service.api.schemas import relations as schemas
from service.api.view import View, named, view
from service.problems import Problem

router = APIRouter(prefix="/api")
SHOWN = 100
"""Actions listed with a pair; `actions_url` leads to all."""


@router.get("/relations", **documented((*FILTERS, *CLOCKS), schemas.PairList))
async def matrix(request: Request) -> Response:
    """Pairs of countries that take part in one action together; `bilateral` where nobody else does."""
    seen = await view(request, *FILTERS)
    found = await pairs(seen.instance.database, filters(seen.found), seen.at)
    return listed(seen, [_row(pair) for pair in found])


def _row(pair: Pair) -> dict[str, Any]:
    return {
        "a": pair.a,
        "b": pair.b,
        "count": pair.count,
        "bilateral": pair.bilateral,
        "multilateral": pair.count - pair.bilateral,
    }


@router.get("/relations/{a}/{b}", **documented((*FILTERS, *CLOCKS), schemas.Pair))
async def relation(a: str, b: str, request: Request) -> Response:
    """Two countries: what they do together by month, the actions, and who visited whom."""
    first, second = named(find, a).code, named(find, b).code
    if first == second:
        raise Problem("not-found", f"{a!r} and {b!r} are the same country: name two")
    seen = await view(request, *FILTERS)
    return single(seen, await _pair(seen, first, second))


async def _pair(seen: View, a: str, b: str) -> dict[str, Any]:
    database, at, asked = seen.instance.database, seen.at, done(filters(seen.found))
    both = _of_both(asked, a, b)
    months = await counts(database, both, at, "month", ())
    rows = await pages.page(database, both, at, "date", None, SHOWN)
    went = zip(((a, b), (b, a)), await visits_between(database, asked, at, a, b), strict=True)
    return {
        "a": a,
        "b": b,
        "names": {code: COUNTRIES[code].name for code in (a, b)},
        "count": sum(row.count for row in months),
        "by_month": [{"key": row.period, "count": row.count} for row in months],
        "visits": [{"visitor": visitor, "host": host, "count": count} for (visitor, host), count in went],
        "actions": [orjson.Fragment(bytes(row[2])) for row in rows],
        "actions_url": _actions_url(seen, a, b, both.status),
    }


def _of_both(asked: Filters, a: str, b: str) -> Filters:
    """What both take part in; whoever the filters name takes part besides."""
    if _names_somebody(asked):
        return replace(asked, also=(*asked.also, ("country", a), ("country", b)))
    return replace(asked, country=(a, b), match="all")


def _names_somebody(asked: Filters) -> bool:
    return bool(asked.country or asked.role or asked.organisation or asked.person)


def _actions_url(seen: View, a: str, b: str, statuses: Sequence[str]) -> str:
    """The timeline of the pair, under the other filters and at the moment that this request names."""
    given = seen.request.query_params.multi_items()
    rest = [(name, value) for name, value in given if name != "status"]
    if _names_somebody(filters(seen.found)):
        pair = [("party", f"country:{a}"), ("party", f"country:{b}")]
    else:
        pair, rest = [("country", a), ("country", b), ("match", "all")], [one for one in rest if one[0] != "match"]
    return f"/api/timeline?{urlencode([*pair, *(('status', status) for status in statuses), *rest])}"
