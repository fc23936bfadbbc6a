"""What a chart is given: the versions of actions to draw, and how they are to be drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

import orjson

from domain.instants import FOREVER, to_micros
from domain.people import person_key
from projections.database import Row

Theme = Literal["light", "dark"]
LaneBy = Literal["country", "kind", "organisation", "person", "topic"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of an action, as the API gives it, and when it was the one known: microseconds, half-open."""

    action: dict[str, Any]
    known_from: int
    known_to: int | None

    def is_known(self, at: int) -> bool:
        """Whether this was what was known at a moment, in microseconds."""
        return self.known_from <= at and (self.known_to is None or at < self.known_to)


def shown_of(rows: Iterable[Row]) -> list[Shown]:
    """Of rows (json, known_from, known_to)."""
    return [Shown(orjson.loads(json), start, None if end == FOREVER else end) for json, start, end in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartOptions:
    """The query parameters that say how to draw; from `window_from` on those of the filters, `from` and `to` first.

    `first` and `last` are the days at the edges of the picture where they differ from the filters' window: a page asks
    for more days than it shows, so that dragging the chart uncovers no empty edge.
    """

    theme: Theme = "light"
    width: int = 1200
    title: bool = True
    lanes: LaneBy = "country"
    most: int = 14
    first: date | None = None
    last: date | None = None
    versions: bool = False
    focus: tuple[str, ...] = ()
    window_from: date | None = None
    window_to: date | None = None
    as_of: datetime | None = None
    country: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()

    @property
    def at(self) -> int:
        """The moment as of which is counted, in microseconds; where none is named, after all there is."""
        return to_micros(self.as_of) if self.as_of else FOREVER - 1

    def asked_for(self) -> tuple[str, ...]:
        """The lanes that the filters name: where they name any, no other is drawn."""
        named: tuple[str, ...] = getattr(self, self.lanes)
        return tuple(map(person_key, named)) if self.lanes == "person" else named


_DAYS = {"first": "first", "last": "last", "from": "window_from", "to": "window_to"}
"""Parameters that are days, and what each is called here."""


def options_of(found: Mapping[str, Any], as_of: datetime) -> ChartOptions:
    """Of the parameters of a request, those that say how to draw."""
    named = {field.name: found[field.name] for field in fields(ChartOptions) if field.name in found}
    days = {own: date.fromisoformat(found[name]) for name, own in _DAYS.items() if name in found}
    return ChartOptions(**{**named, **days, "as_of": as_of})
