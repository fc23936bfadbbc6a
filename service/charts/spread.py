"""Marks of one day side by side within it, where a lane has not rows enough for them one below the other."""

from collections.abc import Iterable
from dataclasses import replace
from math import ceil

from service.charts.entries import MARK, Entry
from service.charts.scale import Scale

APART = MARK + 5  # pixels from the middle of one mark to that of the next


def spread(entries: Iterable[Entry], scale: Scale, rows: int) -> tuple[Entry, ...]:
    """The entries, those of certain days moved aside so that none needs more than so many rows, if a day is so wide.

    All versions of an action on the same day are moved alike.
    """
    entries = tuple(entries)
    days: dict[float, dict[str, int]] = {}
    for entry in filter(_is_one_day, entries):
        of_day = days.setdefault(entry.start, {})
        of_day.setdefault(entry.id, len(of_day))
    return tuple(
        replace(entry, shift=_shift(days[entry.start], entry.id, scale, rows)) if _is_one_day(entry) else entry
        for entry in entries
    )


def _is_one_day(entry: Entry) -> bool:
    return not entry.is_bar and not entry.is_uncertain and entry.end - entry.start == 1


def _shift(of_day: dict[str, int], id: str, scale: Scale, rows: int) -> float:
    """Days to the right of noon; negative: to the left."""
    columns = min(int(scale.day_width // APART), ceil(len(of_day) / rows))
    return ((of_day[id] % columns + 0.5) / columns - 0.5) if columns > 1 else 0.0
