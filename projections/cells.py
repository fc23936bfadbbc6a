"""What is counted in projections/tallies.py: of which series, in which spans of time, under which number.

A series is what is counted by (`facet`) in a lane, which is empty or a country. A span is a day of the reported clock,
which is numbered from 1 January of the year 1 on, as `date.toordinal` does, a month, numbered from the year 0, or a
block of 60 months, as its first one. So few rows lead up to any day. Series, span and value are one number, the `cell`:
rows of two numbers take half the room and half the time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.countries import COUNTRIES
from domain.fold import State
from domain.people import key_of
from projections.rows import EVERYTHING
from projections.ties import Tie, ties

ALIKE = (
    "kind", "status", "outcome", "ahead", "year", "month", "country", "organisation", "person", "role", "topic",
    "subject", "publisher",
)  # fmt: skip
"""What is kept for all actions and for each country alike. `ahead` is an outcome and, after a blank, how many days
ahead it was announced, where it has a day; `month` a month, a kind and a status, with blanks between.
"""
OF_ALL = (*ALIKE, "pair", "two", "visit")
OF_A_COUNTRY = (*ALIKE, "own role", "with", "visits", "visitors")
"""`own role`: the roles in which a country takes part itself. For the others see projections/ties.py."""
BLOCK_OF = 60
"""Months. Of seventy years there are fourteen blocks; to any day in one lead thirty months and fifteen days at most."""
DAY, MONTH, BLOCK, AFTER = 0, 1 << 22, 5 << 20, 1 << 23
"""Where the numbers of spans begin, and what is greater than all."""
SPANS, VALUES = 23, 27
"""Bits of a cell: above the number of its value lies that of its span, and above that the one of its series."""
IS_SPAN, IS_VALUE = (1 << SPANS) - 1, (1 << VALUES) - 1
FACETS = {facet: number << SPANS + VALUES for number, facet in enumerate(dict.fromkeys(OF_ALL + OF_A_COUNTRY))}
LANES = {lane: number * len(FACETS) << SPANS + VALUES for number, lane in enumerate([EVERYTHING, *sorted(COUNTRIES)])}
"""The number of a series is the sum of that of its facet and that of its lane."""

Spans = tuple[int, int, int]
"""A day, its month and its block."""


def spans_of(day: int) -> Spans:
    month = month_of(day)
    return DAY + day, MONTH + month, BLOCK + block_of(month)


def first_cell(lane: str, facet: str, span: int) -> int:
    """The least cell that a series has from a span on."""
    return LANES[lane] + FACETS[facet] + (span << VALUES)


@lru_cache(maxsize=50_000)
def month_of(day: int) -> int:
    """The number of the month that a day is in."""
    found = date.fromordinal(day)
    return 12 * found.year + found.month - 1


def block_of(month: int) -> int:
    """The first month of the block that a month is in."""
    return month - month % BLOCK_OF


@dataclass(frozen=True, slots=True)
class Addends:
    """Where a state counts one: under (facet, value) in each of its lanes, and in one lane alone."""

    lanes: Sequence[str]
    alike: Sequence[tuple[str, str]]
    own: Sequence[Tie]

    def __len__(self) -> int:
        return len(self.lanes) * len(self.alike) + len(self.own)

    def values(self) -> set[str]:
        return {value for _, value in self.alike} | {value for _, _, value in self.own}

    def timeless(self, numbers: Mapping[str, int]) -> list[int]:
        """The cells without a span, by the numbers of values."""
        alike = [FACETS[facet] + numbers[value] for facet, value in self.alike]
        own = [LANES[lane] + FACETS[facet] + numbers[value] for lane, facet, value in self.own]
        return [LANES[lane] + cell for lane in self.lanes for cell in alike] + own


def addends_of(state: State) -> Addends:
    """Parties and terms once each, however often they are told."""
    content, parties = state.content, state.content["participants"]
    day = state.occurred.earliest or state.occurred.latest
    year, month = (day.isoformat()[:4], day.isoformat()[:7]) if day else ("", "")
    countries = {party.country for party in parties if party.country}
    by_facet = {
        "country": countries,
        "organisation": {party.organisation for party in parties if party.organisation},
        "person": {key_of(party.person, party.title) for party in parties if party.person},
        "role": {party.role for party in parties},
        "topic": {*content["topics"]},
        "subject": {*content["subjects"]},
        "publisher": {report.publisher for report in state.reports},
        "kind": {content["kind"]},
        "status": {state.status},
        "year": {year},
        "month": {f"{month} {content['kind']} {state.status}"},
    }
    if state.outcome:
        ahead = (day - state.known_from.date()).days if day else ""
        by_facet |= {"outcome": {state.outcome}, "ahead": {f"{state.outcome} {ahead}"}}
    alike = [(facet, value) for facet, values in by_facet.items() for value in values]
    roles = {(party.country, "own role", party.role) for party in parties if party.country}
    return Addends([EVERYTHING, *countries], alike, [*roles, *ties(state)])
