"""Actions and their changes in words, for terminals and feeds."""

from collections.abc import Mapping
from typing import Any

from domain.events import Fact, report_of
from domain.instants import write_instant
from service.interchange.table import participant

Json = Mapping[str, Any]
NAMES = {"merged_into": "merged into", "known_from": "known from", "occurred": "date"}
LONGEST = 120


def row(action: Json) -> str:
    """An action in one line of columns."""
    codes = dict.fromkeys(party["country"] or party["organisation"] for party in action["participants"])
    who = ",".join(code for code in codes if code)
    day = action["occurred"]["edtf"] or "undated"
    return f"{day:<26} {action['status']:<10} {action['kind']:<12} {who:<20} {action['title']}"


def change(field: str, before: Any, after: Any) -> str:
    """``status: planned -> occurred``; of a list only what was added and taken away."""
    name = NAMES.get(field, field)
    if isinstance(before, list) and isinstance(after, list):
        added = [f"+ {_one(field, value)}" for value in after if value not in before]
        removed = [f"- {_one(field, value)}" for value in before if value not in after]
        return f"{name}: {'; '.join([*added, *removed]) or 'in another order'}"
    return f"{name}: {_one(field, before)} -> {_one(field, after)}"


def _one(field: str, value: Any) -> str:
    """A value in a few words."""
    match field, value:
        case _, None:
            return "none"
        case "occurred", _:
            text = value["edtf"] or "no date"
            return f"{text} ({value['basis']})" if value["basis"] else text
        case "place", _:
            return ", ".join(value[name] for name in ("name", "country") if value[name])
        case "participants", _:
            return participant(value)
        case "reports", _:
            return ", ".join(value[name] for name in ("publisher", "title", "published_at") if value[name])
        case _:
            text = str(value)
            return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def made(fact: Fact | None) -> str:
    """``confirmed 2025-02-27, Reuters: called off for snow``: by what, since when, by whom and why."""
    if fact is None:
        return "time passed"
    report, reason = report_of(fact.payload), getattr(fact.payload, "reason", None)
    by = f", {report.publisher}" if report else ""
    return f"{fact.payload.type} {write_instant(fact.clock)[:10]}{by}{f': {reason}' if reason else ''}"


def why(reason: str, fact: Fact | None) -> str:
    """Why an action came or went."""
    told = made(fact)
    return told if told.startswith(reason) else f"{reason}: {told}"
