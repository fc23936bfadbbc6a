"""What is counted in projections/tallies.py: of which series, in which spans of time, under which number.

A series is what is counted by (`facet`) in a lane, which is empty or a country. A span is a day of the reported clock,
which is numbered from 1 January of the year 1 on, as `date.toordinal` does, a month, numbered from the year 0, or a
block of 60 months, as its first one. So few rows lead up to any day. Series, span and value are one number, the `cell`:
rows of two numbers take half the room and half the time.
"""

from datetime import date
from functools import lru_cache
from itertools import product

from domain.countries import COUNTRIES
from domain.fold import State
from domain.people import key_of
from projections.rows import EVERYTHING
from projections.ties import Tie, ties

OF_A_COUNTRY = ("kind", "status", "outcome", "ahead", "year", "own role", "with", "visits", "visitors")
"""What is kept for each country; `own role`: the roles in which it takes part itself; `ahead`: an outcome and, after a
blank, how many days ahead it was announced, where it has a day. For the last three see projections/ties.py.
"""
OF_ALL = (
    "kind", "status", "outcome", "ahead", "year", "pair", "two", "visit", "country", "organisation", "person", "role",
    "topic", "subject", "publisher", "month",
)  # fmt: skip
"""What is kept for all actions; `month` is a month, a kind and a status, with blanks between."""
BLOCK_OF = 60
"""Months. Of seventy years there are fourteen blocks; to any day in one lead thirty months and fifteen days at most."""
DAY, MONTH, BLOCK, AFTER = 0, 1 << 22, 5 << 20, 1 << 23
"""Where the numbers of spans begin, and what is greater than all."""
SPANS, VALUES = 23, 27
"""Bits of a cell: above the number of its value lies that of its span, and above that the one of its series."""
IS_SPAN, IS_VALUE = (1 << SPANS) - 1, (1 << VALUES) - 1
SERIES = {
    one: number << SPANS + VALUES
    for number, one in enumerate([*product([EVERYTHING], OF_ALL), *product(sorted(COUNTRIES), OF_A_COUNTRY)])
}


def spans_of(day: int) -> tuple[int, int, int]:
    """The day, its month and its block."""
    month = month_of(day)
    return DAY + day, MONTH + month, BLOCK + block_of(month)


def first_cell(lane: str, facet: str, span: int) -> int:
    """The least cell that a series has from a span on."""
    return SERIES[lane, facet] + (span << VALUES)


@lru_cache(maxsize=50_000)
def month_of(day: int) -> int:
    """The number of the month that a day is in."""
    found = date.fromordinal(day)
    return 12 * found.year + found.month - 1


def block_of(month: int) -> int:
    """The first month of the block that a month is in."""
    return month - month % BLOCK_OF


def cells_of(state: State) -> list[Tie]:
    """Lane, facet and value of each count that a state is in."""
    content, parties = state.content, state.content["participants"]
    day = state.occurred.earliest or state.occurred.latest
    year = f"{day.year:04}" if day else ""
    ahead = f"{state.outcome} {(day - state.known_from.date()).days if day else ''}" if state.outcome else None
    alone = {"kind": content["kind"], "status": state.status, "outcome": state.outcome, "ahead": ahead, "year": year}
    countries = {party.country for party in parties if party.country}
    lanes = (EVERYTHING, *countries)
    several = {
        "country": countries,
        "organisation": {party.organisation for party in parties if party.organisation},
        "person": {key_of(party.person, party.title) for party in parties if party.person},
        "role": {party.role for party in parties},
        "topic": set(content["topics"]),
        "subject": set(content["subjects"]),
        "publisher": {report.publisher for report in state.reports},
    }
    return [
        *((lane, facet, value) for facet, value in alone.items() if value is not None for lane in lanes),
        (EVERYTHING, "month", f"{day.isoformat()[:7] if day else ''} {content['kind']} {state.status}"),
        *{(party.country, "own role", party.role) for party in parties if party.country},
        *((EVERYTHING, facet, value) for facet, values in several.items() for value in values),
        *ties(state),
    ]
