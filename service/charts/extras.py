"""What stands around and upon the marks: whiskers, rings, signs and strikes."""

from collections.abc import Iterator, Sequence

from service.charts.entries import OPEN_END, Look
from service.charts.layout import Placed
from service.charts.marks import INSET
from service.charts.options import Theme
from service.charts.palette import INKS
from service.charts.scale import DAY, Scale
from service.charts.traces import GONE, Trace, colour, grouped, meta, on_top

SIGNS: dict[Look, str] = {"postponed": "»", "lapsed": "?"}
"""On a hollow mark: put off to later; nobody ever reported it."""


def below(placed: Sequence[Placed], scale: Scale, theme: Theme) -> Iterator[Trace]:
    """Whiskers over the days that are possible; what is open for ever has an arrow instead of a cap."""
    uncertain = [one for one in placed if one.entry.is_uncertain]
    for group in grouped(uncertain, lambda one: colour(one, theme)):
        yield _whiskers(group, scale, theme)


def above(placed: Sequence[Placed], scale: Scale, theme: Theme) -> Iterator[Trace]:
    """Rings round what is conditional, signs on what is postponed or lapsed, strikes through what was called off."""
    conditional = [one for one in placed if one.entry.is_conditional]
    yield from (_rings(group, scale, theme) for group in grouped(conditional, lambda one: colour(one, theme)))
    signed = [one for one in placed if one.entry.look in SIGNS]
    yield from (_signs(group, scale, theme) for group in grouped(signed, lambda one: one.entry.look))
    if struck := [one for one in placed if one.entry.look in GONE]:
        yield _strikes(struck, theme)


def _whiskers(placed: list[Placed], scale: Scale, theme: Theme) -> Trace:
    ink = colour(placed[0], theme)
    caps = [cap for one in placed for cap in _caps(one)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "possible days",
        "x": [x for one in placed for x in _ends(one, scale)],
        "y": [y for one in placed for y in (one.y, one.y, None)],
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"width": 1.6, "color": ink},
        "marker": {"symbol": caps, "size": 8, "opacity": 1, "color": ink, "line": {"width": 1.6, "color": ink}},
        "meta": meta(placed, stride=3),
    }


def _ends(one: Placed, scale: Scale) -> tuple[int, int, None]:
    """From one possible end to the other; where a side is open, from the known day outwards."""
    entry, reach = one.entry, scale.days_in(OPEN_END - 6)
    if entry.open_start:
        return round((entry.start - reach) * DAY), round((entry.start if entry.is_bar else entry.at) * DAY), None
    if entry.open_end:
        return round((entry.end if entry.is_bar else entry.at) * DAY), round((entry.end + reach) * DAY), None
    return round(entry.start * DAY), round(entry.end * DAY), None


def _caps(one: Placed) -> tuple[str, str, str]:
    """`line-ew` lies on the whisker and is not seen."""
    if one.entry.open_start:
        return "triangle-left", "line-ew", "circle"
    return ("line-ew", "triangle-right", "circle") if one.entry.open_end else ("line-ns", "line-ns", "circle")


def _middle(one: Placed, scale: Scale) -> int:
    """Milliseconds: of the mark, or of the shape at the left end of a bar."""
    day = one.entry.start + scale.days_in(INSET) if one.entry.is_bar else one.entry.at
    return round(day * DAY)


def _rings(placed: list[Placed], scale: Scale, theme: Theme) -> Trace:
    line = {"width": 1.5, "color": colour(placed[0], theme), "dash": "3px,2.2px"}
    marker = {"symbol": "circle-open", "size": 21, "opacity": 1, "color": line["color"], "line": line}
    x = [_middle(one, scale) for one in placed]
    return {**on_top("conditional", "markers", placed), "x": x, "marker": marker}


def _signs(placed: list[Placed], scale: Scale, theme: Theme) -> Trace:
    sign = SIGNS[placed[0].entry.look]
    return {
        **on_top(placed[0].entry.look, "text", placed),
        "x": [_middle(one, scale) for one in placed],
        "text": [f"<b>{sign}</b>"] * len(placed),
        "textposition": "middle center",
        "textfont": {"size": 10, "color": INKS[theme].text},
    }


def _strikes(placed: list[Placed], theme: Theme) -> Trace:
    line = {"width": 1.8, "color": INKS[theme].text}
    return {
        **on_top("called off", "markers", placed),
        "x": [round(one.entry.at * DAY) for one in placed],
        "marker": {"symbol": "line-ew", "size": 13, "opacity": 1, "line": line},
    }
