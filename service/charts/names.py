"""Which places of a map are named, and on which side: the largest first, none over another one."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.charts.globe import Point, Section
from service.charts.words import width

MOST_NAMES = 40
HIGH = 13  # pixels of a line of text
SIZE = 11 / 12  # of the font, against the one that widths are known for
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A named point, as a circle of so many pixels across."""

    name: str
    point: Point
    across: float


def names(spots: Sequence[Spot], section: Section, scale: float, room: float) -> list[tuple[Spot, str]]:
    """The spots that have room for their name, given in order of weight, with the `textposition` for Plotly."""
    taken = [_circle(spot, section, scale) for spot in spots]
    found = []
    for spot, circle in zip(spots[:MOST_NAMES], list(taken), strict=False):
        for position, box in _sides(circle, width(spot.name) * SIZE + 4):
            if box[0] >= 0 and box[2] <= room and not any(_overlap(box, other) for other in taken if other != circle):
                taken.append(box)
                found.append((spot, position))
                break
    return found


def _circle(spot: Spot, section: Section, scale: float) -> Box:
    x, y = (scale * part for part in section.place(spot.point))
    half = spot.across / 2
    return x - half, y - half, x + half, y + half


def _sides(circle: Box, wide: float) -> list[tuple[str, Box]]:
    left, top, right, bottom = circle
    across, down = (left + right) / 2, (top + bottom) / 2
    beside, over = (down - HIGH / 2, down + HIGH / 2), (across - wide / 2, across + wide / 2)
    return [
        ("middle right", (right, beside[0], right + wide, beside[1])),
        ("middle left", (left - wide, beside[0], left, beside[1])),
        ("top center", (over[0], top - HIGH, over[1], top)),
        ("bottom center", (over[0], bottom, over[1], bottom + HIGH)),
    ]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
