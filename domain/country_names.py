"""What the name of a country means, on a day or at large.

The indexes are built at the first look-up of a name, not on import: a text that is a code needs none of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from domain.country_list import COUNTRIES, Country
from domain.former_country_table import DATED_NAMES, WITHDRAWN
from domain.naming import LONGEST, close_to, fold

_TURNED = re.compile(r"([^,()]+)(?:, *| \()([^,()]+)\)?")
_BRACKETED = re.compile(r"(.+?) *\(([^()]+)\)")
_QUALIFIERS = frozenset(
    f"{state}{body}"
    for state in ("", "former ", "interim ", "provisional ", "transitional ")
    for body in ("authority", "government", "government in exile")
) | {"former"}


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A country that a name stands for: always, or where `days` are given, from the first to the last of them only."""

    country: Country
    days: tuple[str, str] | None = None

    def holds(self, day: str) -> bool:
        return self.days is not None and self.days[0] <= day <= self.days[1]


@cache
def _codes() -> dict[str, Country]:
    alpha2 = {country.alpha2: country for country in COUNTRIES.values() if country.alpha2}
    return alpha2 | {old: COUNTRIES[code] for old, code in WITHDRAWN.items()} | COUNTRIES


@cache
def _meanings() -> dict[str, list[_Meaning]]:
    index: dict[str, list[_Meaning]] = {}
    for country in COUNTRIES.values():
        for folded in {fold(name) for name in (country.name, *country.aliases)}:
            index.setdefault(folded, []).append(_Meaning(country))
    for name, code, first, last in DATED_NAMES:
        index.setdefault(fold(name), []).append(_Meaning(COUNTRIES[code], (first, last)))
    return index


def _coded(text: str) -> list[Country]:
    """By alpha-2, alpha-3 or withdrawn alpha-3, in capitals or in small letters ("No" is no code)."""
    is_code = len(text) <= 3 and text.isascii() and (text.isupper() or text.islower())
    return [_codes()[text.upper()]] if is_code and text.upper() in _codes() else []


def _named(folded: str, day: str | None) -> list[Country]:
    """A name's dated meaning, if it has one on the day, goes before its plain ones; without a day it comes last."""
    meanings = _meanings().get(folded, [])
    plain = [meaning.country for meaning in meanings if not meaning.days]
    if day is None:
        return plain or [meaning.country for meaning in meanings]
    return [meaning.country for meaning in meanings if meaning.holds(day)] or plain


def _ways_to_read(text: str) -> Iterator[str]:
    """The name as it stands, then turned round: "Korea, Republic of", "Bolivia (Plurinational State of)"."""
    yield fold(text)
    if turned := _TURNED.fullmatch(text):
        yield fold(f"{turned[2]} {turned[1]}")


def meant(text: str, day: str | None) -> list[Country]:
    """The countries that a code or a name may mean: none, the one, or several."""
    if len(text) > LONGEST:
        return []
    if found := _coded(text):
        return found
    for folded in _ways_to_read(text):
        if found := _named(folded, day):
            return found
    bracketed = _BRACKETED.fullmatch(text)
    return _bracketed(bracketed[1], bracketed[2], day) if bracketed else []


def _bracketed(name: str, addition: str, day: str | None) -> list[Country]:
    """A name with an addition, which must itself be understood: "Georgia (Atlanta)" is not Georgia."""
    named = meant(name, day)
    if fold(addition) in _QUALIFIERS:
        return named
    added = meant(addition, day)
    if not named or not added:
        return []
    return [country for country in named if country in added] or named + added


@lru_cache(maxsize=1_000)
def similar(text: str) -> tuple[Country, ...]:
    """Up to three countries with a name that looks like the text, the closest first. Takes milliseconds."""
    found = (meaning.country for folded in close_to(fold(text), _meanings()) for meaning in _meanings()[folded])
    return tuple(dict.fromkeys(found))[:3]
