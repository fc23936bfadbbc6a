"""An uncertain date: EDTF text, and the first and last day that it leaves possible.

Read are days, months and years (`2025-02~`, `199X`, `2004-06-XX`, `1XXX-12`), spans that were filled (`a/b`, `a/..`,
`../b`) and one unknown day within (`[a..b]`, `[a..]`, `[..b]`). The rest of EDTF (ISO 8601-2) is refused with a hint:
a season means other months south of the equator, and a set of many days is many actions.
"""

import re
from calendar import isleap, month_name, monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import product
from typing import Annotated

from pydantic import AfterValidator, Field

MAX_LENGTH = 64
_DATE = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?[~?%]?")
_ONE_DAY_WITHIN = re.compile(r"\[([^.]*)\.\.([^.]*)\]")
_HINTS = (  # the first pattern found in a refused text says what would be right
    (r"^\s*$", "a date is needed, e.g. 2025-02-14"),
    (r"^[0-9-]{10}[Tt ]", "a day is enough, leave out the time"),
    (r"[^!-~]", "use no blanks, only the digits 0-9, the plain hyphen and X ~ ? % / .. [ ]"),
    (r"[{},]", "for one of several days write [first..last]; several days are several actions"),
    (r"open|unknown|[ux]", "an unknown digit is a capital X, an open or unknown side is .."),
    (r"\.\.|[][/]", "[a..b] is one unknown day from a to b, a/b a span that was filled"),
    (r"[~?%]", "one of ~ ? % stands at the end of a date (% means both ~ and ?)"),
    (r"", "write a day as 2025-02-14, a month as 2025-02, a year as 2025 (0001 to 9999)"),
)


class InvalidDate(ValueError):
    """The message names the text that is wrong, or the part of it, and what would be right."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """`earliest` and `latest` are inclusive, None on an open side; `is_span`: `a/b`, `a/..` or `../b`."""

    text: str
    earliest: date | None
    latest: date | None
    is_span: bool


@lru_cache(maxsize=10_000)
def parse(text: str) -> Edtf:
    """Qualifiers do not widen the bounds. Raises InvalidDate."""
    if len(text) > MAX_LENGTH:
        raise _invalid(f"{text[:MAX_LENGTH]}...", f"a date has at most {MAX_LENGTH} characters")
    if "/" in text:
        return _between(text, *text.split("/", 1), is_span=True)
    if "[" in text and (within := _ONE_DAY_WITHIN.fullmatch(text)):
        return _between(text, within[1] or "..", within[2] or "..", is_span=False)
    return Edtf(text, *_bounds(text), is_span=False)


def day_is_over_at(day: date) -> datetime | None:
    """The instant from which the day has ended everywhere: noon UTC of the next day, since UTC-12 is the last zone.

    None where it has no next day.
    """
    return None if day == date.max else datetime.combine(day + timedelta(days=1), time(12), UTC)


def first_day_not_over(instant: datetime) -> date:
    """The earliest day that has not ended everywhere by then."""
    return (instant - min(timedelta(hours=12), instant - datetime.min.replace(tzinfo=UTC))).date()


def end_of_day(day: date) -> datetime:
    """The last microsecond of the day, UTC."""
    return datetime.combine(day, time.max, UTC)


def shifted(day: date, days: int) -> date:
    """The day so many days later, or earlier where they are negative; never past the ends of the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _between(text: str, start: str, end: str, *, is_span: bool) -> Edtf:
    """From the first day of `start` to the last day of `end`.

    Reversed is what no choice of days puts in order: `2025-03/2025-02`, but not `2025-02-14/2025-02` (from the 14th
    to some later day of that month) nor `2025-02/2025-02-14`.
    """
    if {start, end} <= {"", ".."}:
        raise _invalid(text, "one side needs a date; where nothing is known give no date at all")
    if not (start and end):
        raise _invalid(text, "a side that is open or unknown is written .., e.g. 2025-02-14/.. or ../2025")
    earliest = None if start == ".." else _bounds(start)[0]
    latest = None if end == ".." else _bounds(end)[1]
    if earliest and latest and earliest > latest:
        raise _invalid(text, f"the end, {end}, lies before the start, {start}")
    return Edtf(text, earliest, latest, is_span)


def _bounds(text: str) -> tuple[date, date]:
    """The first and last day of a day, month or year. A part left out is a part with unknown digits."""
    if not (match := _DATE.fullmatch(text)):
        raise _invalid(text, next(hint for pattern, hint in _HINTS if re.search(pattern, text)))
    year, month, day = match.groups("XX")
    years, days = _numbers(year), _days_of_year(month, day)
    earliest, latest = _first(years, days), _first(years[::-1], days[::-1])
    if earliest is None or latest is None:
        raise _invalid(text, _no_such_day(year, month, day))
    return earliest, latest


def _first(years: Sequence[int], days: Sequence[tuple[int, int]]) -> date | None:
    """The first that exists of these days of a leap year; other years lack only 29 February."""
    for year in years if days else ():
        for month, day in days:
            if day != 29 or month != 2 or isleap(year):
                return date(year, month, day)
    return None


@cache  # there are 11 ** 4 such pairs, most of them empty
def _days_of_year(month: str, day: str) -> tuple[tuple[int, int], ...]:
    """Every (month, day) of a leap year that the digits allow, in order."""
    return tuple((m, d) for m in _numbers(month) if m <= 12 for d in _numbers(day) if d <= monthrange(2000, m)[1])


@cache  # there are 11 ** 4 such years, with 20 ** 4 numbers in all
def _numbers(digits: str) -> tuple[int, ...]:
    """Every number above 0 that the digits allow, ascending."""
    choices = product(*(digit.replace("X", "0123456789") for digit in digits))
    return tuple(number for number in map(int, map("".join, choices)) if number)


def _no_such_day(year: str, month: str, day: str) -> str:
    if not _numbers(year):
        return "years run from 0001 to 9999"
    if not _days_of_year(month, "XX"):
        return "months run from 01 to 12; leave out an unknown one, write a season as months, [2025-03..2025-05]"
    if not _numbers(day):
        return "days run from 01; leave out an unknown one"
    if "X" in year + month:
        return "none of these months has such a day"
    return f"{month_name[int(month)]} {year} has {monthrange(int(year), int(month))[1]} days"


def _invalid(text: str, why: str) -> InvalidDate:
    """What cannot be printed, a control character or half a surrogate pair, is shown escaped."""
    return InvalidDate(f"{text if text.isprintable() else ascii(text)}: {why}")


EdtfText = Annotated[
    str,
    Field(
        max_length=MAX_LENGTH,
        description="EDTF: a day, month or year, with `~` `?` `%` for doubt and `X` for an unknown digit; `a/b` a span "
        "that was filled, `[a..b]` one unknown day within; `..` for an open side.",
        examples=["2025-02-17", "2025-02~", "199X", "2025-06-24/2025-06-25", "[2025-02-24..2025-03-02]"],
    ),
    AfterValidator(lambda text: parse(text).text),
]
"""EDTF text that `parse` reads, kept as it was written."""
