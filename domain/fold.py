"""The fold: what was known of one action at a moment on the reported clock and a position of the log.

Pure and total: every set of facts has a meaning in any order of arrival. Whatever tables or caches serve an answer, it
must equal `fold`. The rules are numbered as in docs/decisions/0002-three-clocks.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate, groupby, zip_longest
from typing import Any, TypeVar
from uuid import UUID

from domain.content import Occurred, Report
from domain.course import Course, Standing, evolve, in_order, known_from, start
from domain.dates import day_is_over_at
from domain.events import Fact, Outcome, Reported, Status

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Step:
    """What is shown of an action from an instant of the reported clock on, once one more of its facts is applied.

    `fact` is None where only time passed. Of several steps with the same `since` only the last one was ever shown.
    """

    since: datetime
    fact: Fact | None
    state: State


def fold(facts: Iterable[Fact], as_of: datetime, position: int | None = None) -> State | None:
    """The state of an action at (as_of, position), or None where it was not known then.

    `facts` are all facts of one action, in any order; without a position all of them count.
    """
    found = None
    for moment in _moments(fact for fact in facts if position is None or fact.position <= position):
        if moment.since > as_of:
            break
        found = moment
    return found.state(as_of) if found else None


def versions(facts: Iterable[Fact]) -> Iterator[Version]:
    """Every state that an action has on the reported clock, in order, without gaps, as long as the log stays as it is.

    A plan that nobody confirms changes by the passing of time alone: its version is split where it lapses.
    """
    for (since, _, moment), after in _with_next(_turns(facts)):
        if after is None or since < after[0]:
            yield Version(since, after[0] if after else None, moment.state(since))


def steps(facts: Iterable[Fact]) -> Iterator[Step]:
    """How an action came to be what is known of it: a step for each fact, in the order of the clocks, and for a lapse.

    The first one is the content of the `reported` fact by itself. What became public before the action could be known
    at all is shown from then on.
    """
    return (Step(since, fact, moment.state(since)) for since, fact, moment in _turns(facts))


def _turns(facts: Iterable[Fact]) -> Iterator[tuple[datetime, Fact | None, "_Moment"]]:
    for moment, after in _with_next(_moments(facts)):
        yield moment.since, moment.fact, moment
        over = moment.over_at()
        if over and moment.since < over and (after is None or over <= after.since):
            yield over, None, moment


def _with_next(found: Iterable[T]) -> Iterator[tuple[T, T | None]]:
    """Each with the one after it; None after the last."""
    listed = list(found)
    return zip_longest(listed, listed[1:])


@dataclass(frozen=True, slots=True)
class _Moment:
    """What the facts up to `fact`, in the order of clocks, add up to."""

    since: datetime
    fact: Fact
    first: Fact
    known_from: datetime
    course: Course
    announced: bool
    newest: Fact

    def over_at(self) -> datetime | None:
        """When the latest day is over, where that decides between open and lapsed."""
        latest: date | None = self.course.content["occurred"].latest
        undecided = not self.course.halt and _is_ahead(self.course)
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
    """One for the `reported` fact's content, then one for each fact; none is shown before `known_from`."""
    facts = list(facts)
    if not facts:
        return
    heard = known_from(facts)
    first = newest = min(facts, key=lambda fact: fact.position)
    course, announced = start(facts, heard), False
    yield _Moment(heard, first, first, heard, course, _is_ahead(course), newest)
    for since, group in groupby(in_order(facts), key=lambda fact: max(fact.clock, heard)):
        together = list(group)
        courses = list(accumulate(together, evolve, initial=course))[1:]
        ends_ahead = _is_ahead(courses[-1])
        for fact, course in zip(together, courses, strict=True):
            announced = announced or (ends_ahead and _is_ahead(course))
            newest = max(newest, fact, key=lambda fact: fact.position)
            yield _Moment(since, fact, first, heard, course, announced, newest)


def _is_ahead(course: Course) -> bool:
    return course.standing_status in ("planned", "postponed")
