"""Rows of the two lists as they are published, checked field by field."""

import re
from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo, field_validator

from domain.dates import parse
from domain.instants import Instant
from domain.text import Name, Paragraph


def _day(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("is not a day; write it like 1874-12-12")
    return parse(text).text


def _null_if_blank(value: Any) -> Any:
    return None if value == "" else value


Day = Annotated[str, AfterValidator(_day)]
NullIfBlank = BeforeValidator(_null_if_blank)


class Row(BaseModel, ABC):
    """What both lists say. Fields that are not named here, the `id` among them, are not looked at."""

    list_name: ClassVar[str]
    model_config = ConfigDict(frozen=True, extra="ignore")

    start_date: Day
    end_date: Day
    country: Name
    country_id: Name
    remarks: Annotated[Paragraph | None, NullIfBlank] = None
    recorded_at: Instant
    modified_at: Instant | None = None
    source_file: Name

    @field_validator("end_date")
    @classmethod
    def _not_reversed(cls, end: str, info: ValidationInfo) -> str:
        start = info.data.get("start_date", end)
        if end < start:
            raise ValueError(f"{end} lies before the start_date, {start}")
        return end

    @property
    @abstractmethod
    def who(self) -> str:
        """The persons, as the list writes them."""

    @property
    @abstractmethod
    def list_title(self) -> str:
        """What the publisher calls the list."""

    @property
    def edtf(self) -> str:
        """The day, or the span that was filled."""
        one_day = self.start_date == self.end_date
        return self.start_date if one_day else f"{self.start_date}/{self.end_date}"

    @property
    def confirmed_at(self) -> datetime | None:
        """When a row that was entered before the visit was over was looked at again after its end; else None."""
        seen_again = self.modified_at
        if seen_again and _day_of(self.recorded_at) < self.end_date < _day_of(seen_again):
            return seen_again
        return None


class Visit(Row):
    """A leader's visit to the United States. `visitor` holds titles and names in one text."""

    list_name = "us-state-visits"
    visitor: Name
    host_country: Name

    @property
    def who(self) -> str:
        return self.visitor

    @property
    def list_title(self) -> str:
        return "Visits by Foreign Leaders"


class Travel(Row):
    """One country of a journey. `person_id` is the publisher's own name for the person."""

    list_name = "us-state-travels"
    person: Name
    person_id: Name
    role: Literal["president", "secretary"]
    from_country: Name
    place: Annotated[Name | None, NullIfBlank] = None

    @property
    def who(self) -> str:
        return self.person_id

    @property
    def office(self) -> str:
        return "President" if self.role == "president" else "Secretary of State"

    @property
    def list_title(self) -> str:
        return f"Travels Abroad of the {self.office}"


def _day_of(instant: datetime) -> str:
    return instant.astimezone(UTC).date().isoformat()
