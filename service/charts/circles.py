"""Circles on a map, one for each country: the more actions, the larger. And their names, where they have room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from projections.relations import Visits
from service.charts.coordinates import COORDINATES
from service.charts.globe import Section
from service.charts.names import Spot, names
from service.charts.options import ChartOptions, Theme
from service.charts.palette import INKS
from service.charts.plain import counted, escaped, name
from service.charts.words import country_name

SMALLEST, LARGEST = 5.0, 26.0  # pixels across a circle
LISTED = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A country, how many actions it takes part in, and how often it visited whom, most often first."""

    country: str
    count: float
    went: tuple[Visits, ...]


def spots(places: Sequence[Place]) -> list[Spot]:
    """Each place where it stands, as large as it is active."""
    most = max(1.0, *(place.count for place in places), 1.0)
    return [
        Spot(country_name(place.country), COORDINATES[place.country], _across(place.count / most)) for place in places
    ]


def _across(share: float) -> float:
    across: float = SMALLEST + (LARGEST - SMALLEST) * share**0.5
    return round(across, 1)


def circles(places: Sequence[Place], found: Sequence[Spot], theme: Theme) -> dict[str, Any]:
    """The smaller ones above the larger ones."""
    ink = INKS[theme]
    came: dict[str, list[tuple[str, int]]] = {place.country: [] for place in places}
    for visit in (visit for place in places for visit in place.went):
        came[visit.host].append((visit.visitor, visit.count))
    return {
        "type": "scattergeo",
        "mode": "markers",
        "name": "activity",
        "showlegend": False,
        "lat": [spot.point[0] for spot in found],
        "lon": [spot.point[1] for spot in found],
        "marker": {
            "size": [spot.across for spot in found],
            "color": ink.accent,
            "opacity": 0.9,
            "line": {"width": 1.2, "color": ink.page},
        },
        "hovertext": [_about(place, came[place.country]) for place in places],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "meta": {"countries": [place.country for place in places]},
    }


def _about(place: Place, came: Iterable[tuple[str, int]]) -> str:
    went = [(visit.host, visit.count) for visit in place.went]
    lines = [f"<b>{name(place.country)}</b>", counted(place.count, "action")]
    lines += _listed("Visited", went) + _listed("Visited by", came)
    return "<br>".join(lines)


def _listed(word: str, found: Iterable[tuple[str, int]]) -> list[str]:
    order = sorted(found, key=lambda one: (-one[1], one[0]))
    told = ", ".join(f"{name(code)} {count}" for code, count in order[:LISTED])
    return [f"{word}: {told}" + (f" and {len(order) - LISTED} more" if len(order) > LISTED else "")] if order else []


def named(found: Sequence[Spot], shown: Section, scale: float, options: ChartOptions) -> dict[str, Any]:
    """Names beside their circles, which are there once more, unseen, to keep them off."""
    placed = names(found, shown, scale, options.width)
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "name": "names",
        "showlegend": False,
        "hoverinfo": "skip",
        "lat": [spot.point[0] for spot, _ in placed],
        "lon": [spot.point[1] for spot, _ in placed],
        "text": [escaped(spot.name) for spot, _ in placed],
        "marker": {"size": [spot.across for spot, _ in placed], "color": "rgba(0,0,0,0)", "line": {"width": 0}},
        "textposition": [position for _, position in placed],
        "textfont": {"size": 11, "color": INKS[options.theme].text},
    }
