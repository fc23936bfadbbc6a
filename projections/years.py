"""How early anything of a stretch and year was known, and recorded: what a view of the past need not walk through.

An archive may have become known decades late. Of a year in which nothing was known by K, or recorded by N, no row can
match, so a page as of then does not read it. The table has a row for each stretch and year, small enough to be kept in
memory; what is closed stays counted, which makes a bound looser, never wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from domain.instants import FOREVER
from projections.database import Database, Execute
from projections.readmodel import Moment, reached

TABLES = (
    "CREATE TABLE IF NOT EXISTS years (stretch INTEGER NOT NULL, year TEXT NOT NULL, known_from INTEGER NOT NULL,"
    " from_position INTEGER NOT NULL, PRIMARY KEY (stretch, year)) WITHOUT ROWID",
)
_LOWER = (
    "INSERT INTO years VALUES (?, ?, ?, ?) ON CONFLICT (stretch, year) DO UPDATE SET"
    " known_from = CASE WHEN excluded.known_from < years.known_from THEN excluded.known_from ELSE years.known_from END,"
    " from_position = CASE WHEN excluded.from_position < years.from_position THEN excluded.from_position"
    " ELSE years.from_position END"
)
_READ = "SELECT year, stretch, known_from, from_position FROM years ORDER BY year, stretch"


def apply(execute: Execute, rows: Iterable[tuple[int, str, int, int]]) -> None:
    """Lowers the bounds by new version rows: stretch, day, known_from, from_position."""
    least: dict[tuple[int, str], tuple[int, int]] = {}
    for stretch, day, known, position in rows:
        before = least.get((stretch, day[:4]), (known, position))
        least[stretch, day[:4]] = min(known, before[0]), min(position, before[1])
    execute.many(_LOWER, [(*key, *bounds) for key, bounds in least.items()])


@dataclass(frozen=True, slots=True)
class Run:
    """Years in a row, as their first and last day, in which something of these stretches may match."""

    first: str
    last: str
    stretches: frozenset[int]


@dataclass(frozen=True)
class Years:
    """Rows of (year, stretch, least known_from, least from_position) in order, as read at a position or later."""

    position: int
    rows: Sequence[tuple[str, int, int, int]]

    def runs(self, at: Moment | None) -> list[Run]:
        """The unbroken runs of years in which a version may hold at a moment, in order; without one, any version.

        The undated are a run of their own, under an empty day.
        """
        if at and at.known >= self.last.known and at.position >= self.last.position:
            return self.whole
        return self._runs(at)

    @cached_property
    def last(self) -> Moment:
        """From this moment on something of every year may match."""
        return Moment(max((row[2] for row in self.rows), default=0), max((row[3] for row in self.rows), default=0))

    @cached_property
    def whole(self) -> list[Run]:
        """The runs of all years; found once, since most views are as of now."""
        return self._runs(None)

    @cached_property
    def _years(self) -> list[tuple[str, int, list[tuple[int, int, int]]]]:
        """year, how early anything of it was known, and its rows without the year."""
        years = [(year, [row[1:] for row in rows]) for year, rows in groupby(self.rows, key=itemgetter(0))]
        return [(year, min(known for _, known, _ in rows), rows) for year, rows in years]

    def _runs(self, at: Moment | None) -> list[Run]:
        known, position = (at.known, at.position) if at else (FOREVER, FOREVER)
        found: list[tuple[str, str, set[int]]] = []
        unbroken = False
        for year, least, rows in self._years:
            fit = [one for one, first, since in rows if first <= known and since <= position] if least <= known else []
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


async def read(database: Database, position: int) -> Years:
    """What the table holds at a position or later; rows of later facts only make its bounds looser."""
    kept: Years | None = database.kept.get("years")
    if kept is None or kept.position < position:
        now = await reached(database)
        kept = database.kept["years"] = Years(now.position, await database.read(_READ))
    return kept
