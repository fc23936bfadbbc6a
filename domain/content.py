"""What a report states of an action, and the report itself."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from domain.countries import COUNTRIES, CountryCode, DatedName
from domain.dates import EdtfText, parse
from domain.instants import Instant
from domain.kinds import KindName
from domain.parties import Participant, Place, Value
from domain.text import Language, Line, Name, Paragraph, WebAddress

Basis = Literal["stated", "derived", "inferred", "external"]


class Occurred(Value):
    """When an action happens in the world, as an EDTF text, and what the date rests on."""

    edtf: EdtfText | None = None
    basis: Annotated[Basis | None, Field(examples=["derived"])] = None

    @model_validator(mode="before")
    @classmethod
    def _bounds_are_those_of_the_text(cls, given: Any) -> Any:
        """`earliest` and `latest`, as the API answers them, may be sent back; they say nothing of their own."""
        if not isinstance(given, dict) or ("earliest" not in given and "latest" not in given):
            return given
        text = given.get("edtf")
        when = parse(text) if isinstance(text, str) else None
        for name in given.keys() & {"earliest", "latest"}:
            bound = getattr(when, name, None)
            if given[name] != (bound and bound.isoformat()):
                raise ValueError(f"{name} {given[name]!r:.80} is not that of edtf {text!r:.80}: {bound}; leave it out")
        return {name: value for name, value in given.items() if name not in ("earliest", "latest")}

    @model_validator(mode="after")
    def _basis_needs_a_date(self) -> Self:
        if self.edtf is None and self.basis is not None:
            raise ValueError(f"basis {self.basis!r} without an edtf date: give a date, or leave both out")
        return self

    @property
    def earliest(self) -> date | None:
        return parse(self.edtf).earliest if self.edtf else None

    @property
    def latest(self) -> date | None:
        return parse(self.edtf).latest if self.edtf else None


UNDATED = Occurred()


class Report(Value):
    """One publication that a fact stands on. `published_at` is since when the public could know."""

    publisher: Annotated[Name, Field(examples=["Reuters"])]
    title: Annotated[Line | None, Field(examples=["Starmer to meet Trump next week"])] = None
    url: Annotated[WebAddress | None, Field(examples=["https://example.org/news/1"])] = None
    published_at: Instant
    language: Annotated[Language | None, Field(examples=["en"])] = None
    locator: Annotated[Name | None, Field(examples=["line 9"])] = None


class Content(Value):
    """What an action is: the fields that a report states and a correction may replace."""

    kind: KindName
    title: Annotated[Line, Field(examples=["Starmer to visit the United States for talks with Trump"])]
    summary: Annotated[Paragraph | None, Field(examples=["The article says 'next week'."])] = None
    quote: Annotated[Paragraph | None, Field(examples=["there must be a US backstop"])] = None
    conditions: Annotated[tuple[Line, ...], Field(max_length=50, examples=[["a lasting peace agreement"]])] = ()
    occurred: Occurred = UNDATED
    place: Place | None = None
    participants: Annotated[tuple[Participant, ...], Field(max_length=500)] = ()
    subjects: Annotated[tuple[CountryCode, ...], Field(max_length=300)] = ()
    topics: Annotated[tuple[Name, ...], Field(max_length=50, examples=[["security-guarantees"]])] = ()

    @field_validator("occurred", mode="before")
    @classmethod
    def _null_is_undated(cls, value: Any) -> Any:
        return UNDATED if value is None else value

    @field_validator("place", "participants", "subjects", mode="before")
    @classmethod
    def _names_go_by_the_date(cls, value: Any, info: ValidationInfo) -> Any:
        """Which state a name means may be decided by the date of the same statement: "Vietnam" in 1957."""
        occurred = info.data.get("occurred")
        if occurred is None or occurred.edtf is None:
            return value
        return [_dated(one, occurred) for one in value] if isinstance(value, list | tuple) else _dated(value, occurred)


def _dated(given: Any, occurred: Occurred) -> Any:
    """A country's name, or that of a party or place, with the days it is said of; a code needs none."""
    name = given.get("country") if isinstance(given, dict) else given
    if not isinstance(name, str) or name in COUNTRIES:
        return given
    dated = DatedName.between(name, occurred.earliest, occurred.latest)
    return {**given, "country": dated} if isinstance(given, dict) else dated
