"""Facts as the log holds them, and what an import did."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from service.api.schemas.common import Id, Moment, Position, Shape, like


class LoggedFact(BaseModel):
    """A fact as the log holds it; beside these members those of its type in the native format."""

    model_config = ConfigDict(extra="allow", strict=True)

    position: Position
    id: Id
    version: Annotated[int, like(2), Field(ge=1)]
    type: Annotated[str, like("confirmed")]
    recorded_at: Moment
    reported_at: Annotated[Moment, like("2025-02-27T21:00:00Z", about="the fact's clock")]


class FactPage(Shape):
    """Facts in the order of the log."""

    results: list[LoggedFact]
    next: Annotated[str | None, like("/api/events?after=100&limit=100")]
    as_of: Moment
    position: Position
    query: Annotated[dict[str, Any], like({"after": 0})]


class Refusal(Shape):
    line: Annotated[int, like(3, about="from 1")]
    field: Annotated[str, like("occurred.edtf")]
    reason: Annotated[str, like("2023-02-29: February 2023 has 28 days")]


class ImportSummary(Shape):
    """What an import did."""

    format: Annotated[str, like("ndjson", about="as it was given")]
    dry_run: Annotated[bool, like(False)]
    read: Annotated[int, like(15, about="lines that are not blank")]
    recorded: Annotated[int, like(14, about="facts, those included that the server makes of a merge")]
    unchanged: Annotated[int, like(0, about="facts that the log held already")]
    rejected: list[Refusal]
