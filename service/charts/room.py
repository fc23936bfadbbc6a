"""How much room there is for the label of a mark: up to the next mark of its row, of those that are seen with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

GAP = 10  # pixels between one mark, or its label, and the next mark

Box = tuple[float, float]
"""Pixels from the left edge of the picture to the left and the right end of what is drawn."""
Known = tuple[int, int]
"""Microseconds: from when on, and until when, a box is where its action stands."""
Standing = tuple[Box, str, Known]
"""A box, whose it is, and when it is there."""


@dataclass(frozen=True, slots=True)
class Room:
    """So many pixels from one moment until another, in microseconds."""

    start: int
    until: int
    pixels: float


def meet(one: Known, other: Known) -> bool:
    """Whether both were known at some moment."""
    return one[0] < other[1] and other[0] < one[1]


def rooms(row: list[Standing], edge: float) -> Iterator[tuple[tuple[str, Box], list[Room]]]:
    """For each box in a row, the room right of it as long as it is there, up to the edge of the picture."""
    row = sorted(row)
    for place, one in enumerate(row):
        box, id, known = one
        others = _in_the_way(islice(row, place + 1, None), one)
        moments = sorted({known[0], *(moment for _, then in others for moment in then if known[0] < moment < known[1])})
        ends = [(start, _end(box, others, start, edge)) for start in moments]
        yield (
            (id, box),
            [
                Room(start, until, max(0.0, end - box[1] - GAP))
                for (start, end), (until, _) in pairwise([*ends, (known[1], edge)])
            ],
        )


def _in_the_way(following: Iterable[Standing], one: Standing) -> list[tuple[float, Known]]:
    """Where the next boxes of other actions begin, and when they are there, up to one that is there all the time.

    The other places of the same action are never seen at the same time.
    """
    _, id, known = one
    found = []
    for other, whose, then in following:
        if whose != id and meet(known, then):
            found.append((other[0], then))
            if then[0] <= known[0] and then[1] >= known[1]:
                break
    return found


def _end(box: Box, others: Iterable[tuple[float, Known]], moment: int, edge: float) -> float:
    """Pixels from the left edge, at one moment; what lies right of the picture needs no edge."""
    start = next((start for start, then in others if then[0] <= moment < then[1]), max(edge, box[1]))
    return min(start, edge) if box[1] < edge else start
