"""Instants: always with a zone, kept in UTC, written as text in one way only."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
A_DAY = 86_400_000_000
"""Microseconds."""
_BEGINS = re.compile(r"\d{4}-\d\d-\d\d\D", re.ASCII)
"""A calendar day; Python reads weeks (2025-W08-1) and days without hyphens too."""
FOREVER = 1 << 62
"""Microseconds that no instant reaches: the open end of an interval."""


def parse_instant(value: object) -> datetime:
    """An ISO 8601 text with a zone, or an aware datetime, in UTC.

    Raises ValueError naming the value: numbers, naive texts and instants outside the years 1 to 9999 are refused.
    """
    if isinstance(value, str):
        value = _from_text(value)
    if not isinstance(value, datetime):
        raise ValueError(f"{value!r:.80} is not an instant; write it as text, like 2025-02-17T21:00:00Z")
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no zone; add Z or an offset, like 2025-02-17T21:00:00Z")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{value.isoformat()} lies outside the years 1 to 9999") from None


def _from_text(text: str) -> datetime:
    try:
        if len(text) < 16 or not _BEGINS.match(text):
            raise ValueError
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is not an instant; write it like 2025-02-17T21:00:00Z") from None


def write_instant(instant: datetime) -> str:
    """``2025-02-17T21:00:00Z``, with six decimals where the instant is not on a whole second."""
    return instant.isoformat()[:-6] + "Z"


def to_micros(instant: datetime) -> int:
    """Microseconds since 1970-01-01T00:00:00Z; exact, negative before it."""
    return (instant - EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The inverse of `to_micros`."""
    return EPOCH + timedelta(microseconds=micros)


Instant = Annotated[
    datetime,
    BeforeValidator(parse_instant),
    PlainSerializer(write_instant, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2025-02-17T21:00:00Z"]}),
]
