"""Where everything stands: lanes from top to bottom, rows within them, labels beside the marks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.instants import FOREVER
from service.charts import words
from service.charts.entries import Entry
from service.charts.lanes import Lane
from service.charts.packing import Packed, Slot, pack
from service.charts.room import Box, Known, Room
from service.charts.scale import Scale
from service.charts.spread import spread

ROW, PAD, STRIP, GUTTER = 24, 10, 34, 176
"""Pixels: a row, above and below the rows of a lane, a strip of cells, the lane names."""
COMPACT_BELOW = 560  # pixels of width; lane names stand above their rows there
COMPACT_HEAD = 22  # pixels for such a name
MOST_ROWS = 8  # a fuller lane becomes a strip of cells
LABEL = 212  # pixels of a title for which a further row is worth it
ALWAYS: Known = (-FOREVER, FOREVER)
MARGIN_LEFT, MARGIN_RIGHT = 8, 12  # pixels beside the picture; the left one where there is no gutter


@dataclass(frozen=True, slots=True)
class Frame:
    """What is common to a whole figure; `replay`: it holds what was known at any time."""

    scale: Scale
    compact: bool
    replay: bool = False

    @property
    def left(self) -> int:
        """Pixels left of the picture."""
        return MARGIN_LEFT if self.compact else GUTTER

    @property
    def head(self) -> int:
        return COMPACT_HEAD if self.compact else 0


@dataclass(frozen=True, slots=True)
class Band:
    """A lane in its place: `top` to `top + height` in pixels; packed, or None where it is a strip of cells."""

    lane: Lane
    top: float
    height: float
    packed: Packed | None


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry in a lane; `room` is for its label, from time to time."""

    entry: Entry
    lane: str
    y: float
    room: Sequence[Room]


def frame(width: int, first: int, last: int, replay: bool = False) -> Frame:
    compact = width < COMPACT_BELOW
    inside = width - MARGIN_RIGHT - (MARGIN_LEFT if compact else GUTTER)
    return Frame(Scale(first, last, float(inside)), compact, replay)


def bands(lanes: Iterable[Lane], frame: Frame, labelled: bool) -> list[Band]:
    """Each lane as high as its rows; one that is too full becomes a strip."""
    return _stacked((_packed(lane, frame, labelled) for lane in lanes), frame)


def _packed(lane: Lane, frame: Frame, labelled: bool) -> tuple[Lane, Packed | None]:
    """In rows; where these are too few, with marks of the same day side by side; None where that is not enough."""
    packed = pack(_slots(lane, frame, labelled), MOST_ROWS, frame.scale.width)
    if packed:
        return lane, packed
    aside = replace(lane, entries=spread(lane.entries, frame.scale, MOST_ROWS))
    packed = pack(_slots(aside, frame, labelled), MOST_ROWS, frame.scale.width)
    return (aside, packed) if packed else (lane, None)


def strips(lanes: Iterable[Lane], frame: Frame) -> list[Band]:
    return _stacked(((lane, None) for lane in lanes), frame)


def _stacked(lanes: Iterable[tuple[Lane, Packed | None]], frame: Frame) -> list[Band]:
    found = []
    top = 0.0
    for lane, packed in lanes:
        height = float(frame.head + (packed.count * ROW + PAD if packed else STRIP))
        found.append(Band(lane, top, height, packed))
        top += height
    return found


def _slots(lane: Lane, frame: Frame, labelled: bool) -> Iterator[Slot]:
    """One for each action, over all its versions; at one moment all there are are seen together."""
    boxes: dict[str, dict[Box, Known]] = {}
    titles: dict[str, str] = {}
    for entry in lane.entries:
        places, box = boxes.setdefault(entry.id, {}), entry.box(frame.scale)
        known = (entry.known_from, entry.known_to) if frame.replay else ALWAYS
        start, end = places.get(box, known)
        places[box] = min(start, known[0]), max(end, known[1])
        titles[entry.id] = entry.action["title"]
    for id, places in boxes.items():
        wanted = min(words.width(titles[id]), LABEL) if labelled else 0.0
        yield Slot(id, dict(sorted(places.items())), wanted)


def placed(band: Band, frame: Frame) -> Iterator[Placed]:
    """The entries of a lane that is no strip."""
    if band.packed is None:
        return
    top = band.top + frame.head + PAD / 2 + ROW / 2
    for entry in band.lane.entries:
        room = band.packed.room[entry.id, entry.box(frame.scale)]
        yield Placed(entry, band.lane.key, top + band.packed.rows[entry.id] * ROW, room)
