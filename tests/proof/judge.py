"""What the service must record, and what it must refuse: CONTRACT.md's order of checks, said a second time.

Built on tests/support/oracle.py; nothing of domain/decisions.py and domain/course.py is used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.content import Report
from domain.events import (
    Absorbed,
    Corrected,
    Corroborated,
    Fact,
    Merged,
    Payload,
    Reinstated,
    Released,
    Reported,
    Retracted,
    Stated,
)
from tests.support.oracle import claims, each_once, in_order, known, known_since

Held = Mapping[UUID, Sequence[Fact]]
"""The facts of each action so far."""


@dataclass(frozen=True)
class Draft:
    """A fact that is to be recorded next."""

    action: UUID
    clock: datetime
    payload: Payload


@dataclass(frozen=True)
class Verdict:
    """The status of the answer and, where it is 201, what must be in the log; where it is 200, what already is."""

    status: int
    drafts: tuple[Draft, ...] = ()
    known: Fact | None = None


def judge(action: UUID, payload: Stated, held: Held, now: datetime, version: int | None = None) -> Verdict:
    """On one statement; `version` is the one that the client expects, if it says so."""
    facts = list(held.get(action, ()))
    if not facts and not isinstance(payload, Reported):
        return Verdict(404)
    if said := [fact for fact in facts if _says(fact, payload)]:
        return Verdict(200, known=said[0])
    if version is not None and version != facts[-1].version:
        return Verdict(412)
    if any(at > now + timedelta(days=1) for at in _dates(payload)):
        return Verdict(422)
    draft = Draft(action, min([*_dates(payload)[:1], now]), payload)
    return _in_its_place(draft, facts, held)


def _dates(payload: Stated) -> list[datetime]:
    """When it became known and when its report was published, where it says so."""
    published = payload.report.published_at if payload.report else None
    return [at for at in (payload.reported_at, published) if at]


def _says(fact: Fact, payload: Stated) -> bool:
    """Whether a fact of the log says the same: a fact without a date of its own is always new."""
    if type(fact.payload) is not type(payload) or not (dates := _dates(payload)[:1]):
        return False
    clocks = {fact.clock, *_dates(fact.payload)[:1]}
    return dates[0] in clocks and _content(fact.payload) == _content(payload)


def _content(payload: Stated) -> dict[str, Any]:
    content = payload.model_dump(exclude={"reported_at", "changes"})
    changes = payload.changes.model_dump(exclude_unset=True) if isinstance(payload, Corrected) else None
    return {**content, "changes": changes}


def _in_its_place(draft: Draft, facts: list[Fact], held: Held) -> Verdict:
    """At the draft's own clock, after all that has the same clock."""
    match draft.payload:
        case Reported():
            return Verdict(409) if facts else Verdict(201, (draft,))
        case Corroborated() | Corrected():
            return Verdict(201, (draft,))
        case Merged():
            return _merge(draft, facts, held)
        case Reinstated():
            return _reinstate(draft, facts)
        case _:
            return Verdict(409) if claims(facts, draft.clock).halt else Verdict(201, (draft,))


def _reinstate(draft: Draft, facts: list[Fact]) -> Verdict:
    said = claims(facts, draft.clock)
    if said.halt:
        ended = [Draft(one, draft.clock, Released(from_id=draft.action)) for one in _survivors(facts, draft.clock)]
        return Verdict(201, (draft, *ended))
    cancelled = said.standings and said.standings[-1][0] == "cancelled"
    return Verdict(201, (draft,)) if cancelled else Verdict(409)


def _survivors(facts: list[Fact], at: datetime) -> list[UUID]:
    """Whom the merges since the last halt was lifted name, each once."""
    found: list[UUID] = []
    is_halted = False
    for payload in (fact.payload for fact in in_order(facts) if fact.clock <= at):
        if isinstance(payload, Merged) and payload.into not in found:
            found.append(payload.into)
        if isinstance(payload, Reinstated) and is_halted:
            found = []
        is_halted = isinstance(payload, Merged | Retracted) or (is_halted and not isinstance(payload, Reinstated))
    return found


def _merge(draft: Draft, facts: list[Fact], held: Held) -> Verdict:
    assert isinstance(draft.payload, Merged)
    into = draft.payload.into
    if into == draft.action:
        return Verdict(409)
    if not (survivor := list(held.get(into, ()))):
        return Verdict(422)
    since = known_since(survivor)
    assert since
    draft = replace(draft, clock=max(draft.clock, since))
    if claims(facts, draft.clock).halt or claims(survivor, draft.clock).halt:
        return Verdict(409)
    after = [*facts, _next(draft, facts)]
    if _goes_round(draft, {**held, draft.action: after}):
        return Verdict(409)
    absorbed = Draft(into, draft.clock, Absorbed(from_id=draft.action, reports=_shown(draft, facts)))
    ended = [Draft(into, at, Released(from_id=draft.action)) for at in _ended_already(draft, after)[:1]]
    return Verdict(201, (draft, absorbed, *ended))


def _shown(draft: Draft, facts: list[Fact]) -> tuple[Report, ...]:
    assert isinstance(draft.payload, Merged)
    shown = [report for _, report in claims(facts, draft.clock).reports]
    return each_once([*shown, *([draft.payload.report] if draft.payload.report else [])])


def _next(draft: Draft, facts: list[Fact]) -> Fact:
    last = facts[-1]
    return Fact(draft.action, last.version + 1, last.position + 1, last.recorded_at, draft.clock, draft.payload)


def _ended_already(draft: Draft, after: list[Fact]) -> list[datetime]:
    """When the log, the merge in it, lifts the halt: a reinstatement may have been found before its merge."""
    order = in_order(after)
    return [
        fact.clock
        for place, fact in enumerate(order)
        if isinstance(fact.payload, Reinstated) and fact.clock > draft.clock
        if claims(after, fact.clock, order[:place]).halt
    ]


def _goes_round(draft: Draft, held: Held) -> bool:
    """Whether at any moment from the merge on its chain comes back to where it began."""
    changes = {fact.clock for facts in held.values() for fact in facts if fact.clock >= draft.clock}
    return any(_comes_back(draft.action, held, at) for at in changes)


def _comes_back(action: UUID, held: Held, at: datetime) -> bool:
    seen = [action]
    while (state := known(list(held[seen[-1]]), at)) and state.merged_into:
        if state.merged_into in seen:
            return True
        seen.append(state.merged_into)
    return False
