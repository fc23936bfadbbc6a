"""What processes use, as Linux tells it; elsewhere it is left out."""

import resource
import subprocess
import time
from pathlib import Path

UNTOLD = "left out: only Linux tells"


def peak(process: subprocess.Popen[bytes]) -> tuple[float | None, float | None]:
    """Megabytes that a process had in memory at the most, and of them in no file; returns when it has ended."""
    most, own = None, 0.0
    while process.poll() is None:
        most = _megabytes(process.pid, "status", "VmHWM") or most
        own = max(own, _megabytes(process.pid, "status", "RssAnon") or 0)
        time.sleep(0.05)
    return most, own or None


def memory(pid: int) -> float | None:
    """Megabytes that a process has in memory now, those it shares with others counted in parts (PSS)."""
    return _megabytes(pid, "smaps_rollup", "Pss")


def own_memory(pid: int) -> float | None:
    """Megabytes of it that lie in no file."""
    return _megabytes(pid, "smaps_rollup", "Pss_Anon")


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
