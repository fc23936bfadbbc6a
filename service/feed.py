"""What became known of the actions that a view shows, one change after the other, the newest first."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from domain.events import Fact
from domain.instants import from_micros
from projections.differences import Place
from projections.filters import Filters
from projections.readmodel import Moment
from projections.recent import Recent, recent
from service.differences import Changed, Json, Past
from service.instance import Instance


@dataclass(frozen=True, slots=True)
class Entry:
    """A change that became known at one instant.

    `action` is what it was from then on, as the log holds it since `position`; `fact` the newest of those that were
    told then, None where only time passed. `changed` is empty of an action that was not known before.
    """

    action: Json
    at: datetime
    position: int
    fact: Fact | None
    is_new: bool
    is_shown: bool
    changed: Sequence[Changed]


async def entries(
    instance: Instance, filters: Filters, at: Moment, before: Place | None, limit: int
) -> tuple[list[Entry], Place | None]:
    """Up to `limit` changes that were known at a moment, before a place; and where to go on, None at the end."""
    rows = await recent(instance.database, filters, at, before, limit + 1)
    page = rows[:limit]
    facts = await asyncio.to_thread(instance.log.facts_of, {UUID(row.place.action) for row in page})
    found = [_entry(row, facts[UUID(row.place.action)], at.position) for row in page]
    return found, page[-1].place if len(rows) > limit else None


def _entry(row: Recent, facts: Sequence[Fact], position: int) -> Entry:
    past, since = Past.ending(facts, Moment(row.place.since, position)), from_micros(row.place.since)
    told = [step.fact for step in past.taken[0] if step.fact and step.fact.clock <= since]
    return Entry(
        action=orjson.loads(row.json),
        at=since,
        position=row.from_position,
        fact=max(told, key=lambda fact: fact.position, default=None),
        is_new=past.before is None,
        is_shown=row.is_shown,
        changed=past.changed(row.json) if past.before else [],
    )
