"""What is left of a name without its titles, what they are titles of, and letters after it; all of it folded."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from domain.country_list import COUNTRIES
from domain.organisations import ORGANISATIONS
from domain.person_spelling import folded
from domain.title_table import AFTER, JOINING, MONARCHS, NATIONS, TITLES

Phrases = dict[str, set[str]]
"""By their first words."""
_OFFICES = TITLES - JOINING
_OF = ("of", "for")
_MOST_WORDS = 12
"""That a country or an organisation is named in; a test holds that."""
_JOINS = re.compile(r"\b(?:of|for)(?: the)?$")


def untitled(name: str) -> str:
    """Without the titles in front; whole where one leads to a country, as in ``king of spain``."""
    words = name.split()
    return " ".join(words[_plain_titles(words) :])


def readings(name: str) -> Iterator[tuple[str, str]]:
    """The words left out, and the rest: without the first title, the first two, ...; then without all that we know."""
    words = name.split()
    plain, led = _plain_titles(words), _led(words)
    end = _end(words, led)
    yield from _readings(words, range(1, plain + 1), len(words))
    yield from _readings(words, range(0 if end < len(words) else plain + 1, led + 1), end)


def _readings(words: list[str], starts: Iterable[int], end: int) -> Iterator[tuple[str, str]]:
    for start in starts:
        if not _JOINS.search(front := " ".join(words[:start])):
            yield " ".join((*words[end:], front)), " ".join(words[start:end])


def _plain_titles(words: list[str]) -> int:
    """How many words in front are titles; the last word is none."""
    led = next((at for at, word in enumerate(words[:-1]) if word not in TITLES), len(words) - 1)
    return 0 if led and words[led - 1] in JOINING else led


def _led(words: list[str]) -> int:
    """How many words in front are titles, and what they are titles of."""
    at = 0
    while at < len(words) and (taken := _of_a_place(words, at) or _of_a_nation(words, at) or _title(words, at)):
        at += taken
    return at


def _title(words: list[str], at: int) -> int:
    return int(words[at] in TITLES or words[at] in AFTER)


def _of_a_place(words: list[str], at: int) -> int:
    """How many words say ``of the united kingdom``; 0 where none does."""
    if words[at] not in _OF:
        return 0
    of = 2 if words[at + 1 : at + 2] == ["the"] else 1
    place = _longest(words, at + of, _places())
    return of + place if place else 0


def _of_a_nation(words: list[str], at: int) -> int:
    """How many words say whose officer a title names: ``ukrainian president``, ``us president``, ``jordans king``."""
    nation = _longest(words, at, _nations())
    return nation if _OFFICES.intersection(words[at + nation : at + nation + 1]) else 0


def _longest(words: list[str], at: int, known: Phrases) -> int:
    """How many words from here on make the longest phrase that is known; 0 where none does."""
    phrases = known.get(words[at]) if at < len(words) else None
    if not phrases:
        return 0
    ends = range(min(len(words), at + _MOST_WORDS), at, -1)
    return next((end - at for end in ends if " ".join(words[at:end]) in phrases), 0)


def _end(words: list[str], led: int) -> int:
    """Where letters after the name begin, or the country of an officer: ``president zelensky of ukraine``."""
    end = len(words)
    while end > 1 and words[end - 1] in AFTER:
        end -= 1
    if not led or MONARCHS.intersection(words):
        return end
    return next((at for at in range(led + 1, end) if at + _of_a_place(words, at) == end), end)


@cache
def _names() -> frozenset[str]:
    """Those of countries, and those and the codes of organisations."""
    countries = ((one.name, *one.aliases) for one in COUNTRIES.values())
    organisations = ((one.code, one.name, *one.aliases) for one in ORGANISATIONS.values())
    return frozenset(folded(name).removeprefix("the ") for name in chain(*countries, *organisations))


@cache
def _places() -> Phrases:
    return _phrases(_names())


@cache
def _nations() -> Phrases:
    return _phrases({*NATIONS, *_names(), *(f"{name}s" for name in _names())})


def _phrases(texts: Iterable[str]) -> Phrases:
    found: Phrases = {}
    for text in texts:
        found.setdefault(text.split()[0], set()).add(text)
    return found
