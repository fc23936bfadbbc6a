"""Lines on a map from visitors to hosts: the more visits, the wider."""

from collections.abc import Iterable, Sequence
from typing import Any

from projections.relations import Visits
from service.charts.coordinates import COORDINATES
from service.charts.globe import Point, arc
from service.charts.options import Theme
from service.charts.palette import colour_of
from service.charts.plain import counted, name

WIDTHS = (1.4, 2.0, 2.8, 3.6, 4.4, 5.4, 6.6)
"""Pixels: of 1, 2 to 3, 4 to 7, ... visits; the last one of all that are more."""
FINE, FINEST = 0.6, 1.3  # of these widths, and pixels at least, where all lines meet in one country
ARROW = 10  # the point of a line that its arrow stands on
Line = tuple[Visits, list[Point]]


def line(visit: Visits) -> Line:
    return visit, arc(COORDINATES[visit.visitor], COORDINATES[visit.host])


def lines(found: Iterable[Line], theme: Theme, focus: Sequence[str] = ()) -> list[dict[str, Any]]:
    """A trace for each width, the thinnest at the bottom; of one country, what it made and what it received apart."""
    classes: dict[tuple[int, str], list[Line]] = {}
    for line in found:
        classes.setdefault((_step(line[0]), _way(line[0], focus)), []).append(line)
    top = max((step for step, _ in classes), default=0)
    traces = [
        _of_width(key, _finer(width(key[0], top)) if key[1] else width(key[0], top), classes[key], theme)
        for key in sorted(classes)
    ]
    return _named_once(traces) if len(focus) == 1 else traces


def _finer(wide: float) -> float:
    return max(FINEST, round(wide * FINE, 1))


def _way(visit: Visits, focus: Sequence[str]) -> str:
    """`made` or `received` by the one country that the map is about; empty where it is about all."""
    if len(focus) != 1:
        return ""
    return "made" if visit.visitor == focus[0] else "received"


def _named_once(traces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry of the legend for what was made, and one for what was received."""
    last = {trace["name"]: trace for trace in traces}
    return [{**trace, "legendgroup": trace["name"], "showlegend": trace is last[trace["name"]]} for trace in traces]


def _step(visit: Visits) -> int:
    return min(visit.count.bit_length(), len(WIDTHS)) - 1


def width(step: int, top: int) -> float:
    """Pixels; what lies below the widest step gives way to it, so that few lines stand out among many."""
    return float(round(max(1.0, WIDTHS[step] * 2 ** ((step - top) / 2)), 1))


def _of_width(key: tuple[int, str], wide: float, found: Sequence[Line], theme: Theme) -> dict[str, Any]:
    points = [point for _, line in found for point in (*line, (None, None))]
    step, way = key
    return {
        "type": "scattergeo",
        "mode": "lines",
        "name": f"Visits {way}" if way else _called(step),
        "lat": [lat for lat, _ in points],
        "lon": [lon for _, lon in points],
        "opacity": 0.7,
        "line": {"width": wide, "color": _colour(way, theme), **({"dash": "dash"} if way == "received" else {})},
        "hovertext": [text for visit, line in found for text in [_told(visit)] * len(line) + [""]],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "meta": {"visits": [[visit.visitor, visit.host, visit.count] for visit, _ in found]},
    }


def _colour(way: str, theme: Theme) -> str:
    return colour_of("statement" if way == "received" else "visit", theme)


def arrows(found: Sequence[Line], theme: Theme, focus: Sequence[str] = ()) -> dict[str, Any]:
    """One on each line, past its middle; it points away from the point before it, which has no size."""
    pieces = [(visit, line[ARROW - 1 : ARROW + 1]) for visit, line in found if len(line) > ARROW]
    points = [point for _, piece in pieces for point in piece]
    top = max((_step(visit) for visit, _ in pieces), default=0)
    colours = [_colour(_way(visit, focus), theme) for visit, _ in pieces for _ in range(2)]
    return {
        "type": "scattergeo",
        "mode": "markers",
        "name": "arrows",
        "showlegend": False,
        "hoverinfo": "skip",
        "lat": [lat for lat, _ in points],
        "lon": [lon for _, lon in points],
        "marker": {
            "symbol": "arrow",
            "angleref": "previous",
            "size": [size for visit, _ in pieces for size in (0, 8 + width(_step(visit), top))],
            "color": colours if focus else colour_of("visit", theme),
            "opacity": 1,
            "line": {"width": 0},
        },
    }


def _called(step: int) -> str:
    least, most = 1 << step, (2 << step) - 1
    if step == len(WIDTHS) - 1:
        return f"{least} visits or more"
    return "1 visit" if step == 0 else f"{least} to {most} visits"


def _told(visit: Visits) -> str:
    return f"<b>{name(visit.visitor)} → {name(visit.host)}</b><br>{counted(visit.count, 'visit')}"
