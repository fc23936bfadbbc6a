"""Values in a query or a path: each reader turns text into one, or raises ValueError saying what would be right."""

import re
from collections.abc import Callable
from datetime import date, datetime

from domain.countries import find
from domain.dates import end_of_day
from domain.instants import parse_instant
from domain.organisations import find_organisation
from domain.people import person_key
from domain.search import terms

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
"""A calendar day; Python reads weeks (2025-W08-1) too."""


def one_of(*allowed: str) -> Callable[[str], str]:
    """A reader of a closed vocabulary."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"{text!r} is none of {', '.join(allowed)}")
        return text

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two bounds, inclusive."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    return read


def boolean(text: str) -> bool:
    """true or false."""
    return one_of("true", "false")(text) == "true"


def some(text: str) -> str:
    """Any text that is not blank."""
    if not text.strip():
        raise ValueError("is empty; leave it out for everything")
    return text.strip()


def words(text: str) -> str:
    """A search that holds a word."""
    if not terms(text):
        raise ValueError(f"{text!r} holds no word to look for")
    return text.strip()


def day(text: str) -> str:
    """A day, as ISO text."""
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a day; write it like 2025-02-18") from None


def moment(text: str) -> datetime:
    """An instant; a day means its last microsecond, UTC. A plus sign that came as a blank is understood."""
    if len(text) == 10:
        return end_of_day(date.fromisoformat(day(text)))
    return parse_instant(text.replace(" ", "+") if text[-6:-5] == " " else text)


def country(text: str) -> str:
    """A country by code, name or alias, as alpha-3."""
    return find(text).code


def organisation(text: str) -> str:
    """An organisation by code, name or alias."""
    return find_organisation(text).code


def party(text: str) -> str:
    """A country, an organisation or a person: ``country:GBR``."""
    kind, colon, name = text.partition(":")
    if not colon or kind not in PARTIES or not name.strip():
        raise ValueError(
            f"{text!r} names no party; write it like country:GBR, organisation:NATO or person:keir-starmer"
        )
    return f"{kind}:{PARTIES[kind](name)}"


PARTIES: dict[str, Callable[[str], str]] = {"country": country, "organisation": organisation, "person": person_key}
