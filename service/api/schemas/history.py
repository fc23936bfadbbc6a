"""What became of each fact of an action, and the facts that its fields stand on."""

from typing import Annotated, Any

from pydantic import Field

from domain.effects import Effect
from service.api.schemas.actions import Source
from service.api.schemas.common import Moment, Position, Shape, like
from service.api.schemas.log import LoggedFact


class FieldChanged(Shape):
    """What a fact did to a field, in the order of the clocks; `before` is null of the first value that it was given."""

    field: Annotated[str, like("status")]
    before: Annotated[Any, like("planned")]
    after: Annotated[Any, like("occurred")]


class TracedFact(LoggedFact):
    """A fact, and what became of it at the moment asked for."""

    effect: Annotated[
        Effect,
        like(
            "stands",
            about="stands; overridden, by other facts; halted: it lies under a retraction or a merge; nothing: it says"
            " what was known already; later: it was not known then",
        ),
    ]
    by: Annotated[list[int], like([24], about="positions of the facts that override or halt it")]
    changed: list[FieldChanged]


class FactInShort(Shape):
    """Where a fact stands in the log, and since when the public could know of it."""

    position: Position
    version: Annotated[int, like(2), Field(ge=1)]
    type: Annotated[str, like("confirmed")]
    recorded_at: Moment
    reported_at: Annotated[Moment, like("2025-02-27T21:00:00Z", about="the fact's clock")]
    reason: Annotated[str | None, like("called off for snow")]


ByFact = Annotated[FactInShort | None, Field(description="null where only time passed")]
ByReport = Annotated[Source | None, Field(description="null where the fact carries none")]


class Ground(Shape):
    """What a field stands on."""

    fact: ByFact
    report: ByReport


class History(Shape):
    """Every fact of an action, and what each of its fields stands on."""

    results: list[TracedFact]
    next: Annotated[None, like(None)]
    fields: Annotated[
        dict[str, Ground], like({"outcome": {"fact": None, "report": None}}, about="by the name of the field")
    ]
    as_of: Moment
    position: Position
    query: Annotated[dict[str, Any], like({"according_to": "seed article"}, about="what was understood")]
