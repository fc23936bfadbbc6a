"""What the charts of counts have in common: the title and what it rests on, fonts and colours, the empty figure."""

import html
from typing import Any

from service.charts.options import ChartOptions
from service.charts.palette import FONT, INKS
from service.charts.words import country_name

Figure = dict[str, Any]
NARROW = 560  # pixels of width; below, there is no room beside the picture
HEAD = 64  # pixels for the title and the line below it
EMPTY = "Nothing to draw: no action that was known at this moment passes the filters."


def layout(options: ChartOptions, height: int, title: str, note: str) -> Figure:
    """`title` says what is drawn, `note` in a smaller line what was counted."""
    ink = INKS[options.theme]
    font = {"family": FONT, "size": 12, "color": ink.text}
    return {
        "width": options.width,
        "height": height,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "title": {
            "text": f"<b>{title}</b>",
            "subtitle": {"text": note, "font": {"size": 12, "color": ink.mute}},
            "font": {"size": 15, "color": ink.text},
            "x": 0.0, "xref": "container", "xanchor": "left", "pad": {"l": 12},
            "y": 1.0, "yref": "container", "yanchor": "top", "automargin": False,
        },
        "hoverlabel": {"bgcolor": ink.page, "bordercolor": ink.line, "font": font, "align": "left", "namelength": 0},
        "dragmode": False,
        "showlegend": False,
    }  # fmt: skip


def empty(options: ChartOptions, title: str) -> Figure:
    """A figure without any trace, which says why."""
    hidden = {"visible": False, "fixedrange": True}
    said = {"text": EMPTY, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False}
    own = {"xaxis": hidden, "yaxis": hidden, "annotations": [said], "meta": {"total": 0}}
    return {"data": [], "layout": {**layout(options, 200, title, ""), **own}}


def number(count: float, one: str, many: str | None = None) -> str:
    """``1 action``, ``1,234 actions``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def escaped(text: str) -> str:
    """Plotly reads a little HTML."""
    return html.escape(text, quote=False)


def name(code: str) -> str:
    """A country's, for a text that Plotly reads."""
    return escaped(country_name(code))
