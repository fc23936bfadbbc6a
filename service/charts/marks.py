"""The traces of the marks: bars for spans, symbols for days, whiskers for what is uncertain.

Every trace carries in `meta`, for each of its marks, the action's `id`, its lane, and `kf` and `kt`: the milliseconds
from and to which it was known so. A trace with a `stride` has so many points for each mark.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any

from service.charts import words
from service.charts.entries import MARK, OPEN_END, Look
from service.charts.layout import Placed
from service.charts.options import Theme
from service.charts.palette import INKS, SYMBOL_OF, colour_of, tint
from service.charts.scale import DAY, Scale

BAR = 15  # pixels
NEVER = 1 << 53
"""Milliseconds: the end of what is known still. JavaScript counts exactly so far."""
OVERLAYS: dict[Look, str] = {"postponed": "»", "lapsed": "?"}
"""Signs on a hollow mark: put off to later; nobody ever reported it."""

Trace = dict[str, Any]


def traces(placed: Sequence[Placed], scale: Scale, theme: Theme) -> Iterator[Trace]:
    """From the lowest layer to the highest."""
    bars = [one for one in placed if one.entry.is_bar]
    points = [one for one in placed if not one.entry.is_bar]
    uncertain = [one for one in placed if one.entry.is_uncertain or one.entry.open_start or one.entry.open_end]
    yield from (_whiskers(group, scale, theme) for group in _grouped(uncertain, lambda one: colour(one, theme)))
    yield from (_bars(group, theme) for group in _grouped(bars, _style))
    yield from (_bar_symbols(group, scale, theme) for group in _grouped(bars, _style))
    yield from (_points(group, theme) for group in _grouped(points, _style))
    yield from (_overlays(group, scale, theme) for group in _grouped(placed, _overlay) if _overlay(group[0]))
    yield from _strikes([one for one in placed if one.entry.look in ("cancelled", "withdrawn")], theme)


def _grouped(placed: Iterable[Placed], key: Callable[[Placed], Hashable]) -> Iterator[list[Placed]]:
    groups: dict[Hashable, list[Placed]] = defaultdict(list)
    for one in placed:
        groups[key(one)].append(one)
    yield from groups.values()


def _style(one: Placed) -> Hashable:
    return one.entry.kind, one.entry.look, one.entry.is_conditional


def _overlay(one: Placed) -> str:
    return OVERLAYS.get(one.entry.look, "")


def meta(placed: Iterable[Placed], stride: int = 1) -> dict[str, Any]:
    placed = list(placed)
    known: dict[str, Any] = {
        "id": [one.entry.id for one in placed],
        "lane": [one.lane for one in placed],
        "kf": [one.entry.known_from // 1000 for one in placed],
        "kt": [min(one.entry.known_to // 1000, NEVER) for one in placed],
    }
    return known if stride == 1 else {**known, "stride": stride}


def colour(one: Placed, theme: Theme) -> str:
    gone = one.entry.look in ("cancelled", "withdrawn")
    return INKS[theme].mute if gone else colour_of(one.entry.kind, theme)


def fill(one: Placed, theme: Theme) -> str:
    """Full: it happened. Half: it goes on. The page's colour: it has not happened."""
    match one.entry.look:
        case "occurred":
            return colour(one, theme)
        case "ongoing":
            return tint(colour(one, theme), 0.45, INKS[theme].page)
        case _:
            return INKS[theme].page


def _hovering(placed: Sequence[Placed], name: str) -> Trace:
    return {
        "name": name,
        "y": [one.y for one in placed],
        "hovertext": [words.hover(one.entry.action, one.entry.when) for one in placed],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "meta": meta(placed),
    }


def _name(one: Placed) -> str:
    return f"{one.entry.kind} {one.entry.look}{' conditional' if one.entry.is_conditional else ''}"


def _points(placed: Sequence[Placed], theme: Theme) -> Trace:
    first = placed[0]
    done = first.entry.look == "occurred" and not first.entry.is_conditional
    outline = INKS[theme].page if first.entry.look == "occurred" and done else colour(first, theme)
    dash = {"dash": "2px,1.6px"} if first.entry.is_conditional else {}
    filled = tint(colour(first, theme), 0.45, INKS[theme].page) if first.entry.is_conditional else fill(first, theme)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(one.entry.at * DAY) for one in placed],
        "marker": {
            "symbol": SYMBOL_OF[first.entry.kind],
            "size": MARK,
            "opacity": 1,
            "color": filled,
            "line": {"width": 1.2 if done else 1.8, "color": outline, **dash},
        },
        "cliponaxis": True,
        **_hovering(placed, _name(first)),
    }


def _bars(placed: Sequence[Placed], theme: Theme) -> Trace:
    first = placed[0]
    edge = colour(first, theme)
    marker: dict[str, Any] = {"color": fill(first, theme), "cornerradius": 4, "line": {"width": 1.6, "color": edge}}
    if first.entry.look in ("planned", "postponed", "lapsed"):
        hatch = {"shape": "/" if first.entry.look == "planned" else ".", "fillmode": "replace", "size": 6}
        marker["pattern"] = {**hatch, "solidity": 0.22, "fgcolor": edge, "bgcolor": INKS[theme].page}
    return {
        "type": "bar",
        "orientation": "h",
        "base": [round(one.entry.start * DAY) for one in placed],
        "x": [round((one.entry.end - one.entry.start) * DAY) for one in placed],
        "width": BAR,
        "textposition": "none",
        "marker": marker,
        **_hovering(placed, _name(first)),
    }


def _bar_symbols(placed: Sequence[Placed], scale: Scale, theme: Theme) -> Trace:
    """The kind's shape at the left end of a bar, since a bar's own shape says only that it lasted."""
    first = placed[0]
    on_full = first.entry.look == "occurred"
    inset = scale.days_in(10)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "kind of a bar",
        "x": [round((one.entry.start + inset) * DAY) for one in placed],
        "y": [one.y for one in placed],
        "hoverinfo": "skip",
        "marker": {
            "symbol": SYMBOL_OF[first.entry.kind],
            "size": 7.5,
            "opacity": 1,
            "color": INKS[theme].page if on_full else colour(first, theme),
            "line": {"width": 0 if on_full else 1.5, "color": INKS[theme].page},
        },
        "meta": meta(placed),
    }


def _whiskers(placed: Sequence[Placed], scale: Scale, theme: Theme) -> Trace:
    """A line over the days that are possible; an end that is open has an arrow instead of a cap."""
    reach = scale.days_in(OPEN_END)
    ends = [_ends(one, reach) for one in placed]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "uncertain",
        "x": [None if end is None else round(end * DAY) for left, right in ends for end in (left, right, None)],
        "y": [y for one in placed for y in (one.y, one.y, None)],
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"width": 1.6, "color": colour(placed[0], theme)},
        "marker": {
            "symbol": [symbol for one in placed for symbol in _caps(one)],
            "size": [8 if symbol.startswith("triangle") else 9 for one in placed for symbol in _caps(one)],
            "opacity": 1,
            "color": colour(placed[0], theme),
            "line": {"width": 1.6, "color": colour(placed[0], theme)},
        },
        "meta": meta(placed, stride=3),
    }


def _ends(one: Placed, reach: float) -> tuple[float, float]:
    entry = one.entry
    return entry.start - reach * entry.open_start, entry.end + reach * entry.open_end


def _caps(one: Placed) -> tuple[str, str, str]:
    left = "triangle-left" if one.entry.open_start else "line-ns"
    right = "triangle-right" if one.entry.open_end else "line-ns"
    return left, right, "circle"


def _overlays(placed: Sequence[Placed], scale: Scale, theme: Theme) -> Trace:
    middle = [one.entry.at if not one.entry.is_bar else one.entry.end - scale.days_in(9) for one in placed]
    return {
        "type": "scatter",
        "mode": "text",
        "name": placed[0].entry.look,
        "x": [round(day * DAY) for day in middle],
        "y": [one.y for one in placed],
        "text": [f"<b>{_overlay(one)}</b>" for one in placed],
        "textposition": "middle center",
        "textfont": {"size": 10, "color": INKS[theme].text},
        "hoverinfo": "skip",
        "meta": meta(placed),
    }


def _strikes(placed: Sequence[Placed], theme: Theme) -> Iterator[Trace]:
    """What was called off is struck through."""
    if placed:
        yield {
            "type": "scatter",
            "mode": "markers",
            "name": "struck through",
            "x": [round(one.entry.at * DAY) for one in placed],
            "y": [one.y for one in placed],
            "hoverinfo": "skip",
            "marker": {"symbol": "line-ew", "size": 15, "opacity": 1, "line": {"width": 1.8, "color": INKS[theme].text}},
            "meta": meta(placed),
        }
