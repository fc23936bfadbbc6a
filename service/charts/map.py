"""Who is active where, and who visits whom, on a map without borders.

A circle stands where a country's government sits; it grows with how many actions the country takes part in. A line
leads from a visitor's country to its host's, bowed to its left, with an arrow towards the host; its width is how many
visits there are, in doubling steps. The page must fetch the land from its own server: `layout.meta.config` says where.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from projections.kept import after_all, of_all
from projections.profiles import Party, grouped, visits_made, visits_received
from projections.readmodel import Moment
from projections.relations import Visits, visits
from service.api.params import filters
from service.api.view import View
from service.charts.circles import Place, circles, named, spots
from service.charts.coordinates import COORDINATES
from service.charts.globe import Point, Section, section
from service.charts.lines import arrows, line, lines
from service.charts.options import ChartOptions
from service.charts.palette import INKS
from service.charts.plain import NARROW, Figure, Room, counted, empty, layout
from service.charts.replayed import Replayed, ever

TITLE = "Visits and activity"
CONFIG = {"topojsonURL": "/static/outlines/"}
"""For `Plotly.newPlot`: without it plotly.js asks another host for the land."""
MOST_LINES, MOST_OF_ONE = 120, 40  # the most frequent ones; more cannot be told apart, nor of one country
FOOT = 34  # pixels below the map, for the legend


async def read(seen: View) -> list[Place]:
    """The countries that take part in an action or are visited, the most active first, with the API's numbers."""
    if not seen.found.get("versions"):
        return await _places(seen, seen.at)
    at, key = after_all(seen.at), ("places", filters(seen.found), seen.found.get("focus"))
    framing = await of_all(seen.instance.database, at, key, partial(_places, seen, at))
    return Replayed(await _places(seen, seen.at), framing)


async def _places(seen: View, at: Moment) -> list[Place]:
    database, wanted = seen.instance.database, filters(seen.found)
    found = await _visits(seen, at)
    counts = {row.group[0]: row.count for row in await grouped(database, wanted, at, "country")}
    parties = (code for visit in found for code in (visit.visitor, visit.host))
    went: dict[str, list[Visits]] = {code: [] for code in (*counts, *parties)}
    for visit in found:
        went[visit.visitor].append(visit)
    return [Place(code, counts.get(code, 0), tuple(own)) for code, own in went.items()]


async def _visits(seen: View, at: Moment) -> list[Visits]:
    """All of them; with `focus` those that this country made and received, of several countries those among them.

    A country that the filters name to mean the same is left out of them: it is host, too, where none of its own is
    named.
    """
    database, wanted = seen.instance.database, filters(seen.found)
    focus = seen.found.get("focus", ())
    anywhere = replace(wanted, country=()) if set(wanted.country) == set(focus) else wanted
    if len(focus) == 1:
        own = Party("country", focus[0])
        made = await visits_made(database, wanted, at, own)
        received = await visits_received(database, anywhere, at, own)
        return [Visits(own.key, row.key, row.count) for row in made] + [
            Visits(row.key, own.key, row.count) for row in received
        ]
    found = await visits(database, anywhere if focus else wanted, at)
    return [visit for visit in found if {visit.visitor, visit.host} <= set(focus)] if focus else found


def draw(places: Sequence[Place], options: ChartOptions) -> Figure:
    """Lines below, circles above them, names where they have room."""
    if not places:
        return empty(options, TITLE)
    went = _frequent(places)
    most = MOST_OF_ONE if len(options.focus) == 1 else MOST_LINES
    drawn = [line(visit) for visit in went[:most]]
    shown = _section([*places, *ever(places)], [*drawn, *map(line, _frequent(ever(places))[:most])])
    found = spots(places)
    high, scale = _size(shown, options)
    traces = [
        arrows(drawn, options.theme, options.focus),  # plotly.js 4.1 turns the marks of a map's first trace only
        *lines(drawn, options.theme, options.focus),
        circles(places, found, options.theme),
        named(found, shown, scale, options),
    ]
    own = {**_layout(shown, options), "meta": _meta(places, went, most)}
    base = layout(options, TITLE, _note(places, went, most), Room(high, 0, 0, 4, FOOT))
    return {"data": traces, "layout": {**base, **own}}


def _frequent(places: Iterable[Place]) -> list[Visits]:
    """All visits, the most frequent first."""
    return sorted((visit for place in places for visit in place.went), key=lambda visit: -visit.count)


def _section(places: Iterable[Place], lines: Iterable[tuple[Visits, list[Point]]]) -> Section:
    """What holds all that is drawn, and in a replay what is drawn in the end."""
    return section([COORDINATES[place.country] for place in places] + [point for _, line in lines for point in line])


def _size(shown: Section, options: ChartOptions) -> tuple[float, float]:
    """The map's height in pixels, and how many pixels are a radian at the equator."""
    across, down = shown.size
    high = min(options.width * down / across, options.width * 0.75)
    return high, min(options.width / across, high / down)


def _meta(places: Sequence[Place], went: Sequence[Visits], most: int) -> dict[str, Any]:
    return {
        "config": CONFIG,
        "countries": [place.country for place in places],
        "counts": [place.count for place in places],
        "visits": [[visit.visitor, visit.host, visit.count] for visit in went[:most]],
        "visits_left_out": max(0, len(went) - most),
    }


def _layout(shown: Section, options: ChartOptions) -> dict[str, Any]:
    ink = INKS[options.theme]
    geo = {
        "projection": {"type": "natural earth"},
        "resolution": 110,
        "bgcolor": "rgba(0,0,0,0)",
        "showframe": False,
        "showland": True,
        "landcolor": ink.grid,
        "showcoastlines": True,
        "coastlinecolor": ink.line,
        "coastlinewidth": 0.8,
        "showlakes": True,
        "lakecolor": ink.page,
        "showcountries": False,
        "lonaxis": {"range": [shown.west, shown.east]},
        "lataxis": {"range": [shown.south, shown.north]},
    }
    legend = {"orientation": "h", "x": 0.5, "xanchor": "center", "y": 0, "yanchor": "top", "traceorder": "normal"}
    return {"geo": geo, "showlegend": options.width >= NARROW, "legend": legend}


def _note(places: Sequence[Place], went: Sequence[Visits], most: int) -> str:
    circles = f"Circles: the actions of {counted(len(places), 'country', 'countries')}"
    lines = f"lines: {counted(sum(visit.count for visit in went), 'visit')}, arrows towards the host"
    left_out = f", the {most} most frequent of {len(went):,} ways" if len(went) > most else ""
    return f"{circles} · {lines}{left_out}"
