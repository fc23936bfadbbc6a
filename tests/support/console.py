"""The console script as a user runs it: a process of its own, with nothing of ours in its settings."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SCRIPT = str(Path(sys.executable).with_name("diplomatic-timeline"))
UNMEASURED = {"COVERAGE_PROCESS_CONFIG": ""}
"""Variables of a process that is killed: nothing that coverage found in it would be written down."""


def environment(database: str, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's variables without any setting of the service but the ones given here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TIMELINE_")}
    return {**kept, "TIMELINE_DATABASE": database, **(extra or {})}


def run(
    database: str, *words: str, sent: bytes = b"", extra: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs one command to its end; `sent` is its standard input, `extra` further variables."""
    done = subprocess.run(
        [SCRIPT, *words], input=sent, capture_output=True, timeout=120, env=environment(database, extra)
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def succeed(database: str, *words: str, sent: bytes = b"") -> str:
    """Runs a command that must end with 0; its standard output."""
    done = run(database, *words, sent=sent)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on standard error of a command that was refused or failed: status 1 and no traceback."""
    assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
    lines = done.stderr.splitlines()
    assert len(lines) == 1 and lines[0].startswith("error: "), done.stderr
    return lines[0]
