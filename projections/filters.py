"""The filters of every view, and the SQL conditions on version rows `v` that they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from domain.people import person_key
from domain.search import terms
from projections.search import MATCHING, Dialect, expression
from projections.stretches import HAS_START, UNDATED, DateMatch

MOST_LANES = 8
"""Lanes that one page is merged from; of more countries than that, the lane of all is looked through."""
PartyKind = Literal["country", "organisation", "person"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Each tuple is an OR; `match` "all" makes `country` an AND. Days are ISO texts, inclusive."""

    country: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    source_ref: tuple[str, ...] = ()
    q: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    place: tuple[str, ...] = ()
    """Countries that actions take place in; asked for by no parameter, nor is the next."""
    without: tuple[str, ...] = ()
    """Countries that take no part."""
    also: tuple[tuple[PartyKind, str], ...] = ()
    """Parties that take part, too, each of them, in whatever role."""
    date_match: DateMatch = "overlap"
    match: Literal["any", "all"] = "any"

    @property
    def dated(self) -> bool:
        """Whether actions without any date are left out."""
        return self.start is not None or self.end is not None


class Conditions:
    """SQL conditions on a row `v`, joined by AND, and their parameters under names of their own.

    `lanes` are those to read from (none: that of all), and `in_lanes` says the same of a row in the lane of all.
    `postings` are pairs: a condition, and the SELECT of all states that meet it, from which to begin where it is rare.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.params: dict[str, Any] = {}
        self.lanes: Sequence[str] = ()
        self.in_lanes = ""
        self.postings: list[tuple[str, str]] = []

    def add(self, sql: str, **params: Any) -> None:
        self.parts.append(sql)
        self.params |= params

    def first(self, sql: str, **params: Any) -> None:
        """What is to be looked at before all else, since it is cheap and leaves little."""
        self.parts.insert(0, sql)
        self.params |= params

    def value(self, value: Any) -> str:
        """A placeholder for one more value."""
        name = f"v{len(self.params)}"
        self.params[name] = value
        return f":{name}"

    def among(self, column: str, values: Sequence[Any]) -> str:
        return f"{column} IN ({', '.join(map(self.value, values))})"

    def anywhere(self) -> str:
        """All of them at once, for a row in the lane of all."""
        return " AND ".join(
            [*self.parts, *filter(None, [self.in_lanes]), *(condition for condition, _ in self.postings)]
        )

    def party(self, sql: str) -> str:
        return f"EXISTS (SELECT 1 FROM parties p WHERE p.state = v.state AND {sql})"

    def taking_part(self, sql: str) -> None:
        """Some participant is an organisation or a person as `sql` says."""
        self.postings.append((self.party(sql), f"SELECT p.state FROM parties p WHERE {sql}"))


def in_lane(lane: str) -> str:
    """The condition that a row stands in another lane, too, named by a placeholder or a column.

    In that lane the next one is near, while the parties of its state lie anywhere. `OFFSET 0` changes nothing but that
    PostgreSQL looks for one row after the other, as SQLite does: else it joins and sorts whole lanes for a page.
    """
    place = ("stretch", "day", "action", "known_from", "from_position")
    same = " AND ".join(f"too.{column} = v.{column}" for column in place)
    return f"EXISTS (SELECT 1 FROM versions too WHERE too.lane = {lane} AND {same} LIMIT 1 OFFSET 0)"


def conditions(filters: Filters, dialect: Dialect) -> Conditions:
    """What a version row must meet. Retracted and merged actions are in no view unless asked for by status."""
    found = Conditions()
    for column in ("kind", "status", "outcome"):
        if values := getattr(filters, column):
            found.add(found.among(f"v.{column}", values))
    if not filters.status:
        found.add("v.status NOT IN ('retracted', 'merged')")
    _parties(found, filters)
    _also(found, filters)
    if filters.without:
        found.add(f"NOT {found.party(found.among('p.country', filters.without))}")
    for facet in ("topic", "publisher", "subject", "source_ref", "place"):
        if values := getattr(filters, facet):
            sql = f"t.facet = '{facet}' AND {found.among('t.value', values)}"
            exists = f"EXISTS (SELECT 1 FROM terms t WHERE t.state = v.state AND {sql})"
            found.postings.append((exists, f"SELECT t.state FROM terms t WHERE {sql}"))
    if filters.q:
        words = " UNION ".join(_words(found, text, dialect) for text in filters.q)
        found.postings.append((f"v.state IN ({words})", words))
    _days(found, filters)
    return found


def _parties(found: Conditions, filters: Filters) -> None:
    """Country, role, organisation and person speak of one and the same participant."""
    persons = tuple(map(person_key, filters.person))
    named = {"role": filters.role, "organisation": filters.organisation, "person": persons}
    parts = [found.among(f"p.{column}", values) for column, values in named.items() if values]
    together = [(country,) for country in filters.country] if filters.match == "all" else [filters.country]
    for countries in filter(None, together):
        sql = " AND ".join([*parts, found.among("p.country", countries)])
        _of_countries(found, countries, sql, plain=not parts)
    if parts and not filters.country:
        _of_role(found, " AND ".join(parts), rare=bool(filters.organisation or persons))


def _of_countries(found: Conditions, countries: Sequence[str], sql: str, plain: bool) -> None:
    """The first countries named give the lanes; where nothing more is said of the participant, that is all."""
    first = not found.lanes and len(countries) <= MOST_LANES
    if first:
        found.lanes, found.in_lanes = countries, found.party(found.among("p.country", countries))
    if plain and not first and len(countries) == 1:
        found.add(in_lane(found.value(countries[0])))
    elif not (first and plain):
        found.add(found.party(sql))


def _of_role(found: Conditions, sql: str, rare: bool) -> None:
    if rare:
        found.taking_part(sql)
    else:
        found.add(found.party(sql))


def _also(found: Conditions, filters: Filters) -> None:
    for kind, key in filters.also:
        sql = found.among(f"p.{kind}", [key])
        if kind == "country":
            _of_countries(found, (key,), sql, plain=True)
        else:
            found.taking_part(sql)


def _words(found: Conditions, text: str, dialect: Dialect) -> str:
    """The states that hold all terms of one text, which has a word."""
    return MATCHING[dialect].format(found.value(expression(dialect, terms(text))))


def _days(found: Conditions, filters: Filters) -> None:
    if filters.dated:
        start, end = (found.value(day) if day else None for day in (filters.start, filters.end))
        found.add(in_range(start, end, filters.date_match))


def in_range(start: str | None, end: str | None, match: DateMatch) -> str:
    """The condition that a row overlaps a range of days or lies within it; `start` and `end` are placeholders."""
    within = match == "within"
    parts = [f"v.stretch <> {UNDATED}"] if start or end else ["1 = 1"]
    if start:
        parts.append(f"v.day >= {start} AND {HAS_START}" if within else f"(v.latest IS NULL OR v.latest >= {start})")
    if end:
        parts.append(f"v.latest <= {end}" if within else f"(v.day <= {end} OR NOT {HAS_START})")
    return " AND ".join(parts)
