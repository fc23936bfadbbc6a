"""What may be recorded: pure functions from a payload, the facts so far and the time to the facts that follow.

Checks stand in the order of the API: `repeated` (the same fact was ever recorded), `expect_version`, then `decide`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.course import course_at, in_order, known_from
from domain.errors import (
    MergeInCircle,
    MergeIntoHalted,
    MergeIntoItself,
    NothingToReinstate,
    OtherVersion,
    PublishedAhead,
    SourceRefTaken,
    UnderHalt,
    UnknownSurvivor,
)
from domain.events import (
    Absorbed,
    Corrected,
    Corroborated,
    Fact,
    Merged,
    Reinstated,
    Released,
    Reported,
    Stated,
)
from domain.fold import fold
from domain.instants import write_instant

AHEAD = timedelta(days=1)
"""How far a publication may lie ahead of the server's clock, for time zones and clocks that are off."""

Others = Callable[[UUID], Sequence[Fact]]
"""The facts of any other action, by id; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact that is to be recorded: the log gives it version, position and time."""

    action: UUID
    clock: datetime
    payload: Stated | Absorbed | Released


def stated_clock(payload: Stated) -> datetime | None:
    """Since when the public could know, as the payload itself says; None where it does not."""
    return payload.reported_at or (payload.report.published_at if payload.report else None)


def repeated(payload: Stated, facts: Sequence[Fact]) -> Fact | None:
    """The fact that already says the same: same type, report, content and clock, as given or as recorded.

    A fact without `reported_at` and without a report is always new.
    """
    clock = stated_clock(payload)
    same = [fact for fact in facts if clock is not None and _says_the_same(fact, payload, clock)]
    return same[0] if same else None


def _says_the_same(fact: Fact, payload: Stated, clock: datetime) -> bool:
    recorded = fact.payload
    if isinstance(recorded, Absorbed | Released) or type(recorded) is not type(payload):
        return False
    if clock not in (fact.clock, stated_clock(recorded)):
        return False
    alike = recorded.model_copy(update={"reported_at": payload.reported_at}) == payload
    return alike and _named(recorded) == _named(payload)


def _named(payload: Stated) -> set[str] | None:
    """The fields that a correction names: one that it leaves out is not one that it sets to null."""
    return payload.changes.model_fields_set if isinstance(payload, Corrected) else None


def expect_version(facts: Sequence[Fact], version: int) -> None:
    """Refuses with OtherVersion where the action is not at this version now."""
    if version != (now := max(fact.version for fact in facts)):
        raise OtherVersion(f"the action is at version {now}, not {version}: read it again")


def decide(action: UUID, payload: Stated, facts: Sequence[Fact], now: datetime, others: Others) -> list[Draft]:
    """The facts to record, in order: the stated one, and on the survivor what a merge or its end brings.

    Raises a subclass of Refused; nothing is recorded then.
    """
    _not_ahead(payload, now)
    clock = min(stated_clock(payload) or now, now)
    match payload:
        case Reported():
            if facts:
                raise SourceRefTaken(f"{payload.source_ref or action} is the name of another report: correct that one")
            return [Draft(action, clock, payload)]
        case Merged():
            return _merge(action, payload, facts, clock, others)
        case Reinstated():
            return _reinstate(action, payload, facts, clock)
        case Corroborated() | Corrected():
            return [Draft(action, clock, payload)]
        case _:
            _not_halted(facts, clock)
            return [Draft(action, clock, payload)]


def _not_ahead(payload: Stated, now: datetime) -> None:
    latest = now + AHEAD
    report = payload.report
    if report and report.published_at > latest:
        raise PublishedAhead(("report", "published_at"), _too_late(report.published_at, latest))
    if payload.reported_at and payload.reported_at > latest:
        raise PublishedAhead(("reported_at",), _too_late(payload.reported_at, latest))


def _too_late(given: datetime, latest: datetime) -> str:
    return f"{write_instant(given)} lies more than a day ahead; it can be {write_instant(latest)} at the latest"


def _not_halted(facts: Sequence[Fact], clock: datetime) -> None:
    if halt := course_at(facts, clock).halt:
        raise UnderHalt(f"the action is {halt.status} at {write_instant(clock)}: reinstate it first")


def _reinstate(action: UUID, payload: Reinstated, facts: Sequence[Fact], clock: datetime) -> list[Draft]:
    course = course_at(facts, clock)
    if not course.halt and not course.standing_is_cancelled():
        raise NothingToReinstate(f"no fact retracts, merges or cancels the action at {write_instant(clock)}")
    survivors = dict.fromkeys(course.survivors) if course.halt else ()
    return [Draft(action, clock, payload), *(Draft(one, clock, Released(from_id=action)) for one in survivors)]


def _merge(action: UUID, payload: Merged, facts: Sequence[Fact], clock: datetime, others: Others) -> list[Draft]:
    survivor = payload.into
    if survivor == action:
        raise MergeIntoItself(f"{action} cannot be merged into itself")
    survivors = others(survivor)
    if not survivors:
        raise UnknownSurvivor(("into",), f"{survivor} is the id of no action")
    clock = max(clock, known_from(survivors))
    _not_halted(facts, clock)
    if halt := course_at(survivors, clock).halt:
        raise MergeIntoHalted(f"{survivor} is itself {halt.status} at {write_instant(clock)}")
    merge = Draft(action, clock, payload)
    would_be = [*facts, _would_be(merge, facts)]
    _no_circle(merge, would_be, others)
    shown = [report for _, report in course_at(facts, clock).reports]
    if payload.report:
        shown.append(payload.report)
    absorbed = Draft(survivor, clock, Absorbed(from_id=action, reports=tuple(dict.fromkeys(shown))))
    return [merge, absorbed, *_already_ended(merge, would_be, survivor)]


def _would_be(merge: Draft, facts: Sequence[Fact]) -> Fact:
    newest = max(facts, key=lambda fact: fact.position)
    return Fact(merge.action, newest.version + 1, newest.position + 1, newest.recorded_at, merge.clock, merge.payload)


def _already_ended(merge: Draft, facts: Sequence[Fact], survivor: UUID) -> list[Draft]:
    """A merge found late may have ended by a reinstatement that the log holds already: the first one that lifts it."""
    for fact in in_order(facts):
        ends = isinstance(fact.payload, Reinstated) and fact.clock > merge.clock
        if ends and course_at(facts, fact.clock, fact.position).halt:
            return [Draft(survivor, fact.clock, Released(from_id=merge.action))]
    return []


def _no_circle(merge: Draft, facts: Sequence[Fact], others: Others) -> None:
    """Follows the chain of merges at every moment from the merge on at which one of its actions changes."""
    chain = {merge.action: list(facts)}
    for found in _reachable(merge.action, chain, others):
        for clock in sorted({fact.clock for fact in chain[found] if fact.clock >= merge.clock}):
            if _leads_back(merge.action, chain, clock):
                raise MergeInCircle(f"the merges would lead back to {merge.action} at {write_instant(clock)}")


def _reachable(action: UUID, chain: dict[UUID, list[Fact]], others: Others) -> list[UUID]:
    """Every action that a merge of this one could ever lead to, itself first; their facts are put into `chain`."""
    found = [action]
    for one in found:
        chain.setdefault(one, list(others(one)))
        targets = [fact.payload.into for fact in chain[one] if isinstance(fact.payload, Merged)]
        found += [target for target in dict.fromkeys(targets) if target not in found]
    return found


def _leads_back(action: UUID, chain: dict[UUID, list[Fact]], clock: datetime) -> bool:
    seen = {action}
    at = fold(chain[action], clock)
    while at and at.merged_into:
        if at.merged_into in seen:
            return True
        seen.add(at.merged_into)
        at = fold(chain[at.merged_into], clock)
    return False
