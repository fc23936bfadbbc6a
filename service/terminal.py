"""How commands speak to a terminal: results to standard output, notes to standard error, a bar while work is long."""

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_EVERY = 5.0
"""Seconds between two plain lines of progress where there is no terminal."""


class Terminal:
    """An Output for people: a progress bar on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._bar: tuple[Progress, TaskID] | None = None
        self._told = time.monotonic()

    def line(self, text: str) -> None:
        sys.stdout.write(text + "\n")

    def note(self, text: str) -> None:
        self.finish()
        sys.stderr.write(text + "\n")

    def progress(self, done: int, total: int | None) -> None:
        if sys.stderr.isatty():
            if self._bar or done != total:  # no bar begins where all is done already
                progress, task = self._bar or self._start()
                progress.update(task, completed=done, total=total)
        elif time.monotonic() - self._told > _EVERY:
            self._told = time.monotonic()
            sys.stderr.write(f"{done:,} of {total:,}\n" if total else f"{done:,}\n")

    def finish(self) -> None:
        """Takes the bar away."""
        if self._bar:
            self._bar[0].stop()
            self._bar = None

    def _start(self) -> "tuple[Progress, TaskID]":
        from rich.console import Console  # late: `--help` must not wait for it
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

        progress = Progress(
            BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=Console(stderr=True), transient=True,
            redirect_stdout=False,  # results would go to where the bar is
        )  # fmt: skip
        progress.start()
        self._bar = (progress, progress.add_task("", total=None))
        return self._bar
