"""GET /api/counts, /api/facets, /api/changes: how many actions, by period and group, and when knowledge changed."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import news
from projections.counts import INTERVALS, Count, counts
from projections.groups import COLUMNS
from projections.values import values
from service.api.answers import keyed, listed
from service.api.documentation import documented
from service.api.params import CLOCKS, FILTERS, filters
from service.api.query import BOOLEAN, Param, vocabulary
from service.api.schemas.counts import ChangeList, CountList, FacetList
from service.api.straight import Straight
from service.api.values import boolean, one_of
from service.api.view import view

router = APIRouter(prefix="/api", route_class=Straight)


def _groups(text: str) -> tuple[str, ...]:
    groups = tuple(one_of(*COLUMNS)(name) for name in text.split(","))
    if len(set(groups)) != len(groups) or len(groups) > 2:
        raise ValueError(f"{text!r} does not name one or two different groups; write it like kind or kind,country")
    return groups


COUNTING = (
    vocabulary("interval", INTERVALS, "the length of a period; without it there is one, null", many=False),
    Param("group_by", _groups, f"one group or two, with a comma: {', '.join(COLUMNS)}", "kind,country"),
    Param("spread", boolean, "true: share an uncertain date over its days", "true", schema=BOOLEAN),
)


@router.get("/counts", **documented((*FILTERS, *CLOCKS, *COUNTING), CountList))
async def count(request: Request) -> Response:
    """Actions counted by period and group. An action counts once for each group value it has."""
    seen = await view(request, *FILTERS, *COUNTING)
    groups = seen.found.get("group_by", ())
    found = await counts(
        seen.instance.database, filters(seen.found), seen.at, seen.found.get("interval"), groups,
        seen.found.get("spread", False),
    )  # fmt: skip
    return listed(seen, [_row(row) for row in found])


@router.get("/facets", **documented((*FILTERS, *CLOCKS), FacetList))
async def facets(request: Request) -> Response:
    """For each group that counts may have: how many of the shown actions have each value."""
    seen = await view(request, *FILTERS)
    total, found = await values(seen.instance.database, filters(seen.found), seen.at)
    return listed(seen, {name: keyed(rows) for name, rows in found.items()}, total={"value": total})


@router.get("/changes", **documented((*FILTERS, *CLOCKS), ChangeList))
async def changes(request: Request) -> Response:
    """The days on which what was known changed, up to `as_of`, and of how many actions: the steps of a replay."""
    seen = await view(request, *FILTERS)
    found = await news.days(seen.instance.database, filters(seen.found), seen.at)
    return listed(seen, [{"day": row.day, "count": row.count} for row in found])


def _row(count: Count) -> dict[str, Any]:
    first, *second = count.group or (None,)
    return {"period": count.period, "group": first, **({"group2": second[0]} if second else {}), "count": count.count}
