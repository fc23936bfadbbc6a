"""What became of each fact of an action at a moment: whether it stands, was overridden and by which, or is covered.

A fact takes hold of what it changes: fields of the content, the standing status, the halt, the reports. What another
one changes after it, in the order of clocks, is no longer its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Literal

from domain.course import Course, evolve, in_order, known_from, start
from domain.events import Absorbed, Corroborated, Fact, Reinstated, Released, Reported
from domain.fold import State, steps

Effect = Literal["stands", "overridden", "halted", "nothing", "later"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a fact, and by which others; what was shown just before it and just after, if it was known.

    `given` is what the fact that an action begins with gave it: shown from when the public first heard, which may be
    before that fact's own place in the order of clocks. Where it is not, nothing was shown `before` it.
    `nothing`: it says what was known already, or reinstates what stands. `later`: it was not known at that moment (what
    was reported first is, where any report of it was). `halted`: it would stand, but a retraction or a merge covers it.
    """

    fact: Fact
    effect: Effect
    by: tuple[Fact, ...]
    before: State | None
    after: State | None
    given: State | None = None


def fates(facts: Iterable[Fact], as_of: datetime, position: int | None = None) -> list[Fate]:
    """What became of each fact at (as_of, position), in the order of the log; empty where nothing was known yet."""
    held = [fact for fact in facts if position is None or fact.position <= position]
    shown = _shown(held, as_of)
    if not shown:
        return []
    told = _Told(held, as_of)
    by_position = {fact.position: fact for fact in held}
    return [
        Fate(fact, *told.effect(fact), *shown.get(fact.position, (None, None, None)))
        for _, fact in sorted(by_position.items())
    ]


Shown = tuple[State | None, State | None, State | None]
"""Just before a fact, just after it, and what it gave."""


def _shown(held: list[Fact], as_of: datetime) -> Mapping[int, Shown]:
    """Position -> what was shown around the fact there."""
    taken = list(takewhile(lambda step: step.since <= as_of, steps(held)))
    before = [None, *(step.state for step in taken)]
    found: dict[int, Shown] = {
        step.fact.position: (then, step.state, None) for then, step in zip(before, taken, strict=False) if step.fact
    }
    if first := taken[0].fact if taken else None:
        then, after, _ = found[first.position]
        since = max(step.since for step in taken if step.fact == first)
        heard_by_it = since == taken[0].since
        found[first.position] = (None, after, after) if heard_by_it else (then, after, taken[0].state)
    return found


class _Told:
    """Who holds what after the facts known at a moment, and by whom each lost what it held."""

    def __init__(self, held: list[Fact], as_of: datetime) -> None:
        self._as_of, heard = as_of, [fact for fact in held if isinstance(fact.payload, Reported | Corroborated)]
        first = min(held, key=lambda fact: fact.position)
        self._lost: dict[int, dict[str, Fact | None]] = defaultdict(dict)
        """Position -> what the fact there took hold of -> by which other it lost it, None where it holds it."""
        self._holders: dict[str, list[Fact]] = defaultdict(list)
        self._covered: list[Fact] = []
        """Who held the standing that a cancellation covers."""
        self._course = start(held, known_from(held))
        for name in self._course.content:
            self._take(name, first)
        for fact in in_order(held):
            if fact.clock <= as_of:
                self._follow(fact)
        first_heard = [fact for fact in heard if fact.clock == known_from(held)]
        if len(first_heard) == 1:
            self._take("known_from", first_heard[0])

    def effect(self, fact: Fact) -> tuple[Effect, tuple[Fact, ...]]:
        """What became of a fact, and by which others."""
        if fact.clock > self._as_of and not isinstance(fact.payload, Reported):
            return "later", ()
        taken = self._lost[fact.position]
        claimed = {name: by for name, by in taken.items() if name != "reports"} or taken
        lost = [by for by in claimed.values() if by]
        if not claimed:
            return "nothing", ()
        if len(lost) == len(claimed):
            return "overridden", tuple({by.position: by for by in lost}.values())
        halts = self._holders["halt"] if self._course.halt else []
        return ("halted", tuple(halts)) if halts and fact not in halts else ("stands", ())

    def _follow(self, fact: Fact) -> None:
        old, new = self._course, evolve(self._course, fact)
        for name in new.content:
            if new.content[name] != old.content[name]:
                self._take(name, fact)
        if new.halt != old.halt:
            self._take("halt", fact)
        if new.standing != old.standing:
            self._stand(fact, old, new)
        self._report(fact, old, new)
        self._course = new

    def _take(self, name: str, fact: Fact) -> None:
        for holder in self._holders[name]:
            self._lost[holder.position][name] = fact
        self._hold(name, [fact])

    def _hold(self, name: str, holders: list[Fact]) -> None:
        self._holders[name] = holders
        for holder in holders:
            self._lost[holder.position][name] = None

    def _stand(self, fact: Fact, old: Course, new: Course) -> None:
        """A cancellation covers who held the standing; its end gives it back to them, beside the one who ended it."""
        covered = self._covered if old.standing_is_cancelled() else self._holders["standing"]
        self._take("standing", fact)
        self._covered = covered if new.standing_is_cancelled() else []
        if isinstance(fact.payload, Reinstated):
            self._hold("standing", [*covered, fact])

    def _report(self, fact: Fact, old: Course, new: Course) -> None:
        """Reports are added to each other; only those of a merged action are taken away again."""
        before, after = ({report for _, report in course.reports} for course in (old, new))
        if before != after:
            self._lost[fact.position]["reports"] = None
        if isinstance(fact.payload, Released):
            brought = [one for one in self._holders["absorbed"] if _is_of(one, fact.payload)]
            for one in brought:
                self._lost[one.position]["reports"] = fact
        if isinstance(fact.payload, Absorbed):
            self._holders["absorbed"].append(fact)


def _is_of(fact: Fact, released: Released) -> bool:
    return isinstance(fact.payload, Absorbed) and fact.payload.from_id == released.from_id
