"""The fold of one action, said a second time: read off DESIGN.md and CONTRACT.md, slow and plain, sharing no code.

It uses the payloads of domain.events as data, and nothing else of the domain that decides anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from domain.content import Content, Occurred, Report
from domain.events import (
    Absorbed,
    Cancelled,
    Confirmed,
    Corrected,
    Corroborated,
    Fact,
    Merged,
    Postponed,
    Reinstated,
    Released,
    Reported,
    Rescheduled,
    Retracted,
)

CONTENT = tuple(Content.model_fields)
ALWAYS = 1 << 62


@dataclass(frozen=True)
class Known:
    """What was known of an action; `content` holds the content fields by name."""

    id: UUID
    source_ref: str | None
    status: str
    outcome: str | None
    reason: str | None
    merged_into: UUID | None
    content: dict[str, Any]
    reports: tuple[Report, ...]
    known_from: datetime
    version: int
    position: int
    recorded_at: datetime

    @classmethod
    def of(cls, state: Any) -> Self | None:
        """The same of a state that the fold gives, or None."""
        return state and cls(**{field.name: getattr(state, field.name) for field in fields(cls)})


@dataclass(frozen=True)
class Claims:
    """All that the applied facts say, before a status is chosen among them. A claim is (status, reason)."""

    content: dict[str, Any]
    standings: list[tuple[str, str | None]]
    halt: Merged | Retracted | None
    reports: list[tuple[UUID | None, Report]]


def known(facts: list[Fact], at: datetime, position: int = ALWAYS) -> Known | None:
    """The state at K = `at`, N = `position`; None where the action is not known."""
    held = [fact for fact in facts if fact.position <= position]
    since = known_since(held)
    if since is None or at < since:
        return None
    [(first, said)] = [(fact, fact.payload) for fact in held if isinstance(fact.payload, Reported)]
    told = claims(held, at)
    newest = max([first, *(fact for fact in held if fact.clock <= at)], key=lambda fact: fact.position)
    status, reason = _standing(held, at)
    return Known(
        id=first.action,
        source_ref=said.source_ref,
        status=told.halt.type if told.halt else status,
        outcome=None if told.halt else _outcome(held, at),
        reason=told.halt.reason if told.halt else reason if status in ("cancelled", "postponed") else None,
        merged_into=told.halt.into if isinstance(told.halt, Merged) else None,
        content=told.content,
        reports=each_once(report for _, report in told.reports),
        known_from=since,
        version=newest.version,
        position=newest.position,
        recorded_at=newest.recorded_at,
    )


def known_since(held: list[Fact]) -> datetime | None:
    """None where the first report is not among the facts held."""
    clocks = [fact.clock for fact in held if isinstance(fact.payload, Reported | Corroborated)]
    return min(clocks) if any(isinstance(fact.payload, Reported) for fact in held) else None


def lapse_of(latest: date) -> datetime:
    """12:00:00 UTC of the day after."""
    midnight = datetime(latest.year, latest.month, latest.day, tzinfo=UTC)
    return midnight + timedelta(days=1, hours=12)


def breakpoints(facts: list[Fact]) -> list[datetime]:
    """Every instant at which something may change, at some N: the clocks, and the noons after the dates named."""
    dates = [date for fact in facts for date in _dates_of(fact.payload)]
    noons = [lapse_of(date.latest) for date in dates if date.latest]
    return sorted({*noons, *(fact.clock for fact in facts)})


def _dates_of(payload: object) -> list[Occurred]:
    named = payload.changes if isinstance(payload, Corrected) else payload
    occurred = getattr(named, "occurred", None)
    return [occurred] if occurred else []


def each_once(reports: Any) -> tuple[Report, ...]:
    shown: list[Report] = []
    for report in reports:
        if report not in shown:
            shown.append(report)
    return tuple(shown)


def claims(held: list[Fact], at: datetime, applied: list[Fact] | None = None) -> Claims:
    """What all facts up to a moment say, or only those `applied`."""
    [first] = [fact.payload for fact in held if isinstance(fact.payload, Reported)]
    said = Claims({name: getattr(first, name) for name in CONTENT}, [], None, [])
    for fact in in_order(fact for fact in held if fact.clock <= at) if applied is None else applied:
        said = _apply(said, fact.payload)
    return said


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """By clock, then by position."""
    return sorted(facts, key=lambda fact: (fact.clock, fact.position))


def _apply(old: Claims, payload: Any) -> Claims:
    content = {**old.content, **_content_named(payload)}
    halt = payload if isinstance(payload, Retracted | Merged) else old.halt
    standings, reports = [*old.standings, *_standings_set(payload)], list(old.reports)
    if getattr(payload, "report", None):
        reports.append((None, payload.report))
    if isinstance(payload, Absorbed):
        reports += [(payload.from_id, report) for report in payload.reports]
    if isinstance(payload, Released):
        reports = [(source, report) for source, report in reports if source != payload.from_id]
    if isinstance(payload, Reinstated) and halt:
        halt = None
    elif isinstance(payload, Reinstated) and standings and standings[-1][0] == "cancelled":
        standings += [standing for standing in standings if standing[0] != "cancelled"][-1:]
    return Claims(content, standings, halt, reports)


def _content_named(payload: Any) -> dict[str, Any]:
    """The content fields that a fact sets."""
    if isinstance(payload, Reported):
        return {name: getattr(payload, name) for name in CONTENT}
    if isinstance(payload, Corrected):
        return {name: getattr(payload.changes, name) for name in payload.changes.model_fields_set}
    if isinstance(payload, Postponed):
        return {"occurred": payload.occurred or Occurred()}
    if isinstance(payload, Rescheduled | Confirmed) and payload.occurred and payload.occurred.edtf:
        return {"occurred": payload.occurred}
    return {}


def _standings_set(payload: Any) -> list[tuple[str, str | None]]:
    if isinstance(payload, Rescheduled):
        return [("planned", None)]
    if isinstance(payload, Reported | Confirmed):
        return [(payload.status, None)]
    if isinstance(payload, Postponed | Cancelled):
        return [(payload.type, payload.reason)]
    return []


def _standing(held: list[Fact], at: datetime) -> tuple[str, str | None]:
    """The newest standing, with the reason it was given; the provisional status where there is none yet."""
    standings = claims(held, at).standings
    return standings[-1] if standings else (_provisional(held), None)


def _provisional(held: list[Fact]) -> str:
    [first] = [fact.payload for fact in held if isinstance(fact.payload, Reported)]
    since = known_since(held)
    last_day = first.occurred.latest or first.occurred.earliest
    assert since
    return "planned" if last_day and last_day > since.astimezone(UTC).date() else first.status


def _outcome(held: list[Fact], at: datetime) -> str | None:
    """For what was announced ahead only; where there is no halt."""
    since = known_since(held)
    assert since
    moments = {since, *(fact.clock for fact in held if since <= fact.clock <= at)}
    if not any(_standing(held, moment)[0] in ("planned", "postponed") for moment in moments):
        return None
    status, _ = _standing(held, at)
    if status in ("ongoing", "occurred"):
        return "met"
    if status == "cancelled":
        return "cancelled"
    latest = claims(held, at).content["occurred"].latest
    return "lapsed" if latest and at >= lapse_of(latest) else "open"
