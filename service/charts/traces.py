"""What all traces of the timeline have in common.

Every trace carries in `meta`, for each of its marks, the action's `id`, its lane, and `kf` and `kt`: the milliseconds
from and to which it was known so. A trace with a `stride` has so many points for each mark.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from domain.instants import FOREVER
from service.charts.layout import Placed
from service.charts.options import Theme
from service.charts.palette import INKS, colour_of, tint

NEVER = 1 << 53
"""Milliseconds: the end of what is known still. JavaScript counts exactly so far."""
GONE = ("cancelled", "withdrawn")

Trace = dict[str, Any]


def grouped(placed: Iterable[Placed], key: Callable[[Placed], Hashable]) -> Iterator[list[Placed]]:
    groups: dict[Hashable, list[Placed]] = defaultdict(list)
    for one in placed:
        groups[key(one)].append(one)
    yield from groups.values()


def meta(placed: Iterable[Placed], stride: int = 1) -> dict[str, Any]:
    placed = list(placed)
    known: dict[str, Any] = {
        "id": [one.entry.id for one in placed],
        "lane": [one.lane for one in placed],
        "kf": [milliseconds(one.entry.known_from) for one in placed],
        "kt": [milliseconds(one.entry.known_to) for one in placed],
    }
    return known if stride == 1 else {**known, "stride": stride}


def milliseconds(micros: int) -> int:
    """Rounded up: what became known within a millisecond is not yet known at its start."""
    return NEVER if micros >= FOREVER else -(-micros // 1000)


def colour(one: Placed, theme: Theme) -> str:
    return INKS[theme].mute if one.entry.look in GONE else colour_of(one.entry.kind, theme)


def fill(one: Placed, theme: Theme) -> str:
    """Full: it happened. Half: it goes on. The page's colour: it has not happened."""
    match one.entry.look:
        case "occurred":
            return colour(one, theme)
        case "ongoing":
            return tint(colour(one, theme), 0.45, INKS[theme].page)
        case _:
            return INKS[theme].page


def on_top(name: str, mode: str, placed: list[Placed]) -> Trace:
    """A trace over others, which catches no pointer."""
    return {
        "type": "scatter",
        "mode": mode,
        "name": name,
        "y": [one.y for one in placed],
        "hoverinfo": "skip",
        "meta": meta(placed),
    }
