"""All that is asked about one party - a country, an organisation, a person - over the rows that the timeline shows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.dates import first_day_not_over
from projections import pages
from projections.clockwise import lane_of_all
from projections.contacts import last_together
from projections.counts import Count, counts
from projections.database import Database, Row
from projections.filters import Filters, PartyKind
from projections.readmodel import Moment
from projections.relations import done
from projections.rows import EVERYTHING
from projections.summed import lane_of, tallied
from projections.wanted import instant, wanted

_COUNTERPARTS = (
    "SELECT o.country, COUNT(DISTINCT v.state), NULLIF(MAX(v.day), '') FROM {source}"
    " JOIN parties o ON o.state = v.state WHERE o.country IS NOT NULL AND {where} AND NOT EXISTS"
    " (SELECT 1 FROM parties m WHERE m.state = v.state AND m.{kind} = :own AND m.country = o.country)"
    " GROUP BY o.country ORDER BY COUNT(DISTINCT v.state) DESC, o.country"
)
_MADE = (
    "SELECT COALESCE(h.country, v.place), COUNT(DISTINCT v.state) FROM {source}"
    " JOIN parties g ON g.state = v.state AND g.role = 'visitor' AND g.{kind} = :own"
    " LEFT JOIN parties h ON h.state = v.state AND h.role = 'host' AND h.country IS NOT NULL"
    " WHERE {where} AND COALESCE(h.country, v.place, g.country) <> COALESCE(g.country, '')"
    " GROUP BY COALESCE(h.country, v.place) ORDER BY COUNT(DISTINCT v.state) DESC, COALESCE(h.country, v.place)"
)
_RECEIVED = (
    "SELECT g.country, COUNT(DISTINCT v.state) FROM {source}"
    " JOIN parties g ON g.state = v.state AND g.role = 'visitor' AND g.country IS NOT NULL"
    " LEFT JOIN parties h ON h.state = v.state AND h.role = 'host' AND ({host})"
    " WHERE {where} AND ({received}) AND g.country <> COALESCE(h.country, v.place, '')"
    " GROUP BY g.country ORDER BY COUNT(DISTINCT v.state) DESC, g.country"
)


@dataclass(frozen=True, slots=True)
class Party:
    """One party: the filter that it is, and its key there."""

    kind: PartyKind
    key: str


@dataclass(frozen=True, slots=True)
class Met:
    """A country, the number of actions, and the day of the last one that has a date where that is asked for."""

    key: str
    count: int
    last: str | None = None


async def first_known(database: Database, person: str, at: Moment) -> int | None:
    """With which fact the person first took part in what was known by a moment, be it retracted or corrected since."""
    sql = (
        f"SELECT MIN(v.from_position) FROM parties p CROSS JOIN {lane_of_all(database.dialect, 'v', 'state')}"
        " AND v.state = p.state AND p.person = :person AND v.known_from <= :known AND v.from_position <= :position"
    )
    rows = await database.read(sql, {"person": person, "known": at.known, "position": at.position})
    position: int | None = rows[0][0]
    return position


async def grouped(database: Database, filters: Filters, at: Moment, group: str) -> list[Count]:
    """The counts of one group, the most frequent first."""
    return ranked(await counts(database, filters, at, None, [group]))


async def roles(database: Database, filters: Filters, at: Moment, party: Party) -> list[Count]:
    """In which roles the party itself takes part, the most frequent first."""
    if party.kind == "country" and lane_of(filters) == party.key:
        kept = await tallied(database, party.key, "own role", at)
        if kept is not None:
            return ranked(Count(None, (role,), count) for role, count in kept.items())
    found = await counts(database, filters, at, None, [party.kind, "role"])
    return ranked(Count(None, row.group[1:], row.count) for row in found if row.group[0] == party.key)


def ranked(found: Iterable[Count]) -> list[Count]:
    """The most frequent first."""
    return sorted(found, key=lambda row: (-row.count, row.group))


async def counterparts(database: Database, filters: Filters, at: Moment, party: Party) -> list[Met]:
    """The other countries of what the filters leave and has begun; those that the party itself stands for left out."""
    kept = await _kept(database, filters, at, party, "with", {party.key})
    if kept is None:
        return await _met(database, filters, at, party, _COUNTERPARTS)
    last = await last_together(database, party.key, [row.key for row in kept], at)
    return [replace(row, last=last[row.key]) for row in kept]


async def visits_made(database: Database, filters: Filters, at: Moment, party: Party) -> list[Met]:
    """Countries visited: those that host an action in which the party is a visitor, else where it takes place."""
    kept = await _kept(database, filters, at, party, "visits", {EVERYTHING, party.key})
    return await _met(database, filters, at, party, _MADE) if kept is None else kept


async def visits_received(database: Database, filters: Filters, at: Moment, party: Party) -> list[Met]:
    """Countries whose visitors the party hosts; a country is host, too, of what takes place there without a host."""
    if party.kind != "country":
        host = f"h.{party.kind} = :own"
        return await _met(database, filters, at, party, _RECEIVED, host=host, received=host)
    kept = await _kept(database, filters, at, party, "visitors", {EVERYTHING})
    if kept is not None:
        return kept
    parts = {"host": "h.country IS NOT NULL", "received": "COALESCE(h.country, v.place) = :own"}
    present = replace(filters, also=(*filters.also, ("country", party.key)))
    absent = replace(filters, place=(party.key,), without=(party.key,))
    guests: Counter[str] = Counter()
    for some in (present, absent):
        guests.update({row.key: row.count for row in await _met(database, some, at, party, _RECEIVED, **parts)})
    return [Met(key, count) for key, count in sorted(guests.items(), key=_most_first)]


async def _kept(
    database: Database, filters: Filters, at: Moment, party: Party, facet: str, lanes: set[str]
) -> list[Met] | None:
    """What the tallies have of a country, where the filters ask for one of some lanes; None where rows must be read."""
    if party.kind != "country" or lane_of(filters) not in lanes:
        return None
    kept = await tallied(database, party.key, facet, at)
    return None if kept is None else [Met(key, count) for key, count in sorted(kept.items(), key=_most_first)]


def _most_first(met: tuple[str, int]) -> tuple[int, str]:
    return -met[1], met[0]


async def _met(
    database: Database, filters: Filters, at: Moment, party: Party, template: str, **parts: str
) -> list[Met]:
    found = await wanted(database, done(filters), at)
    sql = template.format(kind=party.kind, source=found.source, where=found.where, **parts)
    return [Met(*row) for row in await database.scan(sql, {**found.params, "own": party.key})]


async def edge(database: Database, filters: Filters, at: Moment, sort: pages.Sort) -> Row | None:
    """The first dated action in an order."""
    rows = await pages.page(database, filters, at, sort, None, 1)
    return rows[0] if rows and rows[0][0] else None


async def next_planned(database: Database, filters: Filters, at: Moment) -> Row | None:
    """The first dated action that is planned and not over; None where the filters leave nothing that is."""
    if not (_leaves(filters.status, "planned") and _leaves(filters.outcome, "open")):
        return None
    planned = replace(filters, status=("planned",), outcome=("open",))
    if filters.date_match == "overlap":  # what is open overlaps it all: so there is less to read
        today = first_day_not_over(instant(at)).isoformat()
        planned = replace(planned, start=max(today, filters.start or today))
    return await edge(database, planned, at, "date")


async def lapsed(database: Database, filters: Filters, at: Moment, limit: int = 20) -> list[Row]:
    """What was announced and never told to have happened, newest first; nothing where the filters leave none."""
    if not _leaves(filters.outcome, "lapsed"):
        return []
    return await pages.page(database, replace(filters, outcome=("lapsed",)), at, "-date", None, limit)


def _leaves(asked: Sequence[str], value: str) -> bool:
    return not asked or value in asked
