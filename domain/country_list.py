"""Every country and territory by its code, built from the two tables."""

from dataclasses import dataclass

from domain.country_table import CURRENT
from domain.former_country_table import FORMER


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory.

    `code` is an alpha-3. `start` and `end` are the first and the last ISO day (a bare year where no day is agreed),
    None where open or not recorded; the countries of ISO 3166-1 carry neither. `successors` are codes.
    """

    code: str
    alpha2: str | None
    name: str
    aliases: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    successors: tuple[str, ...] = ()


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split("; ")) if names else ()


COUNTRIES: dict[str, Country] = {
    code: Country(code, alpha2, name, _split(aliases)) for code, alpha2, name, aliases in CURRENT
} | {
    code: Country(code, alpha2, name, _split(aliases), start, end, tuple(successors.split()))
    for code, alpha2, name, start, end, successors, aliases in FORMER
}
"""By alpha-3: the countries of ISO 3166-1, then the dissolved ones, then those with codes of our own."""
