"""One action and a page of them; where a report of one stands, and what may be the same."""

from typing import Annotated, Any

from pydantic import Field

from domain.content import Basis
from domain.events import Outcome, Status
from domain.parties import Role
from service.api.schemas.common import Answer, Country, Day, Id, Moment, Position, Shape, Total, like


class When(Shape):
    edtf: Annotated[str | None, like("[2025-02-24..2025-03-02]", about="EDTF")]
    earliest: Annotated[Day | None, like("2025-02-24", about="inclusive; null on an open side")]
    latest: Annotated[Day | None, like("2025-03-02", about="inclusive; null on an open side")]
    basis: Annotated[Basis | None, like("derived")]


class Where(Shape):
    name: Annotated[str | None, like("White House, Washington")]
    country: Annotated[Country | None, like("USA")]


class Who(Shape):
    country: Annotated[Country | None, like("GBR")]
    organisation: Annotated[str | None, like("NATO")]
    person: Annotated[str | None, like("Keir Starmer")]
    title: Annotated[str | None, like("Prime Minister")]
    role: Annotated[Role, like("visitor")]


class Source(Shape):
    publisher: Annotated[str, like("seed article")]
    title: Annotated[str | None, like("UK Prime Minister on the US backstop after the Paris summit")]
    url: Annotated[str | None, like("https://example.org/news/1")]
    published_at: Moment
    language: Annotated[str | None, like("en")]
    locator: Annotated[str | None, like("line 9")]


class Action(Shape):
    """A diplomatic action, as known at a moment."""

    id: Id
    kind: Annotated[str, like("visit")]
    status: Annotated[Status, like("planned")]
    outcome: Annotated[Outcome | None, like("open", about="what became of what was announced ahead")]
    reason: Annotated[str | None, like("called off")]
    merged_into: Annotated[Id | None, like(None)]
    title: Annotated[str, like("Starmer to visit the United States for talks with Trump")]
    summary: Annotated[str | None, like("The article says 'next week'.")]
    quote: Annotated[str | None, like("there must be a US backstop")]
    conditions: Annotated[list[str], like(["a lasting peace agreement"])]
    occurred: When
    place: Where | None
    participants: list[Who]
    subjects: Annotated[list[Country], like(["UKR"])]
    topics: Annotated[list[str], like(["security-guarantees"])]
    reports: list[Source]
    source_ref: Annotated[str | None, like("seed:paris-summit:A5")]
    known_from: Annotated[Moment, like("2025-02-17T21:00:00Z", about="since when the public could know")]
    recorded_at: Annotated[Moment, like("2026-11-22T10:00:00.123456Z", about="since when this log holds this state")]
    version: Annotated[int, like(1), Field(ge=1)]
    position: Position


class ActionPage(Shape):
    """A page of actions, and the moment it was read at."""

    results: list[Action]
    as_of: Moment
    position: Position
    next: Annotated[str | None, like("/api/timeline?cursor=WzE3Mzk4", about="the path of the page that follows")]
    total: Total | None = None
    query: Annotated[dict[str, Any], like({"country": ["GBR"], "from": "2025-02-01"}, about="what was understood")]


class Recorded(Shape):
    """Where a fact stands in the log."""

    id: Id
    version: Annotated[int, like(1), Field(ge=1)]
    position: Position


class Alike(Shape):
    id: Id
    title: Annotated[str, like("Starmer to visit the United States for talks with Trump")]
    reasons: Annotated[list[str], like(["same kind: visit", "dates overlap: 2025-02-27", "both: GBR, USA"])]


class RecordedReport(Recorded):
    """Where a report stands in the log, and what may be the same action."""

    similar: Annotated[list[Alike] | None, Field(description="null where the views do not hold the report yet")]


class SimilarRow(Shape):
    action: Action
    reasons: Annotated[list[str], like(["same kind: visit", "dates overlap", "both: GBR, USA"])]


class SimilarList(Answer):
    """Actions that may be the same as this one; none is ever merged by itself."""

    results: list[SimilarRow]
