"""The shapes of all answers, for OpenAPI and for the tests that hold every answer's bytes against them.

Nothing is validated or rendered with these when answering: an action's bytes were rendered when it was projected.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.content import Basis
from domain.effects import Effect
from domain.events import Outcome, Status
from domain.parties import Role


def _as(*examples: Any, about: str | None = None) -> Any:
    return Field(examples=list(examples), description=about)


Id = Annotated[str, _as("9d4b3c8e-54f5-5d67-a8b0-0e3c1e9b3f55"), Field(pattern=r"^[0-9a-f-]{36}$")]
Moment = Annotated[str, _as("2025-02-17T21:00:00Z"), Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$")]
Day = Annotated[str, _as("2025-02-27"), Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Country = Annotated[str, _as("GBR"), Field(pattern=r"^[A-Z]{3}$")]
Position = Annotated[int, _as(5, about="a place in the log, with gaps"), Field(ge=0)]
Next = Annotated[str | None, _as("/api/timeline?cursor=WzE3Mzk4", about="the path of the page that follows")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class When(Shape):
    edtf: Annotated[str | None, _as("[2025-02-24..2025-03-02]", about="EDTF")]
    earliest: Annotated[Day | None, _as("2025-02-24", about="inclusive; null on an open side")]
    latest: Annotated[Day | None, _as("2025-03-02", about="inclusive; null on an open side")]
    basis: Annotated[Basis | None, _as("derived")]


class Where(Shape):
    name: Annotated[str | None, _as("White House, Washington")]
    country: Annotated[Country | None, _as("USA")]


class Who(Shape):
    country: Annotated[Country | None, _as("GBR")]
    organisation: Annotated[str | None, _as("NATO")]
    person: Annotated[str | None, _as("Keir Starmer")]
    title: Annotated[str | None, _as("Prime Minister")]
    role: Annotated[Role, _as("visitor")]


class Source(Shape):
    publisher: Annotated[str, _as("seed article")]
    title: Annotated[str | None, _as("UK Prime Minister on the US backstop after the Paris summit")]
    url: Annotated[str | None, _as("https://example.org/news/1")]
    published_at: Moment
    language: Annotated[str | None, _as("en")]
    locator: Annotated[str | None, _as("line 9")]


class Action(Shape):
    """A diplomatic action, as known at a moment."""

    id: Id
    kind: Annotated[str, _as("visit")]
    status: Annotated[Status, _as("planned")]
    outcome: Annotated[Outcome | None, _as("open", about="what became of what was announced ahead")]
    reason: Annotated[str | None, _as("called off")]
    merged_into: Annotated[Id | None, _as(None)]
    title: Annotated[str, _as("Starmer to visit the United States for talks with Trump")]
    summary: Annotated[str | None, _as("The article says 'next week'.")]
    quote: Annotated[str | None, _as("there must be a US backstop")]
    conditions: Annotated[list[str], _as(["a lasting peace agreement"])]
    occurred: When
    place: Where | None
    participants: list[Who]
    subjects: Annotated[list[Country], _as(["UKR"])]
    topics: Annotated[list[str], _as(["security-guarantees"])]
    reports: list[Source]
    source_ref: Annotated[str | None, _as("seed:paris-summit:A5")]
    known_from: Annotated[Moment, _as("2025-02-17T21:00:00Z", about="since when the public could know")]
    recorded_at: Annotated[Moment, _as("2026-11-22T10:00:00.123456Z", about="since when this log holds this state")]
    version: Annotated[int, _as(1), Field(ge=1)]
    position: Position


class Total(Shape):
    value: Annotated[int, _as(49), Field(ge=0)]


class ActionPage(Shape):
    """A page of actions, and the moment it was read at."""

    results: list[Action]
    as_of: Moment
    position: Position
    next: Next
    total: Total | None = None
    query: Annotated[dict[str, Any], _as({"country": ["GBR"], "from": "2025-02-01"}, about="what was understood")]


class LoggedFact(BaseModel):
    """A fact as the log holds it; beside these members those of its type in the native format."""

    model_config = ConfigDict(extra="allow", strict=True)

    position: Position
    id: Id
    version: Annotated[int, _as(2), Field(ge=1)]
    type: Annotated[str, _as("confirmed")]
    recorded_at: Moment
    reported_at: Annotated[Moment, _as("2025-02-27T21:00:00Z", about="the fact's clock")]


class FactPage(Shape):
    """Facts in the order of the log."""

    results: list[LoggedFact]
    next: Annotated[str | None, _as("/api/events?after=100&limit=100")]
    as_of: Moment | None = None
    position: Position | None = None
    query: Annotated[dict[str, Any] | None, _as({"after": 0})] = None


class FieldChanged(Shape):
    """What a fact did to a field, in the order of the clocks."""

    field: Annotated[str, _as("status")]
    before: Annotated[Any, _as("planned")]
    after: Annotated[Any, _as("occurred")]


class TracedFact(LoggedFact):
    """A fact, and what became of it at the moment asked for."""

    effect: Annotated[
        Effect,
        _as(
            "stands",
            about="stands; overridden, by other facts; halted: it lies under a retraction or a merge; nothing: it says"
            " what was known already; later: it was not known then",
        ),
    ]
    by: Annotated[list[int], _as([24], about="positions of the facts that override or halt it")]
    changed: list[FieldChanged]


class FactInShort(Shape):
    """Where a fact stands in the log, and since when the public could know of it."""

    position: Position
    version: Annotated[int, _as(2), Field(ge=1)]
    type: Annotated[str, _as("confirmed")]
    recorded_at: Moment
    reported_at: Annotated[Moment, _as("2025-02-27T21:00:00Z", about="the fact's clock")]
    reason: Annotated[str | None, _as("called off for snow")]


class Ground(Shape):
    """What a field stands on."""

    fact: Annotated[FactInShort | None, Field(description="null where only time passed")]
    report: Annotated[Source | None, Field(description="null where the fact carries none")]


class History(Shape):
    """Every fact of an action, and what each of its fields stands on."""

    results: list[TracedFact]
    next: Annotated[None, _as(None)]
    fields: Annotated[
        dict[str, Ground], _as({"outcome": {"fact": None, "report": None}}, about="by the name of the field")
    ]
    as_of: Moment
    position: Position
    query: Annotated[dict[str, Any], _as({"according_to": "seed article"}, about="what was understood")]


class Recorded(Shape):
    """Where a fact stands in the log."""

    id: Id
    version: Annotated[int, _as(1), Field(ge=1)]
    position: Position


class Alike(Shape):
    id: Id
    title: Annotated[str, _as("Starmer to visit the United States for talks with Trump")]
    reasons: Annotated[list[str], _as(["same kind: visit", "dates overlap: 2025-02-27", "both: GBR, USA"])]


class RecordedReport(Recorded):
    """Where a report stands in the log, and what may be the same action."""

    similar: Annotated[list[Alike] | None, Field(description="null where the views do not hold the report yet")]


class Refusal(Shape):
    line: Annotated[int, _as(3, about="from 1")]
    field: Annotated[str, _as("occurred.edtf")]
    reason: Annotated[str, _as("2023-02-29: February 2023 has 28 days")]


class ImportSummary(Shape):
    """What an import did."""

    format: Annotated[str, _as("ndjson", about="as it was given")]
    dry_run: Annotated[bool, _as(False)]
    read: Annotated[int, _as(15, about="lines that are not blank")]
    recorded: Annotated[int, _as(14, about="facts, those included that the server makes of a merge")]
    unchanged: Annotated[int, _as(0, about="lines that the log held already")]
    rejected: list[Refusal]


class KindRow(Shape):
    name: Annotated[str, _as("visit")]
    plover: Annotated[str | None, _as("CONSULT")]
    mode: Annotated[str | None, _as("visit")]
    cameo: Annotated[list[str], _as(["042", "043"])]
    definition: Annotated[str, _as("An official travels to another country for talks.")]
    label: Annotated[str, _as("Visit")]


class KindList(Shape):
    """The vocabulary of kinds."""

    results: list[KindRow]


class Wrong(Shape):
    loc: Annotated[list[str | int], _as(["country"])]
    msg: Annotated[str, _as("unknown country 'Atlantis'")]


class ProblemDetails(Shape):
    """An error (RFC 9457)."""

    type: Annotated[str, _as("/problems/bad-query")]
    title: Annotated[str, _as("A query parameter is wrong")]
    status: Annotated[int, _as(400)]
    detail: Annotated[str, _as("country: unknown country 'Atlantis'")]
    errors: list[Wrong] | None = None


class Figure(BaseModel):
    """A Plotly figure."""

    model_config = ConfigDict(extra="allow")

    data: Annotated[list[dict[str, Any]], _as([{"type": "scatter", "x": ["2025-02-27"], "y": [0]}])]
    layout: Annotated[dict[str, Any], _as({"height": 400})]


class Keyed(Shape):
    key: Annotated[str | None, _as("visit", about="a value; null for what has no date")]
    count: Annotated[float, _as(12)]


class Met(Shape):
    key: Annotated[str, _as("FRA")]
    count: Annotated[int, _as(7)]
    last: Annotated[Day | None, _as("2025-08-18", about="day of the last action together")]


class Answer(Shape):
    """What every answer that is not paged carries beside its results."""

    as_of: Moment
    position: Position
    query: Annotated[dict[str, Any], _as({"kind": ["visit"]}, about="what was understood")]


class CountRow(Shape):
    period: Annotated[str | None, _as("2025-02", about="null for what has no date, and without an interval")]
    group: Annotated[str | None, _as("visit")]
    group2: Annotated[str | None, _as("GBR", about="the second group, where two were asked for")] = None
    count: Annotated[float, _as(12, about="whole, but with spread=true")]


class CountList(Answer):
    """Actions counted by period and group."""

    results: list[CountRow]


class FacetList(Answer):
    """For each filter, how many of the shown actions have each value."""

    results: Annotated[dict[str, list[Keyed]], _as({"kind": [{"key": "visit", "count": 12}]})]
    total: Total


class ChangeRow(Shape):
    day: Annotated[str, _as("2025-02-20", about="of the reported clock, UTC")]
    count: Annotated[int, _as(2, about="actions that became known, were read differently, or were known no more")]


class ChangeList(Answer):
    """The days on which what was known changed, oldest first."""

    results: list[ChangeRow]


class CountryRow(Shape):
    country: Country
    name: Annotated[str, _as("United Kingdom")]
    count: Annotated[int, _as(21)]


class PartyList(Answer):
    """Countries by how much they take part."""

    results: list[CountryRow]


class Travel(Shape):
    made: list[Keyed]
    received: list[Keyed]


class Ahead(Shape):
    """Days between the day on which actions became known and the day they were to be on; negative if it was before."""

    least: Annotated[int, _as(1)]
    median: Annotated[int, _as(9, about="of two the lower")]
    most: Annotated[int, _as(60)]


class Announced(Shape):
    """What was announced ahead and became of it."""

    outcome: Annotated[Outcome, _as("met")]
    count: Annotated[int, _as(7)]
    ahead: Annotated[Ahead | None, Field(description="null where none of them has a date")]
    url: Annotated[
        str | None,
        _as("/api/timeline?country=GBR&outcome=met", about="all of them; null where the filters name other parties"),
    ]


class Profile(Answer):
    """One country, organisation or person: what it does, with whom, and what became of what was announced."""

    country: Country | None = None
    organisation: Annotated[str | None, _as("NATO")] = None
    person: Annotated[str | None, _as("keir-starmer")] = None
    name: Annotated[str, _as("United Kingdom")]
    count: Annotated[int, _as(21)]
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
    existed: "Lifetime | None" = None
    successors: "list[Successor] | None" = None


class Lifetime(Shape):
    from_: Annotated[str | None, _as("1922-12-30"), Field(alias="from")]
    to: Annotated[str | None, _as("1991-12-26")]


class Successor(Shape):
    country: Country
    name: Annotated[str, _as("Russia")]
    url: Annotated[str, _as("/api/countries/RUS")]


class PairRow(Shape):
    a: Country
    b: Annotated[Country, _as("USA")]
    count: Annotated[int, _as(9)]
    bilateral: Annotated[int, _as(4, about="actions that no third country takes part in")]
    multilateral: Annotated[int, _as(5)]


class PairList(Answer):
    """Pairs of countries that act together, the most frequent first."""

    results: list[PairRow]


class Trip(Shape):
    visitor: Country
    host: Annotated[Country, _as("USA")]
    count: Annotated[int, _as(3)]


class Pair(Answer):
    """Two countries and what they do together."""

    a: Country
    b: Annotated[Country, _as("USA")]
    names: Annotated[dict[str, str], _as({"GBR": "United Kingdom", "USA": "United States"})]
    count: Annotated[int, _as(9)]
    by_month: list[Keyed]
    visits: list[Trip]
    actions: list[Action]
    actions_url: Annotated[
        str | None,
        _as("/api/timeline?country=GBR&country=USA&match=all", about="all; null where `country` names others, too"),
    ]


class SimilarRow(Shape):
    action: Action
    reasons: Annotated[list[str], _as(["same kind: visit", "dates overlap", "both: GBR, USA"])]


class SimilarList(Answer):
    """Actions that may be the same as this one; none is ever merged by itself."""

    results: list[SimilarRow]


class MovedAction(Action):
    """An action, as it is at the later moment, that came into the view or left it."""

    why: Annotated[
        Literal["reported", "reinstated", "retracted", "merged", "lapsed", "changed"],
        _as("reported", about="what made it so; changed: another change brought it into the filters, or out of them"),
    ]
    fact: Annotated[FactInShort | None, Field(description="null where only time passed")]
    report: Annotated[Source | None, Field(description="null where the fact carries none")]


class FieldChange(Shape):
    """A field of an action that the view shows on both sides."""

    id: Id
    title: Annotated[str, _as("Starmer meets Trump at the White House", about="at the later moment")]
    field: Annotated[str, _as("status")]
    before: Annotated[Any, _as("planned")]
    after: Annotated[Any, _as("occurred")]
    fact: Annotated[FactInShort | None, Field(description="null where only time passed")]
    report: Annotated[Source | None, Field(description="null where the fact carries none")]


class Side(Shape):
    as_of: Moment
    position: Position


class Diff(Shape):
    """What differs between two moments."""

    added: list[MovedAction]
    changed: list[FieldChange]
    withdrawn: list[MovedAction]
    next: Annotated[str | None, _as("/api/diff?from=2025-02-18&to=2025-03-01&cursor=WzE3Mzk4")]
    as_of: Annotated[Moment, _as("2025-03-01T23:59:59.999999Z", about="that of the later side")]
    position: Position
    from_: Annotated[Side, Field(alias="from")]
    to: Side
    query: Annotated[dict[str, Any], _as({"country": ["GBR"]}, about="what was understood")]
