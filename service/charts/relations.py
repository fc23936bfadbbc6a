"""Which countries act together, as a matrix.

From left to right and from top to bottom: the same countries, those that take part in most actions first. A cell: in
how many actions both take part, by its colour on a scale of logarithms and, where there is room, as a number. The
matrix is symmetric; its diagonal and what never happened are blank.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from projections.kept import after_all, of_all
from projections.profiles import grouped
from projections.readmodel import Moment
from projections.relations import Pair, pairs
from service.api.params import filters
from service.api.view import View
from service.charts.matrix import Frame, heat
from service.charts.options import ChartOptions
from service.charts.palette import INKS
from service.charts.plain import Figure, empty, layout, name

TITLE = "Who acts together"


@dataclass(frozen=True, slots=True)
class Member:
    """A country, how many actions it takes part in, and its pairs with those that come later in the order of codes.

    `ever` are the pairs by which it has its place, in a replay those of all that was ever known.
    """

    country: str
    count: float
    pairs: tuple[Pair, ...]
    ever: tuple[Pair, ...] | None = None


async def read(seen: View) -> list[Member]:
    """The countries that act together with another, the most active first; both numbers as the API gives them.

    For replay they are in the order of all that was ever known, so that no moment has another.
    """
    found = await _members(seen, seen.at)
    if not seen.found.get("versions"):
        return list(found.values())
    at, wanted = after_all(seen.at), filters(seen.found)
    of_all_time = await of_all(seen.instance.database, at, ("members", wanted), partial(_members, seen, at))
    known = {code: replace(found.get(code, Member(code, 0, ())), ever=one.pairs) for code, one in of_all_time.items()}
    return list({**known, **{code: one for code, one in found.items() if code not in known}}.values())


async def _members(seen: View, at: Moment) -> dict[str, Member]:
    database, wanted = seen.instance.database, filters(seen.found)
    own: dict[str, list[Pair]] = defaultdict(list)
    for pair in await pairs(database, wanted, at):
        own[pair.a].append(pair)
        own.setdefault(pair.b, [])
    active = {row.group[0]: row.count for row in await grouped(database, wanted, at, "country")}
    return {code: Member(code, count, tuple(own[code])) for code, count in active.items() if code in own}


def draw(members: Sequence[Member], options: ChartOptions) -> Figure:
    """A heat map of the `most` most active countries."""
    if not members:
        return empty(options, TITLE)
    shown = [member.country for member in members[: options.most]]
    among = set(shown)
    drawn = [pair for one in members for pair in one.pairs if pair.a in among and pair.b in among]
    by_pair = {key: pair for pair in drawn for key in ((pair.a, pair.b), (pair.b, pair.a))}
    frame = Frame(options.width, len(shown), bare=not options.title)
    meta = {"countries": shown, "countries_left_out": len(members) - len(shown)}
    own = {**_layout(shown, frame, options), "meta": meta}
    base = layout(options, TITLE, _note(len(shown), len(members)), frame.room)
    return {"data": [heat(shown, by_pair, frame, options.theme)], "layout": {**base, **own}}


def _layout(shown: Sequence[str], frame: Frame, options: ChartOptions) -> dict[str, Any]:
    ink = INKS[options.theme]
    names = list(shown) if frame.narrow else [name(code) for code in shown]
    common = {
        "type": "category",
        "categoryarray": list(shown),
        "tickmode": "array",
        "tickvals": list(shown),
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": "rgba(0,0,0,0)",
        "fixedrange": True,
        "tickfont": {"size": 11 if frame.high >= 18 else 9, "color": ink.text},
    }
    return {
        "plot_bgcolor": ink.band,
        "xaxis": {**common, "side": "top", "ticktext": list(shown), "tickangle": 0 if frame.upright else -90},
        "yaxis": {**common, "autorange": "reversed", "ticktext": names},
    }


def _note(shown: int, known: int) -> str:
    if shown == known:
        return "In how many actions two countries both take part"
    return f"In how many actions two countries both take part · the {shown} most active of {known}"
