"""The titles beside the marks, cut to the room there is."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from service.charts import words
from service.charts.layout import Placed
from service.charts.options import Theme
from service.charts.palette import INKS
from service.charts.scale import DAY, Scale
from service.charts.traces import GONE, Trace, grouped, on_top

ASIDE, LONGEST = 5, 420  # pixels: between mark and title, and of a title at most
DONE = ("occurred", "ongoing")


def labels(placed: Sequence[Placed], scale: Scale, theme: Theme) -> Iterator[Trace]:
    """What has not happened is written fainter."""
    for group in grouped(placed, lambda one: one.entry.look in DONE):
        parts = [(part, text) for one in group for part, text in _parts(one, scale) if text]
        if parts:
            colour = INKS[theme].text if group[0].entry.look in DONE else INKS[theme].mute
            yield {
                **on_top("titles", "text", [part for part, _ in parts]),
                "x": [_beside(part, scale) for part, _ in parts],
                "text": [text for _, text in parts],
                "textposition": "middle right",
                "textfont": {"size": 12, "color": colour},
            }


def _parts(one: Placed, scale: Scale) -> Iterator[tuple[Placed, str]]:
    """The same mark as often as its title has another length while it is known, with that title."""
    entry = one.entry
    for text, rooms in groupby(one.room, lambda room: _text(one, room.pixels, scale)):
        same = list(rooms)
        start, until = max(entry.known_from, same[0].start), min(entry.known_to, same[-1].until)
        if start < until:
            yield replace(one, entry=replace(entry, known_from=start, known_to=until)), text


def _text(one: Placed, room: float, scale: Scale) -> str:
    """Empty where there is no room, or where the mark itself lies left of the picture."""
    if one.entry.box(scale)[1] < 0:
        return ""
    title = html.escape(words.cut(one.entry.action["title"], min(room - ASIDE, LONGEST)), quote=False)
    return f"<s>{title}</s>" if title and one.entry.look in GONE else title


def _beside(one: Placed, scale: Scale) -> int:
    _, end = one.entry.box(scale)
    aside = ASIDE + 5 if one.entry.is_conditional and not one.entry.is_bar else ASIDE
    return round((scale.first + scale.days_in(end + aside)) * DAY)
