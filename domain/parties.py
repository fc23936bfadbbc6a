"""Who takes part in an action, in which role, and where it happens."""

from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.countries import CountryCode
from domain.organisations import OrganisationCode
from domain.text import Name

Role = Literal["host", "visitor", "participant", "delegate", "speaker", "addressee", "signatory", "mediator", "target"]
ROLES: tuple[str, ...] = get_args(Role)


class Value(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Participant(Value):
    """One party to an action, named by at least one of country, organisation, person and title."""

    country: CountryCode | None = None
    organisation: OrganisationCode | None = None
    person: Annotated[Name | None, Field(examples=["Keir Starmer"])] = None
    title: Annotated[Name | None, Field(examples=["Prime Minister"])] = None
    role: Annotated[Role, Field(examples=["visitor"])] = "participant"

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not (self.country or self.organisation or self.person or self.title):
            raise ValueError("names nobody: give at least one of country, organisation, person, title")
        return self


class Place(Value):
    """Where an action happens: a name, a country, or both. A place is not a participant."""

    name: Annotated[Name | None, Field(examples=["White House, Washington"])] = None
    country: Annotated[CountryCode | None, Field(examples=["USA"])] = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if not (self.name or self.country):
            raise ValueError("is nowhere: give a name, a country, or null for no place at all")
        return self
