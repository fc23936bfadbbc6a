"""Who a person is: `person_key`, one for all spellings of a name, and `person_name` of those in people_table.

Only what no two people differ by is evened out: case, accents, apostrophes, hyphens, dots after initials, a name
turned round at its comma, titles in front of a full name; and beside a name that the table records, what they are
titles of and letters after it as well: US President Donald Trump, Sir Keir Starmer MP. Everything else is another
person unless a row of the table says it is the same one. Nothing is taken for being close: fathers and sons, George W.
and George H.W. Bush, Kim Jong-il and Kim Jong-un are as close as two spellings of Zelensky. So a spelling is recorded
by adding it to a row.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

from domain.country_list import COUNTRIES
from domain.organisations import ORGANISATIONS
from domain.people_table import TABLE, WOMEN
from domain.person_spelling import folded, turned
from domain.title_table import AFTER, KIN, MONARCHS, NATIONS, OF_A_WOMAN, OF_SOMEBODY, TITLES
from domain.titles import readings, untitled

_NAMES_NOBODY = re.compile(
    "i{1,3}|iv|vi{0,3}|ix|x|xi[iv]|xiii|xvi?|jr|sr|abu|al|ben|bin|bint|da|de|del|della|der|di|dos|du|el|ibn|la|van|von"
)
"""Numbers, suffixes and particles. XI is left out, being Xi too."""


_WORDS = (WOMEN, TITLES, MONARCHS, OF_A_WOMAN, KIN, AFTER, NATIONS)
RULES = f"{TABLE!r}{[*map(sorted, _WORDS)]}{COUNTRIES!r}{ORGANISATIONS!r}"
"""What keys are made by: read models hold them, and are made anew where it changed."""


@lru_cache(maxsize=20_000)
def person_key(name: str) -> str:
    """The slug of a person, never empty: ``volodymyr-zelensky`` for ``President Zelenskyy``; a key gives itself.

    A title stays where a single word follows that the table does not know: King Hussein is not Mr Hussein. Where a
    script has marks that no slug may hold (Hindi, Thai), each stands as its code, so that no two names fall together.
    """
    written = folded(name)
    whole = folded(turned(name)) if "," in name else written
    return _keys().get(written) or _keys().get(whole) or _behind_titles(whole) or _unrecorded(whole)


def _unrecorded(whole: str) -> str:
    """Without titles where two words are left that lead to nobody: what leads to somebody now did not with them."""
    bare = untitled(whole)
    return _slug(bare if bare != whole and _is_full(bare) and not _behind_titles(bare) else whole)


def _behind_titles(whole: str) -> str | None:
    """The key of somebody recorded, or of somebody else of that name; None where nobody is."""
    for beside, rest in readings(whole):
        if key := _keys().get(rest):
            return _slug(whole) if _is_another(beside, rest, key) else key
    return None


def _is_another(beside: str, rest: str, key: str) -> bool:
    """Whether the words beside a recorded name say that it is not the person recorded: Lady Starmer, King Mubarak."""
    words = set(beside.split())
    if words & KIN or OF_SOMEBODY.search(beside) or (words & OF_A_WOMAN and _shown()[key] not in WOMEN):
        return True
    return bool(words & MONARCHS) and not _is_full(rest) and (" " not in rest or not words <= TITLES)


@lru_cache(maxsize=20_000)
def key_of(person: str, title: str | None) -> str:
    """The key of a person named with a title: a single word names nobody without it, as in King Hussein.

    A single word that the table knows is found behind any title, unless the table knows both together as another one.
    """
    if not title or len(person.split()) != 1:
        return person_key(person)
    key, alone = person_key(f"{title} {person}"), _keys().get(folded(person))
    if key in _shown() or not alone or _is_another(folded(title), folded(person), alone):
        return key
    return alone


def person_name(key: str) -> str | None:
    """The name that a person of the table is shown by; None for everybody else."""
    return _shown().get(key)


def shown_name(key: str) -> str:
    """The name that a person is shown by; of somebody whom the table does not know, made of the key."""
    return person_name(key) or key.replace("-", " ").title()


def _is_full(name: str) -> bool:
    """Whether at least two words name the person."""
    return sum(not _NAMES_NOBODY.fullmatch(word) for word in name.split()) > 1


def _slug(name: str) -> str:
    return name.replace(" ", "-")


def _spellings(name: str, aliases: str) -> Iterator[str]:
    """The name and its aliases, every choice of ``Sergei/Sergey`` made, folded."""
    for alias in (name, *aliases.split("; ")) if aliases else (name,):
        for words in product(*(word.split("/") for word in alias.split())):
            yield folded(" ".join(words))


@cache
def _keys() -> dict[str, str]:
    """The key of every folded spelling in the table."""
    return {spelling: _slug(folded(name)) for name, aliases in TABLE for spelling in _spellings(name, aliases)}


@cache
def _shown() -> dict[str, str]:
    return {_slug(folded(name)): name for name, _ in TABLE}
