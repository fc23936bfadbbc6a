"""Who met whom: pairs of countries that take part in one action, and who visited whom, as projections/ties.py says."""

from collections import Counter
from dataclasses import dataclass, replace

from projections.database import Database
from projections.filters import Filters
from projections.readmodel import Moment
from projections.rows import EVERYTHING
from projections.summed import lane_of, tallied
from projections.ties import BOTH, DONE, GUESTS, HOST
from projections.wanted import wanted

_PAIRS = (
    "SELECT a.country, b.country, COUNT(DISTINCT v.state),"
    f" COUNT(DISTINCT CASE WHEN v.countries = 2 THEN v.action END) FROM {{source}}{BOTH} WHERE {{where}}"
    " GROUP BY a.country, b.country ORDER BY COUNT(DISTINCT v.state) DESC, a.country, b.country"
)
_VISITS = (
    f"SELECT g.country, {HOST}, COUNT(DISTINCT v.state) FROM {{source}}{GUESTS}"
    f" WHERE {{where}} AND {HOST} <> g.country GROUP BY g.country, {HOST}"
    f" ORDER BY COUNT(DISTINCT v.state) DESC, g.country, {HOST}"
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
    """The filters, narrowed to what has begun where they do not speak of status: of that relations and visits tell."""
    return filters if filters.status else replace(filters, status=DONE)


async def pairs(database: Database, filters: Filters, at: Moment) -> list[Pair]:
    """Every pair that takes part in an action together, the most frequent first."""
    if lane_of(filters) == EVERYTHING:
        kept, two = [await tallied(database, EVERYTHING, facet, at) for facet in ("pair", "two")]
        if kept is not None and two is not None:
            found = [Pair(*_two(pair), count, two.get(pair, 0)) for pair, count in kept.items()]
            return sorted(found, key=lambda pair: (-pair.count, pair.a, pair.b))
    asked = await wanted(database, done(filters), at)
    sql = _PAIRS.format(source=asked.source, where=asked.where)
    return [Pair(*row) for row in await database.scan(sql, asked.params)]


async def visits_between(database: Database, filters: Filters, at: Moment, a: str, b: str) -> tuple[int, int]:
    """How often `a` visited `b`, and `b` `a`. Whoever receives takes part, or is where it takes place all the same."""
    ways = ((a, b), (b, a))
    if done(filters) == done(Filters()):
        kept = [await tallied(database, guest, "visits", at) for guest, _ in ways]
        went = [tally.get(host, 0) for (_, host), tally in zip(ways, kept, strict=True) if tally is not None]
        if len(went) == len(ways):
            return went[0], went[1]
    together = replace(filters, also=(*filters.also, ("country", a), ("country", b)))
    there = [replace(filters, also=(*filters.also, ("country", g)), place=(h,), without=(h,)) for g, h in ways]
    found: Counter[tuple[str, str]] = Counter()
    for some in (together, *there):
        found.update({(row.visitor, row.host): row.count for row in await visits(database, some, at)})
    return found[a, b], found[b, a]


async def visits(database: Database, filters: Filters, at: Moment) -> list[Visits]:
    """Who visited whom, the most frequent first."""
    kept = await tallied(database, EVERYTHING, "visit", at) if lane_of(filters) == EVERYTHING else None
    if kept is not None:
        went = [Visits(*_two(pair), count) for pair, count in kept.items()]
        return sorted(went, key=lambda visit: (-visit.count, visit.visitor, visit.host))
    found = await wanted(database, done(filters), at)
    sql = _VISITS.format(source=found.source, where=found.where)
    return [Visits(*row) for row in await database.scan(sql, found.params)]


def _two(pair: str) -> tuple[str, str]:
    first, second = pair.split()
    return first, second
