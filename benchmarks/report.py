"""`./timeline bench --report`: runs as the tables of docs/performance.md, and the picture of how figures grow."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import Figure, Run, number
from benchmarks.picture import picture

DOCUMENT = Path("docs/performance.md")
PICTURE = Path("docs/images/growth.svg")
_BLOCK = re.compile(r"(?<=<!-- bench: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
Cells = tuple[str, ...]
Layout = tuple[Cells, Callable[[Figure], Cells]]


def _judged(figure: Figure) -> Cells:
    return figure.name, number(figure.value), figure.bound, figure.verdict


def _part(figure: Figure) -> Cells:
    if figure.value is None:
        return figure.name, figure.why
    share = 100 * figure.value
    return figure.name, f"{share:.0f} %" if share >= 1 else f"{number(share)} %"


LAYOUTS: dict[str, Layout] = {
    "limits": (("measure / its limit", "share of the limit"), _part),
    "page": (("where", "share"), _part),
    "view": (("where", "share"), _part),
    "fact": (("where", "share"), _part),
    "disk": (("table or index", "share"), _part),
    "browser": (("measure", "milliseconds", "aim", ""), _judged),
}
"""By the name of the table that one run fills: its head, and how a figure is written in it."""


def report(runs: Sequence[Run]) -> None:
    """Writes both into the project."""
    DOCUMENT.write_text(filled(DOCUMENT.read_text(encoding="utf-8"), runs), encoding="utf-8")
    PICTURE.write_text(picture(runs), encoding="utf-8")
    print(f"written: {DOCUMENT}, {PICTURE}")


def filled(text: str, runs: Sequence[Run]) -> str:
    """Aims and reads with a column for each run, every other table from the last run that measured what is in it.

    What no run measured stays as it was.
    """

    def block(found: re.Match[str]) -> str:
        name = found[1]
        made = _reads(runs) if name == "reads" else _aims(runs) if name == "aims" else _last(name, runs)
        return f"{found[1]}{found[2]}{made}" if made else found[0]

    return _BLOCK.sub(block, text)


def _last(name: str, runs: Sequence[Run]) -> str:
    head, cells = LAYOUTS[name]
    measured = [(run, figures) for run in runs if (figures := run.of(name))]
    if not measured:
        return ""
    run, figures = measured[-1]
    return f"{_told(run)}\n\n{_table(head, [cells(one) for one in figures])}"


def _told(run: Run) -> str:
    return f"{run.actions:,} actions; {run.machine}; {run.day}."


def _aims(runs: Sequence[Run]) -> str:
    """The measures of the run that has most of them come first. All are held against the aim of the run with most
    actions; where they differ, each says whether it met it.
    """
    measured = sorted((run for run in runs if run.of("aims")), key=lambda run: run.actions)
    if not measured:
        return ""
    columns = [{one.name: one for one in run.of("aims")} for run in measured]
    names = dict.fromkeys(name for column in sorted(columns, key=len, reverse=True) for name in column)
    rows = []
    for name in names:
        found = [column.get(name) for column in columns]
        aim = next((one for one in reversed(found) if one and one.aim is not None), None)
        some = [(run.actions, _held(one, aim)) for run, one in zip(measured, found, strict=True) if one]
        told = aim.bound if aim else "", _verdict(some)
        rows.append((name, *(number(one.value) if one else "" for one in found), *told))
    head = ("measure", *(f"{run.actions:,} actions" for run in measured), "aim", "")
    of_runs = "\n\n".join(map(_told, measured))
    return f"{of_runs}\n\n{_table(head, rows)}"


def _held(figure: Figure, aim: Figure | None) -> Figure:
    """The figure with the aim of another one."""
    return replace(figure, aim=aim.aim, least=aim.least) if aim else figure


def _verdict(figures: Sequence[tuple[int, Figure]]) -> str:
    """Where runs differ, at how many actions each was reached."""
    at: dict[str, list[str]] = {}
    for actions, figure in figures:
        at.setdefault(figure.verdict, []).append(f"{actions:,}")
    if len(at) == 1:
        return next(iter(at))
    return "; ".join(f"{verdict} at {' and '.join(some)}" for verdict, some in at.items() if verdict)


def _reads(runs: Sequence[Run]) -> str:
    """A column for each run, by how many actions it had, and how the last one grew."""
    measured = sorted((run for run in runs if run.of("reads")), key=lambda run: run.actions)
    if not measured:
        return ""
    columns = [{one.name: one.value for one in run.of("reads")} for run in measured]
    grown = {one.name: one for one in measured[-1].of("growth")}
    head = ("read", *(f"{run.actions:,} actions" for run in measured), *(["growth", ""] if grown else []))
    rows = []
    for name in dict.fromkeys(name for column in reversed(columns) for name in column):
        ends = _judged(grown[name])[1::2] if name in grown else ("", "") if grown else ()
        rows.append((name, *(number(column.get(name)) for column in columns), *ends))
    of_runs = "\n\n".join(map(_told, measured))
    return f"Milliseconds to one client, p50.\n\n{of_runs}\n\n{_table(head, rows)}"


def _table(head: Cells, rows: Sequence[Cells]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
