"""The ground that the marks stand on: axes, bands, weekends, the names of the lanes, the month lines."""

import html
from collections.abc import Iterator, Sequence
from typing import Any

from service.charts import words
from service.charts.lanes import Lane
from service.charts.layout import GUTTER, MARGIN_RIGHT, PAD, ROW, STRIP, Band, Frame
from service.charts.options import Theme
from service.charts.palette import FONT, INKS
from service.charts.scale import DAY, Scale, Tick, saturdays

HEADER = 46  # pixels above the lanes, for the dates
EMPTY_HEIGHT = 200.0
WEEKENDS_FROM = 9  # pixels a day
ASIDE, BETWEEN = 12, 8  # pixels: right of a lane's name and count, and between these
BOLD = 1.16  # times the width of the same text in usual letters
COUNT = "{count}"

Shape = dict[str, Any]


def height(bands: Sequence[Band]) -> float:
    """Pixels of all lanes."""
    return bands[-1].top + bands[-1].height if bands else EMPTY_HEIGHT


def canvas(bands: Sequence[Band], frame: Frame, ticks: Sequence[Tick], theme: Theme) -> dict[str, Any]:
    """The layout. One unit of the y axis is one pixel, downwards."""
    ink = INKS[theme]
    tall = height(bands)
    return {
        "height": round(tall) + HEADER + 8,
        "margin": {"l": frame.left, "r": MARGIN_RIGHT, "t": HEADER, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": ink.text},
        "hoverlabel": {
            "bgcolor": ink.page,
            "bordercolor": ink.line,
            "font": {"family": FONT, "size": 12.5, "color": ink.text},
            "align": "left",
            "namelength": 0,
        },
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": 12,
        "barmode": "overlay",
        "dragmode": False if frame.compact else "pan",
        "xaxis": _days(frame, ticks, theme),
        "yaxis": {**_BARE, "range": [tall, 0], "fixedrange": True, "showgrid": False, "showticklabels": False},
        "shapes": [*_stripes(bands, frame, theme), *_weekends(frame.scale, theme)],
        "annotations": [_name(band, frame, theme) for band in bands],
    }


_BARE = {"zeroline": False, "ticks": ""}


def _days(frame: Frame, ticks: Sequence[Tick], theme: Theme) -> dict[str, Any]:
    ink = INKS[theme]
    return {
        **_BARE,
        "type": "date",
        "range": [frame.scale.first * DAY, (frame.scale.last + 1) * DAY],
        "side": "top",
        "showgrid": True,
        "gridcolor": ink.grid,
        "tickmode": "array",
        "tickvals": [tick.day * DAY for tick in ticks],
        "ticktext": [f"<b>{tick.text}</b><br>{tick.period if tick.named else ' '}" for tick in ticks],
        "tickfont": {"size": 12, "color": ink.mute},
        "fixedrange": frame.compact,
    }


def _stripes(bands: Sequence[Band], frame: Frame, theme: Theme) -> Iterator[Shape]:
    """Every other lane, its name included."""
    beside = -frame.left / frame.scale.width
    for band in bands[::2]:
        yield {
            "type": "rect",
            "layer": "below",
            "xref": "paper",
            "x0": beside,
            "x1": 1 + MARGIN_RIGHT / frame.scale.width,
            "y0": band.top,
            "y1": band.top + band.height,
            "fillcolor": INKS[theme].band,
            "line": {"width": 0},
        }


def _weekends(scale: Scale, theme: Theme) -> Iterator[Shape]:
    if scale.day_width < WEEKENDS_FROM:
        return
    for saturday in saturdays(scale):
        yield {
            "type": "rect",
            "layer": "below",
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "x0": saturday * DAY,
            "x1": (saturday + 2) * DAY,
            "fillcolor": INKS[theme].grid,
            "opacity": 0.35,
            "line": {"width": 0},
        }


def lane_text(lane: Lane, frame: Frame, theme: Theme) -> str:
    """A lane's name, shortened to the room left of the lanes, and, faint, the place of its count."""
    room = frame.scale.width if frame.compact else GUTTER - ASIDE
    shown = words.cut(lane.name, (room - BETWEEN - words.width(f"{lane.count:,}")) / BOLD)
    return f"<b>{html.escape(shown, quote=False)}</b>  <span style='color:{INKS[theme].mute}'>{COUNT}</span>"


def _name(band: Band, frame: Frame, theme: Theme) -> dict[str, Any]:
    """Left of the lane, at its first row; in a narrow picture above its rows."""
    text = lane_text(band.lane, frame, theme).replace(COUNT, f"{band.lane.count:,}")
    common = {"xref": "paper", "x": 0, "showarrow": False, "text": text, "name": band.lane.key, "captureevents": True}
    if frame.compact:
        return {**common, "xanchor": "left", "xshift": -2, "y": band.top + 4, "yanchor": "top"}
    middle = STRIP / 2 if band.packed is None else PAD / 2 + ROW / 2
    return {
        **common,
        "xanchor": "right",
        "xshift": -ASIDE,
        "y": band.top + middle,
        "yanchor": "middle",
        "align": "right",
    }
