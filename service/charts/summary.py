"""What a page needs to know beside the picture itself: `layout.meta` of a figure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from domain.instants import FOREVER
from service.charts import words
from service.charts.canvas import lane_text
from service.charts.entries import Entry, is_dated, look
from service.charts.grid import unit_for
from service.charts.layout import Band, Frame
from service.charts.options import Shown, Theme
from service.charts.scale import DAY, Scale, Tick, day_of
from service.charts.stages import stages
from service.charts.traces import milliseconds


def summary(level: str, frame: Frame, ticks: Sequence[Tick], bands: Iterable[Band], theme: Theme) -> dict[str, Any]:
    """`level` is labels, marks or cells; `unit` is what a cell stands for. Days are ISO text, instants milliseconds."""
    return {
        "level": level,
        "unit": unit_for(frame.scale),
        "compact": frame.compact,
        "first": iso(frame.scale.first),
        "last": iso(frame.scale.last),
        "ticks": [[tick.day * DAY, tick.text, tick.period, tick.named] for tick in ticks],
        "lanes": [
            {
                "key": band.lane.key,
                "name": band.lane.name,
                "text": lane_text(band.lane, frame, theme),
                "count": band.lane.count,
                "top": band.top,
                "bottom": band.top + band.height,
                "strip": band.packed is None,
            }
            for band in bands
        ],
    }


def replayed(bands: Sequence[Band], scale: Scale, at: int) -> dict[str, Any]:
    """What a page needs to replay the past by itself: the moment that was asked for, and how the lanes' counts change.

    Milliseconds, and for each lane in order from which one on it counts so many.
    """
    courses = [stages(one for one in band.lane.entries if one.overlaps(scale)) for band in bands]
    return {
        "moment": at // 1000,
        "counts": [[(moment, kinds.total()) for moment, kinds in course] for course in courses],
    }


def known(shown: Sequence[Shown], entries: Iterable[Entry], left_out: int) -> dict[str, Any]:
    """Every version in the picture with its words, what has no date, and when knowledge changed."""
    return {
        "lanes_left_out": left_out,
        "changes": sorted({milliseconds(one.known_from) for one in shown}),
        "actions": [_in_words(entry) for entry in entries],
        "undated": [_undated(one) for one in shown if not is_dated(one)],
    }


def _in_words(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kf": milliseconds(entry.known_from),
        "kt": milliseconds(entry.known_to),
        "at": round(entry.at * DAY),
        "first": iso(entry.start),
        "last": iso(entry.end - 1),
        "open_start": entry.open_start,
        "open_end": entry.open_end,
        "kind": entry.kind,
        "look": entry.look,
        "title": entry.action["title"],
        "when": entry.when,
    }


def _undated(shown: Shown) -> dict[str, Any]:
    action = shown.action
    return {
        "id": action["id"],
        "kf": milliseconds(shown.known_from),
        "kt": milliseconds(FOREVER if shown.known_to is None else shown.known_to),
        "kind": action["kind"],
        "look": look(action),
        "title": action["title"],
        "status": words.status(action),
    }


def iso(day: float) -> str:
    return day_of(day).isoformat()


def days_of(shown: Iterable[Shown]) -> list[date]:
    """Every day that bounds an action."""
    sides = ("earliest", "latest")
    found = (one.action["occurred"][side] for one in shown for side in sides)
    return [date.fromisoformat(day) for day in found if day]
