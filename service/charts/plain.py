"""What the charts of counts have in common: the title and what it rests on, fonts and colours, the empty figure."""

import html
import textwrap
from dataclasses import dataclass
from typing import Any

from service.charts.options import ChartOptions
from service.charts.palette import FONT, INKS
from service.charts.words import country_name

Figure = dict[str, Any]
NARROW = 560  # pixels of width; below, there is no room beside the picture
HEAD, LINE = 50, 15  # pixels for the title, and for each line below it
SIGN = 6.4  # pixels across a sign of such a line, on average
FEW = 8  # actions or days; an axis of so few names them one by one
EMPTY = "Nothing to draw: no action that was known at this moment passes the filters."


@dataclass(frozen=True, slots=True)
class Room:
    """Pixels: how high the picture is inside, and what is kept free around it. The title has its own room above."""

    inside: float
    left: int
    right: int
    top: int
    bottom: int


def layout(options: ChartOptions, title: str, note: str, room: Room) -> Figure:
    """`title` says what is drawn, `note` in smaller lines what was counted."""
    ink = INKS[options.theme]
    font = {"family": FONT, "size": 12, "color": ink.text}
    lines = textwrap.wrap(note, max(20, round((options.width - 24) / SIGN)))
    top = HEAD + LINE * len(lines) + room.top
    return {
        "width": options.width,
        "height": round(top + room.inside + room.bottom),
        "margin": {"l": room.left, "r": room.right, "t": top, "b": room.bottom, "autoexpand": False},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "title": _title(f"<b>{title}</b>", "<br>".join(lines), options),
        "hoverlabel": {"bgcolor": ink.page, "bordercolor": ink.line, "font": font, "align": "left", "namelength": 0},
        "dragmode": False,
        "showlegend": False,
    }


def _title(text: str, note: str, options: ChartOptions) -> dict[str, Any]:
    """In the upper left corner."""
    ink = INKS[options.theme]
    across = {"x": 0, "xref": "container", "xanchor": "left"}
    down = {"y": 1, "yref": "container", "yanchor": "top", "pad": {"l": 12, "t": 12}}
    subtitle = {"text": note, "font": {"size": 12, "color": ink.mute}}
    return {"text": text, "subtitle": subtitle, "font": {"size": 15, "color": ink.text}, **across, **down}


def untitled(figure: Figure) -> Figure:
    """The same without title and note, which stand in `layout.meta` for a page to tell in its own way."""
    frame = figure["layout"]
    if title := frame.pop("title", None):
        lines = title["subtitle"]["text"].split("<br>")
        above = HEAD + LINE * len(lines)
        frame["height"] -= above
        frame["margin"]["t"] -= above
        frame["meta"] = {**frame.get("meta", {}), "title": _plain(title["text"]), "note": _plain(" ".join(lines))}
    return figure


def _plain(text: str) -> str:
    return html.unescape(text.removeprefix("<b>").removesuffix("</b>"))


def empty(options: ChartOptions, title: str, why: str = EMPTY) -> Figure:
    """A figure without any trace, which says why."""
    hidden = {"visible": False, "fixedrange": True}
    own = {"xaxis": hidden, "yaxis": hidden, "meta": {"total": 0}}
    return {"data": [], "layout": {**layout(options, title, why, Room(40, 12, 12, 0, 12)), **own}}


def counted(count: float, one: str, many: str | None = None) -> str:
    """``1 action``, ``1,234 actions``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def hatched(hatch: str, colour: str, page: str, line: float) -> dict[str, Any]:
    """A marker with the Plotly pattern of this name, within a line of so many pixels."""
    pattern = {"shape": hatch, "fgcolor": colour, "bgcolor": page, "size": 6, "solidity": 0.3, "fillmode": "replace"}
    return {"color": page, "line": {"width": line, "color": colour}, "pattern": pattern}


def escaped(text: str) -> str:
    """Plotly reads a little HTML."""
    return html.escape(text, quote=False)


def name(code: str) -> str:
    """A country's, for a text that Plotly reads."""
    return escaped(country_name(code))
