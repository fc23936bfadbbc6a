"""Which countries act together, as a network.

Around a circle: the countries that take part in most actions, side by side where they have much to do with each other;
the larger, the more actions. A line joins two that take part in one action; it is the thinner, the more often the
highest count is halved to come to theirs. The wider ones lie above. Neither the place of a country nor its distance
from another means anything.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from projections.relations import Pair
from service.charts.options import ChartOptions, Theme
from service.charts.palette import INKS, colour_of
from service.charts.plain import NARROW, Figure, Room, counted, empty, escaped, layout, name
from service.charts.relations import Member
from service.charts.ring import Ring, around, height, ring
from service.charts.ties import lines, middles
from service.charts.words import country_name

TITLE = "Who acts with whom"
SMALLEST, LARGEST = 7.0, 24.0  # pixels across a circle
MOST_LINES = 160  # the most frequent ones; more cannot be told apart


def draw(members: Sequence[Member], options: ChartOptions) -> Figure:
    """Lines below, circles above them, names outside."""
    if not members:
        return empty(options, TITLE)
    shown = {member.country: member for member in members[: options.most]}
    found = _pairs((pair for one in shown.values() for pair in one.pairs), set(shown))
    placing = (pair for one in shown.values() for pair in (one.pairs if one.ever is None else one.ever))
    ties = {key: pair.count for pair in _pairs(placing, set(shown)) for key in ((pair.a, pair.b), (pair.b, pair.a))}
    codes = around(list(shown), ties)
    narrow = options.width < NARROW
    laid = ring(codes if narrow else [country_name(code) for code in codes], options.width)
    across = [_across(shown[code].count, max(member.count for member in shown.values())) for code in codes]
    drawn = found[:MOST_LINES]
    traces = [
        *lines(drawn, codes, laid, options.theme),
        middles(drawn, codes, laid),
        _circles([shown[code] for code in codes], laid, across, options.theme),
    ]
    meta = {
        "countries": codes,
        "countries_left_out": len(members) - len(codes),
        "pairs": [[pair.a, pair.b, pair.count] for pair in drawn],
        "pairs_left_out": len(found) - len(drawn),
    }
    base = layout(options, TITLE, _note(len(codes), len(members), drawn, found), Room(height(laid), 0, 0, 0, 0))
    return {"data": traces, "layout": {**base, **_layout(codes, laid, across, options), "meta": meta}}


def _pairs(all_pairs: Iterable[Pair], shown: set[str]) -> list[Pair]:
    """Those of which both countries are shown, the most frequent first."""
    found = [pair for pair in all_pairs if {pair.a, pair.b} <= shown]
    return sorted(found, key=lambda pair: (-pair.count, pair.a, pair.b))


def _across(count: float, most: float) -> float:
    """A country of which nothing was known at the moment shown has its name alone."""
    if not count:
        return 0.0
    share: float = (count / most) ** 0.5
    return round(SMALLEST + (LARGEST - SMALLEST) * share, 1)


def _circles(members: Sequence[Member], laid: Ring, across: Sequence[float], theme: Theme) -> dict[str, Any]:
    points = [laid.point(place) for place in range(len(members))]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "countries",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "marker": {
            "size": list(across),
            "color": colour_of("meeting", theme),
            "opacity": 1,
            "line": {"width": 1.5, "color": INKS[theme].page},
        },
        "hovertext": [f"<b>{name(one.country)}</b><br>{counted(one.count, 'action')}" for one in members],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "meta": {"countries": [one.country for one in members]},
    }


def _layout(codes: Sequence[str], laid: Ring, across: Sequence[float], options: ChartOptions) -> dict[str, Any]:
    hidden = {"visible": False, "fixedrange": True}
    half = height(laid) / 2
    return {
        "xaxis": {**hidden, "range": [-options.width / 2, options.width / 2]},
        "yaxis": {**hidden, "range": [-half, half]},
        "hovermode": "closest",
        "annotations": [_name(codes[place], place, laid, across[place], options.theme) for place in range(len(codes))],
    }


def _name(code: str, place: int, laid: Ring, across: float, theme: Theme) -> dict[str, Any]:
    (x, y), turned, anchor = laid.name(place, across)
    return {
        "x": x,
        "y": y,
        "text": escaped(laid.names[place]),
        "name": code,
        "textangle": turned,
        "xanchor": anchor,
        "yanchor": "middle",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": 12, "color": INKS[theme].text},
    }


def _note(shown: int, known: int, drawn: Sequence[Pair], found: Sequence[Pair]) -> str:
    parts = [
        "The wider a line, the more actions together; the widest stands for " + f"{drawn[0].count:,}"
        if drawn
        else "No two of them act together"
    ]
    if shown < known:
        parts.append(f"the {shown} most active of {known} countries")
    if len(drawn) < len(found):
        parts.append(f"the {len(drawn)} most frequent of {len(found):,} pairs")
    return " · ".join(parts)
