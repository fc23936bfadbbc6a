"""Who takes part: a list of countries; one country, organisation or person."""

from typing import Annotated

from pydantic import Field

from domain.events import Outcome
from service.api.schemas.actions import Action
from service.api.schemas.common import Answer, Country, Day, Keyed, Shape, like


class CountryRow(Shape):
    country: Country
    name: Annotated[str, like("United Kingdom")]
    count: Annotated[int, like(21)]


class PartyList(Answer):
    """Countries by how much they take part."""

    results: list[CountryRow]


class Met(Shape):
    key: Annotated[str, like("FRA")]
    count: Annotated[int, like(7)]
    last: Annotated[Day | None, like("2025-08-18", about="day of the last action together")]


class Travel(Shape):
    made: list[Keyed]
    received: list[Keyed]


class Ahead(Shape):
    """Days between the day on which actions became known and the day they were to be on; negative if it was before."""

    least: Annotated[int, like(1)]
    median: Annotated[int, like(9, about="of two the lower")]
    most: Annotated[int, like(60)]


class Announced(Shape):
    """What was announced ahead and became of it."""

    outcome: Annotated[Outcome, like("met")]
    count: Annotated[int, like(7)]
    ahead: Annotated[Ahead | None, Field(description="null where none of them has a date")]
    url: Annotated[
        str | None,
        like("/api/timeline?country=GBR&outcome=met", about="all of them; null where the filters name other outcomes"),
    ]


class Lifetime(Shape):
    from_: Annotated[str | None, like("1922-12-30"), Field(alias="from")]
    to: Annotated[str | None, like("1991-12-26")]


class Successor(Shape):
    country: Country
    name: Annotated[str, like("Russia")]
    url: Annotated[str, like("/api/countries/RUS")]


class Profile(Answer):
    """One country, organisation or person: what it does, with whom, and what became of what was announced."""

    country: Country | None = None
    organisation: Annotated[str | None, like("NATO")] = None
    person: Annotated[str | None, like("keir-starmer")] = None
    name: Annotated[str, like("United Kingdom")]
    count: Annotated[int, like(21)]
    by_kind: list[Keyed]
    by_role: list[Keyed]
    by_year: list[Keyed]
    by_outcome: list[Keyed]
    announced: list[Announced]
    counterparts: list[Met]
    visits: Travel
    lapsed: list[Action]
    next_planned: Action | None
    first: Action | None
    last: Action | None
    existed: Lifetime | None = None
    successors: list[Successor] | None = None
