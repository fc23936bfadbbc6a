"""From filters and a moment to SQL: where to begin reading, and what a version row `v` must meet.

Three ways in: from what is rare (a person, a topic, a word), where few states have it; else from slices of the lanes,
each stretch from its first to its last possible day; else, to be counted without a range, from whole lanes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from domain.instants import from_micros, to_micros
from projections import years
from projections.database import Database
from projections.estimates import often, rows_of
from projections.filters import MOST_LANES, Conditions, Filters, conditions
from projections.readmodel import Moment
from projections.rows import EVERYTHING
from projections.stretches import DATED, UNDATED, Stretch, bounds, plans_from
from projections.years import Run

RARE = 2_000
"""States that are gathered and sorted sooner than a page looks for them, which is soon full, in whatever log."""
GATHERED = 16
"""Rows that are looked at in the time in which one is gathered: what is to be read whole."""
HELD = "v.from_position <= :position AND v.to_position > :position"
KNOWN = f"v.known_from <= :known AND v.known_to > :known AND {HELD}"
_USED = (
    "v.action, v.state, v.stretch, v.day, v.latest, v.kind, v.status, v.outcome, v.place, v.countries, v.heard,"
    " v.known_from, v.known_to"
)
_LAST = to_micros(datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read: `source`, to stand after FROM, gives rows `v`, and `where` says which; `params` are those of both.

    `lanes` are the placeholders of the lanes to read, `runs` the years to read in and `stretches` how far their rows
    reach; all are empty where rows are gathered from what is rare. `parts` is what a row must meet in any lane.
    """

    filters: Filters
    at: Moment | None
    parts: str
    params: dict[str, Any]
    source: str
    where: str
    lanes: Sequence[str] = ()
    runs: Sequence[Run] = ()
    stretches: Sequence[Stretch] = ()

    @property
    def counted(self) -> str:
        """How actions are counted at a moment, when each has one state: by that, since a number is sooner compared."""
        return "COUNT(DISTINCT v.state)" if self.distinct else "COUNT(*)"

    @property
    def distinct(self) -> str:
        """What makes an action of several countries, which comes once for each of their lanes, come once."""
        return "DISTINCT " if len(self.lanes) > 1 else ""

    def slices(self, run: Run) -> Iterator[str]:
        """Conditions that each leave one stretch of one lane, as far as it can matter in a run of years."""
        for stretch in self.stretches:
            if stretch.number in run.stretches and (days := self._days(stretch, run)):
                for lane in self.lanes:
                    yield f"v.lane = {lane} AND v.stretch = {stretch.number}{days}"

    def parted(self, run: Run) -> list[Run]:
        """A run of years, cut where plans that were known at the moment begin: before it fewer stretches match."""
        if self.at is None:
            return [run]
        before, begin = plans_from(instant(self.at).date())
        if not run.first <= before < run.last:
            return [run]
        return [replace(run, last=before), replace(run, first=begin)]

    def _days(self, stretch: Stretch, run: Run) -> str | None:
        """The condition on the day; None where no row of the stretch can match in these years."""
        asked, known = self.filters, instant(self.at).date() if self.at else None
        bound = bounds(stretch, asked.start, asked.end, asked.date_match, known)
        if bound is None:
            return None
        first, last = max(run.first, bound.first or run.first), min(run.last, bound.last or run.last)
        if first > last:
            return None
        own = f"{stretch.number}_{run.first.replace('-', '')}"
        names = f"first_{own}", f"last_{own}"
        self.params.update(zip(names, (first, last), strict=True))
        return f" AND v.day >= :{names[0]} AND v.day <= :{names[1]}"


def instant(at: Moment) -> datetime:
    """The moment on the reported clock, no later than the calendar goes."""
    return from_micros(min(at.known, _LAST))


async def wanted(database: Database, filters: Filters, at: Moment | None, position: int = 0) -> Wanted:
    """What the filters leave at a moment; without one, every version that is held at a position, whenever known."""
    return _sliced(await unsliced(database, filters, at, position, whole=True))


async def unsliced(
    database: Database, filters: Filters, at: Moment | None, position: int = 0, whole: bool = False
) -> Wanted:
    """The same for what reads slice by slice itself, and so in order; `source` and `where` are of whole lanes.

    `whole`: whether all of it will be read, and not only a page.
    """
    facts = at.position if at else position
    found = conditions(await _rarest_first(database, filters), database.dialect)
    if at:
        found.first(KNOWN, known=at.known, position=at.position)
    else:
        found.first(HELD, position=position)
    rows = await rows_of(database, found.lanes, filters.start, filters.end, facts) if whole and found.postings else 0
    rarest = await _rarest(database, found, max(RARE, rows // GATHERED))
    parts = [*found.parts, *(condition for number, (condition, _) in enumerate(found.postings) if number != rarest)]
    if rarest is not None:
        where = " AND ".join(["v.state = f.state", "v.lane = ''", *filter(None, [found.in_lanes]), *parts])
        source = f"(SELECT DISTINCT state FROM ({found.postings[rarest][1]}) x) f CROSS JOIN versions v"
        return Wanted(filters, at, "", found.params, source, where)
    lanes = [found.value(lane) for lane in found.lanes or (EVERYTHING,)]
    known = await years.read(database, facts)
    everywhere = f"v.lane IN ({', '.join(lanes)}) AND {' AND '.join(parts)}"
    return Wanted(
        filters, at, " AND ".join(parts), found.params, "versions v", everywhere, lanes, known.runs(at), known.stretches
    )


async def _rarest_first(database: Database, filters: Filters) -> Filters:
    """The same, where several countries are all to take part the rarest one named first: its lane is read."""
    of_one_participant = filters.role or filters.organisation or filters.person
    if not of_one_participant and (filters.match == "all" or len(filters.country) < 2):
        also = [party for party in filters.also if party[0] != "country"]
        named = dict.fromkeys([*filters.country, *(key for kind, key in filters.also if kind == "country")])
        filters = replace(filters, country=tuple(named), match="all", also=tuple(also))
    if filters.match == "any" or len(filters.country) < 2:
        return filters
    counts = await often(database, filters.country)
    return replace(filters, country=tuple(sorted(filters.country, key=lambda country: counts.get(country, 0))))


async def _rarest(database: Database, found: Conditions, rare: int) -> int | None:
    """The posting with the fewest states, if few enough have it."""
    if not found.postings:
        return None
    counted = [f"(SELECT COUNT(*) FROM (SELECT 1 FROM ({sql}) y LIMIT :rare) x)" for _, sql in found.postings]
    read = database.scan if rare > RARE else database.read
    numbers = (await read(f"SELECT {', '.join(counted)}", {**found.params, "rare": rare + 1}))[0]
    return min(range(len(numbers)), key=numbers.__getitem__) if min(numbers) <= rare else None


def _sliced(whole: Wanted) -> Wanted:
    """The same read by slices, where a range of days or a past day of knowledge leaves part of the lanes.

    What is gathered from what is rare has no lanes.
    """
    dated = [run for run in whole.runs if run.first]
    last = max((run.last for run in dated), default="")
    past = whole.at is not None and instant(whole.at).date().isoformat() < last
    if not whole.lanes or not (whole.filters.dated or past):
        return whole
    slices = [one for run in dated for one in whole.slices(run)]
    if not whole.filters.dated:
        slices += [f"v.lane = {lane} AND v.stretch = {UNDATED}" for lane in whole.lanes]
    if not slices:
        return replace(whole, where="1 = 0")
    if len(slices) > MOST_SLICES:
        return whole
    read = " UNION ALL ".join(f"SELECT {_USED} FROM versions v WHERE {one} AND {whole.parts}" for one in slices)
    return replace(whole, source=f"({read}) v", where="1 = 1")


MOST_SLICES = MOST_LANES * (len(DATED) + 1)
"""Parts of one statement; SQLite takes 500. All stretches of all lanes that are merged, in one run of years."""
