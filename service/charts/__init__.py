"""The charts: what each is called, what it asks the read models, how it draws the answer as a plain Plotly figure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from service.api.view import View
from service.charts import actions, activity, knowledge, network, relations, timeline
from service.charts import map as world
from service.charts.options import ChartOptions

__all__ = ["ALL", "Chart", "ChartOptions"]


@dataclass(frozen=True, slots=True)
class Chart:
    """`name` is the one in the URL; `read` gives the data of a view; `draw` makes `data` and `layout` of them.

    Data are a sequence, empty where there is nothing. What a page needs beside the picture stands in `layout.meta`.
    """

    name: str
    read: Callable[[View], Awaitable[Any]]
    draw: Callable[[Any, ChartOptions], dict[str, Any]]


ALL: tuple[Chart, ...] = (
    Chart("timeline", actions.read, actions.bounded(timeline.draw)),
    Chart("activity", activity.read, activity.draw),
    Chart("relations", relations.read, relations.draw),
    Chart("network", relations.read, network.draw),
    Chart("map", world.read, world.draw),
    Chart("knowledge", knowledge.read, knowledge.draw),
)
