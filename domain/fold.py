"""The fold: what was known of one action at a moment on the reported clock and a position of the log.

Pure and total: every set of facts has a meaning in any order of arrival. Whatever tables or caches serve an answer, it
must equal `fold`. The rules are numbered as in docs/decisions/0002-three-clocks.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from domain.content import Occurred, Report
from domain.course import Course, Standing, evolve, in_order, known_from, start
from domain.dates import day_is_over_at
from domain.events import Fact, Outcome, Reported, Status


@dataclass(frozen=True, slots=True)
class State:
    """One action as known at a moment; the fields are those of the API."""

    id: UUID
    source_ref: str | None
    content: Mapping[str, Any]
    status: Status
    outcome: Outcome | None
    reason: str | None
    merged_into: UUID | None
    reports: tuple[Report, ...]
    known_from: datetime
    recorded_at: datetime
    version: int
    position: int

    @property
    def occurred(self) -> Occurred:
        when: Occurred = self.content["occurred"]
        return when


@dataclass(frozen=True, slots=True)
class Version:
    """A state, and the half-open interval of the reported clock in which it was the one known; None: for good."""

    known_from: datetime
    known_to: datetime | None
    state: State


def fold(facts: Iterable[Fact], as_of: datetime, position: int | None = None) -> State | None:
    """The state of an action at (as_of, position), or None where it was not known then.

    `facts` are all facts of one action, in any order; without a position all of them count.
    """
    found = None
    for moment in _moments(fact for fact in facts if position is None or fact.position <= position):
        if moment.clock > as_of:
            break
        found = moment
    return found.state(as_of) if found else None


def versions(facts: Iterable[Fact]) -> Iterator[Version]:
    """Every state that an action has on the reported clock, in order, without gaps, as long as the log stays as it is.

    A plan that nobody confirms changes by the passing of time alone: its version is split where it lapses.
    """
    moments = list(_moments(facts))
    ends = [*(moment.clock for moment in moments), None][1:]
    for moment, end in zip(moments, ends, strict=True):
        over = moment.over_at()
        if over and moment.clock < over and (end is None or over < end):
            yield Version(moment.clock, over, moment.state(moment.clock))
            yield Version(over, end, moment.state(over))
        else:
            yield Version(moment.clock, end, moment.state(moment.clock))


@dataclass(frozen=True, slots=True)
class _Moment:
    """What the facts up to one clock add up to."""

    clock: datetime
    first: Fact
    known_from: datetime
    course: Course
    announced: bool
    newest: Fact

    def over_at(self) -> datetime | None:
        """When the latest day is over, where that decides between open and lapsed."""
        latest: date | None = self.course.content["occurred"].latest
        undecided = not self.course.halt and self.course.standing_status in ("planned", "postponed")
        return day_is_over_at(latest) if undecided and latest else None

    def outcome(self, as_of: datetime) -> Outcome | None:
        if not self.announced or self.course.halt:
            return None
        status = self.course.standing_status
        if status in ("ongoing", "occurred"):
            return "met"
        if status == "cancelled":
            return "cancelled"
        over = self.over_at()
        return "lapsed" if over and as_of >= over else "open"

    def state(self, as_of: datetime) -> State:
        course, first = self.course, self.first.payload
        assert isinstance(first, Reported)
        shown = course.halt or course.standing or Standing(course.provisional)
        return State(
            id=self.first.action,
            source_ref=first.source_ref,
            content=course.content,
            status=shown.status,
            outcome=self.outcome(as_of),
            reason=shown.reason,
            merged_into=course.halt.into if course.halt else None,
            reports=tuple(dict.fromkeys(report for _, report in course.reports)),
            known_from=self.known_from,
            recorded_at=self.newest.recorded_at,
            version=self.newest.version,
            position=self.newest.position,
        )


def _moments(facts: Iterable[Fact]) -> Iterator[_Moment]:
    """The moments on the reported clock at which a fact changes what is known, from `known_from` on."""
    facts = list(facts)
    if not facts:
        return
    heard = known_from(facts)
    first = newest = min(facts, key=lambda fact: fact.position)
    course, announced = start(facts, heard), False
    for clock, together in groupby(in_order(facts), key=lambda fact: fact.clock):
        for fact in together:
            course = evolve(course, fact)
            newest = max(newest, fact, key=lambda fact: fact.position)
        if clock >= heard:
            announced = announced or course.standing_status in ("planned", "postponed")
            yield _Moment(clock, first, heard, course, announced, newest)
