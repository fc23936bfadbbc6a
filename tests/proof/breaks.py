"""The fold, broken on purpose: each break is a mistake that somebody could make. Only tests put them in."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain import course, decisions, evidence, fold
from domain.content import Occurred
from domain.course import Course
from domain.events import Fact, Released, Reported

MODULES: Any = (course, decisions, evidence, fold)
evolve, dated, start = course.evolve, course._dated, course.start


def by_arrival(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: fact.position)


def over_at_midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC) + timedelta(days=1)


def known_from_its_first_report(facts: Iterable[Fact]) -> datetime:
    return next(fact.clock for fact in facts if isinstance(fact.payload, Reported))


def lifting_halts_alone(was: Course) -> Course:
    return replace(was, halt=None, survivors=())


def keeping_the_date(was: Course, occurred: Occurred) -> Course:
    return dated(was, occurred) if occurred.edtf else was


def keeping_what_was_absorbed(was: Course, fact: Fact) -> Course:
    return was if isinstance(fact.payload, Released) else evolve(was, fact)


def nothing_provisional(facts: Iterable[Fact], first_heard: datetime) -> Course:
    facts = list(facts)
    stated = next(fact.payload.status for fact in facts if isinstance(fact.payload, Reported))
    return replace(start(facts, first_heard), provisional=stated)


def everywhere(name: str, broken: Callable[..., Any]) -> Callable[[pytest.MonkeyPatch], None]:
    """Puts a break in wherever the function is known."""

    def put(monkeypatch: pytest.MonkeyPatch) -> None:
        for module in MODULES:
            if hasattr(module, name):
                monkeypatch.setattr(module, name, broken)

    return put


def uncapped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The earlier of what was stated and now is what was stated."""
    monkeypatch.setattr(decisions, "min", lambda stated, now: stated, raising=False)


ALL: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "facts count in the order they arrived": everywhere("in_order", by_arrival),
    "a day is over at midnight": everywhere("day_is_over_at", over_at_midnight),
    "an older report found later does not count": everywhere("known_from", known_from_its_first_report),
    "a reinstatement brings no standing back": everywhere("_reinstate", lifting_halts_alone),
    "what is postponed keeps its date": everywhere("_dated", keeping_the_date),
    "what a merge brought stays when it ends": everywhere("evolve", keeping_what_was_absorbed),
    "what was ahead had happened": everywhere("start", nothing_provisional),
    "a fact counts before it was recorded": uncapped,
}
