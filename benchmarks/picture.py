"""The picture of how figures grow: a small chart for each, over actions, beside its aim where it has one."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from math import log10
from textwrap import wrap

from benchmarks.figures import Figure, Run, number

COLUMNS, WIDTH, HEIGHT = 4, 250, 136
LEFT, RIGHT, TOP, BOTTOM = 26, 48, 46, 22
"""Pixels around what is drawn in a chart."""
_STYLE = (
    "text { font: 11px sans-serif; fill: #333 } .name { font-weight: bold; font-size: 10px }"
    " .line { fill: none; stroke: #0b5cad; stroke-width: 2 } circle { fill: #0b5cad }"
    " .aim { stroke: #b3540a; stroke-dasharray: 4 3 } .axis { stroke: #ccc }"
)
Series = list[tuple[int, float]]
"""(actions, value), fewest actions first."""


def picture(runs: Sequence[Run]) -> str:
    """SVG. Both axes are logarithmic and at least a power of ten; the dashes stand at the aim."""
    charts = list(_series(runs))
    rows = -(-len(charts) // COLUMNS)
    size = f'width="{COLUMNS * WIDTH}" height="{rows * HEIGHT}" viewBox="0 0 {COLUMNS * WIDTH} {rows * HEIGHT}"'
    places = ((number % COLUMNS * WIDTH, number // COLUMNS * HEIGHT) for number in range(len(charts)))
    parts = (
        f'<g transform="translate({x} {y})">{"".join(_chart(*chart))}</g>'
        for (x, y), chart in zip(places, charts, strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>Each figure of the bench by actions</title>'
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _series(runs: Sequence[Run]) -> Iterator[tuple[Figure, Series]]:
    """Each figure of the table of aims, then each read, that any run measured, and its value in every run that did."""
    ordered = sorted(runs, key=lambda run: run.actions)
    for table in ("aims", "reads"):
        measured = [run for run in ordered if run.of(table)]
        values = [{one.name: one.value for one in run.of(table)} for run in measured]
        for figure in {one.name: one for run in measured for one in run.of(table)}.values():
            pairs = zip(measured, values, strict=True)
            series = [(run.actions, value) for run, found in pairs if (value := found.get(figure.name))]
            if series:
                yield figure, series


def _chart(figure: Figure, series: Series) -> Iterator[str]:
    shown = [value for _, value in series] + ([figure.aim] if figure.aim else [])
    across, up = _scale([actions for actions, _ in series], LEFT, WIDTH - RIGHT), _scale(shown, HEIGHT - BOTTOM, TOP)
    points = [(across(actions), up(value)) for actions, value in series]
    yield f"<title>{escape(figure.name)}</title>"
    yield from (f'<text class="name" x="{LEFT}" y="{y}">{escape(part)}</text>' for y, part in _wrapped(figure.name))
    yield f'<path class="axis" d="M{LEFT} {HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>'
    if figure.aim:
        yield f'<path class="aim" d="M{LEFT} {up(figure.aim):.1f}H{WIDTH - RIGHT}"/>'
    yield f'<path class="line" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in points)}"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
    yield f'<text x="{points[-1][0] + 6:.1f}" y="{points[-1][1] + 4:.1f}">{number(series[-1][1])}</text>'
    yield from (
        f'<text x="{x:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{_short(actions)}</text>'
        for (x, _), (actions, _) in zip(points, series, strict=True)
    )


def _scale(values: Sequence[float], low: float, high: float) -> Callable[[float], float]:
    """From a value to its place between two pixels, by logarithms, so that at least one power of ten is shown."""
    logarithms = [log10(value) for value in values]
    middle = (min(logarithms) + max(logarithms)) / 2
    span = max(1.0, max(logarithms) - min(logarithms))
    return lambda value: low + ((log10(value) - middle) / span + 0.5) * (high - low)


def _wrapped(name: str) -> Iterator[tuple[int, str]]:
    """At most three lines, each with its height."""
    lines = wrap(name, 36, max_lines=3, placeholder=" …")
    return zip((12, 23, 34), lines, strict=False)


def _short(actions: int) -> str:
    """100,000 as 10⁵; what is no power of ten in full."""
    power = round(log10(actions))
    return f"10{str(power).translate(_RAISED)}" if 10**power == actions else f"{actions:,}"


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
