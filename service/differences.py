"""What came into a view between two moments, what changed in it and what left it, by which facts and reports."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import orjson

from domain.events import Fact
from domain.evidence import Together, differences, first_heard, known_between, known_by, recorded_between
from domain.fold import State, fold
from domain.instants import from_micros, to_micros
from projections.differences import Between, Place, differing, turns
from projections.filters import Filters
from projections.readmodel import Moment
from projections.render import render
from service.instance import Instance

Json = dict[str, Any]
Why = Literal["reported", "reinstated", "retracted", "merged", "lapsed", "changed"]
HALTS = ("retracted", "merged")
DECIDING: dict[str, tuple[str, ...]] = {
    "status": ("status",), "outcome": ("outcome",), "kind": ("kind",),
    **dict.fromkeys(("country", "role", "organisation", "person", "also", "without"), ("participants",)),
    "topic": ("topics",), "publisher": ("reports",), "subject": ("subjects",), "place": ("place",),
    "q": ("title", "summary", "quote", "participants", "place"), "start": ("occurred",), "end": ("occurred",),
    "source_ref": (), "date_match": (), "match": (),
}  # fmt: skip
"""The fields of an action that each filter looks at."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An action, as it is at the later moment, that came into the view or left it; `fact` is None where time did it."""

    action: Json
    why: Why
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that changed of an action that the view shows on both sides; `fact` is None where time did it."""

    action: Json
    field: str
    before: Any
    after: Any
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two moments; `last` is where to go on, None at the end."""

    added: Sequence[Moved]
    changed: Sequence[Changed]
    withdrawn: Sequence[Moved]
    last: Place | None


async def compare(instance: Instance, filters: Filters, between: Between, after: Place | None, limit: int) -> Compared:
    """What differs, of up to `limit` actions after a place, in the order in which they became what they are."""
    rows = await differing(instance.database, filters, between, after, limit + 1)
    page = rows[:limit]
    facts = await asyncio.to_thread(instance.log.facts_of, [UUID(row.place.action) for row in page])
    pasts = [(row, Past.between(facts[UUID(row.place.action)], between)) for row in page]
    moved = [row.place.action for row in page if row.was_shown != row.is_shown]
    turned, deciding = await turns(instance.database, filters, between, moved), deciding_fields(filters)
    moves = [
        (row, past.moved(row.json, turned[row.place.action], deciding))
        for row, past in pasts
        if row.place.action in turned
    ]
    return Compared(
        added=[move for row, move in moves if row.is_shown],
        changed=[one for row, past in pasts if row.place.action not in turned for one in past.changed(row.json)],
        withdrawn=[move for row, move in moves if row.was_shown],
        last=page[-1].place if len(rows) > limit else None,
    )


def deciding_fields(filters: Filters) -> set[str]:
    """The fields that decide whether the view shows an action."""
    return {"status"}.union(*(of for name, of in DECIDING.items() if getattr(filters, name)))


@dataclass(frozen=True, slots=True)
class Past:
    """How an action got to what it is at a moment: its facts up to there, the state before, and what was then shown."""

    facts: Sequence[Fact]
    before: State | None
    taken: Sequence[Together]
    by_date: bool

    @classmethod
    def between(cls, facts: Sequence[Fact], moments: Between) -> "Past":
        """From an earlier moment to a later one."""
        before, after = moments.before, moments.after
        since, until = from_micros(before.known), from_micros(after.known)
        held = [fact for fact in facts if fact.position <= after.position]
        if moments.by_date:
            taken = known_between(held, since, until, after.position)
        else:
            taken = recorded_between(held, before.position, after.position, until)
        return cls(held, fold(held, since, before.position), taken, moments.by_date)

    @classmethod
    def ending(cls, facts: Sequence[Fact], at: Moment) -> "Past":
        """The last change that had become known at a moment."""
        held = [fact for fact in facts if fact.position <= at.position]
        *earlier, last = known_by(held, from_micros(at.known), at.position)
        return cls(held, earlier[-1][-1].state if earlier else None, [last], by_date=True)

    def changed(self, json: bytes) -> list[Changed]:
        """Each field that the two states do not have in common; `json` is the later one."""
        assert self.before
        old, new = orjson.loads(render(self.before)), orjson.loads(json)
        found = differences(self.before, self.taken)
        return [Changed(new, one.field, old[one.field], new[one.field], one.fact) for one in found]

    def moved(self, json: bytes, turned: int, deciding: set[str]) -> Moved:
        """Why the view began or ceased to show it, at the version that begins at `turned`."""
        number = next(number for number, together in enumerate(self.taken) if self._start(together) == turned)
        before = self.taken[number - 1][-1].state if number else self.before
        action, together = orjson.loads(json), self.taken[number]
        if before is None:
            return Moved(action, "reported", first_heard(self.facts) if self.by_date else together[-1].fact)
        made = [one.fact for one in differences(before, [together]) if one.field in deciding]
        return Moved(action, _why(before, together[-1].state, made[0]), made[0])

    def _start(self, together: Together) -> int:
        first = together[0]
        return to_micros(first.since) if self.by_date or first.fact is None else first.fact.position


def _why(before: State, after: State, fact: Fact | None) -> Why:
    if fact is None:
        return "lapsed"
    if after.status in HALTS and after.status != before.status:
        return "retracted" if after.status == "retracted" else "merged"
    return "reinstated" if before.status in HALTS and after.status not in HALTS else "changed"
