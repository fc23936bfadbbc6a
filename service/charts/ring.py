"""Countries around a circle: their order, where each stands, and the curves between them, in pixels around 0,0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, degrees, pi, sin

from service.charts.words import width

STEPS = 14  # pieces of a curve
BEND = 0.3  # how far from the middle of the circle a curve passes, as a share of the way to its chord
LEVEL = 16  # countries; from here on names follow the radius, or they would cover each other
GAP, HIGH = 9, 15  # pixels between a circle and its name, and of a line of text
LEAST = 90.0  # pixels of the radius

Point = tuple[float, float]
Ties = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Ring:
    """`names` stand around the circle at `radius`, the first one on top, the others clockwise."""

    names: Sequence[str]
    radius: float

    @property
    def level(self) -> bool:
        """Whether names are written from left to right, wherever they stand."""
        return len(self.names) <= LEVEL

    def angle(self, place: int) -> float:
        """Radians, from the right anticlockwise."""
        return pi / 2 - 2 * pi * place / len(self.names)

    def point(self, place: int, further: float = 0) -> Point:
        angle = self.angle(place)
        return round(cos(angle) * (self.radius + further), 1), round(sin(angle) * (self.radius + further), 1)

    def curve(self, one: int, other: int) -> list[Point]:
        """From one to another, bent towards the middle: lines of one circle part from each other there."""
        (x1, y1), (x2, y2) = self.point(one), self.point(other)
        cx, cy = (x1 + x2) / 2 * BEND, (y1 + y2) / 2 * BEND
        shares = [step / STEPS for step in range(STEPS + 1)]
        return [
            (
                round((1 - t) ** 2 * x1 + 2 * t * (1 - t) * cx + t * t * x2, 1),
                round((1 - t) ** 2 * y1 + 2 * t * (1 - t) * cy + t * t * y2, 1),
            )
            for t in shares
        ]

    def name(self, place: int, across: float) -> tuple[Point, float, str]:
        """Where a name stands beside a circle of so many pixels, its angle in degrees clockwise, and its anchor."""
        angle, beyond = self.angle(place), across / 2 + GAP
        x, y = self.point(place, beyond)
        if self.level:
            anchor = "left" if cos(angle) > 0.1 else "right" if cos(angle) < -0.1 else "center"
            return (x, y), 0.0, anchor
        turned = 180 if cos(angle) < -1e-9 else 0
        middle = self.point(place, beyond + width(self.names[place]) / 2)
        return middle, round((turned - degrees(angle) + 180) % 360 - 180, 1), "center"


def ring(names: Sequence[str], wide: float) -> Ring:
    """A circle that leaves room for the names in a picture of so many pixels across."""
    room = max(map(width, names)) + GAP + 14
    return Ring(names, max(LEAST, wide / 2 - room))


def height(found: Ring) -> float:
    """Pixels of circle and names from top to bottom."""
    room = HIGH + GAP + 14 if found.level else max(map(width, found.names)) + GAP + 14
    return 2 * (found.radius + room)


def around(countries: Sequence[str], ties: Ties) -> list[str]:
    """An order in which those stand side by side who have much to do with each other, the first one as given."""
    left = list(countries)
    placed = [left.pop(0)]
    while left:
        here = placed[-1]
        near = max(left, key=lambda code: (ties.get((here, code), 0), -countries.index(code)))
        left.remove(near)
        placed.append(near)
    return placed
