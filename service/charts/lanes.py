"""Which lanes there are, and which actions stand in each: the same action in every participant's lane."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.kinds import KINDS
from domain.people import key_of
from service.charts import words
from service.charts.entries import Entry
from service.charts.options import ChartOptions, LaneBy
from service.charts.scale import Scale

OTHERS = ""
"""The key of the lane for actions that name nobody whom a lane could stand for."""
OTHERS_NAMES: dict[LaneBy, str] = {
    "country": "No country named",
    "kind": "Other",
    "organisation": "No organisation",
    "person": "Nobody named",
    "topic": "No topic",
}


@dataclass(frozen=True, slots=True)
class Lane:
    """`count` is how many of its actions fall on the days in the picture at the moment shown, `ever` at any."""

    key: str
    name: str
    count: int
    ever: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """`left_out` is how many lanes there are beyond those drawn."""

    drawn: tuple[Lane, ...]
    left_out: int


def keys(action: dict[str, Any], by: LaneBy) -> list[str]:
    """The lanes that an action stands in, each once."""
    match by:
        case "kind":
            return [action["kind"]]
        case "topic":
            return action["topics"] or [OTHERS]
        case "person":
            people = [one for one in action["participants"] if one["person"]]
            return list(dict.fromkeys(key_of(one["person"], one["title"]) for one in people)) or [OTHERS]
        case "country" | "organisation":
            named = dict.fromkeys(participant[by] for participant in action["participants"] if participant[by])
            return list(named) or [OTHERS]


def name(key: str, by: LaneBy) -> str:
    if key == OTHERS:
        return OTHERS_NAMES[by]
    match by:
        case "country" | "organisation" | "person":
            return words.NAMES[by](key)
        case "kind":
            return KINDS[key].label
        case "topic":
            return key


def lanes(found: Iterable[Entry], scale: Scale, options: ChartOptions) -> Lanes:
    """The lanes that the filters ask for, else those with most actions in the picture, whenever that was known."""
    by = options.lanes
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        for key in keys(entry.action, by):
            members[key].append(entry)
    all_lanes = {key: _lane(key, entries, scale, options) for key, entries in members.items()}
    seen = [lane for lane in all_lanes.values() if lane.ever]
    order = options.asked_for() or [lane.key for lane in sorted(seen, key=_place)]
    drawn = (all_lanes.get(key) or _lane(key, (), scale, options) for key in order[: options.most])
    return Lanes(tuple(drawn), max(0, len(order) - options.most))


def _place(lane: Lane) -> tuple[bool, int, str]:
    return lane.key == OTHERS, -lane.ever, lane.name


def _lane(key: str, entries: Sequence[Entry], scale: Scale, options: ChartOptions) -> Lane:
    inside = [entry for entry in entries if entry.overlaps(scale)]
    count = sum(entry.is_known(options.at) for entry in inside)
    return Lane(key, name(key, options.lanes), count, len({entry.id for entry in inside}), tuple(entries))
