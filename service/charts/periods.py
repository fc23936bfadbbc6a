"""Periods as the counts name them, on an axis of days: how long each is, and how it is called in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from service.charts import words
from service.charts.scale import number

MOST = 120
"""Bars that a picture bears; the length of a period is chosen for it."""
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
            return Period(interval, number(first), number(first) + 7, f"Week of {words.days(first, _after(first, 6))}")
        case "month":
            first = date.fromisoformat(f"{text}-01")
            last = _after(first.replace(day=28), 4).replace(day=1) if text != "9999-12" else date.max
            return Period(interval, number(first), number(last), f"{first:%B} {first.year}")
        case "year":
            first = date(int(text), 1, 1)
            return Period(interval, number(first), number(first.replace(month=12, day=31)) + 1, str(first.year))
        case _:
            first = date.fromisoformat(text)
            return Period(interval, number(first), number(first) + 1, words.days(first, first))


def _after(day: date, days: int) -> date:
    """Never past the end of the calendar."""
    return min(date.max, day + timedelta(days=days)) if day < date.max - timedelta(days=days) else date.max
