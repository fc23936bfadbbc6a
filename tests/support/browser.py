"""A real Chromium for the tests: finds one, or gets one where it may. ``python -m tests.support.browser`` does both."""

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
ON_MACOS = tuple(
    f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium", "Microsoft Edge")
)
DEBIAN = ("chromium", "fonts-dejavu-core")  # without a font it draws text as empty boxes
MISSING = "no browser for the tests: install Chromium or Chrome, or set TIMELINE_BROWSER to the path of one"


def is_root() -> bool:
    return hasattr(os, "getuid") and os.getuid() == 0


def installed() -> str | None:
    """Path of a browser on this system; the environment's choice comes first."""
    named = [os.environ.get("TIMELINE_BROWSER"), *map(shutil.which, ON_PATH), *ON_MACOS]
    return next((path for path in named if path and Path(path).exists()), None)


def downloaded() -> str | None:
    """Path of the browser that ``playwright install`` fetches, if it was."""
    from playwright.sync_api import sync_playwright  # starts a process: only where nothing else was found

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find() -> str:
    """Path of a browser; raises LookupError where there is none."""
    path = installed() or downloaded()
    if path is None:
        raise LookupError(MISSING)
    return path


def run(*command: str) -> bool:
    print("+", *command, file=sys.stderr)
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


def apt_install(*packages: str) -> bool:
    """Whether apt-get could install them; only root on Debian and its children may."""
    if not (is_root() and shutil.which("apt-get")):
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return run("apt-get", "update", "-qq") and run(
        "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages
    )


def ensure() -> str:
    """Path of a browser, which is installed if need be; raises LookupError where that is not possible."""
    if sys.platform == "linux" and not ctypes.util.find_library("atomic"):
        apt_install("libatomic1")  # Playwright's own node needs it, a bare Debian lacks it
    if installed() is None and not apt_install(*DEBIAN) and downloaded() is None:
        run(sys.executable, "-m", "playwright", "install", "chromium")
    return find()


if __name__ == "__main__":
    try:
        ensure()
    except LookupError as error:
        sys.exit(str(error))
