"""The facts that can be recorded of an action: one frozen payload per type, and the envelope they are kept in.

The stored name of a payload is its `type`; a stored class only gains optional fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self, get_args
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator, model_validator

from domain.content import Content, Occurred, Report
from domain.dates import parse
from domain.instants import Instant
from domain.kinds import KindName
from domain.parties import Value
from domain.text import Line

StandingStatus = Literal["planned", "ongoing", "occurred", "postponed", "cancelled"]
Status = Literal["planned", "ongoing", "occurred", "postponed", "cancelled", "retracted", "merged"]
Outcome = Literal["open", "met", "lapsed", "cancelled"]
STATUSES: tuple[str, ...] = get_args(Status)
OUTCOMES: tuple[str, ...] = get_args(Outcome)


class Changes(Content):
    """The content fields that a correction replaces, each as a whole; the others are left as they are."""

    kind: KindName = ""
    title: Annotated[Line, Field(examples=["Starmer visits the United States"])] = ""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError(f"is empty: give at least one of {', '.join(Content.model_fields)}")
        return self


class Reported(Content):
    """The first fact of every action."""

    type: Literal["reported"] = "reported"
    source_ref: Annotated[Line | None, Field(examples=["seed:paris-summit:A5"])] = None
    report: Report
    reported_at: Instant | None = None
    status: StandingStatus = Field(default=None, validate_default=True)

    @field_validator("status", mode="before")
    @classmethod
    def _derived_where_left_out(cls, value: Any, info: ValidationInfo) -> Any:
        if value is not None:
            return value
        if not {"report", "occurred"} <= info.data.keys():
            return "planned"  # they are refused anyway, so nothing is said about a status
        return status_on(info.data["occurred"], info.data["report"].published_at)


def status_on(occurred: Occurred, published_at: datetime) -> StandingStatus:
    """The status a report means where it states none, by its date and the UTC day it was published on.

    Raises ValueError where the date leaves it open.
    """
    day = published_at.astimezone(UTC).date()
    if occurred.edtf:
        when = parse(occurred.edtf)
        if when.earliest and when.earliest > day:
            return "planned"
        if when.latest and when.latest <= day:
            return "occurred"
        if when.is_span:
            return "ongoing"
    raise ValueError(f"cannot be told from the date {occurred.edtf!r} and a report of {day}: state one")


class Addition(Value):
    """What every later fact may carry: why, by whom reported, and since when it was known."""

    reason: Annotated[Line | None, Field(examples=["called off for snow"])] = None
    report: Report | None = None
    reported_at: Instant | None = None


class Corroborated(Addition):
    """A further report says the same."""

    type: Literal["corroborated"] = "corroborated"
    report: Report


class Corrected(Addition):
    """Some of the content was wrong or has become known in more detail."""

    type: Literal["corrected"] = "corrected"
    changes: Changes


class Rescheduled(Addition):
    """The action is planned for another date."""

    type: Literal["rescheduled"] = "rescheduled"
    occurred: Occurred

    @model_validator(mode="after")
    def _names_a_date(self) -> Self:
        if self.occurred.edtf is None:
            raise ValueError("rescheduled needs a date in occurred.edtf; without one it is postponed")
        return self


class Postponed(Addition):
    """The action is put off, to another date or to none yet."""

    type: Literal["postponed"] = "postponed"
    occurred: Occurred | None = None


class Confirmed(Addition):
    """The action takes place or took place."""

    type: Literal["confirmed"] = "confirmed"
    occurred: Occurred | None = None
    status: Literal["ongoing", "occurred"] = "occurred"


class Cancelled(Addition):
    """The action will not take place."""

    type: Literal["cancelled"] = "cancelled"


class Retracted(Addition):
    """The report was wrong: the action is in no view unless asked for by `status`."""

    type: Literal["retracted"] = "retracted"


class Merged(Addition):
    """The action is the same as another one, which survives."""

    type: Literal["merged"] = "merged"
    into: UUID


class Reinstated(Addition):
    """A retraction, a merge or a cancellation no longer holds."""

    type: Literal["reinstated"] = "reinstated"


class Absorbed(Value):
    """Recorded by the server on the survivor of a merge: the reports that the merged action brings."""

    type: Literal["absorbed"] = "absorbed"
    from_id: UUID
    reports: tuple[Report, ...]


class Released(Value):
    """Recorded by the server on the survivor when the merged action is reinstated."""

    type: Literal["released"] = "released"
    from_id: UUID


Added = Corroborated | Corrected | Rescheduled | Postponed | Confirmed | Cancelled | Retracted | Merged | Reinstated
Stated = Reported | Added
Payload = Stated | Absorbed | Released
PAYLOADS: dict[str, type[Payload]] = {cls.model_fields["type"].default: cls for cls in get_args(Payload)}


@dataclass(frozen=True, slots=True)
class Fact:
    """A payload as the log holds it.

    `version` counts the facts of its action from 1; `position` orders the whole log, with gaps. `recorded_at` is the
    server's and never goes back; `clock`, since when the public could know, is never later.
    """

    action: UUID
    version: int
    position: int
    recorded_at: datetime
    clock: datetime
    payload: Payload
    metadata: Mapping[str, Any] = field(default_factory=dict)


def report_of(payload: Payload) -> Report | None:
    """The report that a payload carries, if any."""
    return None if isinstance(payload, Absorbed | Released) else payload.report
