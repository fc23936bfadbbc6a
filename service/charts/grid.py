"""The cells in which very many actions are counted: how long each is, and where it begins."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from service.charts.scale import Scale, day_number, month_starts

UNITS = (
    ("day", 1.0, 0),
    ("week", 7.0, 0),
    ("month", 30.44, 1),
    ("quarter", 91.31, 3),
    ("year", 365.25, 12),
    ("5 years", 1826.2, 60),
    ("decade", 3652.4, 120),
    ("century", 36524.0, 1200),
)
"""A name, its length in days, and how many months it is."""
NARROWEST = 15  # pixels of a cell


def unit_for(scale: Scale) -> str:
    fits = (name for name, days, _ in UNITS if days * scale.day_width >= NARROWEST)
    return next(fits, UNITS[-1][0])


def edges(scale: Scale) -> list[int]:
    """The first day of each cell, and the day after the last one."""
    name = unit_for(scale)
    first, last = scale.overscan()
    months = next(months for unit, _, months in UNITS if unit == name)
    if months:
        starts = list(month_starts(first, last + 31 * months, months))
        return starts if len(starts) > 1 else [max(first, day_number(date.min)), min(last + 1, day_number(date.max))]
    step = 7 if name == "week" else 1
    start = first - (first + 3) % 7 if step == 7 else first
    return list(range(start, last + step + 1, step))


def cell_of(day: float, bounds: Sequence[int]) -> int | None:
    """The number of the cell that a day lies in; None where it lies in none."""
    cell = bisect_right(bounds, day) - 1
    return cell if 0 <= cell < len(bounds) - 1 else None
