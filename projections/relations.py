"""Who met whom: pairs of countries that take part in one action, and who visited whom.

A visit is an action in which a country has the role visitor; it is received by the countries that host it, else by the
country it takes place in.
"""

from collections import Counter
from dataclasses import dataclass, replace

from projections.database import Database
from projections.filters import Filters
from projections.readmodel import Moment
from projections.wanted import wanted

DONE = ("ongoing", "occurred")
"""What relations, counterparts and visits count, unless `status` says otherwise."""

_PAIRS = (
    "SELECT a.country, b.country, COUNT(DISTINCT v.action),"
    " COUNT(DISTINCT CASE WHEN v.countries = 2 THEN v.action END) FROM {source}"
    " JOIN parties a ON a.state = v.state JOIN parties b ON b.state = v.state AND a.country < b.country WHERE {where}"
    " GROUP BY a.country, b.country ORDER BY COUNT(DISTINCT v.action) DESC, a.country, b.country"
)
_VISITS = (
    "SELECT g.country, COALESCE(h.country, v.place), COUNT(DISTINCT v.action) FROM {source}"
    " JOIN parties g ON g.state = v.state AND g.role = 'visitor' AND g.country IS NOT NULL"
    " LEFT JOIN parties h ON h.state = v.state AND h.role = 'host' AND h.country IS NOT NULL"
    " WHERE {where} AND COALESCE(h.country, v.place) <> g.country GROUP BY g.country, COALESCE(h.country, v.place)"
    " ORDER BY COUNT(DISTINCT v.action) DESC, g.country, COALESCE(h.country, v.place)"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two countries, in the order of their codes; `bilateral` counts the actions that nobody else takes part in."""

    a: str
    b: str
    count: int
    bilateral: int


@dataclass(frozen=True, slots=True)
class Visits:
    """How often one country visited another."""

    visitor: str
    host: str
    count: int


def done(filters: Filters) -> Filters:
    """The filters, narrowed to what has begun where they do not speak of status."""
    return filters if filters.status else replace(filters, status=DONE)


async def pairs(database: Database, filters: Filters, at: Moment) -> list[Pair]:
    """Every pair that takes part in an action together, the most frequent first."""
    found = await wanted(database, done(filters), at)
    sql = _PAIRS.format(source=found.source, where=found.where)
    return [Pair(*row) for row in await database.scan(sql, found.params)]


async def visits_between(database: Database, filters: Filters, at: Moment, a: str, b: str) -> tuple[int, int]:
    """How often `a` visited `b`, and `b` `a`. Whoever receives takes part, or is where it takes place all the same."""
    ways = ((a, b), (b, a))
    together = replace(filters, also=(*filters.also, ("country", a), ("country", b)))
    there = [replace(filters, also=(*filters.also, ("country", g)), place=(h,), without=(h,)) for g, h in ways]
    found: Counter[tuple[str, str]] = Counter()
    for some in (together, *there):
        found.update({(row.visitor, row.host): row.count for row in await visits(database, some, at)})
    return found[a, b], found[b, a]


async def visits(database: Database, filters: Filters, at: Moment) -> list[Visits]:
    """Who visited whom, the most frequent first."""
    found = await wanted(database, done(filters), at)
    sql = _VISITS.format(source=found.source, where=found.where)
    return [Visits(*row) for row in await database.scan(sql, found.params)]
