"""How names of people are written, evened out: case, accents, apostrophes, hyphens, dots, initials, a turning comma."""

import re
from unicodedata import category, normalize

from domain.naming import LETTERS

_LEFT_OUT = re.compile("['`\u00ad\u00b4\u02b9-\u02bf\u0640\u2018-\u201b\u2032\ufeff\u200b-\u200f\u2060]")
"""Apostrophes, primes of transliterations, and what is not seen."""
_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Marks that writers of Latin, Greek, Cyrillic, Hebrew and Arabic leave off; those of other scripts are letters."""
_EXCELLENCY = re.compile(r"^\W*h\. ?e\.")  # before dots go: "he" is a Chinese family name
_DOT_IN_A_NAME = re.compile(r"\.(?=\w\w)")  # "V.Putin" is two words, "J.D." is one
_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"\b\w(?: \w)+\b")
_AFTER_A_NAME = re.compile(r"\W*(?:[js]r|[iv]{1,4}|[23]rd|2nd)\W*", re.IGNORECASE)


def folded(text: str) -> str:
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


def turned(name: str) -> str:
    """``Keir Starmer`` for ``Starmer, Keir``; a comma before Jr. or III turns nothing."""
    family, comma, given = name.partition(",")
    return name if not comma or "," in given or _AFTER_A_NAME.fullmatch(given) else f"{given} {family}"
