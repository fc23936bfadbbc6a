"""The words of an action that a search looks at, folded: without case, accents and punctuation."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

_WORD = re.compile(r"\w+")


def fold_words(text: str) -> list[str]:
    """The words of a text in their order, folded: ``Pedro Sánchez`` gives ``pedro``, ``sanchez``."""
    if text.isascii():
        return _WORD.findall(text.lower())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def words_of(content: Mapping[str, Any]) -> str:
    """The words of title, summary, quote, persons and place, each between blanks."""
    place = content["place"]
    texts = [content["title"], content["summary"], content["quote"], place and place.name]
    texts += [party.person for party in content["participants"]]
    return between_blanks(word for text in texts if text for word in fold_words(text))


def between_blanks(words: Iterable[str]) -> str:
    """`` one two ``: a word can be looked for with the blanks around it."""
    return f" {' '.join(words)} "
