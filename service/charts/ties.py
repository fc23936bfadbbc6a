"""Lines of a network: the more two countries do together, the wider theirs."""

from collections.abc import Sequence
from typing import Any

from projections.relations import Pair
from service.charts.options import Theme
from service.charts.palette import colour_of
from service.charts.plain import counted, name
from service.charts.ring import Ring

WIDTHS = (5.0, 3.0, 1.8, 1.0, 0.8, 0.7)  # pixels: of the highest count, of half of it, of a quarter, ...
OPACITIES = (0.85, 0.7, 0.5, 0.35, 0.3, 0.3)


def lines(found: Sequence[Pair], codes: Sequence[str], laid: Ring, theme: Theme) -> list[dict[str, Any]]:
    """A trace for each width, the thinnest at the bottom."""
    most = max((pair.count for pair in found), default=1)
    classes: dict[int, list[Pair]] = {}
    for pair in found:
        halved = (most // pair.count).bit_length() - 1
        classes.setdefault(min(halved, len(WIDTHS) - 1), []).append(pair)
    return [_of_width(step, classes[step], codes, laid, theme) for step in sorted(classes, reverse=True)]


def _of_width(step: int, found: Sequence[Pair], codes: Sequence[str], laid: Ring, theme: Theme) -> dict[str, Any]:
    """`step`: how often the highest count is halved to come to these."""
    curves = (laid.curve(codes.index(pair.a), codes.index(pair.b)) for pair in found)
    points = [point for curve in curves for point in (*curve, (None, None))]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{min(pair.count for pair in found):,} or more",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "hoverinfo": "skip",
        "opacity": OPACITIES[step],
        "line": {"width": WIDTHS[step], "color": colour_of("meeting", theme)},
    }


def middles(found: Sequence[Pair], codes: Sequence[str], laid: Ring) -> dict[str, Any]:
    """What is said of a line, at its middle."""
    curves = [laid.curve(codes.index(pair.a), codes.index(pair.b)) for pair in found]
    middles = [curve[len(curve) // 2] for curve in curves]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "pairs",
        "x": [x for x, _ in middles],
        "y": [y for _, y in middles],
        "marker": {"size": 12, "color": "rgba(0,0,0,0)"},
        "hovertext": [
            f"<b>{name(pair.a)} and {name(pair.b)}</b><br>{counted(pair.count, 'action')} together" for pair in found
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "meta": {"pairs": [[pair.a, pair.b] for pair in found]},
    }
