"""In which row of its lane each action stands, and how much room that leaves for its label.

A row is chosen so that nothing overlaps and labels get long gaps: of the rows that are free, the one whose last mark
lies furthest back. All versions of an action share a row, so that nothing jumps while the past is replayed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

GAP = 10  # pixels between one mark, or its label, and the next mark
ENOUGH = 0.9  # of the wanted label widths: no further row is tried
WORTH_A_ROW = 0.04  # more of the wanted label widths

Box = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Slot:
    """What one action needs in a lane: a box in pixels for each place it ever had, and room for a label."""

    id: str
    boxes: tuple[Box, ...]
    wanted: float


@dataclass(slots=True)
class Packed:
    """`room`: pixels to the right of each box of a slot up to the next box in its row or the edge of the picture."""

    rows: dict[str, int] = field(default_factory=dict)
    count: int = 1
    room: dict[tuple[str, Box], float] = field(default_factory=dict)


def pack(slots: Iterable[Slot], limit: int, edge: float) -> Packed | None:
    """Into as few rows as give the labels room, at most `limit`; None where not even the marks fit into so many."""
    ordered = sorted(slots, key=lambda slot: (slot.boxes, slot.id))
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
    return best


@dataclass(slots=True)
class _Row:
    """What stands in a row: all its boxes, where the last one ends, and whether some lie before a gap to be filled."""

    boxes: list[Box] = field(default_factory=list)
    reach: float = float("-inf")
    has_holes: bool = False

    def is_free(self, boxes: tuple[Box, ...]) -> bool:
        if boxes[0][0] >= self.reach + 2:
            return True
        return self.has_holes and all(
            end + 2 <= start or stop + 2 <= begin for begin, end in self.boxes for start, stop in boxes
        )

    def take(self, boxes: tuple[Box, ...]) -> None:
        self.boxes.extend(boxes)
        self.reach = max(self.reach, *(end for _, end in boxes))
        self.has_holes = self.has_holes or len(boxes) > 1


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


def _room(slots: Iterable[Slot], rows: dict[str, int], edge: float) -> dict[tuple[str, Box], float]:
    room: dict[tuple[str, Box], float] = {}
    standing: dict[int, list[tuple[Box, str]]] = {}
    for slot in slots:
        standing.setdefault(rows[slot.id], []).extend((box, slot.id) for box in slot.boxes)
    for row in standing.values():
        row.sort()
        for place, (box, id) in enumerate(row):
            room[id, box] = max(0.0, _next_start(islice(row, place + 1, None), id, box, edge) - box[1] - GAP)
    return room


def _next_start(following: Iterable[tuple[Box, str]], id: str, box: Box, edge: float) -> float:
    """Of another action: the other places of the same one are never shown at the same time."""
    start = next((other[0] for other, whose in following if whose != id), max(edge, box[1]))
    return min(start, edge) if box[1] < edge else start


def _satisfied(slots: Iterable[Slot], packed: Packed) -> float:
    """The share, 0 to 1, of the wanted label widths that there is room for."""
    wanted = got = 0.0
    for slot in slots:
        for box in slot.boxes:
            wanted += slot.wanted
            got += min(slot.wanted, packed.room[slot.id, box])
    return got / wanted if wanted else 1.0
