"""How counts change while the past is replayed: from each moment on at which one does, what it is then."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from service.charts.entries import Entry
from service.charts.traces import NEVER, milliseconds

Stage = tuple[int, Counter[str]]
"""From which millisecond of the reported clock on there are so many of each kind."""


def stages(entries: Iterable[Entry]) -> list[Stage]:
    """Of versions, of which at most one of each action is known at a time: so each action counts once."""
    steps: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        steps[milliseconds(entry.known_from)][entry.kind] += 1
        steps[milliseconds(entry.known_to)][entry.kind] -= 1
    found: list[Stage] = []
    now: Counter[str] = Counter()
    for moment in sorted(steps.keys() - {NEVER}):
        now = Counter(now)
        now.update(steps[moment])
        if +now != (found[-1][1] if found else Counter()):
            found.append((moment, +now))
    return found
