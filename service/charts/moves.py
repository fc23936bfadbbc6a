"""Where a date moved: a dotted arrow from the old place to the new one, for some days after it became known."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.charts.layout import Placed
from service.charts.options import Theme
from service.charts.palette import INKS
from service.charts.scale import DAY
from service.charts.traces import Trace, meta, milliseconds

SEEN_FOR = 6 * DAY  # milliseconds of the reported clock
BELOW = 10  # pixels under the middle of the row


def moves(placed: Sequence[Placed], theme: Theme) -> Iterator[Trace]:
    """Only where several versions are drawn, and of those only while an old moment is shown."""
    pairs = list(_moved(placed))
    if not pairs:
        return
    new = [after for _, after in pairs]
    known = meta(new, stride=3)
    ends = [
        min(start + SEEN_FOR, milliseconds(one.entry.known_to)) for start, one in zip(known["kf"], new, strict=True)
    ]
    ink = INKS[theme].accent
    yield {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "moved",
        "x": [x for before, after in pairs for x in (_at(before), _at(after), None)],
        "y": [y for one in new for y in (one.y + BELOW, one.y + BELOW, None)],
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"width": 1.6, "color": ink, "dash": "dot"},
        "marker": {"symbol": "arrow", "angleref": "previous", "size": 9, "opacity": 1, "color": ink},
        "meta": {**known, "kt": ends, "past": True},
    }


def _at(one: Placed) -> int:
    return round(one.entry.at * DAY)


def _moved(placed: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Versions of one action in one lane that follow each other and stand at different days."""
    for versions in series(placed):
        yield from ((before, after) for before, after in pairwise(versions) if before.entry.at != after.entry.at)


def series(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The versions of each action in each lane, oldest knowledge first."""
    found: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in placed:
        found[one.lane, one.entry.id].append(one)
    for versions in found.values():
        yield sorted(versions, key=lambda one: one.entry.known_from)
