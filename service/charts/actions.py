"""What the timeline is drawn of: the versions of actions themselves, up to a number that a browser can bear."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from domain.instants import FOREVER
from projections import pages
from projections.database import Row
from service.api.params import filters
from service.api.view import View
from service.charts.options import ChartOptions, Shown

MOST_ACTIONS = 20_000
"""Versions drawn in one figure; beyond it a figure says so in `layout.meta.truncated`."""

Draw = Callable[[Sequence[Shown], ChartOptions], dict[str, Any]]


async def read(seen: View) -> list[Shown]:
    """Oldest first, at most one more than are drawn."""
    return [Shown(orjson.loads(json), start, None if end == FOREVER else end) for json, start, end in await _rows(seen)]


async def _rows(seen: View) -> Sequence[Row]:
    wanted, database = filters(seen.found), seen.instance.database
    if seen.found.get("versions"):
        return await pages.window(database, wanted, seen.position, MOST_ACTIONS + 1)
    return [row[2:5] for row in await pages.page(database, wanted, seen.at, "date", None, MOST_ACTIONS + 1)]


def bounded(draw: Draw) -> Draw:
    """The same figure of as many versions as may be drawn, which says whether there are more."""

    def drawn(shown: Sequence[Shown], options: ChartOptions) -> dict[str, Any]:
        figure = draw(shown[:MOST_ACTIONS], options)
        figure["layout"].setdefault("meta", {})["truncated"] = len(shown) > MOST_ACTIONS
        return figure

    return drawn
