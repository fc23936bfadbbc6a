"""What a run measured: one figure a row, each in one of the tables of docs/performance.md."""

import json
import platform
import re
import sqlite3
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from os import cpu_count, getloadavg
from pathlib import Path
from typing import Literal

Table = Literal["aims", "limits", "reads", "growth", "page", "view", "fact", "disk", "browser"]
"""Figures with an aim; shares of a limit; milliseconds of each read, and those beside fewer actions; where time goes,
and bytes; milliseconds in a browser.
"""
ROUNDS = 5


class LeftOut(Exception):
    """What was to be measured cannot be had here; the message says why."""

    def __str__(self) -> str:
        return f"left out: {super().__str__()}"


@dataclass(frozen=True)
class Figure:
    """`value` is a ratio, or what `name` says; None where there is none, and `why` says for what reason.

    `least` tells whether the aim is a least value or a greatest one.
    """

    name: str
    value: float | None
    aim: float | None = None
    least: bool = True
    table: Table = "aims"
    why: str = ""

    @property
    def verdict(self) -> str:
        if self.value is None:
            return self.why
        if self.aim is None:
            return ""
        return "met" if (self.value >= self.aim if self.least else self.value <= self.aim) else "missed"

    @property
    def bound(self) -> str:
        """The aim, with the side on which a value meets it."""
        return "" if self.aim is None else f"{'≥' if self.least else '≤'} {number(self.aim)}"

    def row(self) -> str:
        name = self.name if self.table in ("aims", "limits") else f"{self.table}: {self.name}"
        return f"{name:<86} {number(self.value):>10} {self.bound:>10}  {self.verdict}".rstrip()


def _processor() -> str:
    """What Linux calls it, and how much memory there is; nothing elsewhere."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8") + Path("/proc/meminfo").read_text(encoding="utf-8")
    except OSError:
        return ""
    model, memory = re.search(r"model name\s*: (.+)", told), re.search(r"MemTotal: *(\d+) kB", told)
    return f" ({model[1] if model else 'of a make untold'}, {int(memory[1]) * 1024 / 1e9:.0f} GB)" if memory else ""


@dataclass(frozen=True)
class Run:
    """All that one run measured, and on what."""

    actions: int
    figures: list[Figure]
    day: str = field(default_factory=lambda: datetime.now(UTC).date().isoformat())
    machine: str = field(
        default_factory=lambda: (
            f"{cpu_count()} cores{_processor()}, {platform.system()} {platform.machine()},"
            f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
            f" load {getloadavg()[0]:.1f} before it began"
        )
    )

    def of(self, table: str) -> Sequence[Figure]:
        """The figures of one table, in order."""
        return [one for one in self.figures if one.table == table]

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path) -> Run:
    """A run as `write` left it."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return Run(**{**told, "figures": [Figure(**one) for one in told["figures"]]})


def number(value: float | None) -> str:
    """Two or three digits that count, or all before the point."""
    if value is None:
        return "-"
    if abs(value) < 0.1:
        return f"{value:.2g}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.{1 if abs(value) >= 10 else 2}f}"


def ratio(first: Callable[[], float], beside: Callable[[], float]) -> float:
    """The median over rounds, the two measured in turn, of how many times the second one the first one is."""
    return statistics.median(first() / beside() for _ in range(ROUNDS))
