"""Lines on a map from visitors to hosts: the more visits, the wider."""

from collections.abc import Iterable, Sequence
from typing import Any

from projections.relations import Visits
from service.charts.coordinates import COORDINATES
from service.charts.globe import Point, arc
from service.charts.options import Theme
from service.charts.palette import colour_of
from service.charts.plain import name, number

WIDTHS = (1.0, 1.8, 2.6, 3.4, 4.4, 5.4, 6.6)
"""Pixels: of 1, 2 to 3, 4 to 7, ... visits; the last one of all that are more."""
ARROW = 11  # the piece of a line that its arrow stands on
Line = tuple[Visits, list[Point]]


def line(visit: Visits) -> Line:
    return visit, arc(COORDINATES[visit.visitor], COORDINATES[visit.host])


def lines(found: Iterable[Line], theme: Theme) -> list[dict[str, Any]]:
    """A trace for each width, the thinnest at the bottom."""
    classes: dict[int, list[Line]] = {}
    for line in found:
        classes.setdefault(min(line[0].count.bit_length(), len(WIDTHS)) - 1, []).append(line)
    return [_of_width(step, classes[step], theme) for step in sorted(classes)]


def _of_width(step: int, lines: Sequence[Line], theme: Theme) -> dict[str, Any]:
    points = [point for _, line in lines for point in (*line, (None, None))]
    arrows = [size for _, line in lines for size in (*_arrow(len(line), step), 0)]
    colour = colour_of("visit", theme)
    return {
        "type": "scattergeo",
        "mode": "lines+markers",
        "name": _called(step),
        "lat": [lat for lat, _ in points],
        "lon": [lon for _, lon in points],
        "opacity": 0.75,
        "line": {"width": WIDTHS[step], "color": colour},
        "marker": {"symbol": "arrow", "angleref": "previous", "size": arrows, "color": colour, "line": {"width": 0}},
        "hovertext": [text for visit, line in lines for text in [_told(visit)] * len(line) + [""]],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "meta": {"visits": [[visit.visitor, visit.host, visit.count] for visit, _ in lines]},
    }


def _arrow(points: int, step: int) -> list[float]:
    return [7 + 1.6 * WIDTHS[step] if place == ARROW else 0 for place in range(points)]


def _called(step: int) -> str:
    least, most = 1 << step, (2 << step) - 1
    if step == len(WIDTHS) - 1:
        return f"{least} visits or more"
    return "1 visit" if step == 0 else f"{least} to {most} visits"


def _told(visit: Visits) -> str:
    return f"<b>{name(visit.visitor)} → {name(visit.host)}</b><br>{number(visit.count, 'visit')}"
