"""Environments of their own for peers, so that nothing of theirs comes into ours."""

import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.figures import LeftOut


def make(folder: Path, *packages: str) -> Path:
    """The Python of a new environment that holds these packages, from wheels alone. Raises LeftOut."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    command = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--only-binary", ":all:"]
    if subprocess.run([*command, *packages], stdout=sys.stderr, check=False).returncode:
        raise LeftOut(f"pip could not install {' '.join(packages)}")
    return python
