"""Points on the earth: bowed lines between them, and where the map puts them.

A point is latitude and longitude in degrees, north and east positive. The map's projection is Natural Earth, by the
polynomial of Šavrič and others (2011), as in d3-geo.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import acos, asin, atan2, cos, degrees, hypot, pi, radians, sin

Point = tuple[float, float]
Vector = tuple[float, float, float]
STEPS = 16
"""Pieces of a line."""
BOW = 0.13
"""How far a line bows to its left, as a share of its length: there and back are two lines."""
NEAR = 1e-6
MARGIN = 10.0  # degrees around what is shown
LEAST = (40.0, 70.0)  # degrees of latitude and longitude that a map shows
ENDS = (85.0, 180.0)


def arc(start: Point, end: Point) -> list[Point]:
    """A line along the shortest way, bowed to the left; straight between places that are one, or opposite."""
    one, other = _vector(start), _vector(end)
    across = _cross(one, other)
    length = hypot(*across)
    if length < NEAR:
        return [start, end]
    angle = acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(one, other, strict=True)))))
    side = tuple(BOW * angle * part / length for part in across)
    return [_between(one, other, side, angle, step / STEPS) for step in range(STEPS + 1)]


def _between(one: Vector, other: Vector, side: tuple[float, ...], angle: float, share: float) -> Point:
    ahead, behind, out = sin(share * angle) / sin(angle), sin((1 - share) * angle) / sin(angle), sin(pi * share)
    x, y, z = (behind * a + ahead * b + out * c for a, b, c in zip(one, other, side, strict=True))
    return round(degrees(asin(z / hypot(x, y, z))), 2), round(degrees(atan2(y, x)), 2)


def _vector(point: Point) -> Vector:
    lat, lon = map(radians, point)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _cross(one: Vector, other: Vector) -> Vector:
    (a, b, c), (x, y, z) = one, other
    return b * z - c * y, c * x - a * z, a * y - b * x


@dataclass(frozen=True, slots=True)
class Section:
    """The part of the earth that a map shows, in degrees: the lowest and the highest latitude and longitude."""

    south: float
    north: float
    west: float
    east: float

    def place(self, point: Point) -> Point:
        """From the upper left corner rightwards and down, in radians at the equator."""
        middle, left, top = (self.west + self.east) / 2, -self._half(), _y(self.north)
        return _x(point[0]) * radians(point[1] - middle) - left, top - _y(point[0])

    @property
    def size(self) -> Point:
        """Across and down, in the same unit."""
        return 2 * self._half(), _y(self.north) - _y(self.south)

    def _half(self) -> float:
        widest = 0.0 if self.south < 0 < self.north else min(abs(self.south), abs(self.north))
        return _x(widest) * radians(self.east - self.west) / 2


def section(points: Iterable[Point]) -> Section:
    """What holds all points, with some room around them; the whole earth where there is none."""
    found = list(points) or [(-60.0, -180.0), (80.0, 180.0)]
    lats, lons = zip(*found, strict=True)
    return Section(*_range(lats, LEAST[0], ENDS[0]), *_range(lons, LEAST[1], ENDS[1]))


def _range(values: tuple[float, ...], least: float, end: float) -> Point:
    low, high = min(values) - MARGIN, max(values) + MARGIN
    more = max(0.0, least - (high - low)) / 2
    return max(-end, low - more), min(end, high + more)


def _x(lat: float) -> float:
    square = radians(lat) ** 2
    fourth = square * square
    return 0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth))


def _y(lat: float) -> float:
    angle = radians(lat)
    square = angle * angle
    fourth = square * square
    return angle * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)))
