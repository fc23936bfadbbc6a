"""Counts in cells: for a whole picture that is too full for marks, and for a lane that is."""

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from domain.kinds import KINDS
from service.charts import words
from service.charts.entries import Entry
from service.charts.grid import cell_of, edges
from service.charts.lanes import Lane
from service.charts.options import Theme
from service.charts.palette import INKS, tint
from service.charts.scale import DAY, Scale, day_of
from service.charts.stages import Stage
from service.charts.traces import Trace

SHADES = (0.0, 0.02, 0.07, 0.16, 0.32, 0.6, 1.0)
"""Shares of the largest count; colours go with their roots, so that one busy lane does not pale all others."""
NUMBERED_FROM = 24  # pixels of a cell that has room for its number


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one lane, for each cell by kind; `top` and `bottom` in pixels.

    Where they are to be replayed, `stages` has those of every moment.
    """

    lane: Lane
    top: float
    bottom: float
    kinds: Sequence[Counter[str]]
    stages: Sequence[Sequence[Stage]] = ()

    def all_counts(self) -> Iterator[int]:
        """Of every cell at every moment."""
        at_all = [kinds for cell in self.stages for _, kinds in cell] if self.stages else self.kinds
        return (sum(kinds.values()) for kinds in at_all if kinds)


def cells(rows: Sequence[Row], scale: Scale, theme: Theme) -> list[Trace]:
    """A heat map for each row, all on one scale of colour."""
    bounds = edges(scale)
    busiest = sorted(count for row in rows for count in row.all_counts())
    top = busiest[int(len(busiest) * 0.98)] if busiest else 1
    return [_heat(row, bounds, top, scale, theme) for row in rows]


def members(lane: Lane, bounds: Sequence[int]) -> list[list[Entry]]:
    """What lies in each cell: an action in that of its first day, as a version has it."""
    found: list[list[Entry]] = [[] for _ in bounds[1:]]
    for entry in lane.entries:
        cell = cell_of(entry.at if entry.open_start else entry.start, bounds)
        if cell is not None:
            found[cell].append(entry)
    return found


def _heat(row: Row, bounds: list[int], top: int, scale: Scale, theme: Theme) -> Trace:
    wide = scale.width / max(1, scale.days) * (bounds[1] - bounds[0])
    numbered = {"texttemplate": "%{z}", "textfont": {"size": 11, "color": INKS[theme].text}}
    return {
        "type": "heatmap",
        "name": row.lane.name,
        "x": [day * DAY for day in bounds],
        "y": [row.top + 3, row.bottom - 3],
        "z": [[sum(kinds.values()) or None for kinds in row.kinds]],
        "zmin": 0,
        "zmax": max(top, 1),
        "colorscale": [[share, _shade(share**0.5, INKS[theme].cells)] for share in SHADES],
        "showscale": False,
        "hoverongaps": False,
        "xgap": 2,
        "hovertext": [_hover(row, bounds)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "meta": {"edges": bounds, "lane": row.lane.key, **({"stages": _replayed(row, bounds)} if row.stages else {})},
        **(numbered if wide >= NUMBERED_FROM else {}),
    }


def _shade(share: float, stops: tuple[str, str, str]) -> str:
    """The colour so far along the stops, 0 to 1."""
    low, high = (stops[0], stops[1]) if share < 0.5 else (stops[1], stops[2])
    return tint(high, share * 2 % 1 if share < 1 else 1, low)


def _hover(row: Row, bounds: Sequence[int]) -> list[str]:
    """Empty where nothing is counted."""
    found = zip(_heads(row, bounds), row.kinds, strict=True)
    return [f"{head}<br>{_listed(kinds)}" if kinds else "" for head, kinds in found]


def _replayed(row: Row, bounds: Sequence[int]) -> list[list[tuple[int, int, str]]]:
    """For each cell: from which millisecond on it counts so many, in which words."""
    return [
        [(moment, sum(kinds.values()), f"{head}<br>{_listed(kinds)}") for moment, kinds in cell]
        for head, cell in zip(_heads(row, bounds), row.stages, strict=True)
    ]


def _heads(row: Row, bounds: Sequence[int]) -> Iterator[str]:
    name = html.escape(row.lane.name, quote=False)
    return (f"<b>{name}</b> · {_days(first, end)}" for first, end in pairwise(bounds))


@lru_cache(maxsize=5_000)
def _days(first: int, end: int) -> str:
    """The days of a cell in words, which are the same for every lane."""
    return words.days(day_of(first), day_of(end - 1))


def _listed(kinds: Counter[str]) -> str:
    """How many; of which kinds, where that was asked for."""
    count = sum(kinds.values())
    what = " · ".join(f"{number} {KINDS[kind].label.lower()}" for kind, number in kinds.most_common(4) if kind)
    lines = [f"{count:,} action{'' if count == 1 else 's'}", what, "<i>Select to open these days</i>"]
    return "<br>".join(filter(None, lines))
