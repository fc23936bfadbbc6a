"""The shapes of the marks as SVG paths, for chips, tables and panels: those of Plotly's symbols, around 0,0."""

from math import cos, pi, sin

from service.charts.palette import SYMBOL_OF

R = 5.0
"""The radius; the view box is -7 -7 14 14."""
_ROOT = 3**0.5
_CIRCLE = f"M{R} 0A{R} {R} 0 1 1 {-R} 0A{R} {R} 0 1 1 {R} 0Z"


def _around(points: int, radius: float, inner: float | None = None) -> str:
    """A regular polygon with a corner on top, or a star where an inner radius is given."""
    radii = [radius] if inner is None else [radius, inner]
    count = points * len(radii)
    turns = [2 * pi * corner / count - pi / 2 for corner in range(count)]
    return _closed(
        [(radii[n % len(radii)] * cos(turn), radii[n % len(radii)] * sin(turn)) for n, turn in enumerate(turns)]
    )


def _closed(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"


def _curved(radius: float, bend: float, *corners: tuple[float, float]) -> str:
    """Sides that bend inwards, between corners in units of `radius`."""
    first, *others = [(x * radius, y * radius) for x, y in corners]
    arcs = "".join(f"A{bend} {bend} 0 0 1 {x:.2f} {y:.2f}" for x, y in [*others, first])
    return f"M{first[0]:.2f} {first[1]:.2f}{arcs}Z"


def _diamond(wide: float, tall: float) -> str:
    return _closed([(wide, 0), (0, tall), (-wide, 0), (0, -tall)])


def _plus(thin: float, long: float, turned: bool = False) -> str:
    corners = [(long, thin), (thin, thin), (thin, long), (-thin, long), (-thin, thin), (-long, thin)]
    corners += [(-x, -y) for x, y in corners]
    return _closed([((x - y) / 2**0.5, (x + y) / 2**0.5) if turned else (x, y) for x, y in corners])


def _square(half: float) -> str:
    return _closed([(half, half), (-half, half), (-half, -half), (half, -half)])


PATHS = {
    "star": _around(5, R * 1.3, R * 0.52),
    "pentagon": _around(5, R * 1.1),
    "circle": _CIRCLE,
    "triangle-up": _closed([(-R * 2 / _ROOT, R * 0.7), (R * 2 / _ROOT, R * 0.7), (0, -R)]),
    "triangle-down": _closed([(-R * 2 / _ROOT, -R * 0.7), (R * 2 / _ROOT, -R * 0.7), (0, R)]),
    "triangle-left": _closed([(R * 0.7, -R * 2 / _ROOT), (R * 0.7, R * 2 / _ROOT), (-R, 0)]),
    "triangle-right": _closed([(-R * 0.7, -R * 2 / _ROOT), (-R * 0.7, R * 2 / _ROOT), (R, 0)]),
    "bowtie": _closed([(R, R), (R, -R), (-R, R), (-R, -R)]),
    "hexagram": _around(6, R * 1.2, R * 0.7),
    "square": _square(R * 0.9),
    "diamond": _diamond(R * 1.2, R * 1.2),
    "star-diamond": _curved(R * 1.35, R * 1.9, (-1, 0), (0, 1), (1, 0), (0, -1)),
    "hexagon": _around(6, R * 1.1),
    "star-triangle-up": _curved(R * 0.8, R * 3.2, (-_ROOT, 1), (_ROOT, 1), (0, -2)),
    "star-triangle-down": _curved(R * 0.8, R * 3.2, (_ROOT, -1), (-_ROOT, -1), (0, 2)),
    "diamond-tall": _diamond(R * 0.75, R * 1.35),
    "square-cross": _square(R),
    "square-x": _square(R),
    "circle-cross": _CIRCLE,
    "circle-x": _CIRCLE,
    "diamond-x": _diamond(R * 1.25, R * 1.25),
    "cross": _plus(R * 0.4, R * 1.1),
    "x": _plus(R * 0.4, R * 1.2, turned=True),
}
CUTS = {
    "cross": f"M0 {-R}V{R}M{-R} 0H{R}",
    "x": f"M{-R * 0.7} {-R * 0.7}L{R * 0.7} {R * 0.7}M{-R * 0.7} {R * 0.7}L{R * 0.7} {-R * 0.7}",
}
"""Lines in the page's colour, for the symbols named <shape>-cross and <shape>-x."""


def icon(kind: str) -> tuple[str, str]:
    """The outline of a kind's shape, and the lines that cut it (empty for most)."""
    symbol = SYMBOL_OF[kind]
    return PATHS[symbol], CUTS.get(symbol.rpartition("-")[2], "") if symbol not in CUTS else ""
