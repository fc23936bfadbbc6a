"""What the name of a country means, on a day or at large.

The indexes are built at the first look-up of a name, not on import: a text that is a code needs none of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from domain.country_list import COUNTRIES, Country
from domain.former_country_table import DATED_NAMES, WITHDRAWN
from domain.naming import LONGEST, close_to, fold

_TURNED = re.compile(r"([^,()]+)(?:, *| \()([^,()]+)\)?")
_BRACKETED = re.compile(r"(.+?) *\(([^()]+)\)")
_SLASHED = re.compile(r"([^/]+)/([^/]+)")
_WORDS = frozenset(
    "ad am an as at be by do eh er id in is it me mr ms my no pm re so to tv um"
    " ago and ant are arm aut ben bra can car cod cog cub dom fin gab gel gin gum guy jam ken lie mac mar mid nor"
    " opt pan per pry pus rho roc rom sen sun ton tun vat".split()
)
"""Words and given names that are codes as well: with one capital they are no countries, as Guy and Dom in a text."""
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
    """By alpha-3, in whatever letters, or alpha-2, in capitals or small ones ("St" is no code); withdrawn ones too."""
    is_code = text.isascii() and (len(text) == 3 or text.isupper() or text.islower())
    return [_codes()[text.upper()]] if is_code and text.upper() in _codes() else []


def _is_word(text: str) -> bool:
    return text.istitle() and text.lower() in _WORDS


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
    if len(text) > LONGEST or _is_word(text):
        return []
    if found := _coded(text):
        return found
    for folded in _ways_to_read(text):
        if found := _named(folded, day):
            return found
    bracketed = _BRACKETED.fullmatch(text) or _SLASHED.fullmatch(text)
    return _bracketed(bracketed[1], bracketed[2], day) if bracketed else []


def _bracketed(name: str, addition: str, day: str | None) -> list[Country]:
    """A name with an addition, or two, as in "Burma/Myanmar"; both must be understood: not "Georgia (Atlanta)"."""
    named = meant(name, day)
    if fold(addition) in _QUALIFIERS:
        return named
    added = meant(addition, day)
    if not named or not added:
        return []
    return [country for country in named if country in added] or named + added


@lru_cache(maxsize=1_000)
def similar(text: str) -> tuple[Country, ...]:
    """Up to three countries: by the code that the text is in capitals, then by like names. Takes milliseconds."""
    coded = filter(None, [_codes().get(text.upper())])
    named = (meaning.country for folded in close_to(fold(text), _meanings()) for meaning in _meanings()[folded])
    return tuple(dict.fromkeys(chain(coded, named)))[:3]
