"""Pictures of every page, to be looked at: in light, in dark, on a phone.

``python -m tests.support.screenshots FOLDER`` serves the demonstration data by itself; `--url` takes the pictures of a
service that runs already.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid5

from playwright.sync_api import Browser, sync_playwright

from service.statements import SOURCE_REFS
from tests.support.browser import find, is_root
from tests.support.server import serving

VISIT = uuid5(SOURCE_REFS, "seed:paris-summit:A5")
FEBRUARY = "from=2025-02-10&to=2025-03-10"
PAGES = {
    "timeline": "/",
    "labels": f"/?{FEBRUARY}",
    "replay": f"/?{FEBRUARY}&as_of=2025-02-20",
    "panel": f"/?{FEBRUARY}&action={VISIT}",
    "table": f"/?{FEBRUARY}&view=table",
    "changes": "/?view=changes&since=2025-02-17&as_of=2025-02-28",
    "empty": f"/?{FEBRUARY}&kind=expulsion",
    "error": "/?as_of=yesterday",
    "action": f"/actions/{VISIT}",
    "countries": "/countries",
    "country": "/countries/GBR",
    "organisation": "/organisations/NATO",
    "person": "/people/keir-starmer",
    "relations": "/relations",
    "relation": "/relations/GBR/USA",
}
"""By the name of the picture."""
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1440, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.support.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", help="of a service that runs already")
    parser.add_argument("--only", nargs="*", choices=list(PAGES), default=list(PAGES))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with served(options.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"] if is_root() else [])
        for look in LOOKS:
            for path in take(browser, url, look, options.only, options.folder):
                print(path)
        browser.close()


@contextmanager
def served(url: str | None) -> Iterator[str]:
    """The address given, or that of a service of its own while it is needed."""
    if url:
        yield url.rstrip("/")
        return
    with tempfile.TemporaryDirectory() as folder, serving(os.path.join(folder, "data")) as running:
        yield running.url


def take(browser: Browser, url: str, look: str, names: list[str], folder: Path) -> Iterator[Path]:
    """One picture of each page, as much of it as the window shows."""
    context = browser.new_context(base_url=url, reduced_motion="reduce", **LOOKS[look])
    for name in names:
        page = context.new_page()
        page.goto(PAGES[name])
        page.wait_for_selector("html[data-ready]", state="attached")
        page.wait_for_timeout(150)
        path = folder / f"{name}-{look}.png"
        page.screenshot(path=path)
        page.close()
        yield path
    context.close()


if __name__ == "__main__":
    main()
