"""Actions as rows of a table (CSV, RFC 4180): dates stay text, lists are joined by semicolons."""

import csv
import io
from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson

COLUMNS = (
    "id", "kind", "status", "outcome", "reason", "title", "summary", "quote", "conditions", "edtf", "earliest",
    "latest", "basis", "place", "place_country", "participants", "countries", "subjects", "topics", "publishers",
    "urls", "source_ref", "known_from", "recorded_at", "version", "position",
)  # fmt: skip


async def rows(states: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The header and a row for each action, as UTF-8 lines."""
    yield _line(COLUMNS)
    async for state in states:
        row = columns(orjson.loads(state))
        yield _line([row[name] for name in COLUMNS])


def columns(action: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an action; null is an empty cell."""
    occurred, place, parties = action["occurred"], action["place"] or {}, action["participants"]
    return {
        **action,
        **occurred,
        "place": place.get("name"),
        "place_country": place.get("country"),
        "conditions": _joined(action["conditions"]),
        "participants": _joined(map(participant, parties)),
        "countries": _joined(dict.fromkeys(party["country"] for party in parties if party["country"])),
        "subjects": _joined(action["subjects"]),
        "topics": _joined(action["topics"]),
        "publishers": _joined(dict.fromkeys(report["publisher"] for report in action["reports"])),
        "urls": _joined(report["url"] for report in action["reports"] if report["url"]),
    }


def participant(party: Mapping[str, Any]) -> str:
    """``Keir Starmer, Prime Minister, GBR (visitor)``, with what is known of it."""
    named = [party[name] for name in ("person", "title", "country", "organisation") if party[name]]
    return f"{', '.join(named)} ({party['role']})"


def _joined(values: Any) -> str:
    return "; ".join(values)


def _line(cells: Any) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()
