"""What is drawn of one version of an action, before it has a place: where it stands in time and how it looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from domain.dates import parse
from domain.instants import FOREVER
from service.charts import words
from service.charts.options import Shown
from service.charts.scale import Scale, day_number

Look = Literal["occurred", "ongoing", "planned", "postponed", "lapsed", "cancelled", "withdrawn"]
LOOKS: dict[str, Look] = {
    "occurred": "occurred",
    "ongoing": "ongoing",
    "planned": "planned",
    "postponed": "postponed",
    "cancelled": "cancelled",
    "retracted": "withdrawn",
    "merged": "withdrawn",
}
MARK = 13
"""Pixels across a mark."""
BAR_FROM = 26  # pixels; a shorter span is drawn as a mark, whose shape can be told
OPEN_END = 30  # pixels that an open side reaches out


@dataclass(frozen=True, slots=True)
class Entry:
    """`start` and `end` are day numbers, `end` exclusive: of a span, or of all days that a date leaves possible."""

    action: dict[str, Any]
    known_from: int
    known_to: int
    look: Look
    is_span: bool
    is_bar: bool
    start: float
    end: float
    open_start: bool
    open_end: bool
    when: str
    shift: float = 0.0
    """Days that the mark is moved aside, to make room for others of its day."""

    @property
    def id(self) -> str:
        return str(self.action["id"])

    @property
    def kind(self) -> str:
        return str(self.action["kind"])

    @property
    def is_conditional(self) -> bool:
        return bool(self.action["conditions"])

    @property
    def at(self) -> float:
        """Day number where a mark stands: the middle of what is possible, but the known day where a side is open."""
        if self.open_start:
            return self.end - 0.5
        return self.start + 0.5 if self.open_end else (self.start + self.end) / 2 + self.shift

    @property
    def is_uncertain(self) -> bool:
        return self.open_start or self.open_end or (not self.is_span and self.end - self.start > 1)

    def is_known(self, at: int) -> bool:
        """Whether this was what was known at a moment, in microseconds."""
        return self.known_from <= at < self.known_to

    def overlaps(self, scale: Scale) -> bool:
        """Whether it may fall on one of the days in the picture; an open side reaches for ever."""
        return (self.open_start or self.start <= scale.last) and (self.open_end or self.end > scale.first)

    def box(self, scale: Scale) -> tuple[float, float]:
        """Pixels from the left to the right end of all that is drawn, but the label."""
        half = MARK / 2 + 2
        middle = scale.x(self.at)
        if not self.is_bar and not self.is_uncertain:
            return middle - half, middle + half
        left = scale.x(self.at if self.open_end and not self.is_bar else self.start) - OPEN_END * self.open_start
        right = scale.x(self.at if self.open_start and not self.is_bar else self.end) + OPEN_END * self.open_end
        return min(left, middle - half), max(right, middle + half)


def is_dated(shown: Shown) -> bool:
    occurred = shown.action["occurred"]
    return bool(occurred["earliest"] or occurred["latest"])


def entries(shown: Iterable[Shown], scale: Scale) -> list[Entry]:
    """Everything that has a date."""
    return [_entry(one, scale) for one in shown if is_dated(one)]


def _entry(shown: Shown, scale: Scale) -> Entry:
    occurred = shown.action["occurred"]
    known = [day_number(date.fromisoformat(day)) for day in (occurred["earliest"], occurred["latest"]) if day]
    open_start, open_end = occurred["earliest"] is None, occurred["latest"] is None
    is_span = parse(occurred["edtf"]).is_span
    start, end = known[0], known[-1] + 1
    return Entry(
        action=shown.action,
        known_from=shown.known_from,
        known_to=FOREVER if shown.known_to is None else shown.known_to,
        look=look(shown.action),
        is_span=is_span,
        is_bar=is_span and (end - start) * scale.day_width >= BAR_FROM,
        start=start,
        end=end,
        open_start=open_start,
        open_end=open_end,
        when=words.when(occurred, is_span),
    )


def look(action: dict[str, Any]) -> Look:
    return "lapsed" if action["outcome"] == "lapsed" else LOOKS[action["status"]]
