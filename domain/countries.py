"""Which country a text means: `find`, and `CountryCode` for fields of models.

A text is understood when a table lists it as a code or a name. What is merely close is suggested, never taken.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from domain.country_list import COUNTRIES, Country
from domain.country_names import meant, similar
from domain.naming import LONGEST, Unknown, listed, shown

__all__ = ["COUNTRIES", "AmbiguousCountry", "Country", "CountryCode", "DatedName", "UnknownCountry", "find"]


class UnknownCountry(Unknown):
    """No country is called so."""

    sort = "country"


class AmbiguousCountry(ValueError):
    """Several countries are called so."""

    def __init__(self, text: str, candidates: tuple[Country, ...]) -> None:
        super().__init__(text, candidates)
        self.text = text
        self.candidates = candidates

    def __str__(self) -> str:
        return f"ambiguous country {shown(self.text)}: it may be {listed(self.candidates)}"


def find(text: str, on: str | None = None, extra: Mapping[str, str] | None = None) -> Country:
    """The country that a code or name means.

    `on` is an ISO day, month or year (its first moment), which may decide: "Vietnam" in 1957. `extra` maps texts to
    alpha-3 codes, exactly as one source writes them, and goes before all else. Raises UnknownCountry, AmbiguousCountry.
    """
    if extra and text in extra:
        return COUNTRIES[extra[text]]
    if country := COUNTRIES.get(text):
        return country
    return _only(text, meant(" ".join(text.split()), on))


def _only(text: str, found: list[Country]) -> Country:
    match found:
        case [country]:
            return country
        case []:
            raise UnknownCountry(text, similar(text[:LONGEST]))
        case _:
            raise AmbiguousCountry(text, tuple(found))


class DatedName(str):
    """A text that names a country, said of what happens between two days, None where that side is open."""

    days: tuple[date | None, date | None] = (None, None)

    @classmethod
    def between(cls, text: str, earliest: date | None, latest: date | None) -> "DatedName":
        name = cls(text)
        name.days = (earliest, latest)
        return name

    def country(self) -> Country:
        """Raises AmbiguousCountry where the text means one country on the first day and another one on the last."""
        first, last = (find(str(self), day.isoformat() if day else None) for day in self.days)
        if first != last:
            raise AmbiguousCountry(str(self), (first, last))
        return first


def _code(value: object) -> object:
    """The alpha-3 that a text means; anything else is left for pydantic to refuse."""
    if isinstance(value, DatedName):
        return value.country().code
    return find(value).code if isinstance(value, str) else value


CountryCode = Annotated[
    str,
    BeforeValidator(_code),
    WithJsonSchema({"type": "string", "examples": ["GBR", "UK", "China, People's Republic of"]}, mode="validation"),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["GBR"]}, mode="serialization"),
]
"""A field that takes in a code or a name, as `find` does, and holds the alpha-3. Only a DatedName goes by a day."""
