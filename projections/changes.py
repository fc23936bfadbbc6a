"""What a fact changes: the versions of its action that it closes on the log, and those that it opens.

Every read model follows the log through these; none has to know what a fact means, which is the fold's to say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.events import Fact
from domain.fold import Version, versions


@dataclass(frozen=True, slots=True)
class Change:
    """From `fact.position` on, the `closed` versions of the action no longer hold and the `opened` ones do."""

    fact: Fact
    closed: Sequence[Version]
    opened: Sequence[Version]


def changes(facts: Iterable[Fact], before: Mapping[UUID, Sequence[Fact]]) -> Iterator[Change]:
    """What each of the facts changes, in their order. `before` holds the earlier facts of the actions that have any."""
    so_far = {action: list(earlier) for action, earlier in before.items()}
    standing: dict[UUID, dict[datetime, Version]] = {}
    for fact in facts:
        action = so_far.setdefault(fact.action, [])
        if fact.action not in standing:
            standing[fact.action] = _by_start(action) if action else {}
        action.append(fact)
        old, new = standing[fact.action], _by_start(action)
        standing[fact.action] = new
        closed = [version for start, version in old.items() if new.get(start) != version]
        opened = [version for start, version in new.items() if old.get(start) != version]
        yield Change(fact, closed, opened)


def _by_start(facts: Sequence[Fact]) -> dict[datetime, Version]:
    return {version.known_from: version for version in versions(facts)}
