"""Actions made up at random, the same for the same number, in the shape of real archives.

20% have 2 to 4 versions, 10% are announced ahead, 30% became known decades late; 1 to 4 countries of 200, by a power
law.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from domain.countries import COUNTRIES
from domain.kinds import KINDS

SEED = 20250217
_FIRST, _LAST = date(1960, 1, 1).toordinal(), date(2025, 12, 31).toordinal()
_NOW, _LATE = date(2026, 6, 1), (7_300, 16_000)
"""Nothing becomes known after it; so many days after it happened an archive is opened, if that is not after it."""
_KINDS = list(KINDS)
_COUNTRIES = sorted(code for code, country in COUNTRIES.items() if country.alpha2)[:200]
_WEIGHTS = [1 / (rank + 1) for rank in range(len(_COUNTRIES))]
_WORDS = ("talks", "trade", "border", "visit", "ministers", "agreement", "summit", "aid", "energy", "security", "fund")


def write(path: Path, actions: int) -> None:
    """The same as a file in the native format."""
    with path.open("wb") as file:
        file.writelines(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines(actions))


def lines(actions: int) -> Iterator[dict[str, Any]]:
    """Facts in the native format: the report of each action, then what became of it."""
    rng = random.Random(SEED)
    for number in range(actions):
        yield from _action(rng, number)


def _action(rng: random.Random, number: int) -> Iterator[dict[str, Any]]:
    ref = f"bench:{number}"
    fate = rng.random()
    ahead, late = fate < 0.1, 0.1 <= fate < 0.4
    day = date.fromordinal(rng.randint(_FIRST, _NOW.toordinal() - _LATE[0] if late else _LAST))
    known = day + timedelta(days=-rng.randint(2, 60) if ahead else _days_late(rng, day) if late else rng.randint(0, 2))
    countries = list(dict.fromkeys(rng.choices(_COUNTRIES, _WEIGHTS, k=rng.randint(1, 4))))
    words = " ".join(rng.choices(_WORDS, k=5))
    yield {
        "type": "reported", "source_ref": ref, "kind": rng.choice(_KINDS), "title": f"{words} {number}",
        "summary": f"The parties met for {words}.", "status": "planned" if ahead else "occurred",
        "occurred": {"edtf": day.isoformat(), "basis": "stated"},
        "place": {"name": "Capital", "country": countries[0]},
        "participants": [
            {"country": code, "person": f"Minister {rng.randint(1, 999)}", "title": "Minister",
             "role": "host" if not rank else "visitor"}
            for rank, code in enumerate(countries)
        ],
        "topics": [rng.choice(_WORDS)], "report": _report(known),
    }  # fmt: skip
    if ahead or rng.random() < 0.12:
        for step in range(rng.randint(1, 3)):
            yield _later(rng, ref, max(known, day) + timedelta(days=step + 1))


def _days_late(rng: random.Random, day: date) -> int:
    return rng.randint(_LATE[0], min(_LATE[1], (_NOW - day).days))


def _later(rng: random.Random, ref: str, known: date) -> dict[str, Any]:
    fact: dict[str, Any] = {"type": rng.choice(["confirmed", "corroborated", "corrected"]), "source_ref": ref}
    if fact["type"] == "corrected":
        fact["changes"] = {"summary": " ".join(rng.choices(_WORDS, k=8))}
    return {**fact, "report": _report(min(known, _NOW))}


def _report(known: date) -> dict[str, Any]:
    published = datetime(known.year, known.month, known.day, 20, tzinfo=UTC)
    return {"publisher": "Bench", "published_at": published.isoformat(), "language": "en"}
