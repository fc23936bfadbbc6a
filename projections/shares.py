"""Sharing an action with an uncertain date over the periods that it may fall in."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta


def shares(days: Sequence[str | None], interval: str) -> Iterator[tuple[str | None, float]]:
    """The periods that an action with these days falls in, and which share of it each has."""
    known = [date.fromisoformat(day) for day in days if day]
    if not known:
        yield None, 1
        return
    first, last = min(known), max(known)
    total = (last - first).days + 1
    while True:
        end = min(last, _end(first, interval))
        yield period_of(first, interval), ((end - first).days + 1) / total
        if end == last:
            return
        first = end + timedelta(days=1)


def period_of(day: date, interval: str) -> str:
    """``2025-02-17``, ``2025-W08`` (ISO 8601), ``2025-02`` or ``2025``."""
    match interval:
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case "month":
            return day.isoformat()[:7]
        case "year":
            return day.isoformat()[:4]
        case _:
            return day.isoformat()


def _end(day: date, interval: str) -> date:
    """The last day of the period that a day is in."""
    match interval:
        case "week":
            return day + min(timedelta(days=6 - day.weekday()), date.max - day)
        case "month":
            return day.replace(day=monthrange(day.year, day.month)[1])
        case "year":
            return date(day.year, 12, 31)
        case _:
            return day


def whole(count: float) -> float:
    """Whole numbers as such; shares to the sixth decimal."""
    rounded = round(count, 6)
    return int(rounded) if rounded == int(rounded) else rounded
