"""A matrix of countries: how much room it has, and its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Any

from projections.relations import Pair
from service.charts.options import Theme
from service.charts.palette import INKS
from service.charts.plain import NARROW, Room, counted, name

WIDEST, LOWEST, HIGHEST = 56, 15, 34  # pixels of a cell: across, and down
NUMBERED_FROM = 24  # pixels across a cell that has room for its number
NAMES, SIGN = 150, 46  # pixels beside and above the cells, for names and for codes
BAR = 96  # pixels for the scale of colours
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of a figure of so many pixels across and so many countries, in pixels."""

    width: int
    count: int
    bare: bool = False

    @property
    def narrow(self) -> bool:
        return self.width < NARROW

    @property
    def left(self) -> int:
        return SIGN if self.narrow else NAMES

    @property
    def high(self) -> int:
        """Down a cell."""
        return min(HIGHEST, max(LOWEST, self.wide))

    @property
    def numbered(self) -> bool:
        """Whether numbers fit into the cells."""
        return self.wide >= NUMBERED_FROM

    @property
    def scaled(self) -> bool:
        """Whether a scale says what the colours mean; in a page's own frame numbers do, where they fit."""
        return not self.narrow and not (self.bare and self._wide(12) >= NUMBERED_FROM)

    @property
    def wide(self) -> int:
        """Across a cell."""
        return self._wide(BAR if self.scaled else 12)

    def _wide(self, right: int) -> int:
        return max(1, min(WIDEST, (self.width - self.left - right) // self.count))

    @property
    def upright(self) -> bool:
        """Whether a code fits above a cell without being turned."""
        return self.wide >= 30

    @property
    def room(self) -> Room:
        right = max(12, self.width - self.left - self.wide * self.count)
        return Room(self.high * self.count, self.left, right, 26 if self.upright else SIGN, 12)


Pairs = Mapping[tuple[str, str], Pair]


def heat(shown: Sequence[str], by_pair: Pairs, frame: Frame, theme: Theme) -> dict[str, Any]:
    rows = [[by_pair.get((one, other)) for other in shown] for one in shown]
    most = max((pair.count for row in rows for pair in row if pair), default=1)
    numbered = {"texttemplate": "%{text}", "textfont": {"size": 11, "color": INKS[theme].text}}
    stops = INKS[theme].cells
    return {
        "type": "heatmap",
        "x": list(shown),
        "y": list(shown),
        "z": [[pair and log1p(pair.count) for pair in row] for row in rows],
        "zmin": 0,
        "zmax": log1p(most),
        "colorscale": [[0, stops[0]], [0.5, stops[1]], [1, stops[2]]],
        "showscale": frame.scaled,
        "colorbar": _scale(most, theme),
        "text": [[f"{pair.count}" if pair else "" for pair in row] for row in rows],
        "hovertext": [[_hover(pair) if pair else "" for pair in row] for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "hoverongaps": False,
        "xgap": 1,
        "ygap": 1,
        **(numbered if frame.numbered else {}),
    }


def _scale(most: int, theme: Theme) -> dict[str, Any]:
    steps = [step for step in STEPS if step <= most]
    return {
        "title": {"text": "Actions", "font": {"color": INKS[theme].mute}},
        "tickvals": [log1p(step) for step in steps],
        "ticktext": [f"{step:,}" for step in steps],
        "tickfont": {"color": INKS[theme].mute},
        "thickness": 12,
        "outlinewidth": 0,
        "len": 0.9,
        "y": 0.5,
    }


def _hover(pair: Pair) -> str:
    names = " and ".join(name(code) for code in (pair.a, pair.b))
    alone = f"{pair.bilateral:,} bilateral · {pair.count - pair.bilateral:,} with others"
    return f"<b>{names}</b><br>{counted(pair.count, 'action')} together<br>{alone}"
