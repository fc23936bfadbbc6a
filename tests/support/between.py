"""What must differ between two moments, said a second time: a plain loop over all actions and all that happened.

It shares no code with domain/evidence.py, projections/ and service/.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.events import Fact
from tests.support.model import Action, Query, fits, histories, plain
from tests.support.oracle import breakpoints, known

Moment = tuple[datetime, int]
NOT_COMPARED = ("id", "source_ref", "version", "position", "recorded_at")


@dataclass
class Expected:
    """By id, or by id and field; the numbers are positions of the facts that may have made it, none where time did."""

    added: dict[str, set[int]] = field(default_factory=dict)
    withdrawn: dict[str, set[int]] = field(default_factory=dict)
    changed: dict[tuple[str, str], tuple[Any, Any, set[int]]] = field(default_factory=dict)


def expected(facts: list[Fact], query: Query, before: Moment, after: Moment) -> Expected:
    """Of the actions that the query leaves at either moment."""
    found = Expected()
    for history in histories(facts):
        points = [before, *between(history, before, after)]
        states = [state(history, point) for point in points]
        old, new, id = states[0], states[-1], str(history[0].action)
        was, now = shown(old, query), shown(new, query)
        if was and now and old and new:
            for name in new.keys() - set(NOT_COMPARED):
                if old[name] != new[name]:
                    by = makers(history, points, states, lambda one, name=name: one and one[name])
                    found.changed[id, name] = old[name], new[name], by
        elif was or now:
            by = makers(history, points, states, lambda one: shown(one, query))
            (found.added if now else found.withdrawn)[id] = by
    return found


def between(history: list[Fact], before: Moment, after: Moment) -> list[Moment]:
    """Every moment after the earlier one at which anything can have changed, the later one last."""
    (since, first), (until, last) = before, after
    if first == last:
        return [(at, last) for at in [*breakpoints(history), until] if since < at <= until]
    return [(until, fact.position) for fact in history if first < fact.position <= last]


def state(history: list[Fact], at: Moment) -> Action | None:
    found = known(history, *at)
    return plain(found) if found else None


def shown(action: Action | None, query: Query) -> bool:
    return action is not None and fits(action, query)


def makers(
    history: list[Fact], points: list[Moment], states: list[Action | None], of: Callable[[Action | None], Any]
) -> set[int]:
    """The facts of the last moment at which the value became what it is at the end."""
    values = [of(one) for one in states]
    turn = max(number for number in range(1, len(values)) if values[number] != values[number - 1])
    (since, first), (at, position) = points[turn - 1], points[turn]
    if first != position:
        return {position}
    return {fact.position for fact in history if since < fact.clock == at and fact.position <= position}
