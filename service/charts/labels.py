"""The titles beside the marks, cut to the room there is."""

import html
from collections.abc import Iterator, Sequence

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
        texts = {id(one): _text(one, scale) for one in group}
        if shown := [one for one in group if texts[id(one)]]:
            colour = INKS[theme].text if group[0].entry.look in DONE else INKS[theme].mute
            yield {
                **on_top("titles", "text", shown),
                "x": [_beside(one, scale) for one in shown],
                "text": [texts[id(one)] for one in shown],
                "textposition": "middle right",
                "textfont": {"size": 12, "color": colour},
            }


def _text(one: Placed, scale: Scale) -> str:
    """Empty where there is no room, or where the mark itself lies left of the picture."""
    if one.entry.box(scale)[1] < 0:
        return ""
    title = html.escape(words.cut(one.entry.action["title"], min(one.room - ASIDE, LONGEST)), quote=False)
    return f"<s>{title}</s>" if title and one.entry.look in GONE else title


def _beside(one: Placed, scale: Scale) -> int:
    _, end = one.entry.box(scale)
    aside = ASIDE + 5 if one.entry.is_conditional and not one.entry.is_bar else ASIDE
    return round((scale.first + scale.days_in(end + aside)) * DAY)
