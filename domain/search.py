"""The words of an action that a search looks at, folded: without case, accents and punctuation."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.naming import LETTERS

LONGEST = 100
"""Letters of a word that are looked at; PostgreSQL indexes none of more than 2,046 bytes and refuses to look for it."""
MOST = 100_000
"""Letters of an action that are looked at; PostgreSQL refuses a row whose words take more than a megabyte."""
_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]*)"|(\S+)')


WORDS = 2
"""Counts up when words are folded in another way, so that those stored are made anew."""


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that stand side by side; with `prefix` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool


def terms(text: str) -> list[Term]:
    """What a search asks for, all of it: words, phrases in double quotes, prefixes that end in an asterisk."""
    found = []
    for phrase, word in _TERM.findall(text):
        folded = tuple(fold_words(phrase or word))
        if folded and phrase:
            found.append(Term(folded, prefix=False))
        elif folded:
            found += [Term((one,), prefix=False) for one in folded[:-1]]
            found.append(Term(folded[-1:], prefix=word.endswith("*")))
    return found


def fold_words(text: str) -> list[str]:
    """The words of a text in their order, folded: ``Pedro Sánchez`` gives ``pedro``, ``sanchez``."""
    plain = text.lower() if text.isascii() else _plain(text)
    return [word[:LONGEST] for word in _WORD.findall(plain)]


def _plain(text: str) -> str:
    """Lower-case, without accents; lower-case at the end, as the databases fold: some letters only then have a case."""
    letters = unicodedata.normalize("NFKD", text.casefold()).lower()
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(LETTERS)


def words_of(content: Mapping[str, Any]) -> str:
    """The words of title, summary, quote, persons and place, with blanks between them."""
    place = content["place"]
    texts = [content["title"], content["summary"], content["quote"], place and place.name]
    texts += [party.person for party in content["participants"]]
    return " ".join(word for text in texts if text for word in fold_words(text))[:MOST]
