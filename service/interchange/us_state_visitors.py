"""Who is meant by a text that holds titles and names: "King Abdullah and Crown Prince Hussein"."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from service.interchange.us_state_titles import AFTER, BEFORE, HONORIFICS, MISSPELT, NAMES, OFFICES


class Visitor(NamedTuple):
    """One person; at least one of title and name is known."""

    title: str | None
    person: str | None


def _any(words: Iterable[str]) -> str:
    """The longest goes first: "Governor General" before "Governor"."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_TITLE = (
    rf"(?:(?:{_any(BEFORE)}) )*(?:{_any(OFFICES)})(?:-(?:{_any(AFTER)}))?"
    rf"(?:[ -](?!{_any(NAMES)})(?:{_any(HONORIFICS)})(?= ))*(?![\w.'\u2019-])"
)
_TITLED = re.compile(rf"({_TITLE}) *(.*)")
_BETWEEN = re.compile(rf"(?:, (?:and )?| and | & |; )(?={_TITLE})")


@lru_cache(maxsize=4_000)
def visitors(text: str) -> tuple[Visitor, ...]:
    """Everyone named, in order. A text without any known title is one name."""
    found: list[Visitor] = []
    for one in map(_visitor, _BETWEEN.split(repaired(text))):
        if found and (joined := _joined(found[-1], one)):
            found[-1] = joined
        else:
            found.append(one)
    return tuple(found)


def repaired(text: str) -> str:
    """The text without the slips that are known."""
    for slip, meant in MISSPELT.items():
        text = text.replace(slip, meant)
    return " ".join(text.split())


def _visitor(text: str) -> Visitor:
    titled = _TITLED.fullmatch(text)
    if titled is None:
        return Visitor(None, text)
    if titled[2].startswith(("of ", "for ")):  # an office that no table lists: "Chairman of the Military Council"
        return Visitor(text, None)
    return Visitor(titled[1].removesuffix(" Dr."), titled[2] or None)  # a degree is no office


def _joined(one: Visitor, next_one: Visitor) -> Visitor | None:
    """The one person that two parts mean: "Premier and Prince Sihanouk", "Ali Khan, Prime Minister"; else None."""
    if one.person is None:
        return Visitor(f"{one.title} and {next_one.title}", next_one.person)
    if one.title is None and next_one.person is None:
        return Visitor(next_one.title, one.person)
    return None
