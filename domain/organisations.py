"""Which international organisation a text means: `find_organisation`, and `OrganisationCode` for fields of models.

As with countries, a text is understood when the table lists it; what is merely close is suggested, never taken.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from domain.naming import LONGEST, Unknown, close_to, fold
from domain.organisation_table import TABLE


@dataclass(frozen=True, slots=True)
class Organisation:
    """An international organisation or a standing group of states, under a code of our own."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


class UnknownOrganisation(Unknown):
    """No organisation is called so."""

    sort = "organisation"


ORGANISATIONS: dict[str, Organisation] = {
    code: Organisation(code, name, tuple(aliases.split("; ")) if aliases else ()) for code, name, aliases in TABLE
}
"""Every organisation by its code."""


def _key(text: str) -> str:
    """The folded name with the two spellings of English, that titles of organisations vary in most, made one."""
    return fold(text).replace("organisation", "organization").replace("co operation", "cooperation")


@cache
def _names() -> dict[str, Organisation]:
    return {
        _key(name): organisation
        for organisation in ORGANISATIONS.values()
        for name in (organisation.code, organisation.name, *organisation.aliases)
    }


@lru_cache(maxsize=1_000)
def _similar(text: str) -> tuple[Organisation, ...]:
    """Up to three that have a name like the text, the closest first."""
    return tuple(dict.fromkeys(_names()[folded] for folded in close_to(_key(text), _names())))[:3]


def find_organisation(text: str) -> Organisation:
    """The organisation that a code or name means; UnknownOrganisation, with suggestions, where none does."""
    if organisation := ORGANISATIONS.get(text):
        return organisation
    if len(text) <= LONGEST and (organisation := _names().get(_key(text))):
        return organisation
    raise UnknownOrganisation(text, _similar(text[:LONGEST]))


def _code(value: object) -> object:
    """The code that a text means; anything else is left for pydantic to refuse."""
    return find_organisation(value).code if isinstance(value, str) else value


OrganisationCode = Annotated[
    str,
    BeforeValidator(_code),
    WithJsonSchema({"type": "string", "examples": ["NATO", "European Union"]}, mode="validation"),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z0-9+]{2,12}$", "examples": ["NATO"]}, mode="serialization"),
]
"""A field that takes in a code or a name of an organisation and holds the code."""
