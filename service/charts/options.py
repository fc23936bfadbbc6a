"""What a chart is given: the versions of actions to draw, and how they are to be drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field

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


class ChartOptions(BaseModel):
    """The query parameters that say how to draw; `from`, `to`, `as_of` and `country` are the filters' own.

    `first` and `last` are the days at the edges of the picture where they differ from the filters' window: a page asks
    for more days than it shows, so that dragging the chart uncovers no empty edge.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    theme: Annotated[Theme, Field(description="Colours for a light or a dark page.")] = "light"
    width: Annotated[int, Field(ge=200, le=5000, description="Width of the figure in pixels.")] = 1200
    title: Annotated[bool, Field(description="Whether title and note stand in the picture.")] = True
    lanes: Annotated[LaneBy, Field(description="What each lane stands for.")] = "country"
    most: Annotated[
        int, Field(ge=1, le=300, description="Lanes or countries drawn at most; those with most actions.")
    ] = 14
    first: Annotated[date | None, Field(description="First day in the picture.", examples=["2025-02-10"])] = None
    last: Annotated[date | None, Field(description="Last day in the picture.", examples=["2025-03-10"])] = None
    versions: Annotated[bool, Field(description="Every version, whenever it was known, for replay.")] = False
    window_from: Annotated[date | None, Field(alias="from")] = None
    window_to: Annotated[date | None, Field(alias="to")] = None
    as_of: datetime | None = None
    focus: Annotated[tuple[str, ...], Field(description="Countries whose visits alone are drawn.")] = ()
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


def options_of(found: Mapping[str, Any], as_of: datetime) -> ChartOptions:
    """Of the parameters of a request, those that say how to draw."""
    names = {name for name in ChartOptions.model_fields if name in found} - {"first", "last"}
    days = {name: date.fromisoformat(found[name]) for name in ("first", "last", "from", "to") if name in found}
    return ChartOptions(**{**{name: found[name] for name in names}, **days, "as_of": as_of})
