"""What each field of an action stands on, and how two of its states differ: by which fact, and why.

A field stands on the fact after which its value became the one that is shown. A fact that says again what is shown
already changes nothing, so nothing stands on it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from domain.content import Content
from domain.course import in_order
from domain.events import Corroborated, Fact, Reported
from domain.fold import State, Step, fold, steps

OWN = ("status", "outcome", "reason", "merged_into", "reports", "known_from")
FIELDS = (*Content.model_fields, *OWN)
"""What is compared. `version`, `position` and `recorded_at` say which facts made a state, not what is known."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two states do not have in common, and the fact that made it so; None where only time passed."""

    field: str
    before: Any
    after: Any
    fact: Fact | None


def value(state: State, field: str) -> Any:
    """A field of a state by its name in the API."""
    return getattr(state, field) if field in OWN else state.content[field]


def differing(one: State, other: State) -> list[str]:
    """The names of the fields that two states of an action do not have in common."""
    return [field for field in FIELDS if value(one, field) != value(other, field)]


Together = Sequence[Step]
"""Steps taken at one moment, the last of which was shown."""


def known_between(facts: Iterable[Fact], since: datetime, until: datetime, position: int) -> list[Together]:
    """How an action changed on the reported clock, in (since, until], as the log holds it at a position."""
    return [together for together in known_by(facts, until, position) if since < together[0].since]


def known_by(facts: Iterable[Fact], until: datetime, position: int) -> list[Together]:
    """How an action came to be what is known of it at an instant, as the log holds it at a position."""
    held = (fact for fact in facts if fact.position <= position)
    return [together for together in _by_instant(steps(held)) if together[0].since <= until]


def recorded_between(facts: Iterable[Fact], after: int, position: int, as_of: datetime) -> list[Together]:
    """How what was known of an action at `as_of` changed along the log, by the facts at (after, position]."""
    listed = sorted(facts, key=lambda fact: fact.position)
    found = [(fact, fold(listed, as_of, fact.position)) for fact in listed if after < fact.position <= position]
    return [[Step(fact.recorded_at, fact, state)] for fact, state in found if state]


def differences(before: State, taken: Iterable[Together]) -> list[Difference]:
    """How the last of some steps differs from the state before them, and for each field by which fact."""
    after, made = _followed(before, taken)
    return [
        Difference(field, value(before, field), value(after, field), made[field]) for field in differing(before, after)
    ]


def evidence(facts: Iterable[Fact], as_of: datetime, position: int | None = None) -> Mapping[str, Fact | None]:
    """Field -> the fact that it stands on at (as_of, position), None where only time made it so; empty if not known."""
    held = [fact for fact in facts if position is None or fact.position <= position]
    taken = [together for together in _by_instant(steps(held)) if together[0].since <= as_of]
    if not taken:
        return {}
    first = taken[0][0]
    made = _followed(first.state, taken)[1]
    return {**dict.fromkeys(FIELDS, first.fact), **made, "known_from": first_heard(held)}


def first_heard(facts: Iterable[Fact]) -> Fact:
    """The fact by which the public could first know of an action."""
    return next(fact for fact in in_order(facts) if isinstance(fact.payload, Reported | Corroborated))


def _by_instant(taken: Iterable[Step]) -> Iterator[Together]:
    return (list(together) for _, together in groupby(taken, key=lambda step: step.since))


def _followed(state: State, taken: Iterable[Together]) -> tuple[State, dict[str, Fact | None]]:
    """The last state, and the fact after which each field that ever changed got the value that it has there."""
    made: dict[str, Fact | None] = {}
    for together in taken:
        before = state
        by: dict[str, Fact | None] = {}
        for step in together:
            by |= dict.fromkeys(differing(state, step.state), step.fact)
            state = step.state
        made |= {field: by[field] for field in differing(before, state)}
    return state, made
