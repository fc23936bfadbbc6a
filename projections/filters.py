"""The filters of every view, and the SQL conditions on version rows `v` that they mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from domain.people import person_key
from domain.search import terms
from projections.search import MATCHING, Dialect, expression

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
    also: tuple[tuple[PartyKind, str], ...] = ()
    """Parties that take part, too, each of them: whom a page is about, where the filters name others of its kind."""
    date_match: Literal["overlap", "within"] = "overlap"
    match: Literal["any", "all"] = "any"

    @property
    def dated(self) -> bool:
        """Whether actions without any date are left out."""
        return self.start is not None or self.end is not None


class Conditions:
    """SQL conditions, joined by AND, and their parameters under names of their own."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.params: dict[str, Any] = {}

    def add(self, sql: str, **params: Any) -> None:
        self.parts.append(sql)
        self.params |= params

    def value(self, value: Any) -> str:
        """A placeholder for one more value."""
        name = f"v{len(self.params)}"
        self.params[name] = value
        return f":{name}"

    def among(self, column: str, values: Sequence[Any]) -> str:
        return f"{column} IN ({', '.join(map(self.value, values))})"

    def sql(self) -> str:
        return " AND ".join(self.parts)


def conditions(filters: Filters, dialect: Dialect) -> Conditions:
    """What a version row must meet. Retracted and merged actions are in no view unless asked for by status."""
    found = Conditions()
    _scalars(found, filters)
    for sql in (*_parties(found, filters), *_also(found, filters)):
        found.add(f"EXISTS (SELECT 1 FROM parties p WHERE p.state = v.state AND {sql})")
    for facet in ("topic", "publisher", "subject"):
        if values := getattr(filters, facet):
            sql = found.among("t.value", values)
            found.add(f"EXISTS (SELECT 1 FROM terms t WHERE t.state = v.state AND t.facet = '{facet}' AND {sql})")
    if filters.q:
        found.add(f"({' OR '.join(_words(found, text, dialect) for text in filters.q)})")
    _days(found, filters)
    return found


def _scalars(found: Conditions, filters: Filters) -> None:
    for column in ("kind", "status", "outcome", "source_ref"):
        if values := getattr(filters, column):
            found.add(found.among(f"v.{column}", values))
    if not filters.status:
        found.add("v.status NOT IN ('retracted', 'merged')")


def _parties(found: Conditions, filters: Filters) -> Iterator[str]:
    """Country, role, organisation and person speak of one and the same participant."""
    persons = tuple(map(person_key, filters.person))
    named = {"role": filters.role, "organisation": filters.organisation, "person": persons}
    parts = [found.among(f"p.{column}", values) for column, values in named.items() if values]
    if filters.match == "all":
        for country in filters.country:
            yield " AND ".join([*parts, found.among("p.country", [country])])
    elif filters.country:
        parts.append(found.among("p.country", filters.country))
    if parts and not (filters.match == "all" and filters.country):
        yield " AND ".join(parts)


def _also(found: Conditions, filters: Filters) -> Iterator[str]:
    for kind, key in filters.also:
        yield found.among(f"p.{kind}", [key])


def _words(found: Conditions, text: str, dialect: Dialect) -> str:
    """All terms of one text; a text without any word is found nowhere."""
    wanted = terms(text)
    return MATCHING[dialect].format(found.value(expression(dialect, wanted))) if wanted else "1 = 0"


def _days(found: Conditions, filters: Filters) -> None:
    within = filters.date_match == "within"
    if filters.dated:
        found.add("v.day IS NOT NULL")
    if filters.start:
        day = found.value(filters.start)
        found.add(f"v.earliest >= {day}" if within else f"(v.latest IS NULL OR v.latest >= {day})")
    if filters.end:
        day = found.value(filters.end)
        found.add(f"v.latest <= {day}" if within else f"(v.earliest IS NULL OR v.earliest <= {day})")
