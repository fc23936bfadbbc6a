"""Actions that may be the same as another one; none is ever merged by itself.

They are of the same kind, their dates overlap, and more than half of the participants of the smaller are in both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from domain.people import key_of
from projections import pages
from projections.database import Database
from projections.filters import Filters
from projections.readmodel import Moment

LOOKED_AT = 500
SHOWN = 10
Json = Mapping[str, Any]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Similar:
    """An action that may be the same, its bytes, and why it is thought so."""

    action: Json
    json: bytes
    reasons: list[str]


async def similar(database: Database, action: Json, at: Moment) -> list[Similar]:
    """What may be the same as an action, most participants in common first; nothing for one without date or parties."""
    own, occurred = _parties(action), action["occurred"]
    if not own or occurred["edtf"] is None:
        return []
    filters = Filters(kind=(action["kind"],), start=occurred["earliest"], end=occurred["latest"])
    found = []
    for row in await pages.page(database, filters, at, "date", None, LOOKED_AT):
        other = orjson.loads(bytes(row[2]))
        theirs = _parties(other)
        shared = [party for party in own if party in theirs]
        if 2 * len(shared) > min(len(own), len(theirs)) and other["id"] != action["id"]:
            found.append((len(shared), Similar(other, bytes(row[2]), _reasons(other, shared))))
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].action["id"]))[:SHOWN]]


def _parties(action: Json) -> list[Key]:
    """All countries, organisations and people that take part, each once, as (what it is, its key)."""
    return list(dict.fromkeys(key for party in action["participants"] for key in _keys(party)))


def _keys(party: Json) -> Iterable[Key]:
    """NAM is a country and an organisation."""
    person = party["person"] and key_of(party["person"], party["title"])
    named = {"country": party["country"], "organisation": party["organisation"], "person": person}
    return [(name, key) for name, key in named.items() if key]


def _reasons(other: Json, shared: list[Key]) -> list[str]:
    both = ", ".join(key for _, key in shared)
    return [f"same kind: {other['kind']}", f"dates overlap: {other['occurred']['edtf']}", f"both: {both}"]
