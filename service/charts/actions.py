"""What the timeline is drawn of: the versions of actions themselves, or, of very many, the counts of a crowd."""

from collections.abc import Callable, Sequence
from typing import Any

from projections import crowded, pages
from projections.kept import after_all
from service.api.params import filters
from service.api.view import View
from service.charts import crowd
from service.charts.crowd import Crowd
from service.charts.options import ChartOptions, Shown, options_of, shown_of

MOST_VERSIONS = 20_000
"""Versions drawn in one figure; beyond it a figure says so in `layout.meta.truncated`."""

Draw = Callable[[Sequence[Shown], ChartOptions], dict[str, Any]]


async def read(seen: View) -> list[Shown] | Crowd:
    """Oldest first, at most one more than are drawn; a crowd where there are more actions than marks can tell."""
    wanted, database, options = filters(seen.found), seen.instance.database, options_of(seen.found, seen.as_of)
    at = after_all(seen.at) if options.versions else seen.at
    if await crowded.at_least(database, wanted, at, crowd.LARGE):
        return await crowd.read(seen, options)
    if options.versions:
        return shown_of(await pages.window(database, wanted, seen.position, MOST_VERSIONS + 1))
    rows = await pages.page(database, wanted, seen.at, "date", None, MOST_VERSIONS + 1)
    return shown_of(row[2:5] for row in rows)


def bounded(draw: Draw) -> Callable[[Sequence[Shown] | Crowd, ChartOptions], dict[str, Any]]:
    """The same figure of as many versions as may be drawn, which says whether there are more; or that of a crowd."""

    def drawn(shown: Sequence[Shown] | Crowd, options: ChartOptions) -> dict[str, Any]:
        if isinstance(shown, Crowd):
            return crowd.draw(shown, options)
        figure = draw(shown[:MOST_VERSIONS], options)
        figure["layout"].setdefault("meta", {})["truncated"] = len(shown) > MOST_VERSIONS
        return figure

    return drawn
