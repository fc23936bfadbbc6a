"""What processes use, as Linux tells it; elsewhere it is left out."""

import resource
import subprocess
import time
from pathlib import Path

UNTOLD = "left out: only Linux tells"


def followed(process: subprocess.Popen[bytes]) -> tuple[float | None, float | None]:
    """Megabytes that a process had in memory at the most, and of them in no file; returns when it has ended."""
    most, own = None, 0.0
    while process.poll() is None:
        now, unfiled = peak(process.pid)
        most, own = now or most, max(own, unfiled or 0)
        time.sleep(0.05)
    return most, own or None


def peak(pid: int) -> tuple[float | None, float | None]:
    """Megabytes that a process had in memory at the most, those that it shares with others included, and that it has in
    no file now.
    """
    return _megabytes(pid, "status", "VmHWM"), _megabytes(pid, "status", "RssAnon")


def _megabytes(pid: int, file: str, name: str) -> float | None:
    try:
        told = Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return None
    found = next((line.split()[1] for line in told.splitlines() if line.startswith(f"{name}:")), None)
    return int(found) * 1024 / 1e6 if found else None


def allow_files(number: int) -> bool:
    """Lets this process and those it starts have so many files and sockets open; whether they may."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < number:
        return False
    if now != resource.RLIM_INFINITY and now < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (number, most))
    return True
