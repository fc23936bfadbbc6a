"""Bars one above the other: a trace for each state and family of kinds, a bar for each period."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.kinds import KINDS
from projections.counts import Count
from service.charts.options import Theme
from service.charts.palette import FAMILIES, FAMILY_OF, INKS, Family
from service.charts.periods import Period, period, periodic
from service.charts.plain import hatched


@dataclass(frozen=True, slots=True)
class State:
    """Statuses that look the same: `hatch` is the name of a Plotly pattern, `legend` says what it stands for."""

    label: str
    statuses: tuple[str, ...]
    hatch: str = ""
    legend: str = ""


STATES = (
    State("", ("occurred", "ongoing")),
    State("planned", ("planned", "postponed"), "/", "hatched: planned or postponed"),
    State("called off", ("cancelled", "retracted", "merged"), ".", "dotted: called off or withdrawn"),
)
_STATE_OF = {status: state for state in STATES for status in state.statuses}
Stack = dict[str, Counter[tuple[str, str]]]
"""Period -> how many of each kind and status."""


def bars(dated: Sequence[Count], theme: Theme) -> list[dict[str, Any]]:
    """What happened at the bottom, then what is planned, then what was called off; the families in one order."""
    stacks = _stacks(dated)
    traces = [
        _bars(stacks[state.label, family.name], state, family, theme)
        for state in STATES
        for family in FAMILIES
        if (state.label, family.name) in stacks
    ]
    return _named(traces)


def _stacks(dated: Iterable[Count]) -> dict[tuple[str, str], Stack]:
    """By the state's label and the family's name."""
    stacks: dict[tuple[str, str], Stack] = defaultdict(lambda: defaultdict(Counter))
    for count in dated:
        kind, status = count.group
        stack = stacks[_STATE_OF[status].label, FAMILY_OF[kind].name]
        stack[str(count.period)][kind, status] += int(count.count)
    return stacks


def _bars(stack: Stack, state: State, family: Family, theme: Theme) -> dict[str, Any]:
    periods = [period(text) for text in stack]
    marker = _marker(family.colours[theme], state, theme)
    hover = [_hover(one, kinds) for one, kinds in zip(periods, stack.values(), strict=True)]
    return {
        "type": "bar",
        "name": f"{family.label}, {state.label}" if state.label else family.label,
        "legendgroup": family.name,
        **periodic(periods, [kinds.total() for kinds in stack.values()], marker, hover),
        "meta": {"family": family.name, "state": state.label or "done", "periods": list(stack)},
    }


def _marker(colour: str, state: State, theme: Theme) -> dict[str, Any]:
    page = INKS[theme].page
    if not state.hatch:
        return {"color": colour, "line": {"width": 0.5, "color": page}}
    return hatched(state.hatch, colour, page, line=1.2)


def _hover(when: Period, kinds: Counter[tuple[str, str]]) -> str:
    lines = [
        f"{count} {KINDS[kind].label.lower()}, {status}" for (kind, status), count in sorted(kinds.items(), key=_often)
    ]
    return "<br>".join([f"<b>{when.label}</b>", *lines])


def _often(item: tuple[tuple[str, str], int]) -> tuple[int, tuple[str, str]]:
    return -item[1], item[0]


def _named(traces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry of the legend for each family, which shows and hides all its bars."""
    seen: set[str] = set()
    for trace in traces:
        trace["showlegend"] = trace["legendgroup"] not in seen
        seen.add(trace["legendgroup"])
    return traces
