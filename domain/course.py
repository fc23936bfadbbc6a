"""Rules 2 to 4 of the fold: how each fact, in the order of their clocks, changes where an action stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, assert_never
from uuid import UUID

from domain.content import UNDATED, Content, Occurred, Report
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
    StandingStatus,
    report_of,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A status that an action has of itself, and why."""

    status: StandingStatus
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Halt:
    """A retraction or a merge that covers the standing status until it is lifted."""

    status: Literal["retracted", "merged"]
    reason: str | None
    into: UUID | None


@dataclass(frozen=True, slots=True)
class Course:
    """Where an action stands after some of its facts, in the order of their clocks.

    `before` is the standing that a cancellation covers; `survivors` those of the merges since the last halt was lifted.
    `reports` are pairs of the action that brought the report (None for this one) and the report.
    """

    content: Mapping[str, Any]
    provisional: StandingStatus
    standing: Standing | None = None
    before: Standing | None = None
    halt: Halt | None = None
    survivors: tuple[UUID, ...] = ()
    reports: tuple[tuple[UUID | None, Report], ...] = ()

    @property
    def standing_status(self) -> StandingStatus:
        return self.standing.status if self.standing else self.provisional

    def standing_is_cancelled(self) -> bool:
        return self.standing is not None and self.standing.status == "cancelled"


def known_from(facts: Iterable[Fact]) -> datetime:
    """Rule 2: since when the public could know of the action at all."""
    return min(fact.clock for fact in facts if isinstance(fact.payload, Reported | Corroborated))


def course_at(facts: Iterable[Fact], clock: datetime, position: int | None = None) -> Course:
    """Where an action stands just after all its facts up to a clock, whether it was known then or not.

    With a position, of the facts at that very clock only those before it count.
    """
    facts = list(facts)
    course = start(facts, known_from(facts))
    for fact in in_order(facts):
        if fact.clock > clock or (position is not None and (fact.clock, fact.position) >= (clock, position)):
            break
        course = evolve(course, fact)
    return course


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.clock, fact.position))


def start(facts: Iterable[Fact], first_heard: datetime) -> Course:
    """Rule 3: the content of the `reported` fact; nothing that was planned when first heard of had happened yet."""
    first = next(fact.payload for fact in facts if isinstance(fact.payload, Reported))
    day = first.occurred.latest or first.occurred.earliest
    ahead = day is not None and day > first_heard.astimezone(UTC).date()
    return Course(content=_content(first), provisional="planned" if ahead else first.status)


def _content(source: Content) -> dict[str, Any]:
    return {name: getattr(source, name) for name in Content.model_fields}


def evolve(course: Course, fact: Fact) -> Course:  # noqa: C901  # one case for each type of fact
    """Rule 4: the course after one more fact."""
    payload = fact.payload
    if report := report_of(payload):
        course = replace(course, reports=(*course.reports, (None, report)))
    match payload:
        case Reported():
            return _stand(replace(course, content=_content(payload)), Standing(payload.status))
        case Corroborated():
            return course
        case Corrected(changes=changes):
            given = {name: getattr(changes, name) for name in changes.model_fields_set}
            return replace(course, content={**course.content, **given})
        case Rescheduled(occurred=occurred):
            return _stand(_dated(course, occurred), Standing("planned"))
        case Postponed(occurred=occurred, reason=reason):
            return _stand(_dated(course, occurred or UNDATED), Standing("postponed", reason))
        case Confirmed(occurred=occurred, status=status):
            dated = _dated(course, occurred) if occurred and occurred.edtf else course
            return _stand(dated, Standing(status))
        case Cancelled(reason=reason):
            return _stand(course, Standing("cancelled", reason))
        case Retracted(reason=reason):
            return replace(course, halt=Halt("retracted", reason, None))
        case Merged(reason=reason, into=into):
            return replace(course, halt=Halt("merged", reason, into), survivors=(*course.survivors, into))
        case Reinstated():
            return _reinstate(course)
        case Absorbed(from_id=source, reports=reports):
            return replace(course, reports=(*course.reports, *((source, report) for report in reports)))
        case Released(from_id=source):
            kept = tuple(pair for pair in course.reports if pair[0] != source)
            return replace(course, reports=kept)
        case _:
            assert_never(payload)


def _dated(course: Course, occurred: Occurred) -> Course:
    return replace(course, content={**course.content, "occurred": occurred})


def _stand(course: Course, standing: Standing) -> Course:
    """A new standing; under a cancellation the one before it is kept, whatever number of cancellations follow."""
    covered = course.before if course.standing_is_cancelled() else course.standing
    return replace(course, standing=standing, before=covered if standing.status == "cancelled" else None)


def _reinstate(course: Course) -> Course:
    if course.halt:
        return replace(course, halt=None, survivors=())
    if course.standing_is_cancelled() and course.before:
        return replace(course, standing=course.before, before=None)
    return course
