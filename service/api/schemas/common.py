"""What the shapes of several resources are made of."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


def like(*examples: Any, about: str | None = None) -> Any:
    """What OpenAPI shows of a field: examples, and what its name and type do not say."""
    return Field(examples=list(examples), description=about)


Id = Annotated[str, like("9d4b3c8e-54f5-5d67-a8b0-0e3c1e9b3f55"), Field(pattern=r"^[0-9a-f-]{36}$")]
Moment = Annotated[str, like("2025-02-17T21:00:00Z"), Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$")]
Day = Annotated[str, like("2025-02-27"), Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Country = Annotated[str, like("GBR"), Field(pattern=r"^[A-Z]{3}$")]
Position = Annotated[int, like(5, about="a place in the log, with gaps"), Field(ge=0)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Answer(Shape):
    """What every answer that is not paged carries beside its results."""

    as_of: Moment
    position: Position
    query: Annotated[dict[str, Any], like({"kind": ["visit"]}, about="what was understood")]


class Total(Shape):
    value: Annotated[int, like(49), Field(ge=0)]


class Keyed(Shape):
    key: Annotated[str | None, like("visit", about="a value; null for what has no date")]
    count: Annotated[float, like(12)]
