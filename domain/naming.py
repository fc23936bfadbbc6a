"""How names are compared: what writers vary is evened out, the rest must match exactly."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import ClassVar, Protocol

_LEFT_OUT = re.compile("['.`\u00b4\u02bc\u2018\u2019]")  # apostrophes straight and curly, full stops
_PARTS_WORDS = re.compile(r"[\W_]+")
_EMPTY_WORDS = frozenset(("the", "and"))
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "ə": "a"}
)
"""Letters that normalisation does not part into a letter and an accent, and how they are written without."""
LONGEST = 120
"""Characters; no name in any table is longer, and comparing longer ones would only cost time."""


@lru_cache(maxsize=4_000)
def fold(text: str) -> str:
    """Lower-case words without accents, apostrophes, full stops, "the", "and" or "&"; "St." becomes "saint"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = _PARTS_WORDS.sub(" ", _LEFT_OUT.sub("", plain)).split()
    return " ".join("saint" if word == "st" else word for word in words if word not in _EMPTY_WORDS)


def close_to(folded: str, known: Iterable[str]) -> list[str]:
    """Up to five of the known folded names that look like this one, the closest first; only ever to be suggested."""
    return get_close_matches(folded, known, n=5, cutoff=0.75)


class Named(Protocol):
    """What has a code and a name."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...


class Unknown(ValueError):
    """Nothing of a sort is called so; what is called alike is suggested."""

    sort: ClassVar[str]

    def __init__(self, text: str, suggestions: Sequence[Named] = ()) -> None:
        super().__init__(text, suggestions)
        self.text = text
        self.suggestions = suggestions

    def __str__(self) -> str:
        hint = f"; did you mean {listed(self.suggestions)}?" if self.suggestions else ""
        return f"unknown {self.sort} {shown(self.text)}{hint}"


def listed(some: Iterable[Named]) -> str:
    """Each by its name and its code, as messages offer them."""
    return " or ".join(f"{one.name} ({one.code})" for one in some)


def shown(text: str) -> str:
    """The text in quotes, as messages name it, cut short where nobody would read on."""
    return repr(text if len(text) <= LONGEST else text[:LONGEST] + "...")
