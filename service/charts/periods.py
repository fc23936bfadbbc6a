"""Periods as the counts name them, on an axis of days: how long each is, and how it is called in words."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.charts import words
from service.charts.scale import DAY, day_number

MOST = 120
"""Bars that a picture bears; the length of a period is chosen for it."""
GAP = 0.12  # of a bar's width, between two
_OF_LENGTH = {10: "day", 8: "week", 7: "month", 4: "year"}
"""``2025-02-17``, ``2025-W08``, ``2025-02``, ``2025``."""
_DAYS = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True, slots=True)
class Period:
    """`first` and `end` are day numbers, `end` exclusive."""

    interval: str
    first: int
    end: int
    label: str


def fitting(first: date, last: date) -> str:
    """The shortest interval of which there are not too many; years in any number."""
    days = (last - first).days + 1
    return next((interval for interval, length in _DAYS.items() if days <= MOST * length), "year")


def period(text: str) -> Period:
    """The period that a count names."""
    interval = _OF_LENGTH[len(text)]
    match interval:
        case "week":
            first = date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
            last = date.fromordinal(min(first.toordinal() + 6, date.max.toordinal()))
            return _period(interval, first, last, f"Week of {words.days(first, last)}")
        case "month":
            first = date.fromisoformat(f"{text}-01")
            last = first.replace(day=monthrange(first.year, first.month)[1])
            return _period(interval, first, last, f"{first:%B} {first.year}")
        case "year":
            return _period(interval, date(int(text), 1, 1), date(int(text), 12, 31), str(int(text)))
        case _:
            first = date.fromisoformat(text)
            return _period(interval, first, first, words.days(first, first))


def periodic(
    periods: Sequence[Period], heights: Sequence[int | float], marker: dict[str, Any], hover: Sequence[str]
) -> dict[str, Any]:
    """Of a trace of bars: one in the middle of each period, nearly as wide, and what each tells."""
    return {
        "x": [round((one.first + one.end) / 2 * DAY) for one in periods],
        "y": heights,
        "width": [round((one.end - one.first) * DAY * (1 - GAP)) for one in periods],
        "marker": marker,
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textposition": "none",
    }


def _period(interval: str, first: date, last: date, label: str) -> Period:
    return Period(interval, day_number(first), day_number(last) + 1, label)
