"""What remarks say of a visit in so many words, as topics."""

import re

KINDS = {
    "state-visit": "(?:official )?state visit",
    "official-working-visit": "official working visit",
    "official-visit": "offici?al (?:select )?visit",
    "working-visit": "(?:informal |private )?working visit",
    "private-visit": "private visit",
    "informal-visit": "informal visit",
    "unofficial-visit": "unofficial visit",
    "courtesy-visit": "courtesy visit",
    "goodwill-visit": "good ?-?will visit",
    "pastoral-visit": "pastoral visit",
    "social-visit": "social visit",
}
"""A visit is of the first kind that its remarks name."""

OCCASIONS = {
    "meeting": r"^(?:Met|Informal meeting|Bilateral meeting)\b",
    "summit": r"\b(?:Attended|Participated in)(?:(?!\. |;).)*?\bSummit\b",
    "un-general-assembly": r"\bGeneral Assembly\b",
    "funeral": r"\bAttended (?:the )?(?:state )?(?:funeral|memorial service)",
}
"""Any number of these may hold beside the kind."""

_START = r"(?:^|\(|[.;:,] |\b(?:during|on|for|first|included|followed by|part of) (?:an? )?|^Personal and )"
"""A kind counts at the start of a clause, or in "during a ...": not in "postponing a ...", "returned ...", "'s ..."."""

_KIND = re.compile(_START + "(?:" + "|".join(f"({words})" for words in KINDS.values()) + r")\b", re.IGNORECASE)
_OCCASIONS = {topic: re.compile(words) for topic, words in OCCASIONS.items()}


def topics(remarks: str | None) -> list[str]:
    """The kind of visit, where one is named, then the occasions."""
    text = remarks or ""
    kind = _KIND.search(text)
    kinds = [list(KINDS)[(kind.lastindex or 1) - 1]] if kind else []
    return kinds + [topic for topic, words in _OCCASIONS.items() if words.search(text)]
