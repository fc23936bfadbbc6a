"""Days as numbers, the scale from days to pixels, and the ticks above it.

A day is counted from 1970-01-01; Plotly's date axis takes milliseconds from there. Numbers reach every year that a
date can have, and a date never passes through a local time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

DAY = 86_400_000
"""Milliseconds."""
_EPOCH = date(1970, 1, 1).toordinal()
TICK_ROOM = 82  # pixels that a tick's text needs
STEPS = (1, 2, 7, 14)
MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600)


def day_number(day: date) -> int:
    return day.toordinal() - _EPOCH


def day_of(number: float) -> date:
    """The day of a number, or the nearest one that has a date."""
    return date.fromordinal(min(max(int(number // 1) + _EPOCH, 1), date.max.toordinal()))


@dataclass(frozen=True, slots=True)
class Scale:
    """`first` and `last` are the numbers of the days at the edges, inclusive; `width` is in pixels."""

    first: int
    last: int
    width: float

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    @property
    def day_width(self) -> float:
        """Pixels."""
        return self.width / self.days

    def x(self, day: float) -> float:
        """Pixels from the left edge to the start of a day."""
        return (day - self.first) * self.day_width

    def days_in(self, pixels: float) -> float:
        return pixels / self.day_width

    def overscan(self) -> tuple[int, int]:
        """The days to draw: half a width more at each side."""
        more = max(2, self.days // 2)
        return self.first - more, self.last + more


@dataclass(frozen=True, slots=True)
class Tick:
    """`period` is the month or year that it lies in; `named`, whether that is written below: where a new one begins."""

    day: int
    text: str
    period: str
    named: bool


def ticks(scale: Scale) -> list[Tick]:
    """As many as are readable, at days, weeks, months or years."""
    room = max(3.0, scale.width / TICK_ROOM)
    step = next((step for step in STEPS if scale.days / step <= room), None)
    if step:
        return _named(_day_ticks(scale, step), scale)
    months = next((months for months in MONTHS if scale.days / 30.44 / months <= room), MONTHS[-1])
    return _named(_month_ticks(scale, months), scale)


def _named(texts: Iterable[tuple[int, str, str]], scale: Scale) -> list[Tick]:
    """The first tick in the picture names its period as well."""
    found: list[Tick] = []
    for day, text, period in texts:
        new = not found or period != found[-1].period or found[-1].day < scale.first <= day
        found.append(Tick(day, text, period, new and bool(period)))
    return found


def _day_ticks(scale: Scale, step: int) -> Iterator[tuple[int, str, str]]:
    """Weeks begin on Mondays."""
    first, last = scale.overscan()
    start = first - (first + 3) % step if step % 7 == 0 else first - first % step
    for day in map(day_of, range(start, last + 1, step)):
        yield day_number(day), str(day.day), f"{day:%b} {day.year}"


def _month_ticks(scale: Scale, months: int) -> Iterator[tuple[int, str, str]]:
    first, last = scale.overscan()
    for start in month_starts(first, last, months):
        day = day_of(start)
        yield (start, f"{day:%b}", str(day.year)) if months < 12 else (start, str(day.year), "")


def month_starts(first: int, last: int, months: int) -> Iterator[int]:
    """The first days of every so many months, from the one that holds `first` to `last`."""
    day = day_of(first)
    count = (day.year * 12 + day.month - 1) // months * months
    while 12 <= count < 12 * 10_000 and (start := day_number(date(count // 12, count % 12 + 1, 1))) <= last:
        yield start
        count += months


def saturdays(scale: Scale) -> range:
    """1970-01-03 was one."""
    first, last = scale.overscan()
    return range(first + (2 - first) % 7, last + 1, 7)
