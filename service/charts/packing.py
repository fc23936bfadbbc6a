"""In which row of its lane each action stands, and how much room that leaves for its label.

A row is chosen so that nothing overlaps and labels get long gaps: of the rows that are free, the one whose last mark
lies furthest back. All versions of an action share a row, so that nothing jumps while the past is replayed. Marks that
were never known at the same time are never seen together, and may stand in the same place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.instants import FOREVER
from service.charts.room import Box, Known, Room, Standing, meet, rooms

ENOUGH = 0.9  # of the wanted label widths: no further row is tried
WORTH_A_ROW = 0.04  # more of the wanted label widths


@dataclass(frozen=True, slots=True)
class Slot:
    """What one action needs in a lane: a box for each place it ever had, from left to right, and pixels for a label."""

    id: str
    boxes: Mapping[Box, Known]
    wanted: float

    @property
    def lasting(self) -> list[Box]:
        """Where it stands in the end."""
        return [box for box, (_, until) in self.boxes.items() if until == FOREVER]


@dataclass(frozen=True, slots=True)
class Packed:
    """The row of each slot, and the room right of each of its boxes."""

    rows: dict[str, int] = field(default_factory=dict)
    count: int = 1
    room: dict[tuple[str, Box], list[Room]] = field(default_factory=dict)


def pack(slots: Iterable[Slot], limit: int, edge: float) -> Packed | None:
    """Into as few rows as give the labels room, at most `limit`; None where not even the marks fit into so many."""
    ordered = sorted(slots, key=lambda slot: (tuple(slot.boxes), slot.id))
    best, most = None, 0.0
    for count in range(1, limit + 1):
        rows = _into(ordered, count)
        if rows is None:
            continue
        packed = Packed(rows, count, _room(ordered, rows, edge))
        satisfied = _satisfied(ordered, packed)
        if best is None or satisfied > most + WORTH_A_ROW:
            best, most = packed, satisfied
        if satisfied >= ENOUGH:
            break
    return best and _lasting_first(ordered, best)


def _lasting_first(slots: Iterable[Slot], packed: Packed) -> Packed:
    """Rows in which nothing is left in the end come last: so there is no gap among the others."""
    lasting = {packed.rows[slot.id] for slot in slots if slot.lasting}
    order = sorted(range(packed.count), key=lambda row: row not in lasting)
    return replace(packed, rows={id: order.index(row) for id, row in packed.rows.items()})


@dataclass(slots=True)
class _Row:
    """What stands in a row: all its boxes, where the last one ends, and whether there may be room before that."""

    boxes: list[tuple[Box, Known]] = field(default_factory=list)
    reach: float = float("-inf")
    has_holes: bool = False

    def is_free(self, boxes: Mapping[Box, Known]) -> bool:
        if min(boxes)[0] >= self.reach + 2:
            return True
        return self.has_holes and not any(
            _touch(taken, box) and meet(then, known)
            for taken, then in reversed(self.boxes)
            for box, known in boxes.items()
        )

    def take(self, boxes: Mapping[Box, Known]) -> None:
        self.boxes.extend(boxes.items())
        self.reach = max(self.reach, *(end for _, end in boxes))
        self.has_holes = self.has_holes or len(boxes) > 1 or any(until < FOREVER for _, until in boxes.values())


def _touch(one: Box, other: Box) -> bool:
    return one[1] + 2 > other[0] and other[1] + 2 > one[0]


def _into(slots: Sequence[Slot], count: int) -> dict[str, int] | None:
    """The row of each slot; None where some slot finds none."""
    rows = [_Row() for _ in range(count)]
    found = {}
    for slot in slots:
        free = [number for number, row in enumerate(rows) if row.is_free(slot.boxes)]
        if not free:
            return None
        found[slot.id] = min(free, key=lambda number: rows[number].reach)
        rows[found[slot.id]].take(slot.boxes)
    return found


def _room(slots: Iterable[Slot], rows: dict[str, int], edge: float) -> dict[tuple[str, Box], list[Room]]:
    standing: dict[int, list[Standing]] = {}
    for slot in slots:
        standing.setdefault(rows[slot.id], []).extend((box, slot.id, known) for box, known in slot.boxes.items())
    return {place: found for row in standing.values() for place, found in rooms(row, edge)}


def _satisfied(slots: Iterable[Slot], packed: Packed) -> float:
    """The share, 0 to 1, of the wanted label widths that there is room for in the end."""
    wanted = got = 0.0
    for slot in slots:
        for box in slot.lasting:
            wanted += slot.wanted
            got += min(slot.wanted, packed.room[slot.id, box][-1].pixels)
    return got / wanted if wanted else 1.0
