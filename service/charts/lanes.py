"""Which lanes there are, and which actions stand in each: the same action in every participant's lane."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.kinds import KINDS
from domain.people import key_of
from service.charts import words
from service.charts.entries import Entry, overlaps
from service.charts.options import ChartOptions, LaneBy, Shown
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
    """`count` is how many of its actions fall on the days in the picture."""

    key: str
    name: str
    count: int
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
        case "country":
            return words.country_name(key)
        case "organisation":
            return words.organisation_name(key)
        case "kind":
            return KINDS[key].label
        case "person":
            return words.person(key)
        case "topic":
            return key


def in_picture(shown: Iterable[Shown], by: LaneBy, scale: Scale) -> dict[str, set[str]]:
    """The ids of the actions of each lane on the days in the picture."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in shown:
        if overlaps(one, scale.first, scale.last):
            for key in keys(one.action, by):
                found[key].add(one.action["id"])
    return found


def lanes(shown: Sequence[Shown], all_entries: Iterable[Entry], scale: Scale, options: ChartOptions) -> Lanes:
    """The lanes that the filters ask for, else those with most actions in the picture."""
    by = options.lanes
    ids = in_picture(shown, by, scale)
    order = options.asked_for() or sorted(ids, key=lambda key: (key == OTHERS, -len(ids[key]), name(key, by)))
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in all_entries:
        for key in keys(entry.action, by):
            members[key].append(entry)
    drawn = [Lane(key, name(key, by), len(ids.get(key, ())), tuple(members[key])) for key in order[: options.most]]
    return Lanes(tuple(drawn), max(0, len(order) - options.most))
