"""How early anything of a stretch and year was known and recorded, and how long before its day: what a view of the past
need not walk through.

An archive may have become known decades late. Of a year in which nothing was known by K, or recorded by N, no row can
match, so a page as of then does not read it; nor does it look further ahead of K than any plan ever did. The table has
a row for each stretch and year, small enough to be kept in memory; what is closed stays counted, which makes a bound
looser, never wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from domain.instants import A_DAY, FOREVER
from projections.database import Database, Execute
from projections.readmodel import Moment, reached
from projections.stretches import DATED, Stretch

TABLES = (
    "CREATE TABLE IF NOT EXISTS years (stretch INTEGER NOT NULL, year TEXT NOT NULL, known_from INTEGER NOT NULL,"
    " from_position INTEGER NOT NULL, lead INTEGER NOT NULL, PRIMARY KEY (stretch, year)) WITHOUT ROWID",
)
_WIDEN = (
    "INSERT INTO years VALUES (?, ?, ?, ?, ?) ON CONFLICT (stretch, year) DO UPDATE SET"
    " known_from = CASE WHEN excluded.known_from < years.known_from THEN excluded.known_from ELSE years.known_from END,"
    " from_position = CASE WHEN excluded.from_position < years.from_position THEN excluded.from_position"
    " ELSE years.from_position END,"
    " lead = CASE WHEN excluded.lead > years.lead THEN excluded.lead ELSE years.lead END"
)
_READ = "SELECT year, stretch, known_from, from_position, lead FROM years ORDER BY year, stretch"
_BEGUN = date(1970, 1, 1).toordinal()


def apply(execute: Execute, rows: Iterable[tuple[int, str, int, int]]) -> None:
    """Widens the bounds by new version rows: stretch, day, known_from, from_position."""
    bounds: dict[tuple[int, str], tuple[int, int, int]] = {}
    for stretch, day, known, position in rows:
        lead = date.fromisoformat(day).toordinal() - _BEGUN - known // A_DAY if day else 0
        before = bounds.get((stretch, day[:4]), (known, position, lead))
        bounds[stretch, day[:4]] = min(known, before[0]), min(position, before[1]), max(lead, before[2])
    execute.many(_WIDEN, [(*key, *found) for key, found in bounds.items()])


@dataclass(frozen=True, slots=True)
class Run:
    """Years in a row, as their first and last day, in which something of these stretches may match."""

    first: str
    last: str
    stretches: frozenset[int]


@dataclass(frozen=True)
class Years:
    """Rows of (year, stretch, least known_from, least from_position, greatest lead) in order, as read at a position or
    later.
    """

    position: int
    rows: Sequence[tuple[str, int, int, int, int]]
    _found: dict[Moment | None, list[Run]] = field(default_factory=dict, compare=False)

    def runs(self, at: Moment | None) -> list[Run]:
        """The unbroken runs of years in which a version may hold at a moment, in order; without one, any version.

        The undated are a run of their own, under an empty day.
        """
        if at and at.known >= self._last.known and at.position >= self._last.position:
            at = None
        if at not in self._found:
            if len(self._found) == KEPT:
                self._found.clear()
            self._found[at] = self._runs(at)
        return self._found[at]

    @cached_property
    def stretches(self) -> list[Stretch]:
        """Those of the dated, with the greatest lead that any row of theirs has."""
        leads: dict[int, int] = {}
        for _, stretch, _, _, lead in self.rows:
            leads[stretch] = max(lead, leads.get(stretch, lead))
        return [replace(one, lead=leads[one.number]) for one in DATED if one.number in leads]

    @cached_property
    def _last(self) -> Moment:
        """From this moment on something of every year may match."""
        return Moment(max((row[2] for row in self.rows), default=0), max((row[3] for row in self.rows), default=0))

    def _runs(self, at: Moment | None) -> list[Run]:
        known, position = (at.known, at.position) if at else (FOREVER, FOREVER)
        found: list[tuple[str, str, set[int]]] = []
        unbroken = False
        for year, rows in groupby(self.rows, key=itemgetter(0)):
            fit = [row[1] for row in rows if row[2] <= known and row[3] <= position]
            if fit and unbroken and year:
                first_year, _, stretches = found[-1]
                stretches.update(fit)
                found[-1] = first_year, year, stretches
            elif fit:
                found.append((year, year, set(fit)))
            unbroken = bool(fit and year)
        return [
            Run(first and f"{first}-01-01", last and f"{last}-12-31", frozenset(some)) for first, last, some in found
        ]


KEPT = 100
"""Moments whose runs are remembered: a view asks for those of its moment many times."""


async def read(database: Database, position: int) -> Years:
    """What the table holds at a position or later; rows of later facts only make its bounds looser."""
    kept: Years | None = database.kept.get("years")
    if kept is None or kept.position < position:
        now = await reached(database)
        kept = database.kept["years"] = Years(now.position, await database.read(_READ))
    return kept
