"""Reading stored facts, written once for both databases; only the column of positions differs."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from domain.events import Fact
from projections.database import AT_ONCE, Execute, chunks, placeholders
from service.store.codec import decode_row, recorded_time

_FACTS = "SELECT {position}, originator_id, originator_version, topic, state FROM stored_events WHERE "


def facts_of(execute: Execute, position: str, actions: Collection[UUID]) -> dict[UUID, list[Fact]]:
    """The facts of each action in order of versions; an empty list where there is no such action."""
    facts: dict[UUID, list[Fact]] = {action: [] for action in actions}
    for some in chunks([str(action) for action in facts], AT_ONCE):
        names, params = placeholders(some)
        sql = f"{_FACTS}originator_id IN ({names}) ORDER BY originator_id, originator_version"
        for row in execute.rows(sql.format(position=position), params):
            fact = decode_row(row)
            facts[fact.action].append(fact)
    return facts


def newest_at(execute: Execute, position: str, most: int) -> Fact | None:
    """The newest fact at or before a position."""
    sql = f"{_FACTS}{{position}} <= :most ORDER BY {{position}} DESC LIMIT 1"
    rows = execute.rows(sql.format(position=position), {"most": most})
    return decode_row(rows[0]) if rows else None


def recorded_at(execute: Execute, position: str, most: int) -> tuple[int, datetime] | None:
    """The last position up to one, and when its fact was recorded; the fact itself is not read."""
    sql = "SELECT {position}, state FROM stored_events WHERE {position} <= :most ORDER BY {position} DESC LIMIT 1"
    rows = execute.rows(sql.format(position=position), {"most": most})
    return (rows[0][0], recorded_time(bytes(rows[0][1]))) if rows else None


def position_at(execute: Execute, position: str, head: int, instant: datetime) -> int:
    """The last position up to `head` recorded at or before an instant; 0 where there is none.

    Recorded times never go back along the log, so it is found by halving.
    """
    low, high = 0, head
    while low < high:
        middle = (low + high + 1) // 2
        found = recorded_at(execute, position, middle)
        if found is None or found[1] <= instant:
            low = middle
        else:
            high = found[0] - 1
    last = recorded_at(execute, position, low)
    return last[0] if last else 0  # positions have gaps, and halving may end in one


def some_actions(execute: Execute, after: str) -> list[str]:
    """The ids that follow one, in order."""
    sql = f"SELECT DISTINCT originator_id FROM stored_events WHERE originator_id > :after ORDER BY 1 LIMIT {AT_ONCE}"
    return [row[0] for row in execute.rows(sql, {"after": after})]


def actions_of(execute: Execute, source_refs: Collection[str]) -> dict[str, UUID]:
    """source_ref -> action, for those that are known."""
    found: dict[str, UUID] = {}
    for some in chunks(list(source_refs), AT_ONCE):
        names, params = placeholders(some)
        rows = execute.rows(f"SELECT source_ref, action FROM source_refs WHERE source_ref IN ({names})", params)
        found |= {row[0]: UUID(row[1]) for row in rows}
    return found
