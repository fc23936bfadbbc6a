"""What the timeline is drawn of: the versions of actions themselves, or, of very many, the counts of a crowd."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson

from domain.instants import FOREVER
from projections import density, pages
from projections.database import Row
from projections.pages import Place
from service.api.params import filters
from service.api.view import View
from service.charts import crowd
from service.charts.crowd import Crowd
from service.charts.options import ChartOptions, Shown, options_of

MOST_ACTIONS = 20_000
"""Versions drawn in one figure; beyond it a figure says so in `layout.meta.truncated`."""
MOST_UNDATED = 50
"""Actions without a date that are listed beside a crowd."""

Draw = Callable[[Sequence[Shown], ChartOptions], dict[str, Any]]


async def read(seen: View) -> list[Shown] | Crowd:
    """Oldest first, at most one more than are drawn; a crowd where there are more actions than marks can tell."""
    wanted, database, options = filters(seen.found), seen.instance.database, options_of(seen.found, seen.as_of)
    of_all = crowd.after_all(seen.at) if options.versions else seen.at
    if await density.total(database, wanted, of_all) >= crowd.LARGE:
        undated = await pages.page(database, wanted, seen.at, "date", Place("", ""), MOST_UNDATED)
        return await crowd.read(database, wanted, seen.at, options, _shown(row[2:5] for row in undated))
    if options.versions:
        return _shown(await pages.window(database, wanted, seen.position, MOST_ACTIONS + 1))
    rows = await pages.page(database, wanted, seen.at, "date", None, MOST_ACTIONS + 1)
    return _shown(row[2:5] for row in rows)


def _shown(rows: Iterable[Row]) -> list[Shown]:
    return [Shown(orjson.loads(json), start, None if end == FOREVER else end) for json, start, end in rows]


def bounded(draw: Draw) -> Callable[[Sequence[Shown] | Crowd, ChartOptions], dict[str, Any]]:
    """The same figure of as many versions as may be drawn, which says whether there are more; or that of a crowd."""

    def drawn(shown: Sequence[Shown] | Crowd, options: ChartOptions) -> dict[str, Any]:
        if isinstance(shown, Crowd):
            return crowd.draw(shown, options)
        figure = draw(shown[:MOST_ACTIONS], options)
        figure["layout"].setdefault("meta", {})["truncated"] = len(shown) > MOST_ACTIONS
        return figure

    return drawn
