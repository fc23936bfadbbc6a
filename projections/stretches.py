"""How far a version reaches around its day: what lets a page begin at its first row and end at its last one.

A version stands at one day, `earliest`, else `latest`. It overlaps a range that begins later if it is long, was known
before its day if it was announced ahead, and as a plan it is known no longer than until its day is over. Rows are kept
apart by how much of these they have, so that of each stretch only days within fixed distances of the range and of the
day of knowledge need be read. Nearly all rows are in the first two, and in the third those of all plans that are past.
What takes one day is by itself, since there is most of it, and no month before a range need be looked through for it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.dates import shifted

DateMatch = Literal["overlap", "within"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Numbers of days, at most: from a version's day to its latest day; from the day it was known to its day; from its
    day to the day it ceased to be known. None: any number. `has_start`: whether the day is `earliest`.
    """

    number: int
    span: int | None
    lead: int | None
    until: int | None = None
    has_start: bool = True


DATED = (
    Stretch(0, span=0, lead=0),
    Stretch(1, span=31, lead=0),
    Stretch(2, span=31, lead=92, until=33),
    Stretch(3, span=31, lead=1100, until=33),
    Stretch(4, span=31, lead=92),
    Stretch(5, span=366, lead=366),
    Stretch(6, span=None, lead=None),
    Stretch(7, span=None, lead=None, has_start=False),
)
UNDATED = len(DATED)
HAS_START = "v.stretch <> 7"
"""The condition on a version row that its day is `earliest`; of an undated row it says nothing."""
EARLIEST = f"CASE WHEN {HAS_START} THEN v.day END"


def stretch_of(earliest: date | None, latest: date | None, known_from: date, known_to: date | None) -> int:
    """The number of the first stretch that a version fits in; the days between which it is known are its own."""
    if earliest is None:
        return UNDATED if latest is None else DATED[-1].number
    span = (latest - earliest).days if latest else None
    lead = (earliest - known_from).days
    until = (known_to - earliest).days if known_to else None
    return next(
        one.number for one in DATED if _fits(span, one.span) and _fits(lead, one.lead) and _fits(until, one.until)
    )


def _fits(days: int | None, most: int | None) -> bool:
    return most is None or (days is not None and days <= most)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day that rows can have, inclusive ISO texts; None where nothing bounds them."""

    first: str | None
    last: str | None


def bounds(stretch: Stretch, start: str | None, end: str | None, match: DateMatch, known: date | None) -> Bounds | None:
    """Where rows of a stretch lie that meet a range of days and were known on a day; None where there can be none."""
    if not stretch.has_start:
        return None if match == "within" and start else Bounds(start, end if match == "within" else None)
    back = 0 if match == "within" else stretch.span
    first = [shifted(date.fromisoformat(start), -back).isoformat()] if start and back is not None else []
    last = [end] if end else []
    if known and stretch.until is not None:
        first.append(shifted(known, -stretch.until).isoformat())
    if known and stretch.lead is not None:
        last.append(shifted(known, stretch.lead).isoformat())
    return Bounds(max(first, default=None), min(last, default=None))


def plans_from(known: date) -> tuple[str, str]:
    """The last day of which no plan was known on a day, but for the few that lapsed late; and the one after it."""
    back = DATED[2].until or 0
    return shifted(known, -back - 1).isoformat(), shifted(known, -back).isoformat()
