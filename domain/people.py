"""Who a person is: `person_key`, one for all spellings of a name, and `person_name` of those in people_table.

Only what no two people differ by is evened out: case, accents, apostrophes, hyphens, dots after initials, a name
turned round at its comma, titles in front of a full name. Everything else is another person unless a row of the table
says it is the same one. Nothing is taken for being close: fathers and sons, George W. and George H.W. Bush, Kim
Jong-il and Kim Jong-un are as close as two spellings of Zelensky. So a spelling is recorded by adding it to a row.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from unicodedata import category, normalize

from domain.naming import LETTERS
from domain.people_table import TABLE

_LEFT_OUT = re.compile("['`\u00ad\u00b4\u02b9-\u02bf\u0640\u2018-\u201b\u2032\ufeff\u200b-\u200f\u2060]")
"""Apostrophes, primes of transliterations, and what is not seen."""
_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Marks that writers of Latin, Greek, Cyrillic, Hebrew and Arabic leave off; those of other scripts are letters."""
_EXCELLENCY = re.compile(r"^\W*h\. ?e\.")  # before dots go: "he" is a Chinese family name
_DOT_IN_A_NAME = re.compile(r"\.(?=\w\w)")  # "V.Putin" is two words, "J.D." is one
_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"\b\w(?: \w)+\b")
_AFTER_A_NAME = re.compile(r"\W*(?:[js]r|[iv]{1,4}|[23]rd|2nd)\W*", re.IGNORECASE)
_TITLES = re.compile(
    "(?:(?:of|the|and|for|mr|mrs|ms|miss|mme|madam|madame|sir|dame|lord|lady|baroness|dr|doctor|prof|professor|hrh|hm|hh"
    "|his|her|excellency|majesty|royal|highness|right|rt|hon|honorable|honourable|rev|reverend|cardinal|archbishop"
    "|patriarch|pope|ayatollah|sheikh|sheik|shaikh|king|queen|emperor|empress|tsar|czar|emir|prince|princess|crown|grand"
    "|duke|duchess|regent|former|ex|acting|interim|provisional|elect|designate|deputy|vice|assistant|under|first"
    "|permanent|president|prime|minister|premier|chancellor|taoiseach|chairman|chairwoman|chair|secretary|state|head"
    "|chief|executive|staff|federal|supreme|leader|presidency|governor|mayor|senator|speaker|foreign|home|defence|defense"
    "|finance|economy|interior|trade|treasury|affairs|security|council|national|commission|european|high|special"
    "|presidential|representative|envoy|ambassador|commissioner|director|adviser|advisor|general|major|brigadier"
    "|lieutenant|colonel|captain|marshal|field|admiral|commander|comrade) )+"
)
"""Words of titles. Left out, being given names too: Amir, Dean, Don, Shah, Sultan."""
_JOINING = (" of ", " the ", " and ", " for ")
_NAMES_NOBODY = re.compile(
    "i{1,3}|iv|vi{0,3}|ix|x|xi[iv]|xiii|xvi?|jr|sr|abu|al|ben|bin|bint|da|de|del|della|der|di|dos|du|el|ibn|la|van|von"
)
"""Numbers, suffixes and particles. XI is left out, being Xi too."""


@lru_cache(maxsize=20_000)
def person_key(name: str) -> str:
    """The slug of a person, never empty: ``volodymyr-zelensky`` for ``President Zelenskyy``; a key gives itself.

    A title stays where a single word follows that the table does not know: King Hussein is not Mr Hussein. Where a
    script has marks that no slug may hold (Hindi, Thai), each stands as its code, so that no two names fall together.
    """
    written = _folded(name)
    turned = _folded(_turned(name)) if "," in name else written
    spellings = (written, turned, *_untitled(turned))
    for spelling in spellings:
        if key := _keys().get(spelling):
            return key
    bare = spellings[-1]
    return _slug(bare if _is_full(bare) else turned)


@lru_cache(maxsize=20_000)
def key_of(person: str, title: str | None) -> str:
    """The key of a person named with a title: a single word names nobody without it, as in King Hussein."""
    return person_key(f"{title} {person}" if title and len(person.split()) == 1 else person)


def person_name(key: str) -> str | None:
    """The name that a person of the table is shown by; None for everybody else."""
    return _shown().get(key)


def _folded(text: str) -> str:
    """Lower-case words, initials drawn together: ``george hw bush``; never empty."""
    plain = _LEFT_OUT.sub("", text.lower() if text.isascii() else _plain(text))
    dotless = _DOT_IN_A_NAME.sub(" ", _EXCELLENCY.sub("excellency ", plain)).replace(".", "")
    words = " ".join(_WORD.findall(dotless))
    return _INITIALS.sub(lambda found: found[0].replace(" ", ""), words) or _codes(text) or "unnamed"


def _plain(text: str) -> str:
    """Lower-case, without accents; other marks as their codes, for they are no letters to Python."""
    letters = _ACCENTS.sub("", normalize("NFKD", normalize("NFKD", text).casefold()))
    if letters.isascii():
        return letters
    kept = normalize("NFC", letters.translate(LETTERS))
    return "".join(_codes(letter) if category(letter)[0] == "M" else letter for letter in kept)


def _codes(text: str) -> str:
    return "".join(f"{ord(letter):x}" for letter in text)


def _turned(name: str) -> str:
    """``Keir Starmer`` for ``Starmer, Keir``; a comma before Jr. or III turns nothing."""
    family, comma, given = name.partition(",")
    return name if not comma or "," in given or _AFTER_A_NAME.fullmatch(given) else f"{given} {family}"


def _untitled(folded: str) -> Iterator[str]:
    """The name without its first title, its first two, ...; nothing where a title leads to a country: ``king of``."""
    titles = _TITLES.match(folded)
    if titles and not titles[0].endswith(_JOINING):
        for space in re.finditer(" ", titles[0]):
            yield folded[space.end() :]


def _is_full(folded: str) -> bool:
    """Whether at least two words name the person."""
    return sum(not _NAMES_NOBODY.fullmatch(word) for word in folded.split()) > 1


def _slug(folded: str) -> str:
    return folded.replace(" ", "-")


def _spellings(name: str, aliases: str) -> Iterator[str]:
    """The name and its aliases, every choice of ``Sergei/Sergey`` made, folded."""
    for alias in (name, *aliases.split("; ")) if aliases else (name,):
        for words in product(*(word.split("/") for word in alias.split())):
            yield _folded(" ".join(words))


@cache
def _keys() -> dict[str, str]:
    """The key of every folded spelling in the table."""
    return {spelling: _slug(_folded(name)) for name, aliases in TABLE for spelling in _spellings(name, aliases)}


@cache
def _shown() -> dict[str, str]:
    return {_slug(_folded(name)): name for name, _ in TABLE}
